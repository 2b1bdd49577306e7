//! A transcript as people read it, by minutes or by speaker: the one tool of the server's own. Gong's transcripts know
//! speakers by number and sentences by the millisecond, which costs a model ten times the tokens.

use std::sync::Arc;
use std::time::Duration;

use gong_client::catalog::Effect;
use gong_client::transcripts::Conversation;
use rmcp::model::Tool as Listed;
use serde_json::{Map, Value, json};

use crate::options::count;
use crate::server::annotations;
use crate::toolbox::{Outcome, Toolbox};

/// What it is called.
pub(crate) const NAME: &str = "gong_conversation_read";

/// The group that it is chosen with.
pub(crate) const GROUP: &str = "calls";

/// What one call asks for.
#[derive(Debug, Default)]
struct Wanted {
    call_id: String,
    from_minute: Option<f64>,
    to_minute: Option<f64>,
    speaker: Option<String>,
    max_tokens: Option<usize>,
}

pub(crate) fn listed() -> Listed {
    let schema = json!({
        "type": "object",
        "properties": {
            "call_id": {"type": "string"},
            "from_minute": {"type": "number"},
            "to_minute": {"type": "number"},
            "speaker": {"type": "string", "description": "A part of a name: only what they said"},
        },
        "required": ["call_id"],
    });
    let schema = schema.as_object().cloned().unwrap_or_default();
    Listed::new(NAME, "A call's transcript as text with the speakers' names", Arc::new(schema))
        .with_title("Read a conversation")
        .with_annotations(annotations(Effect::Read))
}

/// Reads a conversation for an agent.
pub(crate) async fn call(toolbox: &Toolbox, arguments: &Map<String, Value>) -> Outcome {
    let wanted = match Wanted::read(arguments) {
        Ok(wanted) => wanted,
        Err(faults) => return Outcome::wrong_input(&faults),
    };
    let client = match toolbox.account().client().await {
        Ok(client) => client,
        Err(refusal) => return refusal.into(),
    };
    match client.conversation(wanted.call_id.clone()).await {
        Ok(conversation) => {
            let text = wanted.of(conversation, toolbox.room(wanted.max_tokens));
            Outcome { is_json: false, ..Outcome::done(text) }
        }
        Err(error) => toolbox.failed(Effect::Read, &error),
    }
}

impl Wanted {
    fn read(arguments: &Map<String, Value>) -> Result<Self, Vec<String>> {
        let (mut wanted, mut wrong) = (Wanted::default(), Vec::new());
        for (name, value) in arguments {
            let text = || value.as_str().map(str::to_owned).or_else(|| value.as_u64().map(|id| id.to_string()));
            let number = || value.as_f64().or_else(|| value.as_str()?.trim().parse().ok()).filter(|n| n.is_finite());
            let is_right = match name.as_str() {
                "call_id" => text().map(|id| wanted.call_id = id).is_some(),
                "from_minute" => number().map(|minute| wanted.from_minute = Some(minute)).is_some(),
                "to_minute" => number().map(|minute| wanted.to_minute = Some(minute)).is_some(),
                "speaker" => text().map(|name| wanted.speaker = Some(name.to_lowercase())).is_some(),
                "_max_tokens" => count(value).map(|tokens| wanted.max_tokens = Some(tokens)).is_ok(),
                _ => false,
            };
            if !is_right {
                wrong.push(format!("`{name}` is not known here, or of another type."));
            }
        }
        if wanted.call_id.trim().is_empty() {
            wrong.push("`call_id` must be given.".to_owned());
        }
        if wrong.is_empty() { Ok(wanted) } else { Err(wrong) }
    }

    /// The turns that are wanted, as many whole ones as there is room for, and where the rest begins.
    fn of(&self, mut conversation: Conversation, room: usize) -> String {
        let turns = std::mem::take(&mut conversation.turns);
        let mut size = conversation.to_text().len();
        let (mut kept, mut next) = (Vec::new(), None);
        for turn in turns {
            let is_within = self.from_minute.is_none_or(|from| minute(turn.end) > from)
                && self.to_minute.is_none_or(|to| minute(turn.start) < to);
            let label = conversation.label(&turn);
            if !is_within || self.speaker.as_ref().is_some_and(|part| !label.to_lowercase().contains(part)) {
                continue;
            }
            // Beside its words a turn has a line with the time and the name, and now and then one with a topic.
            size += turn.sentences.iter().map(|sentence| sentence.text.len() + 1).sum::<usize>() + label.len() + 16;
            if size > room && !kept.is_empty() {
                next = Some(minute(turn.start));
                break;
            }
            kept.push(turn);
        }
        conversation.turns = kept;
        let mut text = conversation.to_text();
        if let Some(next) = next {
            text.push_str(&format!("\nThe rest is left out; call again with from_minute {next:.1} for it.\n"));
        }
        text
    }
}

fn minute(time: Duration) -> f64 {
    time.as_secs_f64() / 60.0
}
