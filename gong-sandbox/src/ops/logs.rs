//! The logs for audits.

use serde_json::Value;

use super::within;
use crate::{company::LOGS, input::Input, refusal::Refusal, world::World};

/// `GET /v2/logs`: oldest first, which is a guess.
pub(crate) fn list(world: &mut World, input: &Input) -> Result<Value, Refusal> {
    let log = input.required_param("logType")?;
    if !LOGS.contains(&log) {
        // The text is a guess.
        return Err(Refusal::bad(format!("logType should be one of {}", LOGS.join(", "))));
    }
    input.required_param("fromDateTime")?;
    let (from, to) = (input.instant_param("fromDateTime")?, input.instant_param("toDateTime")?);
    let mut entries = world.company.log(log);
    entries.retain(|entry| within(from, to, entry.at));
    // The text is that of Gong's document; nobody has recorded the one on the wire.
    let entries = Refusal::if_none(entries, "No logs found for the specified period")?;
    world.pages.answer(input, "logEntries", entries, |entry| entry.wire)
}
