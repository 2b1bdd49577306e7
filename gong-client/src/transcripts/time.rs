//! Times that can be relied on: every sentence begins, and none ends before it does.

use std::fmt;
use std::time::Duration;

use super::conversation::Conversation;

/// How long a character takes to say, about 15 a second.
const PER_CHARACTER: Duration = Duration::from_millis(66);

/// Where a transcript has come to.
#[derive(Default)]
pub(crate) struct Clock {
    now: Duration,
}

impl Clock {
    /// When a sentence begins and ends, from the milliseconds that Gong gave.
    ///
    /// Without a start it follows the sentence before it; without an end, or with one before its start, it takes as
    /// long as it takes to say. A start before the call's is the call's.
    pub(crate) fn place(&mut self, start: Option<i64>, end: Option<i64>, text: &str) -> (Duration, Duration) {
        let start = start.map_or(self.now, |start| milliseconds(start).unwrap_or_default());
        let given = end.and_then(milliseconds).filter(|end| *end >= start);
        let end = given.unwrap_or_else(|| start.saturating_add(time_to_say(text)));
        self.now = end;
        (start, end)
    }
}

fn milliseconds(count: i64) -> Option<Duration> {
    u64::try_from(count).ok().map(Duration::from_millis)
}

fn time_to_say(text: &str) -> Duration {
    let characters = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
    PER_CHARACTER.saturating_mul(characters)
}

/// A moment of a call as people write it: `04:05`, and from the first hour on `1:04:05`.
pub(crate) struct Moment(pub(crate) Duration);

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.0.as_secs();
        let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        match hours {
            0 => write!(f, "{minutes:02}:{seconds:02}"),
            _ => write!(f, "{hours}:{minutes:02}:{seconds:02}"),
        }
    }
}

/// When a call was and how long it took, to the end of the line that names it.
pub(crate) fn when(conversation: &Conversation, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    if let Some(started) = &conversation.started {
        write!(f, ", {started}")?;
    }
    if let Some(duration) = conversation.duration {
        write!(f, ", {}", Moment(duration))?;
    }
    writeln!(f)
}

/// A moment as subtitles write it, `00:04:05.678`, with this mark before the milliseconds. Hours may have more digits.
pub(crate) struct CueTime(pub(crate) Duration, pub(crate) char);

impl fmt::Display for CueTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let CueTime(moment, mark) = self;
        let seconds = moment.as_secs();
        let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        write!(f, "{hours:02}:{minutes:02}:{seconds:02}{mark}{:03}", moment.subsec_millis())
    }
}
