//! Calls by name: JSON in, JSON out, with a tool's generated parameters in between.

mod confirm;
mod named_call;

use serde_json::Value;

pub use self::named_call::NamedCall;

use self::named_call::Given;
use crate::base::error::{Error, Result};
use crate::call::from_json;
use crate::call::perform;
use crate::call::tool::Tool;
use crate::catalog;
use crate::client::handle::Client;
use crate::input::files::{self, Files};
use crate::input::nesting;
use crate::page::{NewestFirst, Pages};
use crate::transport::plan::PlannedRequest;

impl Client {
    /// Calls a tool by name, JSON in and JSON out. The answer's object has a member `notices` when there are any.
    ///
    /// Meant for agents and shells, so it takes what is unmistakable even if it is of another type: a number for an id,
    /// `"60"` for 60, a list written as text.
    ///
    /// ```no_run
    /// # async fn example(gong: gong_client::Client) -> gong_client::Result<()> {
    /// let answer = gong.call("gong_users_list", serde_json::json!({"include_avatars": false})).await?;
    /// println!("{}", answer["users"]);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// Awaiting it fails with [`ErrorKind::UnknownTool`](crate::ErrorKind::UnknownTool), or as the typed call does.
    pub fn call(&self, name: &str, input: Value) -> NamedCall {
        NamedCall::new(self, name, Given::Json(input), perform::show_json)
    }

    /// As [`call`](Self::call), JSON text in and JSON text out: for whoever hands the answer on, at a fraction of what
    /// it costs to make a [`Value`] of it first.
    ///
    /// ```
    /// # use gong_client::Client;
    /// # fn main() -> gong_client::Result<()> {
    /// # let gong = Client::builder().api_key("key", "secret").build()?;
    /// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
    /// let error = gong.call_text("gong_calls_list", r#"{"cursor": "c", "call_ids": ["1" "2"]}"#).await.unwrap_err();
    /// let message = error.to_string();
    /// assert!(message.contains("not JSON at `call_ids[0]`: expected `,` or `]` at line 1 column 34"), "{message}");
    /// # });
    /// # Ok(())
    /// # }
    /// ```
    pub fn call_text(&self, name: &str, input: &str) -> NamedCall<String> {
        NamedCall::new(self, name, Given::Text(input.to_owned()), perform::show_text)
    }

    /// Checks the input of a tool as [`call`](Self::call) does before anything is sent.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::UnknownTool`](crate::ErrorKind::UnknownTool), or
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) with every fault.
    pub fn check(&self, name: &str, input: &Value) -> Result<()> {
        parameters(self, catalog::tool(name)?, input, &files::NONE).map(|_| ())
    }

    /// The requests that [`call`](Self::call) would send, without sending any.
    pub async fn dry_run(&self, name: &str, input: Value) -> Result<Vec<PlannedRequest>> {
        self.call(name, input).dry_run().await
    }

    /// Calls a tool by name, page after page, as [`NamedCall::pages`] does. A tool without pages has one. A page's
    /// cursor is where to go on, as the tool's parameter of that name.
    ///
    /// ```no_run
    /// # async fn example(gong: gong_client::Client) -> gong_client::Result<()> {
    /// let mut pages = gong.pages("gong_users_list", serde_json::json!({}))?;
    /// while let Some(page) = pages.next().await {
    ///     println!("{}", page?["users"]);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`ErrorKind::UnknownTool`](crate::ErrorKind::UnknownTool); every other error comes as the first page.
    pub fn pages(&self, name: &str, input: Value) -> Result<Pages<Value>> {
        self.call(name, input).pages()
    }

    /// Calls a tool by name for all its items, newest first. Only a tool whose items lie in time can do that;
    /// [`catalog::Tool::has_newest_first`] tells.
    ///
    /// ```no_run
    /// # async fn example(gong: gong_client::Client) -> gong_client::Result<()> {
    /// let mut latest = gong.newest_first("gong_calls_list", serde_json::json!({}))?.limit(10);
    /// while let Some(call) = latest.next().await {
    ///     println!("{}", call?["title"]);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`ErrorKind::UnknownTool`](crate::ErrorKind::UnknownTool), or
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) of a tool that cannot; every other error comes as
    /// the first item.
    pub fn newest_first(&self, name: &str, input: Value) -> Result<NewestFirst<Value>> {
        let tool = catalog::tool(name)?;
        let newest_first = tool.handler.newest_first.ok_or_else(|| {
            let tools = catalog::tools().iter().filter(|tool| tool.has_newest_first());
            let able: Vec<String> = tools.map(|tool| format!("`{}`", tool.name)).collect();
            let why = format!("its items cannot be had newest first; what can: {}.", able.join(", "));
            Error::refused_because(why).in_tool(tool.name)
        })?;
        Ok(newest_first(self.shared(), &input))
    }
}

/// The parameters of a tool in JSON, checked. These files may be sent.
pub(crate) fn parameters(client: &Client, tool: &catalog::Tool, input: &Value, files: &Files) -> Result<Box<dyn Tool>> {
    nesting::check(input).map_err(|error| error.in_tool(tool.name))?;
    let mut params = (tool.handler.new)();
    from_json::read(client.shared(), &mut *params, input, files)?;
    Ok(params)
}
