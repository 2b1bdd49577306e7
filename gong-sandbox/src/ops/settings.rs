//! What an administrator set up: workspaces, trackers, scorecards and call outcomes. None is paged.

use serde_json::{Value, json};

use crate::{input::Input, refusal::Refusal, world::World};

/// `GET /v2/workspaces`
pub(crate) fn workspaces(world: &mut World, _: &Input) -> Result<Value, Refusal> {
    let workspaces: Vec<Value> = world
        .company
        .workspaces
        .iter()
        .map(|one| json!({"id": one.id, "name": one.name, "description": one.description}))
        .collect();
    Ok(json!({"workspaces": workspaces}))
}

/// `GET /v2/call-outcomes`
pub(crate) fn call_outcomes(world: &mut World, _: &Input) -> Result<Value, Refusal> {
    Ok(json!({"outcomes": world.company.call_outcomes}))
}

/// `GET /v2/settings/scorecards`
pub(crate) fn scorecards(world: &mut World, _: &Input) -> Result<Value, Refusal> {
    Ok(json!({"scorecards": world.company.scorecards}))
}

/// `GET /v2/settings/trackers`
pub(crate) fn trackers(world: &mut World, input: &Input) -> Result<Value, Refusal> {
    let company = &world.company;
    let wanted = input.param("workspaceId");
    if wanted.is_some_and(|id| !company.has_workspace(id)) {
        return Err(Refusal::not_found("Workspace not found"));
    }
    let trackers: Vec<&Value> =
        company.trackers.iter().filter(|tracker| wanted.is_none_or(|id| tracker["workspaceId"] == id)).collect();
    Ok(json!({"keywordTrackers": trackers}))
}
