//! Questions about accounts, deals, contacts and leads, and briefs of them: made of calls and e-mails, for credits.
//!
//! What Gong's AI would say is made up, and so are the e-mails: one goes out after each call. What it costs is a guess:
//! a credit for each call and each e-mail. So are the texts of the refusals.

mod period;

use serde_json::{Value, json};

use self::period::Period;
use crate::{
    clock::{HOUR, stamp},
    company::{Brief, Call, Company, given_list},
    input::Input,
    refusal::Refusal,
    world::World,
};

const TYPES: [&str; 4] = ["ACCOUNT", "CONTACT", "DEAL", "LEAD"];
/// How many calls are looked at; the e-mails that go with them stay below the 500 that Gong looks at.
const MOST_CALLS: usize = 60;
/// How many calls one part of an answer goes back to.
const CALLS_PER_PART: usize = 3;

/// `GET /v2/entities/ask-entity`
pub(crate) fn ask(world: &mut World, input: &Input) -> Result<Value, Refusal> {
    check_workspace(&world.company, input)?;
    let question = input.required_param("question")?;
    let calls = sources(&mut world.company, input)?;
    let part = |calls: &[Call]| {
        json!({
            "answerItems": [format!("On \"{question}\": see {}.", titles(calls))],
            "callFindings": calls.iter().map(call_finding).collect::<Vec<_>>(),
            "emailFindings": email_findings(calls),
        })
    };
    let answer: Vec<Value> = calls.chunks(CALLS_PER_PART).map(part).collect();
    Ok(json!({"numOfCallsSearched": calls.len(), "numOfEmailsSearched": calls.len(), "answer": answer}))
}

/// `GET /v2/entities/get-brief`: one section of each kind.
pub(crate) fn brief(world: &mut World, input: &Input) -> Result<Value, Refusal> {
    let workspace_id = check_workspace(&world.company, input)?;
    let name = input.required_param("briefName")?;
    let is_meant = |brief: &&Brief| brief.published && brief.name == name && brief.workspace_id == workspace_id;
    if !world.company.briefs.iter().any(|brief| is_meant(&brief)) {
        return Err(Refusal::not_found(format!("Brief {name} was not found")));
    }
    let calls = sources(&mut world.company, input)?;
    let found = calls.get(..CALLS_PER_PART.min(calls.len())).unwrap_or_default();
    let conversations = json!({
        "title": "Conversations",
        "briefSectionType": "Conversations",
        "sectionSummary": [format!("Spoken of lately: {}.", titles(found))],
        "conversationFindings": {
            "callFindings": found.iter().map(call_finding).collect::<Vec<_>>(),
            "emailFindings": email_findings(found),
        },
    });
    let sections = [vec![conversations], given_list("brief_sections")].concat();
    Ok(json!({"numOfCallsSearched": calls.len(), "numOfEmailsSearched": calls.len(), "briefSections": sections}))
}

/// `GET /v2/settings/briefs`
pub(crate) fn briefs(world: &mut World, input: &Input) -> Result<Value, Refusal> {
    let company = &world.company;
    let wanted = input.param("workspaceId");
    if wanted.is_some_and(|id| !company.has_workspace(id)) {
        return Err(no_workspace());
    }
    let record = |brief: &Brief| {
        let creator = company.user(&brief.creator_id).map(|user| user.full_name());
        json!({
            "briefId": brief.id,
            "briefName": brief.name,
            "workspaceId": brief.workspace_id,
            "description": format!("{} for everybody who joins.", brief.name),
            "status": if brief.published { "Published" } else { "Not published" },
            "creator": creator,
            "creatorUserId": brief.creator_id,
            "created": stamp(brief.created_at),
            "updated": stamp(brief.created_at + HOUR),
        })
    };
    let briefs = company.briefs.iter().filter(|brief| super::passes(wanted, &brief.workspace_id));
    Ok(json!({"briefs": briefs.map(record).collect::<Vec<_>>()}))
}

fn check_workspace(company: &Company, input: &Input) -> Result<String, Refusal> {
    let id = input.long_param("workspaceId")?.to_string();
    if company.has_workspace(&id) { Ok(id) } else { Err(no_workspace()) }
}

fn no_workspace() -> Refusal {
    Refusal::not_found("Workspace not found")
}

/// The latest calls of the entity in the period and workspace that are asked for, and what they cost taken off.
fn sources(company: &mut Company, input: &Input) -> Result<Vec<Call>, Refusal> {
    let kind = input.required_word_param("crmEntityType", &TYPES)?;
    let crm_id = input.required_param("crmEntityId")?;
    let period = Period::read(input)?;
    let calls = company
        .calls_of_entity(kind, crm_id)
        .ok_or_else(|| Refusal::not_found(format!("{kind} {crm_id} was not found")))?;
    let (from, to) = period.range(input.now, calls.last().map(|call| call.started_at));
    let calls: Vec<Call> = calls
        .into_iter()
        .filter(|call| super::passes(input.param("workspaceId"), &call.workspace_id))
        .filter(|call| super::within(from, to, call.started_at))
        .rev()
        .take(MOST_CALLS)
        .cloned()
        .collect();
    let cost = 2 * calls.len() as u64; // a usize has at most 64 bits
    if company.ai_credits == 0 || company.ai_credits < cost {
        return Err(Refusal::new(402, "Not enough credits"));
    }
    company.ai_credits -= cost;
    Ok(calls)
}

fn titles(calls: &[Call]) -> String {
    let titles: Vec<&str> = calls.iter().map(|call| call.title.as_deref().unwrap_or("a call")).collect();
    titles.join(", ")
}

fn call_finding(call: &Call) -> Value {
    json!({"call": {"id": call.id, "title": call.title, "started": call.started(), "url": call.url()}})
}

fn email_findings(calls: &[Call]) -> Vec<Value> {
    let email = |call: &Call| {
        let title = call.title.as_ref().map(|title| format!("After our talk: {title}"));
        let sent = stamp(call.started_at + call.duration + HOUR);
        json!({"id": format!("mail-{}", call.id), "title": title, "sentDateTime": sent})
    };
    if calls.is_empty() {
        return Vec::new();
    }
    vec![json!({"emails": calls.iter().map(email).collect::<Vec<_>>()})]
}
