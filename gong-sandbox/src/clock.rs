//! The company's clock and calendar: set from outside, standing still unless a test moves it or the builder lets it
//! run.
//!
//! The company sits in a time zone that is not UTC and has no summer time, so that a client which
//! confuses local days with UTC days is found out on every day of the year.

use std::time::Duration;

use jiff::{
    Timestamp, ToSpan,
    civil::Date,
    tz::{Offset, offset},
};
use tokio::time::Instant;

/// Seconds since the Unix epoch; the sandbox needs nothing finer.
pub(crate) type Seconds = i64;

pub(crate) const HOUR: Seconds = 3_600;
pub(crate) const DAY: Seconds = 24 * HOUR;

/// The IANA name Gong would report for the company.
pub(crate) const ZONE: &str = "America/Phoenix";
const ZONE_OFFSET: Offset = offset(-7);

/// When "now" is, unless the builder says otherwise: a Friday noon in the company's zone.
pub(crate) const DEFAULT_NOW: &str = "2026-11-20T12:00:00-07:00";

/// A clock that stands still until [`Clock::advance`] is called, or runs at the pace of Tokio's.
#[derive(Debug, Clone)]
pub(crate) struct Clock {
    start: Seconds,
    advanced: Duration,
    runs_since: Option<Instant>,
}

impl Clock {
    pub(crate) fn at(start: Seconds, running: bool) -> Self {
        Self { start, advanced: Duration::ZERO, runs_since: running.then(Instant::now) }
    }

    pub(crate) fn now(&self) -> Seconds {
        let run = self.runs_since.map(|since| since.elapsed()).unwrap_or_default();
        let advanced = Seconds::try_from(self.advanced.saturating_add(run).as_secs()).unwrap_or(Seconds::MAX);
        self.start.saturating_add(advanced)
    }

    pub(crate) fn advance(&mut self, by: Duration) {
        self.advanced = self.advanced.saturating_add(by);
    }

    pub(crate) fn advanced(&self) -> Duration {
        self.advanced
    }
}

/// Writes an instant the way Gong does: local time, then the offset.
pub(crate) fn stamp(at: Seconds) -> String {
    let Ok(instant) = Timestamp::from_second(at) else {
        return String::new();
    };
    format!("{}{ZONE_OFFSET}:00", ZONE_OFFSET.to_datetime(instant))
}

/// The same with a fraction of a second, of which Gong writes up to six digits.
pub(crate) fn stamp_with_fraction(at: Seconds, fraction: &str) -> String {
    let whole = stamp(at);
    match whole.split_at_checked(whole.len().saturating_sub(6)) {
        Some((local, offset)) => format!("{local}.{fraction}{offset}"),
        None => whole,
    }
}

/// Reads a date-time that names its offset; anything less is no instant to Gong.
///
/// Fractions round up, which is right for both ends of a range over whole seconds.
pub(crate) fn instant(text: &str) -> Option<Seconds> {
    let separated = matches!(text.as_bytes().get(10), Some(b'T' | b't'));
    if !separated || text.contains('[') {
        return None;
    }
    let parsed: Timestamp = text.parse().ok()?;
    let up = i64::from(parsed.subsec_nanosecond() > 0);
    Some(parsed.as_second() + up)
}

/// Reads a bare `YYYY-MM-DD` and gives the company's midnight at which that day begins.
pub(crate) fn day(text: &str) -> Option<Seconds> {
    if text.len() != 10 {
        return None;
    }
    beginning(text.parse().ok()?)
}

/// The company's midnight at which a day begins.
pub(crate) fn beginning(date: Date) -> Option<Seconds> {
    let midnight = ZONE_OFFSET.to_timestamp(date.at(0, 0, 0, 0)).ok()?;
    Some(midnight.as_second())
}

/// The day in the company's zone that an instant is in.
pub(crate) fn date(at: Seconds) -> Date {
    ZONE_OFFSET.to_datetime(Timestamp::from_second(at).unwrap_or_default()).date()
}

/// The company's last midnight before an instant.
pub(crate) fn midnight(at: Seconds) -> Seconds {
    beginning(date(at)).unwrap_or(at)
}

/// The first day of the `WEEK`, `MONTH`, `QUARTER` or `YEAR` that a date is in; by any other word, the date itself.
/// Weeks begin on Mondays.
pub(crate) fn first_day(date: Date, period: &str) -> Date {
    let first = match period {
        "WEEK" => date.checked_sub(i64::from(date.weekday().to_monday_zero_offset()).days()),
        "MONTH" => Ok(date.first_of_month()),
        "QUARTER" => date.first_of_month().checked_sub(((i64::from(date.month()) - 1) % 3).months()),
        "YEAR" => Ok(date.first_of_year()),
        _ => Ok(date),
    };
    first.unwrap_or(date)
}

#[cfg(test)]
mod tests;
