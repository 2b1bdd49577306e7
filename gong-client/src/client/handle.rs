//! The client: where its requests go, how they are signed, and the ways to make one.

use std::sync::Arc;

use crate::base::method::Method;
use crate::client::raw_request::RawRequest;
use crate::limiter::Quota;
use crate::transport::shared::Shared;

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
pub struct Client(Arc<Shared>);

impl Client {
    pub(crate) fn new(shared: Shared) -> Self {
        Client(Arc::new(shared))
    }

    /// What a call needs of its client.
    pub(crate) fn shared(&self) -> &Arc<Shared> {
        &self.0
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
        RawRequest::new(self.0.clone(), method, path.into())
    }

    /// The host that it talks to, such as `https://api.gong.io`.
    #[must_use]
    pub fn base_url(&self) -> &str {
        self.0.host.as_str()
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
        self.0.rate_limiter.as_ref().and_then(|limiter| limiter.quota())
    }
}
