//! A call by name as it is put together: what the program says beside the input, which may be somebody else's.

use std::path::PathBuf;

use serde_json::Value;

use crate::base::environment::BoxFuture;
use crate::base::error::Result;
use crate::by_name::{confirm, parameters};
use crate::call::answer::Answer;
use crate::call::from_json;
use crate::call::perform::{self, Performed, Show};
use crate::call::tool::Tool;
use crate::catalog;
use crate::client::handle::Client;
use crate::client::wait::Wait;
use crate::decode::excerpt::{Excerpt, Wanted};
use crate::input::files::{self, Files};
use crate::input::upload::Upload;
use crate::page::Pages;
use crate::transport::plan::PlannedRequest;

/// A call of a tool by name, put together and not sent yet: [`Client::call`] gives one with a [`Value`] for an answer,
/// [`Client::call_text`] one with text. Awaited, it is sent.
///
/// The input may come from elsewhere, such as an agent. What stands here beside it is what the program itself says.
#[derive(Clone, Debug)]
#[must_use = "nothing is sent before it is awaited"]
pub struct NamedCall<A = Value> {
    client: Client,
    name: String,
    input: Given,
    files: Files,
    confirmation: Option<String>,
    show: Show<A>,
}

/// The input as it was given.
#[derive(Clone, Debug)]
pub(super) enum Given {
    Json(Value),
    Text(String),
}

impl<A> NamedCall<A> {
    pub(super) fn new(client: &Client, name: &str, input: Given, show: Show<A>) -> Self {
        NamedCall {
            client: client.clone(),
            name: name.to_owned(),
            input,
            files: files::NONE.clone(),
            confirmation: None,
            show,
        }
    }

    /// Lets the input name files in this folder: a parameter that is a file is a path, and no path is read otherwise.
    /// It is taken from the folder on, and may not lead out of it, neither by `..` nor by a link. Whoever can write to
    /// the folder while the call is made could still put a link there, so that should be nobody but the program.
    ///
    /// ```no_run
    /// # async fn example(gong: gong_client::Client, name: &str, input: serde_json::Value) -> gong_client::Result<()> {
    /// let answer = gong.call(name, input).files_under("/srv/agent/files").await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn files_under(mut self, folder: impl Into<PathBuf>) -> Self {
        self.files.under(folder.into());
        self
    }

    /// Gives the file of this parameter, whatever the input says there.
    pub fn file(mut self, param: impl Into<String>, upload: Upload) -> Self {
        self.files.give(param.into(), upload);
        self
    }

    /// The same call, with its answer as JSON text: for whoever hands it on, at a fraction of what it costs to make a
    /// [`Value`] of it first.
    pub fn text(self) -> NamedCall<String> {
        let NamedCall { client, name, input, files, confirmation, .. } = self;
        NamedCall { client, name, input, files, confirmation, show: perform::show_text }
    }

    /// Confirms that a tool that removes something is to do so: with the value of the parameter that
    /// [`catalog::Tool::confirm`] names, or with the tool's name if it names none. Other tools need no confirmation,
    /// and a dry run needs none.
    ///
    /// A program that takes the input from an agent shows somebody what the call does, and hands on what they say.
    ///
    /// ```no_run
    /// # async fn example(gong: gong_client::Client, input: serde_json::Value) -> gong_client::Result<()> {
    /// let name = "gong_engage_prospects_unassign";
    /// let answer = gong.call(name, input).confirm(name).await?;
    /// # let _ = answer;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// Without it, or with another text, awaiting the call fails with
    /// [`ErrorKind::Unconfirmed`](crate::ErrorKind::Unconfirmed) before anything is sent.
    pub fn confirm(mut self, confirmation: impl Into<String>) -> Self {
        self.confirmation = Some(confirmation.into());
        self
    }

    /// The requests that it would send, without sending any.
    ///
    /// # Errors
    ///
    /// Those of the call, as far as they are known without Gong.
    pub async fn dry_run(self) -> Result<Vec<PlannedRequest>> {
        let params = self.parameters()?;
        perform::plan(self.client.shared(), &*params).await
    }

    /// Checks the input, as sending does before anything is sent.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::UnknownTool`](crate::ErrorKind::UnknownTool), or
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) with every fault.
    pub fn check(&self) -> Result<()> {
        self.parameters().map(|_| ())
    }

    async fn perform(&self) -> Result<Performed> {
        let (params, shared) = (self.confirmed()?, self.client.shared());
        perform::perform(shared, &*params, shared.environment.now()).await
    }

    /// The parameters of the tool, checked, and confirmed if it removes something.
    fn confirmed(&self) -> Result<Box<dyn Tool>> {
        let params = self.parameters()?;
        confirm::check(catalog::tool(&self.name)?, &*params, self.confirmation.as_deref())?;
        Ok(params)
    }

    /// The parameters of the tool, checked.
    fn parameters(&self) -> Result<Box<dyn Tool>> {
        let tool = catalog::tool(&self.name)?;
        match &self.input {
            Given::Json(input) => parameters(&self.client, tool, input, &self.files),
            Given::Text(text) => parameters(&self.client, tool, &from_json::parse(tool.name, text)?, &self.files),
        }
    }
}

impl<A: Send + 'static> NamedCall<A> {
    /// The answers page after page; a tool without pages has one.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::UnknownTool`](crate::ErrorKind::UnknownTool); every other error comes as the first page.
    pub fn pages(self) -> Result<Pages<A>> {
        let tool = catalog::tool(&self.name)?;
        Ok(Pages::new(self.client.shared().clone(), tool.name, self.confirmed(), self.show))
    }

    /// Waits until a job is done, of a tool that tells how one stands: asks again and again, with pauses that grow.
    /// [`catalog::Tool::job`] says which tools do.
    ///
    /// ```no_run
    /// # async fn example(gong: gong_client::Client, id: &str) -> gong_client::Result<()> {
    /// let input = serde_json::json!({"assignment_id": id});
    /// let asked = gong.call("gong_engage_prospects_bulk_assign_status", input);
    /// let done = asked.wait().progress(|job| println!("{}", job["status"])).await?;
    /// println!("{}", done["results"]);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// Awaiting it fails with [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) for any other tool.
    pub fn wait(self) -> Wait<A> {
        Wait::new(self.client.shared().clone(), self.confirmed(), self.show)
    }
}

impl NamedCall<String> {
    /// Sends it, and gives that part of the answer that is wanted: less text, and less work than to write all of it and
    /// cut that.
    ///
    /// ```no_run
    /// # async fn example(gong: gong_client::Client) -> gong_client::Result<()> {
    /// use gong_client::{Fields, Wanted};
    ///
    /// let mut fields = Fields::default();
    /// fields.add("emailAddress");
    /// let wanted = Wanted { fields, skip: 0, bytes: 16_000 };
    /// let answer = gong.call_text("gong_users_list", "{}").excerpt(&wanted).await?;
    /// println!("{} and {} more", answer.text, answer.left_out);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As when it is awaited.
    pub async fn excerpt(self, wanted: &Wanted) -> Result<Answer<Excerpt>> {
        let items = catalog::tool(&self.name)?.items;
        self.perform().await?.shown(perform::show_part(items, wanted))
    }
}

impl<A: Send + 'static> IntoFuture for NamedCall<A> {
    type Output = Result<Answer<A>>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move { self.perform().await?.shown(self.show) })
    }
}
