//! The book of what was let through, and what that means for the next request. Plain data: it neither waits nor looks
//! at a clock.

use std::collections::VecDeque;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};

use super::quota::{Quota, RateLimit, Usage};

const SECOND: Duration = Duration::from_secs(1);
const DAY: u64 = 24 * 60 * 60;
/// Requests that leave in time may arrive closer to one another. This much of a second is left for that, and costs 2.5
/// % of the rate.
const JITTER: Duration = Duration::from_millis(25);
/// A request that is at most this late for its turn still takes it, and later turns stay where they are. Otherwise
/// all delays would add up.
const LATE: Duration = Duration::from_millis(5);

/// When the next request may go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// At this time, which may have passed already.
    At(SystemTime),
    /// Gong asked for a pause until then.
    Held(SystemTime),
    /// The day is used up until then.
    DayUsedUp(SystemTime),
}

/// The book of what was let through, and of what that means for the next request.
///
/// A [`Limiter`](crate::Limiter) keeps one for its process. It is public for those who write
/// [`RateLimiter`](crate::RateLimiter) of their own, over a store that several processes share: it is plain data, which
/// neither waits nor looks at a clock, and can be written down with serde. The limit itself is not written; whoever
/// reads a ledger says what to allow.
///
/// ```
/// use std::time::{Duration, SystemTime};
/// use gong_client::{Ledger, RateLimit, Turn};
///
/// let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000);
/// let mut ledger = Ledger::new(RateLimit::default());
/// let Turn::At(first) = ledger.next(now) else { panic!("nothing was sent yet") };
/// assert!(first <= now);
/// ledger.enter(now);
/// assert_eq!(ledger.next(now), Turn::At(now + Duration::from_millis(342)));
/// ```
#[derive(Clone, Debug)]
pub struct Ledger {
    limit: RateLimit,
    /// The turns of the last second and a little more, oldest first. Some may lie ahead.
    recent: VecDeque<SystemTime>,
    /// Requests by the minute, oldest first: a day in 1441 numbers at most.
    minutes: VecDeque<(u64, u32)>,
    hold: Option<Hold>,
}

#[derive(Clone, Copy, Debug)]
struct Hold {
    since: SystemTime,
    until: SystemTime,
}

impl Ledger {
    /// An empty book. A limit of nothing counts as one of 1.
    #[must_use]
    pub fn new(limit: RateLimit) -> Self {
        Ledger { limit: sensible(limit), recent: VecDeque::new(), minutes: VecDeque::new(), hold: None }
    }

    /// Allows this from now on.
    pub fn allow(&mut self, limit: RateLimit) {
        self.limit = sensible(limit);
    }

    /// Allows no more than this from now on.
    pub(crate) fn restrict(&mut self, limit: RateLimit) {
        self.limit = self.limit.stricter(sensible(limit));
    }

    /// Whether nothing in the book counts any more.
    pub(crate) fn is_idle(&mut self, now: SystemTime) -> bool {
        self.follow(now);
        self.minutes.is_empty() && self.hold.is_none()
    }

    /// From one turn to the next.
    #[must_use]
    pub fn spacing(&self) -> Duration {
        // Whole milliseconds, which is what timers keep.
        let millis = (SECOND + JITTER).as_millis().div_ceil(u128::from(self.limit.per_second));
        Duration::from_millis(u64::try_from(millis).unwrap_or(u64::MAX))
    }

    /// When the next request may go.
    pub fn next(&mut self, now: SystemTime) -> Turn {
        self.follow(now);
        if let Some(hold) = self.hold {
            return Turn::Held(hold.until);
        }
        if let Some(&(minute, _)) = self.minutes.front()
            && self.used_of_day() >= self.limit.per_day
        {
            return Turn::DayUsedUp(leaves(minute));
        }
        let after_the_last = self.recent.back().map(|last| *last + self.spacing());
        // Whoever came late is nearer to the ones after it. Even so there is no second with too many.
        let full = usize::try_from(self.limit.per_second).ok().and_then(|count| self.recent.len().checked_sub(count));
        let after_a_full_second = full.and_then(|at| self.recent.get(at)).map(|at| *at + SECOND + JITTER);
        let next = after_the_last.max(after_a_full_second);
        Turn::At(next.map_or(now, |next| next.max(now.checked_sub(LATE).unwrap_or(now))))
    }

    /// Counts a request that goes at this time.
    pub fn enter(&mut self, at: SystemTime) {
        self.recent.insert(self.recent.partition_point(|turn| *turn <= at), at);
        let minute = seconds(at) / 60;
        match self.minutes.back_mut() {
            Some((newest, count)) if *newest >= minute => *count = count.saturating_add(1),
            _ => self.minutes.push_back((minute, 1)),
        }
    }

    /// Takes a request out of the book that did not go at its time. Whether it may still go at once: so few turns were
    /// given after its own that there is no second with too many, however late it comes.
    pub fn withdraw(&mut self, now: SystemTime, at: SystemTime) -> bool {
        self.follow(now);
        let minute = seconds(at) / 60;
        if let Some((_, count)) = self.minutes.iter_mut().rev().find(|(begun, _)| *begun <= minute) {
            *count = count.saturating_sub(1);
        }
        let Some(place) = self.recent.iter().position(|turn| *turn == at) else { return false };
        self.recent.remove(place);
        u64::try_from(self.recent.len() - place).is_ok_and(|after| after < u64::from(self.limit.per_second))
    }

    /// Lets nothing through before this time.
    pub fn hold(&mut self, now: SystemTime, until: SystemTime) {
        self.follow(now);
        let until = self.hold.map_or(until, |hold| hold.until.max(until));
        self.hold = Some(Hold { since: now, until });
    }

    /// What is used and left.
    pub fn quota(&mut self, now: SystemTime) -> Quota {
        self.follow(now);
        let in_second = |at: &&SystemTime| now.duration_since(**at).is_ok_and(|age| age < SECOND);
        let used = u32::try_from(self.recent.iter().filter(in_second).count()).unwrap_or(u32::MAX);
        Quota {
            second: Usage::new(used, self.limit.per_second),
            day: Usage::new(self.used_of_day(), self.limit.per_day),
            paused_until: self.hold.map(|hold| hold.until),
        }
    }

    fn used_of_day(&self) -> u32 {
        self.minutes.iter().fold(0, |sum, (_, count)| sum.saturating_add(*count))
    }

    /// Forgets what is over. A clock that was put back does no harm: what seems to lie further ahead than any turn was
    /// just now.
    fn follow(&mut self, now: SystemTime) {
        let near = now + SECOND;
        for at in self.recent.iter_mut().filter(|at| **at > near) {
            *at = now;
        }
        self.recent.make_contiguous().sort_unstable();
        while self.recent.front().is_some_and(|at| *at + SECOND + JITTER + LATE < now) {
            self.recent.pop_front();
        }
        let newest = seconds(near) / 60;
        for (minute, _) in &mut self.minutes {
            *minute = (*minute).min(newest);
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

/// As it is written: milliseconds since 1970, but for the minutes.
type Written = (Vec<u64>, Vec<(u64, u32)>, Option<(u64, u64)>);

impl Serialize for Ledger {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let recent = self.recent.iter().copied().map(millis).collect();
        let hold = self.hold.map(|hold| (millis(hold.since), millis(hold.until)));
        let written: Written = (recent, self.minutes.iter().copied().collect(), hold);
        written.serialize(to)
    }
}

impl<'de> Deserialize<'de> for Ledger {
    /// With the usual limit; another one is [allowed](Ledger::allow) afterwards.
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let (recent, minutes, hold) = Written::deserialize(from)?;
        Ok(Ledger {
            limit: RateLimit::default(),
            recent: recent.into_iter().map(time).collect(),
            minutes: minutes.into(),
            hold: hold.map(|(since, until)| Hold { since: time(since), until: time(until) }),
        })
    }
}

/// A limit of nothing would keep everybody waiting for ever.
fn sensible(limit: RateLimit) -> RateLimit {
    RateLimit { per_second: limit.per_second.max(1), per_day: limit.per_day.max(1) }
}

fn seconds(time: SystemTime) -> u64 {
    time.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs()
}

fn millis(time: SystemTime) -> u64 {
    let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

fn time(millis: u64) -> SystemTime {
    UNIX_EPOCH + Duration::from_millis(millis)
}

/// When the last request of a minute is a day old.
fn leaves(minute: u64) -> SystemTime {
    UNIX_EPOCH + Duration::from_secs((minute + 1) * 60 + DAY)
}

#[cfg(test)]
mod tests;
