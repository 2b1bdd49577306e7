//! A conversation as SRT subtitles.
//!
//! SRT has no standard and so no way to escape. Players take angle brackets and braces for markup; these are written as
//! look-alikes.

use std::fmt::{self, Display, Formatter, Result, Write as _};

use super::conversation::Conversation;
use super::cue::{cues, one_at_a_time};
use super::time::CueTime;

pub(crate) fn write(conversation: &Conversation, f: &mut Formatter<'_>) -> Result {
    let mut cues = cues(conversation, |speaker| format!("{speaker}:"));
    one_at_a_time(&mut cues);
    for (before, cue) in cues.iter().enumerate() {
        let gap = if before == 0 { "" } else { "\n" };
        writeln!(f, "{gap}{}", before + 1)?;
        writeln!(f, "{} --> {}", CueTime(cue.start, ','), CueTime(cue.end, ','))?;
        writeln!(f, "{}", Plain(&cue.text))?;
    }
    Ok(())
}

/// Text in which nothing is markup.
struct Plain<'a>(&'a str);

impl Display for Plain<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.0.chars().try_for_each(|character| {
            f.write_char(match character {
                '<' => '‹',
                '>' => '›',
                '{' => '❴',
                '}' => '❵',
                _ => character,
            })
        })
    }
}
