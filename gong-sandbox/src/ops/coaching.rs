//! Coaching: what a manager did for each of the direct reports.

use serde_json::{Value, json};

use super::within;
use crate::{
    company::{Company, User},
    input::{Input, check_long},
    refusal::Refusal,
    world::World,
};

/// `GET /v2/coaching`: wants full date-times, where the stats want bare dates.
pub(crate) fn metrics(world: &mut World, input: &Input) -> Result<Value, Refusal> {
    let workspace = id_param(input, "workspace-id")?;
    let manager = id_param(input, "manager-id")?;
    input.required_param("from")?;
    input.required_param("to")?;
    let from = input.instant_param("from")?;
    let to = input.instant_param("to")?;
    let company = &world.company;
    // Gong documents no 404 here, so an unknown manager or workspace gives an empty list: a guess.
    let Some(manager) = company.user(manager).filter(|_| company.has_workspace(workspace)) else {
        return Ok(json!({"coachingData": []}));
    };
    let reports: Vec<Value> = company
        .users
        .iter()
        .filter(|user| user.active && user.manager_id.as_ref() == Some(&manager.id))
        .map(|report| {
            json!({
                "report": person(report),
                "metrics": of_report(company, manager, report, workspace, (from, to)),
            })
        })
        .collect();
    if reports.is_empty() {
        return Ok(json!({"coachingData": []}));
    }
    Ok(json!({"coachingData": [{"manager": person(manager), "directReportsMetrics": reports}]}))
}

fn id_param<'a>(input: &'a Input, name: &str) -> Result<&'a str, Refusal> {
    let id = input.required_param(name)?;
    check_long(name, id)?;
    Ok(id)
}

fn person(user: &User) -> Value {
    json!({
        "id": user.id,
        "emailAddress": user.email,
        "firstName": user.first_name,
        "lastName": user.last_name,
        "title": user.title,
    })
}

/// The names are those that readers of live answers know; that the strings of a metric are the ids of the calls it
/// stands for is a guess.
fn of_report(
    company: &Company,
    manager: &User,
    report: &User,
    workspace: &str,
    (from, to): (Option<i64>, Option<i64>),
) -> Value {
    let calls = || {
        company.calls.iter().filter(move |call| {
            call.primary_user_id == report.id && call.workspace_id == workspace && within(from, to, call.started_at)
        })
    };
    let attended: Vec<&str> = calls()
        .filter(|call| call.parties.iter().any(|party| party.user_id.as_ref() == Some(&manager.id)))
        .map(|call| call.id.as_str())
        .collect();
    let done = company.activities();
    let by_manager = |figure: &str| -> Vec<&str> {
        let done = done.iter().filter(|done| done.figure == figure && done.user_id == manager.id);
        done.map(|done| done.call.id.as_str()).filter(|id| calls().any(|call| call.id == *id)).collect()
    };
    let scored: Vec<&str> = company
        .answered_scorecards
        .iter()
        .filter(|card| card.review_method == "MANUAL" && calls().any(|call| call.id == card.call_id))
        .map(|card| card.call_id.as_str())
        .collect();
    json!({
        "callsListenedTo": by_manager("othersCallsListenedTo"),
        "callsManagerAttended": attended,
        "callsManagerCommentedOn": by_manager("callsCommentsGiven"),
        "callsWithFeedback": by_manager("callsGaveFeedback"),
        "callsWithScorecardFilled": scored,
    })
}
