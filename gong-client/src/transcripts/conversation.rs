//! The types: a conversation, who took part and what they said.

use std::time::Duration;

use crate::Timestamp;
use crate::ids::{CallId, SpeakerId, UserId};
use crate::models::PartyAffiliation;

/// A call's transcript with the names of those who speak.
///
/// Its texts are each on one line: white space of any kind and length is one space.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Conversation {
    /// The call.
    pub call_id: CallId,
    /// The call's title.
    pub title: Option<String>,
    /// The call's page in Gong.
    pub url: Option<String>,
    /// When the recording began.
    pub started: Option<Timestamp>,
    /// How long the call lasted.
    pub duration: Option<Duration>,
    /// Who speaks, in the order in which they first do.
    pub speakers: Vec<Participant>,
    /// The call's other parties. They listened, or were invited and did not come.
    pub others: Vec<Participant>,
    /// What was said, in order.
    pub turns: Vec<Turn>,
    /// Whether Gong has the call's details. They can come later than the transcript; until then speakers have no names.
    pub has_details: bool,
    /// Whether Gong has a transcript of the call. It has none of a call that is new or was never recorded.
    pub has_transcript: bool,
}

/// Someone who took part in a call. What is not known is absent.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Participant {
    /// What to call them. Always there, and in this conversation no other person's.
    ///
    /// It is the name, or else the e-mail address, the phone number or a number as in `Speaker 2`. People of the same
    /// name are told apart by what differs, as in `Kim Lee (kim@example.com)`.
    pub label: String,
    /// What the transcript calls them.
    pub speaker_id: Option<SpeakerId>,
    /// Their id in Gong, if they are a Gong user.
    pub user_id: Option<UserId>,
    /// Their name.
    pub name: Option<String>,
    /// Their e-mail address.
    pub email: Option<String>,
    /// Their phone number.
    pub phone: Option<String>,
    /// Their job title.
    pub title: Option<String>,
    /// Whether they are from the company.
    pub affiliation: Option<PartyAffiliation>,
}

/// What one person said before another spoke or the topic changed: one sentence or more.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Turn {
    /// Who speaks; absent where Gong could not tell. See [`Conversation::speaker`].
    pub speaker_id: Option<SpeakerId>,
    /// What it is about, where Gong knows.
    pub topic: Option<String>,
    /// Where it begins, from the call's start.
    pub start: Duration,
    /// Where it ends. Another turn may have begun before that.
    pub end: Duration,
    /// The sentences.
    pub sentences: Vec<Sentence>,
}

/// A sentence that was said.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Sentence {
    /// Where it begins, from the call's start.
    pub start: Duration,
    /// Where it ends; never before it begins.
    pub end: Duration,
    /// The words.
    pub text: String,
}

impl Conversation {
    /// Who speaks in this turn; absent where Gong could not tell.
    #[must_use]
    pub fn speaker(&self, turn: &Turn) -> Option<&Participant> {
        let id = turn.speaker_id.as_ref()?;
        self.speakers.iter().find(|speaker| speaker.speaker_id.as_ref() == Some(id))
    }

    /// What to call the one who speaks in this turn: their label, or `Unknown speaker`.
    #[must_use]
    pub fn label(&self, turn: &Turn) -> &str {
        self.speaker(turn).map_or("Unknown speaker", |speaker| &speaker.label)
    }

    /// The title, or else the call's id.
    pub(crate) fn heading(&self) -> String {
        self.title.clone().unwrap_or_else(|| format!("Call {}", self.call_id))
    }

    /// A sentence on what Gong does not have of this call, if anything.
    #[must_use]
    pub fn note(&self) -> Option<&'static str> {
        match (self.has_details, self.has_transcript) {
            (true, true) => None,
            (true, false) => Some("Gong has no transcript of this call."),
            (false, true) => Some("Gong has no details of this call yet, so its speakers have no names."),
            (false, false) => Some("Gong has neither details nor a transcript of this call."),
        }
    }
}
