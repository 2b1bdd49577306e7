//! A conversation as plain text.

use std::fmt::{Formatter, Result};

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
            write!(f, "\n--- {} ---\n", turn.topic.as_deref().unwrap_or_default())?;
        }
        write!(f, "\n[{}] {}\n", Moment(turn.start), conversation.label(turn))?;
        for (at, sentence) in turn.sentences.iter().enumerate() {
            let gap = if at == 0 { "" } else { " " };
            write!(f, "{gap}{}", sentence.text)?;
        }
        writeln!(f)?;
    }
    Ok(())
}

fn head(conversation: &Conversation, f: &mut Formatter<'_>) -> Result {
    writeln!(f, "{}", conversation.heading())?;
    write!(f, "Call {}", conversation.call_id)?;
    when(conversation, f)?;
    match conversation.note() {
        Some(note) => writeln!(f, "{note}"),
        None => Ok(()),
    }
}

fn people(heading: &str, people: &[Participant], f: &mut Formatter<'_>) -> Result {
    if !people.is_empty() {
        write!(f, "\n{heading}\n")?;
    }
    for person in people {
        write!(f, "  {}", person.label)?;
        particulars(person).try_for_each(|text| write!(f, ", {text}"))?;
        writeln!(f)?;
    }
    Ok(())
}
