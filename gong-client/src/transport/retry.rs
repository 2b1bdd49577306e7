//! Whether and when a request that failed is tried again.
//!
//! Two questions are kept apart. Whether a repetition does no harm follows from what the request does and from whether
//! it may have been sent ([`Error::is_retryable`]); that is not up to a policy. Whether it is worth it, and when, is.

use std::fmt::Debug;
use std::time::Duration;

use crate::base::error::{Error, ErrorKind};

/// Decides about another try. It is only asked where one does no harm.
///
/// ```
/// use std::sync::Arc;
/// use std::time::Duration;
/// use gong_client::{Client, ErrorKind, FailedTry, Retry, RetryPolicy};
///
/// /// One more try a second later, where the connection failed.
/// #[derive(Debug)]
/// struct Once;
///
/// impl RetryPolicy for Once {
///     fn after(&self, failed: &FailedTry<'_>) -> Retry {
///         match failed.error().kind() {
///             ErrorKind::Connection if failed.tries() == 1 => Retry::After(Duration::from_secs(1)),
///             _ => Retry::No,
///         }
///     }
/// }
///
/// let gong = Client::builder().access_token("token").retry(Arc::new(Once)).build()?;
/// # Ok::<(), gong_client::Error>(())
/// ```
pub trait RetryPolicy: Debug + Send + Sync + 'static {
    /// What to do now.
    fn after(&self, failed: &FailedTry<'_>) -> Retry;
}

/// What a policy decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retry {
    /// The caller gets the error.
    No,
    /// Another try after this pause.
    After(Duration),
}

/// A try that failed, where another does no harm.
#[derive(Debug)]
pub struct FailedTry<'a> {
    pub(crate) error: &'a Error,
    pub(crate) tries: u32,
    pub(crate) elapsed: Duration,
    pub(crate) random: u64,
}

impl FailedTry<'_> {
    /// What went wrong.
    #[must_use]
    pub fn error(&self) -> &Error {
        self.error
    }

    /// How many tries there have been, this one included.
    #[must_use]
    pub fn tries(&self) -> u32 {
        self.tries
    }

    /// How long ago the first one began.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.elapsed
    }

    /// A random part of a pause: what keeps many callers from coming back all at once.
    #[must_use]
    pub fn jittered(&self, longest: Duration) -> Duration {
        let nanos = (u128::from(self.random) * longest.as_nanos()) >> 64;
        Duration::from_nanos(u64::try_from(nanos).unwrap_or(u64::MAX))
    }
}

/// Exponential backoff with jitter, up to a number of tries and a total time. Where Gong says when to come back, it
/// waits until then.
///
/// The policy of every client that is given no other. It takes a 500 for final, since that is how Gong answers where a
/// licence is missing.
///
/// ```
/// use std::sync::Arc;
/// use std::time::Duration;
/// use gong_client::{Backoff, Client};
///
/// let patient = Backoff::default().max_tries(8).max_total(Duration::from_secs(600));
/// let gong = Client::builder().access_token("token").retry(Arc::new(patient)).build()?;
/// # Ok::<(), gong_client::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use = "a policy does nothing before a client has it"]
pub struct Backoff {
    max_tries: u32,
    max_total: Duration,
    first: Duration,
    longest: Duration,
}

impl Default for Backoff {
    /// Five tries within two minutes, with pauses of up to 0.5, 1, 2 and 4 seconds between them.
    fn default() -> Self {
        Backoff {
            max_tries: 5,
            max_total: Duration::from_secs(120),
            first: Duration::from_millis(500),
            longest: Duration::from_secs(20),
        }
    }
}

impl Backoff {
    /// One try and no more.
    pub fn never() -> Self {
        Backoff::default().max_tries(1)
    }

    /// At most this many tries, the first one included.
    pub fn max_tries(mut self, tries: u32) -> Self {
        self.max_tries = tries;
        self
    }

    /// No try begins later than this after the first. A pause that Gong asks for and that would end later is an error
    /// at once, which says when to come back.
    pub fn max_total(mut self, total: Duration) -> Self {
        self.max_total = total;
        self
    }

    /// The longest that the first pause may be, and the longest that any may be; each one may be twice as long as the
    /// one before.
    pub fn pauses(mut self, first: Duration, longest: Duration) -> Self {
        self.first = first;
        self.longest = longest;
        self
    }

    /// The longest that the pause after this many tries may be.
    fn window(&self, tries: u32) -> Duration {
        let doubled = 2_u32.saturating_pow(tries.saturating_sub(1));
        self.first.saturating_mul(doubled).min(self.longest)
    }
}

impl RetryPolicy for Backoff {
    fn after(&self, failed: &FailedTry<'_>) -> Retry {
        if failed.tries >= self.max_tries || !is_passing(failed.error) {
            return Retry::No;
        }
        let pause = match failed.error.retry_after() {
            // All clients of the account got the same time, so a random part keeps them from coming at once.
            Some(asked) => asked + failed.jittered(self.first),
            None => failed.jittered(self.window(failed.tries)),
        };
        if failed.elapsed + pause > self.max_total { Retry::No } else { Retry::After(pause) }
    }
}

/// Whether it may be over in a while.
fn is_passing(error: &Error) -> bool {
    match error.kind() {
        ErrorKind::RateLimited
        | ErrorKind::Connection
        | ErrorKind::Timeout
        | ErrorKind::ProxyPage
        | ErrorKind::Decode => true,
        ErrorKind::Server => matches!(error.status(), Some(502..=504)),
        _ => false,
    }
}

#[cfg(test)]
mod tests;
