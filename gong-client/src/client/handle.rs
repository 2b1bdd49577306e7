//! The client: where its requests go, how they are signed, and the ways to make one.

use std::borrow::Cow;
use std::sync::Arc;

use serde_json::Value;

use crate::auth::credentials::{Credentials, Pass};
use crate::base::environment::Environment;
use crate::base::error::{Error, Result};
use crate::base::host::Host;
use crate::base::method::Method;
use crate::base::text::Redactor;
use crate::call::answer::Answer;
use crate::call::by_name;
use crate::catalog;
use crate::client::builder::ClientBuilder;
use crate::client::raw_request::RawRequest;
use crate::limiter::Quota;
use crate::limiter::permits::Permits;
use crate::page::lookup::Memory;
use crate::page::{NewestFirst, Pages};
use crate::transport::event::Observer;
use crate::transport::plan::PlannedRequest;
use crate::transport::retry::RetryPolicy;
use crate::transport::send::{Content, Prepared};

/// A client of Gong's API, for one account.
///
/// A clone is cheap and shares connections and what is remembered. Its `Debug` shows no secret.
///
/// ```
/// # use gong_client::Client;
/// let gong = Client::builder().api_key("a-key", "hunter2").build()?;
/// assert!(!format!("{gong:?}").contains("hunter2"));
/// # Ok::<(), gong_client::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Client(Arc<Inner>);

#[derive(Debug)]
pub(crate) struct Inner {
    pub(crate) http: reqwest::Client,
    pub(crate) host: Host,
    pub(crate) credentials: Credentials,
    /// Hides the credentials, as far as they stay the same.
    pub(crate) redactor: Arc<Redactor>,
    pub(crate) user_agent: String,
    pub(crate) answer_limit: usize,
    pub(crate) decoded_limit: usize,
    pub(crate) environment: Arc<dyn Environment>,
    pub(crate) permits: Option<Arc<dyn Permits>>,
    pub(crate) retry: Arc<dyn RetryPolicy>,
    pub(crate) observer: Option<Observer>,
    pub(crate) memory: Memory,
}

impl Client {
    /// Begins a client.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::default()
    }

    pub(crate) fn new(inner: Inner) -> Self {
        Client(Arc::new(inner))
    }

    /// Calls a tool by name, JSON in and JSON out. The answer's object has a member `notices` when there are any.
    ///
    /// Meant for agents and shells, so it takes what is unmistakable even if it is of another type: a number for an id,
    /// `"60"` for 60, a list written as text.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::UnknownTool`](crate::ErrorKind::UnknownTool), and those of
    /// [`Invocation::send`](crate::Invocation::send).
    pub async fn call(&self, name: &str, input: Value) -> Result<Answer<Value>> {
        by_name::call(self, catalog::tool(name)?, &input).await
    }

    /// As [`call`](Self::call), with the input as the text of a JSON object, which is read straight into the tool's
    /// parameters.
    ///
    /// ```
    /// # use gong_client::Client;
    /// # fn main() -> gong_client::Result<()> {
    /// # let gong = Client::builder().api_key("key", "secret").build()?;
    /// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
    /// let error = gong.call_json("gong_calls_list", r#"{"cursor": "c", "call_ids": ["1" "2"]}"#).await.unwrap_err();
    /// assert!(error.to_string().contains("not JSON at `call_ids[0]`: expected `,` or `]` at line 1 column 34"), "{error}");
    /// # });
    /// # Ok(())
    /// # }
    /// ```
    pub async fn call_json(&self, name: &str, input: &str) -> Result<Answer<Value>> {
        let tool = catalog::tool(name)?;
        by_name::call(self, tool, &by_name::parse(tool.name, input)?).await
    }

    /// The requests that [`call`](Self::call) would send, without sending any.
    pub async fn dry_run(&self, name: &str, input: Value) -> Result<Vec<PlannedRequest>> {
        by_name::dry_run(self, catalog::tool(name)?, &input).await
    }

    /// Calls a tool by name, page after page. A tool without pages has one. A page's cursor is where to go on, as the
    /// tool's parameter of that name.
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
        let tool = catalog::tool(name)?;
        Ok(Pages::by_name(self.clone(), tool.name, by_name::parameters(self, tool, &input)))
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
        Ok(newest_first(self, &input))
    }

    /// A request of the caller's own making to the account's host, signed like any other.
    ///
    /// ```no_run
    /// # use gong_client::{Client, Method};
    /// # async fn example(gong: Client) -> gong_client::Result<()> {
    /// let answer = gong.request(Method::Get, "/v2/users").query("includeAvatars", "true").send().await?;
    /// println!("{}", answer.json()?);
    /// # Ok(())
    /// # }
    /// ```
    pub fn request(&self, method: Method, path: impl Into<String>) -> RawRequest {
        RawRequest::new(self.clone(), method, path.into())
    }

    /// The host that it talks to, such as `https://api.gong.io`.
    #[must_use]
    pub fn base_url(&self) -> &str {
        self.0.host.as_str()
    }

    pub(crate) fn host(&self) -> &Host {
        &self.0.host
    }

    /// What is used and left of the account's limit, as far as this process knows; `None` without a limit.
    ///
    /// ```
    /// # use gong_client::Client;
    /// let gong = Client::builder().api_key("key", "secret").build()?;
    /// let quota = gong.quota().ok_or("there is no limit")?;
    /// assert_eq!((quota.second.limit, quota.day.left()), (3, 10_000));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn quota(&self) -> Option<Quota> {
        self.permits().and_then(Permits::quota)
    }

    pub(crate) fn permits(&self) -> Option<&dyn Permits> {
        self.0.permits.as_deref()
    }

    pub(crate) fn retry(&self) -> &dyn RetryPolicy {
        &*self.0.retry
    }

    pub(crate) fn observer(&self) -> Option<&Observer> {
        self.0.observer.as_ref()
    }

    /// The most bytes that an answer may have.
    pub(crate) fn answer_limit(&self) -> usize {
        self.0.answer_limit
    }

    /// The most memory that an answer may take, decoded.
    pub(crate) fn decoded_limit(&self) -> usize {
        self.0.decoded_limit
    }

    /// What hides the secrets that this pass sends.
    pub(crate) fn redactor(&self, pass: &Pass<'_>) -> Arc<Redactor> {
        match pass {
            Pass::Lent { token, .. } => Arc::new(Redactor::new([token.reveal()])),
            Pass::ApiKey(_) | Pass::AccessToken(_) => self.0.redactor.clone(),
        }
    }

    pub(crate) fn http(&self) -> &reqwest::Client {
        &self.0.http
    }

    pub(crate) fn credentials(&self) -> &Credentials {
        &self.0.credentials
    }

    pub(crate) fn environment(&self) -> &dyn Environment {
        &*self.0.environment
    }

    pub(crate) fn memory(&self) -> &Memory {
        &self.0.memory
    }

    /// How a request would look.
    pub(crate) fn plan(&self, prepared: Prepared, purpose: Option<String>) -> PlannedRequest {
        let mut headers = vec![
            ("authorization".to_owned(), "<hidden>".to_owned()),
            ("accept".to_owned(), "application/json".to_owned()),
            ("user-agent".to_owned(), self.0.user_agent.clone()),
        ];
        headers.extend(prepared.headers);
        headers.extend(prepared.content.as_ref().map(|content| ("content-type".to_owned(), content.kind().to_owned())));
        let hidden = |text: String| match self.0.redactor.redact(&text) {
            Cow::Owned(hidden) => hidden,
            Cow::Borrowed(_) => text,
        };
        PlannedRequest {
            method: prepared.method,
            url: hidden(format!("{}{}", self.base_url(), prepared.target)),
            headers: headers.into_iter().map(|(name, value)| (name, hidden(value))).collect(),
            body: prepared.content.map(|content| match content {
                Content::Json(json) => json,
                Content::Bytes { bytes, .. } => format!("<{} bytes>", bytes.len()).into(),
            }),
            purpose,
        }
    }
}
