//! A conversation as Markdown.
//!
//! No text from Gong stands at the start of a line, so only what is markup within a line needs escaping.

use std::fmt::{self, Display, Formatter, Result, Write as _};

use super::conversation::{Conversation, Participant};
use super::label::particulars;
use super::time::{Moment, when};

pub(crate) fn write(conversation: &Conversation, f: &mut Formatter<'_>) -> Result {
    head(conversation, f)?;
    people("Speakers", &conversation.speakers, f)?;
    people("Others", &conversation.others, f)?;
    let mut topic = None;
    for turn in &conversation.turns {
        if turn.topic.is_some() && turn.topic != topic {
            topic.clone_from(&turn.topic);
            write!(f, "\n## {}\n", Escaped(turn.topic.as_deref().unwrap_or_default()))?;
        }
        write!(f, "\n**{}** ({}):", Escaped(conversation.label(turn)), Moment(turn.start))?;
        turn.sentences.iter().try_for_each(|sentence| write!(f, " {}", Escaped(&sentence.text)))?;
        writeln!(f)?;
    }
    Ok(())
}

fn head(conversation: &Conversation, f: &mut Formatter<'_>) -> Result {
    writeln!(f, "# {}\n", Escaped(&conversation.heading()))?;
    match conversation.url.as_deref().filter(|url| is_link(url)) {
        Some(url) => write!(f, "[Call {}]({url})", conversation.call_id)?,
        None => write!(f, "Call {}", conversation.call_id)?,
    }
    when(conversation, f)?;
    match conversation.note() {
        Some(note) => write!(f, "\n*{note}*\n"),
        None => Ok(()),
    }
}

fn people(heading: &str, people: &[Participant], f: &mut Formatter<'_>) -> Result {
    if !people.is_empty() {
        write!(f, "\n{heading}:\n\n")?;
    }
    for person in people {
        write!(f, "- **{}**", Escaped(&person.label))?;
        particulars(person).try_for_each(|text| write!(f, ", {}", Escaped(text)))?;
        writeln!(f)?;
    }
    Ok(())
}

/// Whether an address can stand in a link as it is.
fn is_link(url: &str) -> bool {
    let web = url.starts_with("https://") || url.starts_with("http://");
    web && !url.contains(|character: char| character.is_whitespace() || "()<>\\".contains(character))
}

/// Text whose markup, if it looks as if it had any, is escaped.
struct Escaped<'a>(&'a str);

impl Display for Escaped<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        for (at, character) in self.0.char_indices() {
            let markup = match character {
                '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '#' | '~' => true,
                '&' => self.0.get(at + 1..).is_some_and(begins_entity),
                _ => false,
            };
            if markup {
                f.write_char('\\')?;
            }
            f.write_char(character)?;
        }
        Ok(())
    }
}

/// Whether what follows an ampersand makes it an entity, as in `&amp;`.
fn begins_entity(rest: &str) -> bool {
    let name = rest.split_once(';').map_or("", |(name, _)| name);
    !name.is_empty() && name.chars().all(|character| character.is_ascii_alphanumeric() || character == '#')
}
