//! Joins a transcript to the parties of its call.

use std::time::Duration;

use super::conversation::{Conversation, Participant, Sentence, Turn};
use super::label::labels;
use super::time::Clock;
use crate::ids::CallId;
use crate::models::{CallDetails, CallParty, Monologue, Transcript};

impl Conversation {
    /// Joins a call's details to its transcript, with whichever of them there is.
    ///
    /// Everything that was said is kept, also where it is not known who speaks. Times that Gong leaves out are worked
    /// out: a sentence without a start follows the one before it, and one without a proper end takes as long as it
    /// takes to say.
    ///
    /// ```
    /// use gong_client::models::{CallDetails, Transcript};
    /// use gong_client::transcripts::Conversation;
    ///
    /// let details: CallDetails = serde_json::from_str(
    ///     r#"{"metaData": {"id": "42", "title": "Renewal"}, "parties": [{"speakerId": "7", "name": "Kim Lee"}]}"#,
    /// )?;
    /// let transcript: Transcript = serde_json::from_str(
    ///     r#"{"callId": "42", "transcript": [
    ///         {"speakerId": "7", "sentences": [{"start": 1200, "end": 2500, "text": "Good morning."}]}
    ///     ]}"#,
    /// )?;
    ///
    /// let conversation = Conversation::join("42", Some(details), Some(transcript));
    /// assert!(conversation.to_text().ends_with("[00:01] Kim Lee\nGood morning.\n"));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[must_use]
    pub fn join(call_id: impl Into<CallId>, details: Option<CallDetails>, transcript: Option<Transcript>) -> Self {
        let (has_details, has_transcript) = (details.is_some(), transcript.is_some());
        let details = details.unwrap_or_default();
        let call = details.meta_data.unwrap_or_default();
        let turns = turns(transcript.unwrap_or_default().transcript);
        let (speakers, others) = people(details.parties, &turns);
        Conversation {
            call_id: call_id.into(),
            title: call.title.and_then(one_line),
            url: call.url,
            started: call.started,
            duration: call.duration.and_then(|seconds| u64::try_from(seconds).ok()).map(Duration::from_secs),
            speakers,
            others,
            turns,
            has_details,
            has_transcript,
        }
    }
}

/// What was said; monologues and sentences without a word say nothing.
fn turns(monologues: Vec<Monologue>) -> Vec<Turn> {
    let mut clock = Clock::default();
    monologues.into_iter().filter_map(|monologue| turn(monologue, &mut clock)).collect()
}

fn turn(monologue: Monologue, clock: &mut Clock) -> Option<Turn> {
    let sentence = |sentence: crate::models::Sentence| {
        let text = one_line(sentence.text?)?;
        let (start, end) = clock.place(sentence.start, sentence.end, &text);
        Some(Sentence { start, end, text })
    };
    let sentences: Vec<Sentence> = monologue.sentences.into_iter().filter_map(sentence).collect();
    Some(Turn {
        speaker_id: monologue.speaker_id.filter(|id| !id.as_str().is_empty()),
        topic: monologue.topic.and_then(one_line),
        start: sentences.iter().map(|sentence| sentence.start).min()?,
        end: sentences.iter().map(|sentence| sentence.end).max()?,
        sentences,
    })
}

/// Those who speak, in the order in which they first do, and the other parties.
fn people(parties: Vec<CallParty>, turns: &[Turn]) -> (Vec<Participant>, Vec<Participant>) {
    let mut others: Vec<Participant> = parties.into_iter().map(participant).collect();
    let mut speakers: Vec<Participant> = Vec::new();
    for id in turns.iter().filter_map(|turn| turn.speaker_id.as_ref()) {
        let is_it = |person: &Participant| person.speaker_id.as_ref() == Some(id);
        if !speakers.iter().any(is_it) {
            let party = others.iter().position(is_it).map(|at| others.remove(at));
            speakers
                .push(party.unwrap_or_else(|| Participant { speaker_id: Some(id.clone()), ..Participant::default() }));
        }
    }
    let spoke = speakers.len();
    speakers.append(&mut others);
    let labels = labels(&speakers);
    speakers.iter_mut().zip(labels).for_each(|(person, label)| person.label = label);
    let others = speakers.split_off(spoke);
    (speakers, others)
}

fn participant(party: CallParty) -> Participant {
    Participant {
        label: String::new(),
        speaker_id: party.speaker_id,
        user_id: party.user_id,
        name: party.name.and_then(one_line),
        email: party.email_address.and_then(one_line),
        phone: party.phone_number.and_then(one_line),
        title: party.title.and_then(one_line),
        affiliation: party.affiliation,
    }
}

/// The text on one line, if it says anything. Control characters count as white space.
fn one_line(text: String) -> Option<String> {
    let words = text.split(|character: char| character.is_whitespace() || character.is_control());
    let line = words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    (!line.is_empty()).then_some(line)
}
