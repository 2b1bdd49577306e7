//! Events that other systems report: digital interactions and customer engagement actions.

use serde_json::{Value, json};

use crate::{
    input::{Fields, Input},
    refusal::Refusal,
    world::World,
};

const REPORTED: &str = "Event was already reported in the past.";
/// A bare number beyond 2^53, as CRM integrations have.
pub(super) const INTEGRATION_ID: u64 = 6_286_478_263_646_012_213;

/// `POST /v2/digital-interaction`
pub(crate) fn digital_interaction(world: &mut World, input: &Input) -> Result<Value, Refusal> {
    let fields = input.fields()?;
    fields.demand(&["eventId", "timestamp", "eventType", "content"])?;
    fields.instant("timestamp")?;
    if let Some(content) = fields.value("content")
        && Fields::of(content)?.value("contentTitle").is_none()
    {
        return Err(Refusal::bad("content.contentTitle: must not be null"));
    }
    fields.one_of("device", &["MOBILE", "PC"])?;
    check_person(fields)?;
    record(&mut world.company.digital_interactions, &input.body)?;
    Ok(json!({}))
}

/// Somebody who cannot be told apart by anything else needs an id or a company's domain.
fn check_person(fields: Fields<'_>) -> Result<(), Refusal> {
    let Some(person) = fields.value("person") else {
        return Ok(());
    };
    let has = |pointer: &str| person.pointer(pointer).is_some_and(|value| !value.is_null());
    let known = ["/name", "/email", "/phoneNumber", "/personBusinessContext"];
    let anonymous = ["/personId", "/company/domain"];
    if !known.into_iter().chain(anonymous).any(has) {
        return Err(Refusal::bad("person.personId: must not be null for an anonymous person"));
    }
    if fields.value("trackingId").is_some() {
        return Err(Refusal::bad("trackingId: must be null when person is given"));
    }
    Ok(())
}

/// Keeps an event, unless one with its id was reported before.
pub(super) fn record(events: &mut Vec<Value>, event: &Value) -> Result<(), Refusal> {
    let id = event.get("eventId").filter(|id| !id.is_null());
    if id.is_some() && events.iter().any(|known| known.get("eventId") == id) {
        return Err(Refusal::new(409, REPORTED));
    }
    events.push(event.clone());
    Ok(())
}
