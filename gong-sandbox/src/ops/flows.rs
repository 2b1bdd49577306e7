//! Flows as one user sees them, their folders and steps, and which of them prospects are in.

use std::cmp::Reverse;

use serde_json::{Value, json};

use super::passes;
use crate::{
    company::{Company, Flow, FlowFolder, FlowInstance, FlowStep},
    input::{Input, check_long},
    refusal::Refusal,
    reply::put,
    world::World,
};

const MOST_RECENT: usize = 20;
const MOST_FLOWS_FOR_STEPS: usize = 20;

/// `GET /v2/flows`
pub(crate) fn list(world: &mut World, input: &Input) -> Result<Value, Refusal> {
    let email = input.required_param("flowOwnerEmail")?;
    let recent = input.flag_param("mostRecentlyAssigned")?;
    let folder = input.param("folderId");
    let company = &world.company;
    // That a stranger sees no flows at all, not even the company's, is a guess.
    let user_id = company.user_by_email(email).map_or("", |user| user.id.as_str());
    let mut flows: Vec<&Flow> = company
        .flows
        .iter()
        .filter(|flow| !user_id.is_empty() && flow.visibility_to(user_id).is_some())
        .filter(|flow| passes(input.param("workspaceId"), &flow.workspace_id))
        .filter(|flow| folder.is_none() || folder == flow.folder_id.as_deref())
        .collect();
    if recent {
        keep_most_recently_assigned(&mut flows, company, user_id);
    }
    world.pages.answer(input, "flows", flows, |flow| {
        let mut record = record(flow, flow.visibility_to(user_id));
        put(&mut record, "folderName", flow.folder_name.clone());
        record
    })
}

/// The flows that the user put prospects into, the latest first.
fn keep_most_recently_assigned(flows: &mut Vec<&Flow>, company: &Company, user_id: &str) {
    let last_assigned = |flow: &Flow| {
        let instances = company.flow_instances.iter();
        let own = instances.filter(|one| one.owner_id == user_id && one.flow_id == flow.id);
        own.map(|one| one.created_at).max()
    };
    flows.retain(|flow| last_assigned(flow).is_some());
    flows.sort_by_key(|flow| Reverse(last_assigned(flow)));
    flows.truncate(MOST_RECENT);
}

fn record(flow: &Flow, visibility: Option<&str>) -> Value {
    json!({
        "id": flow.id,
        "name": flow.name,
        "folderId": flow.folder_id,
        "visibility": visibility,
        "creationDate": flow.created(),
        "exclusive": flow.exclusive,
    })
}

/// `GET /v2/flows/folders`
pub(crate) fn folders(world: &mut World, input: &Input) -> Result<Value, Refusal> {
    let email = input.required_param("flowFolderOwnerEmail")?;
    let parent = input.param("parentId");
    parent.map_or(Ok(()), |id| check_long("parentId", id))?;
    let company = &world.company;
    let user_id = company.user_by_email(email).map(|user| user.id.as_str());
    let folders: Vec<&FlowFolder> = company
        .flow_folders
        .iter()
        .filter(|folder| folder.owner_id.is_none() || folder.owner_id.as_deref() == user_id)
        .filter(|folder| {
            let wanted = input.param("workspaceId");
            folder.workspace_id.as_deref().is_none_or(|id| passes(wanted, id))
        })
        // The folder that is asked for, and its children.
        .filter(|folder| parent.is_none_or(|parent| folder.id == parent || folder.parent_id.as_deref() == Some(parent)))
        .collect();
    world.pages.answer(input, "flowsFolders", folders, |folder| {
        // The word "null" is really what comes for what is absent.
        let or_null = |id: &Option<String>| id.clone().unwrap_or_else(|| "null".to_string());
        json!({
            "id": folder.id,
            "name": folder.name,
            "parentFolderId": or_null(&folder.parent_id),
            "createdById": or_null(&folder.created_by),
            "visibility": folder.visibility,
        })
    })
}

/// `POST /v2/flows/steps`
pub(crate) fn steps(world: &mut World, input: &Input) -> Result<Value, Refusal> {
    let mut flows = Vec::new();
    for id in input.fields()?.sized_texts("flowIds", MOST_FLOWS_FOR_STEPS)? {
        let flow = world.company.flow(&id);
        flows.push(with_steps(flow.ok_or_else(|| Refusal::not_found(format!("Flow not found: flowId={id}")))?));
    }
    Ok(json!({"flows": flows}))
}

fn with_steps(flow: &Flow) -> Value {
    let step = |(order, step): (usize, &FlowStep)| {
        json!({
            "id": step.id,
            "stepOrder": order,
            "action": step.action,
            "subject": step.subject,
            "body": step.body,
            "isReply": false,
        })
    };
    let visibility = if flow.owner_id.is_some() { "Personal" } else { "Company" };
    let mut record = record(flow, Some(visibility));
    put(&mut record, "description", Value::Null);
    put(&mut record, "steps", (1..).zip(&flow.steps).map(step).collect::<Vec<_>>());
    record
}

/// `POST /v2/flows/prospects`: by CRM id only what is still under way, by instance id everything.
pub(crate) fn of_prospects(world: &mut World, input: &Input) -> Result<Value, Refusal> {
    let fields = input.fields()?;
    let crm_ids = fields.texts("crmProspectsIds")?.unwrap_or_default();
    let instance_ids = fields.texts("flowInstanceIds")?.unwrap_or_default();
    if crm_ids.is_empty() == instance_ids.is_empty() {
        return Err(Refusal::bad("exactly one of crmProspectsIds and flowInstanceIds should be given"));
    }
    let company = &world.company;
    let instances: Vec<Value> = company
        .flow_instances
        .iter()
        .filter(|instance| {
            instance_ids.contains(&instance.id) || (instance.is_open() && crm_ids.contains(&instance.crm_prospect_id))
        })
        .map(|instance| instance_record(company, instance))
        .collect();
    Ok(json!({"prospectsAssigned": instances}))
}

/// A flow instance as answered.
pub(super) fn instance_record(company: &Company, instance: &FlowInstance) -> Value {
    let flow = company.flow(&instance.flow_id);
    let owner = company.user(&instance.owner_id);
    json!({
        "flowId": instance.flow_id,
        "flowName": flow.map(|flow| &flow.name),
        "crmProspectId": instance.crm_prospect_id,
        "flowInstanceId": instance.id,
        "flowInstanceOwnerEmail": owner.map(|owner| &owner.email),
        "flowInstanceOwnerFullName": owner.map(|owner| owner.full_name()),
        "flowInstanceCreateDate": instance.created(),
        "flowInstanceStatus": instance.status,
        "workspaceId": flow.map(|flow| &flow.workspace_id),
        "exclusive": flow.map(|flow| flow.exclusive),
    })
}
