//! How much may be sent, and how much of it is used.

use std::time::SystemTime;

use crate::base::service::SERVICE;

/// How many requests an account may send.
///
/// ```
/// use gong_client::RateLimit;
///
/// assert_eq!(RateLimit::default(), RateLimit::new(3, 10_000));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RateLimit {
    /// In any second.
    pub per_second: u32,
    /// In any 24 hours.
    pub per_day: u32,
}

impl RateLimit {
    /// A limit of `per_second` requests in any second and `per_day` in any 24 hours.
    #[must_use]
    pub fn new(per_second: u32, per_day: u32) -> Self {
        RateLimit { per_second, per_day }
    }

    /// What both allow.
    pub(crate) fn stricter(self, other: Self) -> Self {
        RateLimit { per_second: self.per_second.min(other.per_second), per_day: self.per_day.min(other.per_day) }
    }
}

impl Default for RateLimit {
    /// What Gong allows a company.
    fn default() -> Self {
        let service = &SERVICE;
        RateLimit { per_second: service.per_second, per_day: service.per_day }
    }
}

/// What is used and left of an account's limit, as far as this process knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Quota {
    /// Of the second up to now.
    pub second: Usage,
    /// Of the 24 hours up to now.
    pub day: Usage,
    /// Gong asked to send nothing before this time.
    pub paused_until: Option<SystemTime>,
}

impl Quota {
    /// This much of the second and of the day.
    #[must_use]
    pub fn new(second: Usage, day: Usage) -> Self {
        Quota { second, day, paused_until: None }
    }
}

/// How many requests were sent, out of how many that may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Usage {
    /// How many may be sent.
    pub limit: u32,
    /// How many were.
    pub used: u32,
}

impl Usage {
    /// `used` requests out of `limit`.
    #[must_use]
    pub fn new(used: u32, limit: u32) -> Self {
        Usage { limit, used }
    }

    /// How many are left.
    #[must_use]
    pub fn left(&self) -> u32 {
        self.limit.saturating_sub(self.used)
    }
}
