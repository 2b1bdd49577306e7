//! Content that was shared with somebody, viewed by somebody or dealt with otherwise, as another system reports it.
//!
//! Which fields have to be there follows Gong's document. The texts follow those of other operations.

use serde_json::{Value, json};

use super::engagement::{INTEGRATION_ID, record};
use crate::{
    input::{Fields, Input},
    refusal::Refusal,
    world::World,
};

const SYSTEMS: [&str; 4] = ["Salesforce", "HubSpot", "MicrosoftDynamic", "Generic"];
const PLATFORMS: [&str; 5] = ["Windows", "Linux", "MacOS", "iOS", "Android"];
const PROPERTY_TYPES: [&str; 4] = ["number", "string", "url", "date"];
const CONTENT: [&str; 5] = ["reportingSystem", "eventTimestamp", "contentId", "contentUrl", "contentTitle"];

/// `PUT /v2/customer-engagement/action`
pub(crate) fn action(world: &mut World, input: &Input) -> Result<Value, Refusal> {
    let fields = input.fields()?;
    fields.demand(&["reportingSystem", "eventTimestamp"])?;
    fields.one_of("agentPlatform", &PLATFORMS)?;
    check(world, fields)?;
    record(&mut world.company.engagement_actions, &input.body)?;
    Ok(json!({"integrationId": INTEGRATION_ID}))
}

/// `PUT /v2/customer-engagement/content/shared`
pub(crate) fn shared(world: &mut World, input: &Input) -> Result<Value, Refusal> {
    let fields = input.fields()?;
    fields.demand(&CONTENT)?;
    check(world, fields)?;
    for recipient in fields.list("recipients")?.into_iter().flatten() {
        if Fields::of(recipient)?.text("email")?.is_none() {
            return Err(Refusal::bad("recipients.email: must not be null"));
        }
    }
    record(&mut world.company.content_shares, &input.body)?;
    Ok(json!({"integrationId": INTEGRATION_ID}))
}

/// `PUT /v2/customer-engagement/content/viewed`
pub(crate) fn viewed(world: &mut World, input: &Input) -> Result<Value, Refusal> {
    let fields = input.fields()?;
    fields.demand(&CONTENT)?;
    fields.one_of("agentPlatform", &PLATFORMS)?;
    if fields.value("viewer").is_some() && fields.value("trackingId").is_some() {
        return Err(Refusal::bad("trackingId: must be null when viewer is given"));
    }
    check(world, fields)?;
    record(&mut world.company.content_views, &input.body)?;
    Ok(json!({"integrationId": INTEGRATION_ID}))
}

/// What is the same for all of them.
fn check(world: &World, fields: Fields<'_>) -> Result<(), Refusal> {
    fields.instant("eventTimestamp")?;
    let workspace_id = fields.text("workspaceId")?;
    if workspace_id.is_some_and(|id| !world.company.has_workspace(&id)) {
        return Err(Refusal::bad("workspaceId: Workspace not found"));
    }
    for system in fields.list("crmContext")?.into_iter().flatten() {
        let system = Fields::of(system)?;
        system.demand(&["system"])?;
        system.one_of("system", &SYSTEMS)?;
        for object in system.list("objects")?.into_iter().flatten() {
            Fields::of(object)?.demand(&["objectType", "objectId"])?;
        }
    }
    for name in ["contentProperties", "eventProperties"] {
        for property in fields.list(name)?.into_iter().flatten() {
            let property = Fields::of(property)?;
            property.demand(&["name", "value", "dataType"])?;
            property.one_of("dataType", &PROPERTY_TYPES)?;
        }
    }
    Ok(())
}
