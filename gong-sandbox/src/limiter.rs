//! The rate limit, which all keys and apps of a company share.

use std::{collections::VecDeque, time::Duration};

use crate::refusal::Refusal;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// How many requests the company may make.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RateLimit {
    /// Requests within any second.
    pub per_second: usize,
    /// Requests within any day.
    pub per_day: usize,
}

impl RateLimit {
    /// What Gong grants: 3 in a second, 10,000 in a day.
    pub const GONG: Self = Self { per_second: 3, per_day: 10_000 };
}

/// Remembers the requests of the last day that were let through.
#[derive(Debug)]
pub(crate) struct Limiter {
    limit: RateLimit,
    admitted: VecDeque<Duration>,
}

impl Limiter {
    pub(crate) fn new(limit: RateLimit) -> Self {
        Self { limit, admitted: VecDeque::new() }
    }

    /// Lets a request through or says after how many seconds to come back.
    pub(crate) fn admit(&mut self, now: Duration) -> Result<(), Refusal> {
        while self.admitted.front().is_some_and(|at| *at + DAY <= now) {
            self.admitted.pop_front();
        }
        for (limit, window) in [(self.limit.per_day, DAY), (self.limit.per_second, Duration::from_secs(1))] {
            if let Some(wait) = self.wait(limit, window, now) {
                return Err(Refusal::too_many_requests(wait));
            }
        }
        self.admitted.push_back(now);
        Ok(())
    }

    /// Whole seconds until the window has room again; `None` if it has room now.
    fn wait(&self, limit: usize, window: Duration, now: Duration) -> Option<u64> {
        // The request that has to leave the window before another may enter.
        let place = self.admitted.len().checked_sub(limit.max(1))?;
        let free_at = *self.admitted.get(place)? + window;
        let wait = free_at.checked_sub(now).filter(|wait| !wait.is_zero())?;
        Some(wait.as_secs() + u64::from(wait.subsec_nanos() > 0))
    }
}

#[cfg(test)]
mod tests;
