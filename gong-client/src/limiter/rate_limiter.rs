//! Permission to send: the seam between a client and whoever knows of all that counts against one limit.

use std::error::Error as StdError;
use std::fmt::{self, Debug};
use std::time::SystemTime;

use crate::base::environment::BoxFuture;
use crate::base::error::BoxError;
use crate::limiter::Quota;

/// What gives permission to send, request by request.
///
/// [`Limiter`](crate::Limiter) is the one of a process. Where several processes work for one account, another one with
/// a store behind it goes to [`ClientBuilder::rate_limiter`](crate::ClientBuilder::rate_limiter).
///
/// ```
/// use std::time::SystemTime;
/// use gong_client::{BoxError, BoxFuture, AcquireError, RateLimiter};
///
/// #[derive(Debug)]
/// struct Always;
///
/// impl RateLimiter for Always {
///     fn acquire(&self) -> BoxFuture<'_, Result<(), AcquireError>> {
///         Box::pin(async { Ok(()) })
///     }
///
///     fn pause_until(&self, _: SystemTime) -> BoxFuture<'_, Result<(), BoxError>> {
///         Box::pin(async { Ok(()) })
///     }
/// }
/// ```
pub trait RateLimiter: Debug + Send + Sync + 'static {
    /// Comes back when one request may be sent, and counts it. Whoever stops waiting has taken nothing.
    ///
    /// # Errors
    ///
    /// [`AcquireError::NotBefore`] when that is further off than anybody would wait.
    fn acquire(&self) -> BoxFuture<'_, Result<(), AcquireError>>;

    /// Lets no request through before this time, whoever sends it: Gong asked for it.
    ///
    /// # Errors
    ///
    /// When it cannot be passed on to the others. The client goes on without.
    fn pause_until(&self, time: SystemTime) -> BoxFuture<'_, Result<(), BoxError>>;

    /// What is used and left, as far as it is known here.
    fn quota(&self) -> Option<Quota> {
        None
    }
}

/// Why a request may not be sent.
#[derive(Debug)]
#[non_exhaustive]
pub enum AcquireError {
    /// Nothing more may be sent before this time.
    NotBefore {
        /// When to come back.
        retry_at: SystemTime,
        /// Which limit it is and when to come back, in a sentence or two.
        why: String,
    },
    /// It could not be found out.
    Failed(BoxError),
}

impl AcquireError {
    /// Nothing more may be sent before this time. `why` is for a person, and says when to come back too.
    pub fn not_before(retry_at: SystemTime, why: impl Into<String>) -> Self {
        AcquireError::NotBefore { retry_at, why: why.into() }
    }
}

impl fmt::Display for AcquireError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            AcquireError::NotBefore { why, .. } => f.write_str(why),
            AcquireError::Failed(cause) => write!(f, "whether a request may be sent could not be found out: {cause}."),
        }
    }
}

impl StdError for AcquireError {}
