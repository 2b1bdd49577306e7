//! `Retry-After`: seconds, which some servers write with a fraction, or a date, and whatever else a server may write
//! there.

use std::time::{Duration, SystemTime};

use crate::base::raw_answer::RawAnswer;

/// Gong counts by the day, so nobody has to wait for longer; a pause beyond that is a mistake.
const LONGEST: Duration = Duration::from_secs(25 * 60 * 60);

/// How long an answer asks to wait. What cannot be meant, such as less than nothing or years, is as good as nothing.
pub(crate) fn of(raw: &RawAnswer, now: SystemTime) -> Option<Duration> {
    let text = raw.header("retry-after")?.trim();
    let wait = if text.bytes().all(|letter| letter.is_ascii_digit() || letter == b'.') {
        Duration::try_from_secs_f64(text.parse().ok()?).ok()?
    } else {
        let now = raw.header("date").and_then(date).unwrap_or(now);
        date(text)?.duration_since(now).unwrap_or_default()
    };
    (wait <= LONGEST).then_some(wait)
}

/// A date as HTTP writes it. The server's own `Date` beside it makes up for clocks that differ.
fn date(text: &str) -> Option<SystemTime> {
    Some(jiff::fmt::rfc2822::parse(text.trim()).ok()?.timestamp().into())
}

#[cfg(test)]
mod tests;
