//! A conversation as WebVTT subtitles (<https://www.w3.org/TR/webvtt1/>).
//!
//! WebVTT asks that cues come in the order of their starts and end after them; they may overlap.

use std::fmt::{self, Display, Formatter, Result, Write as _};

use super::conversation::Conversation;
use super::cue::cues;
use super::time::CueTime;

pub(crate) fn write(conversation: &Conversation, f: &mut Formatter<'_>) -> Result {
    write!(f, "WEBVTT\n\nNOTE {}\n", Escaped(&conversation.heading()))?;
    if let Some(note) = conversation.note() {
        write!(f, "\nNOTE {note}\n")?;
    }
    for cue in cues(conversation, |_| String::new()) {
        write!(f, "\n{} --> {}\n", CueTime(cue.start, '.'), CueTime(cue.end, '.'))?;
        writeln!(f, "<v {}>{}", Escaped(cue.speaker), Escaped(&cue.text))?;
    }
    Ok(())
}

/// Text in which nothing is a tag, an entity or an arrow.
struct Escaped<'a>(&'a str);

impl Display for Escaped<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.0.chars().try_for_each(|character| match character {
            '&' => f.write_str("&amp;"),
            '<' => f.write_str("&lt;"),
            '>' => f.write_str("&gt;"),
            _ => f.write_char(character),
        })
    }
}
