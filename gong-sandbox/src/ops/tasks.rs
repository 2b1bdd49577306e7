//! Tasks: the calls that somebody is to make.

use serde_json::{Value, json};

use super::passes;
use crate::{
    clock::stamp,
    company::{Account, Company, Prospect, Task, given},
    input::{Input, check_long},
    refusal::Refusal,
    reply::put,
    world::World,
};

const STATUSES: [&str; 3] = ["OPEN", "DONE", "DISMISSED"];
const CRM: &str = "SALESFORCE";

/// `POST /v2/tasks`: all in one answer, not paged.
pub(crate) fn list(world: &mut World, input: &Input) -> Result<Value, Refusal> {
    licensed(world)?;
    let filter = input.filter()?;
    filter.demand(&["userId", "types", "taskAction", "status"])?;
    let user_id = filter.required_text("userId")?;
    let workspace_id = filter.text("workspaceId")?;
    let words = |name: &str, known: &[&str]| {
        let words = filter.texts(name)?.unwrap_or_default();
        if words.is_empty() {
            return Err(Refusal::bad(format!("filter.{name}: must not be empty")));
        }
        if words.iter().any(|word| !known.contains(&word.as_str())) {
            return Err(Refusal::unreadable());
        }
        Ok(words)
    };
    let types = words("types", &["FLOW", "MANUAL"])?;
    words("taskAction", &["CALL"])?;
    let statuses = words("status", &STATUSES)?;
    let company = &world.company;
    let tasks: Vec<Value> = company
        .tasks
        .iter()
        .filter(|task| task.user_id == user_id)
        .filter(|task| passes(workspace_id.as_deref(), &task.workspace_id))
        .filter(|task| types.iter().any(|wanted| wanted == task.kind()))
        .filter(|task| statuses.contains(&task.status))
        .map(|task| record(company, task))
        .collect();
    Ok(json!({"tasks": tasks, "crmType": CRM}))
}

/// `PATCH /v2/tasks/{taskId}`
pub(crate) fn update(world: &mut World, input: &Input) -> Result<Value, Refusal> {
    licensed(world)?;
    let id = &input.captured;
    check_long("taskId", id)?;
    let fields = input.fields()?;
    let user_id = fields.required_text("userId")?;
    let status = fields.one_of("status", &STATUSES)?;
    let due = fields.instant("dueDate")?;
    let priority = fields.text("priority")?;
    let company = &mut world.company;
    let task = company.tasks.iter_mut().find(|task| &task.id == id);
    let task = task.ok_or_else(|| Refusal::not_found("TaskId not found"))?;
    // Gong documents a 403 here; that this is what it is for is a guess.
    if task.user_id != user_id {
        return Err(Refusal::new(403, "Access denied"));
    }
    if let Some(status) = status {
        task.status = status.to_string();
    }
    task.due_at = due.unwrap_or(task.due_at);
    task.priority = priority.unwrap_or_else(|| task.priority.clone());
    task.updated_at = input.now;
    let task = task.clone();
    Ok(json!({"tasks": [record(company, &task)], "crmType": CRM}))
}

/// Without Engage, Gong does not refuse tasks: it breaks.
fn licensed(world: &World) -> Result<(), Refusal> {
    if world.engage { Ok(()) } else { Err(Refusal::new(500, "Internal server error occurred")) }
}

/// Ids are JSON numbers here, unlike almost everywhere else.
fn number(id: &str) -> Value {
    id.parse::<i64>().map_or_else(|_| id.into(), Value::from)
}

fn record(company: &Company, task: &Task) -> Value {
    let prospect = company.prospect(&task.crm_prospect_id);
    let account = prospect.and_then(|prospect| prospect.account_crm_id.as_deref()).and_then(|id| company.account(id));
    let contact = prospect.map(|prospect| {
        json!({
            "crmId": prospect.crm_id,
            "type": prospect.kind,
            "data": contact_data(company, prospect),
        })
    });
    let weight = match task.priority.as_str() {
        "LOW" => 10,
        "HIGH" => 100,
        _ => 50,
    };
    json!({
        "id": number(&task.id),
        "userId": number(&task.user_id),
        "created": stamp(task.created_at),
        "updated": stamp(task.updated_at),
        "status": task.status,
        "type": task.kind(),
        "actions": ["CALL"],
        "account": account.map(|account| {
            json!({"crmId": account.crm_id, "name": account.name, "crmUrl": crm_url(&account.crm_id)})
        }),
        "opportunity": account.filter(|_| company.prng(&task.id).chance(50)).map(opportunity),
        "dueDate": task.due(),
        "flow": task.step.as_ref().and_then(|(flow, step)| flow_record(company, flow, *step)),
        "contact": contact,
        "additionalContacts": [],
        "title": task.title,
        "priority": {"id": weight / 10, "name": task.priority, "weight": weight},
    })
}

/// Where somebody lives and works is told for some only.
fn contact_data(company: &Company, prospect: &Prospect) -> Value {
    let mut data = json!({
        "firstName": prospect.first_name,
        "lastName": prospect.last_name,
        "crmUrl": crm_url(&prospect.crm_id),
        "companyName": prospect.company_name,
        "affiliation": "Them",
        "emails": [{"email": prospect.email}],
        "title": prospect.title,
        "phoneNumbers": [],
        "optOutChannels": [],
    });
    let mut prng = company.prng(&format!("home {}", prospect.crm_id));
    if prng.chance(60) {
        for (name, value) in given("home_of_a_contact").as_object().into_iter().flatten() {
            put(&mut data, name, value.clone());
        }
        put(&mut data, "linkedinProfile", format!("https://linkedin.example/in/{}", prospect.crm_id));
    }
    data
}

/// Numbers are text here.
fn opportunity(account: &Account) -> Value {
    json!({
        "crmId": account.opportunity_crm_id,
        "name": format!("{} - first site", account.name),
        "crmUrl": crm_url(&account.opportunity_crm_id),
        "status": "OPEN",
        "stage": "Proposal",
        "amount": "48000",
        "probability": "60",
        "closeDate": "2026-12-31",
    })
}

fn flow_record(company: &Company, flow_id: &str, number_of_step: usize) -> Option<Value> {
    let flow = company.flow(flow_id)?;
    let step = flow.steps.get(number_of_step.checked_sub(1)?)?;
    Some(json!({
        "id": number(&flow.id),
        "name": flow.name,
        "step": {"id": number(&step.id), "name": "Make a call", "stepNumber": number_of_step},
    }))
}

fn crm_url(crm_id: &str) -> String {
    format!("https://crm.larkspur.example/{crm_id}")
}
