//! The book of what was let through, and what that means for the next request. Plain data: it neither waits nor looks at a
//! clock.

use std::collections::VecDeque;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::quota::{Quota, RateLimit, Usage};

const SECOND: Duration = Duration::from_secs(1);
const DAY: u64 = 24 * 60 * 60;
/// Requests that leave in time may arrive closer to one another. This much of a second is left for that, and costs 2.5 % of
/// the rate.
const JITTER: Duration = Duration::from_millis(25);

/// When the next request may go.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Turn {
    /// Now; it is in the book already.
    Now,
    /// After a while.
    After(Duration),
    /// Gong asked for a pause until then.
    Held(SystemTime),
    /// The day is used up until then.
    DayUsedUp(SystemTime),
}

/// What was let through.
#[derive(Debug)]
pub(super) struct Ledger {
    limit: RateLimit,
    /// The newest requests, oldest first, never more than a second may have.
    recent: VecDeque<SystemTime>,
    /// Requests by the minute, oldest first: a day in 1440 numbers at most.
    minutes: VecDeque<(u64, u32)>,
    hold: Option<Hold>,
}

#[derive(Clone, Copy, Debug)]
struct Hold {
    since: SystemTime,
    until: SystemTime,
}

impl Ledger {
    pub(super) fn new(limit: RateLimit) -> Self {
        Ledger { limit: sensible(limit), recent: VecDeque::new(), minutes: VecDeque::new(), hold: None }
    }

    /// Allows this from now on.
    pub(super) fn allow(&mut self, limit: RateLimit) {
        self.limit = sensible(limit);
    }

    /// Allows no more than this from now on.
    pub(super) fn restrict(&mut self, limit: RateLimit) {
        self.limit = self.limit.stricter(sensible(limit));
    }

    /// Whether nothing in the book counts any more.
    pub(super) fn is_idle(&mut self, now: SystemTime) -> bool {
        self.follow(now);
        self.minutes.is_empty() && self.hold.is_none()
    }

    /// From one request to the next.
    fn spacing(&self) -> Duration {
        // Whole milliseconds, which is what timers keep.
        let millis = (SECOND + JITTER).as_millis().div_ceil(u128::from(self.limit.per_second));
        Duration::from_millis(u64::try_from(millis).unwrap_or(u64::MAX))
    }

    /// Lets a request through, or says when to ask again.
    pub(super) fn turn(&mut self, now: SystemTime) -> Turn {
        self.follow(now);
        if let Some(hold) = self.hold {
            return Turn::Held(hold.until);
        }
        if let Some(&(minute, _)) = self.minutes.front()
            && self.used_of_day() >= self.limit.per_day
        {
            return Turn::DayUsedUp(leaves(minute));
        }
        let since = self.recent.back().map(|last| now.duration_since(*last).unwrap_or_default());
        if let Some(wait) = since.and_then(|since| self.spacing().checked_sub(since)).filter(|wait| !wait.is_zero()) {
            return Turn::After(wait);
        }
        self.enter(now);
        Turn::Now
    }

    /// Lets nothing through before this time.
    pub(super) fn hold(&mut self, now: SystemTime, until: SystemTime) {
        self.follow(now);
        let until = self.hold.map_or(until, |hold| hold.until.max(until));
        self.hold = Some(Hold { since: now, until });
    }

    pub(super) fn quota(&mut self, now: SystemTime) -> Quota {
        self.follow(now);
        let in_second = |at: &&SystemTime| now.duration_since(**at).is_ok_and(|age| age < SECOND);
        let used = u32::try_from(self.recent.iter().filter(in_second).count()).unwrap_or(u32::MAX);
        Quota {
            second: Usage::new(used, self.limit.per_second),
            day: Usage::new(self.used_of_day(), self.limit.per_day),
            held_until: self.hold.map(|hold| hold.until),
        }
    }

    fn used_of_day(&self) -> u32 {
        self.minutes.iter().map(|(_, count)| count).sum()
    }

    fn enter(&mut self, now: SystemTime) {
        self.recent.push_back(now);
        while u64::try_from(self.recent.len()).is_ok_and(|count| count > u64::from(self.limit.per_second)) {
            self.recent.pop_front();
        }
        let minute = seconds(now) / 60;
        match self.minutes.back_mut() {
            Some((newest, count)) if *newest >= minute => *count += 1,
            _ => self.minutes.push_back((minute, 1)),
        }
    }

    /// Forgets what is over. A clock that was put back does no harm: what seems to lie ahead was just now.
    fn follow(&mut self, now: SystemTime) {
        for at in &mut self.recent {
            *at = (*at).min(now);
        }
        let this_minute = seconds(now) / 60;
        for (minute, _) in &mut self.minutes {
            *minute = (*minute).min(this_minute);
        }
        while self.minutes.front().is_some_and(|(minute, _)| leaves(*minute) <= now) {
            self.minutes.pop_front();
        }
        if let Some(hold) = &mut self.hold
            && now < hold.since
        {
            hold.until = now + hold.until.duration_since(hold.since).unwrap_or_default();
            hold.since = now;
        }
        self.hold = self.hold.filter(|hold| now < hold.until);
    }
}

/// A limit of nothing would keep everybody waiting for ever.
fn sensible(limit: RateLimit) -> RateLimit {
    RateLimit { per_second: limit.per_second.max(1), per_day: limit.per_day.max(1) }
}

fn seconds(time: SystemTime) -> u64 {
    time.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs()
}

/// When the last request of a minute is a day old.
fn leaves(minute: u64) -> SystemTime {
    UNIX_EPOCH + Duration::from_secs((minute + 1) * 60 + DAY)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(millis: u64) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(1_000_000 * 60) + Duration::from_millis(millis)
    }

    fn ledger(per_second: u32, per_day: u32) -> Ledger {
        Ledger::new(RateLimit::new(per_second, per_day))
    }

    #[test]
    fn requests_are_spaced_so_that_four_are_more_than_a_second_apart() {
        let mut ledger = ledger(3, 100);
        assert_eq!(ledger.turn(at(0)), Turn::Now);
        let Turn::After(wait) = ledger.turn(at(0)) else { panic!("no burst") };
        assert!(wait * 3 > Duration::from_millis(1020) && wait < Duration::from_millis(343), "{wait:?}");
        assert_eq!(ledger.turn(at(0) + wait), Turn::Now);
    }

    #[test]
    fn a_day_is_any_24_hours() {
        let mut ledger = ledger(1000, 2);
        assert_eq!(ledger.turn(at(0)), Turn::Now);
        assert_eq!(ledger.turn(at(90_000)), Turn::Now);
        let back = at(60_000 + DAY * 1000);
        assert_eq!(ledger.turn(at(100_000)), Turn::DayUsedUp(back));
        assert_eq!(ledger.quota(at(100_000)).day, Usage::new(2, 2));
        assert_eq!(ledger.quota(back).day.left(), 1);
        assert_eq!(ledger.turn(back), Turn::Now);
        assert!(matches!(ledger.turn(back + SECOND), Turn::DayUsedUp(_)));
    }

    #[test]
    fn the_longest_pause_that_was_asked_for_holds() {
        let mut ledger = ledger(3, 100);
        ledger.hold(at(0), at(5000));
        ledger.hold(at(100), at(2000));
        assert_eq!(ledger.turn(at(4999)), Turn::Held(at(5000)));
        assert_eq!(ledger.quota(at(4999)).held_until, Some(at(5000)));
        assert_eq!(ledger.turn(at(5000)), Turn::Now);
    }

    #[test]
    fn a_clock_that_is_put_back_keeps_nobody_waiting() {
        let mut ledger = ledger(1, 100);
        assert_eq!(ledger.turn(at(3_600_000)), Turn::Now);
        ledger.hold(at(3_600_000), at(3_601_000));
        assert_eq!(ledger.turn(at(0)), Turn::Held(at(1000)));
        assert_eq!(ledger.turn(at(1025)), Turn::Now);
        assert!(matches!(ledger.turn(at(0)), Turn::After(wait) if wait <= SECOND + JITTER));
    }

    #[test]
    fn the_book_stays_small() {
        let mut ledger = ledger(1000, 1_000_000);
        for minute in 0..3000 {
            assert_eq!(ledger.turn(at(minute * 60_000)), Turn::Now);
        }
        assert!(ledger.minutes.len() <= 1441);
        assert_eq!(ledger.quota(at(3000 * 60_000)).second.used, 0);
    }
}
