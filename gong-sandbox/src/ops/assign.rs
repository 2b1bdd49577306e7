//! Putting prospects into flows and taking them out again.

use serde_json::{Value, json};

use super::{flows::instance_record, passes};
use crate::{
    company::{Company, FlowInstance},
    input::{Fields, Input, check_long, check_size},
    refusal::Refusal,
    world::{Destination, World},
};

const MOST_PROSPECTS: usize = 100;
const MOST_INSTANCES: usize = 200;

impl Destination {
    pub(super) fn read(company: &Company, fields: Fields<'_>) -> Result<Self, Refusal> {
        let flow_id = fields.text("flowId")?.unwrap_or_default();
        check_long("flowId", &flow_id)?;
        let email = fields.text("flowInstanceOwnerEmail")?.unwrap_or_else(|| "null".to_string());
        if !email.contains('@') {
            return Err(Refusal::bad(format!("flowInstanceOwnerEmail: {email} is not a valid email address")));
        }
        let overrides = fields.value("overrides").cloned();
        let despite_cool_off = match &overrides {
            Some(overrides) => Fields::of(overrides)?.flag("coolOffOverride")?,
            None => false,
        };
        if company.flow(&flow_id).is_none() {
            return Err(Refusal::not_found("Flow not found"));
        }
        // What Gong says of an address that nobody has is a guess.
        let owner = company
            .user_by_email(&email)
            .ok_or_else(|| Refusal::bad(format!("flowInstanceOwnerEmail: no user has {email}")))?;
        Ok(Self { owner_id: owner.id.clone(), flow_id, overrides, despite_cool_off })
    }
}

/// Why one prospect was left where it is.
#[derive(Debug)]
pub(super) struct Obstacle {
    pub(super) code: &'static str,
    pub(super) message: String,
}

/// `POST /v2/flows/prospects/assign`
pub(crate) fn assign(world: &mut World, input: &Input) -> Result<Value, Refusal> {
    assign_all(world, input, false)
}

/// `POST /v2/flows/prospects/assign/cool-off-override`, deprecated.
pub(crate) fn assign_despite_cool_off(world: &mut World, input: &Input) -> Result<Value, Refusal> {
    assign_all(world, input, true)
}

fn assign_all(world: &mut World, input: &Input, despite_cool_off: bool) -> Result<Value, Refusal> {
    let fields = input.fields()?;
    let crm_ids = fields.texts("crmProspectsIds")?.unwrap_or_default();
    if crm_ids.is_empty() {
        return Err(Refusal::bad("crmProspectsIds is empty"));
    }
    check_size("crmProspectsIds", crm_ids.len(), MOST_PROSPECTS)?;
    let mut destination = Destination::read(&world.company, fields)?;
    destination.despite_cool_off |= despite_cool_off;
    let (mut assigned, mut refused) = (Vec::new(), Vec::new());
    for crm_id in &crm_ids {
        match enrol(world, crm_id, &destination) {
            Ok(instance) => assigned.push(instance_record(&world.company, &instance)),
            Err(obstacle) => refused.push(json!({
                "flowId": destination.flow_id,
                "crmProspectId": crm_id,
                "errorCode": obstacle.code,
                "errorMessage": obstacle.message,
            })),
        }
    }
    Ok(json!({"prospectsAssigned": assigned, "prospectsNotAssigned": refused}))
}

/// Puts one prospect into a flow, unless something stands in the way. That an instance begins as `Running` is a guess.
pub(super) fn enrol(world: &mut World, crm_id: &str, to: &Destination) -> Result<FlowInstance, Obstacle> {
    let now = world.now();
    check(&world.company, crm_id, to, now)?;
    let instance = FlowInstance {
        id: world.prng.id(),
        flow_id: to.flow_id.clone(),
        crm_prospect_id: crm_id.to_string(),
        owner_id: to.owner_id.clone(),
        status: "Running",
        overrides: to.overrides.clone(),
        created_at: now,
    };
    world.company.flow_instances.push(instance.clone());
    Ok(instance)
}

/// The codes are Gong's; which obstacle gets which, and the messages, are guesses.
fn check(company: &Company, crm_id: &str, to: &Destination, now: i64) -> Result<(), Obstacle> {
    let invalid_state = |message: &str| Obstacle { code: "InvalidState", message: message.to_string() };
    let prospect = company
        .prospect(crm_id)
        .ok_or_else(|| Obstacle { code: "InvalidArgument", message: format!("Invalid crmId {crm_id}") })?;
    for instance in company.open_instances(crm_id) {
        if instance.flow_id == to.flow_id {
            return Err(invalid_state("The prospect is already in this flow"));
        }
        if company.flow(&instance.flow_id).is_some_and(|flow| flow.exclusive) {
            return Err(invalid_state("The prospect is in an exclusive flow"));
        }
    }
    if prospect.cools_off(now) && !to.despite_cool_off {
        return Err(invalid_state("The prospect is in its cool-off period"));
    }
    Ok(())
}

/// `POST /v2/flows/prospects/unassign-flows-by-crm-id`: without a flow id it ends them all.
pub(crate) fn unassign_by_crm_id(world: &mut World, input: &Input) -> Result<Value, Refusal> {
    let fields = input.fields()?;
    let crm_id = fields.required_text("crmProspectId")?;
    // An empty id is taken for none: the harsher reading, which finds a careless client out.
    let flow_id = fields.text("flowId")?.filter(|id| !id.is_empty());
    let ended =
        end(world, |instance| instance.crm_prospect_id == crm_id && passes(flow_id.as_deref(), &instance.flow_id));
    Ok(json!({"unassignedFlowInstanceIds": ended}))
}

/// `POST /v2/flows/prospects/unassign-flows-by-instance-id`: one unknown id fails them all.
pub(crate) fn unassign_by_instance(world: &mut World, input: &Input) -> Result<Value, Refusal> {
    let ids = input.fields()?.sized_texts("flowInstanceIds", MOST_INSTANCES)?;
    let instances = &world.company.flow_instances;
    if !ids.iter().all(|id| instances.iter().any(|known| &known.id == id)) {
        return Err(Refusal::bad("One or more of the given flowInstanceIds does not exist"));
    }
    let ended = end(world, |instance| ids.contains(&instance.id));
    Ok(json!({"unassignedFlowInstanceIds": ended}))
}

/// Ends the open instances among these and names them. Those that are over already are not named:
/// a guess, as is the status they end in.
fn end(world: &mut World, meant: impl Fn(&FlowInstance) -> bool) -> Vec<String> {
    let mut ended = Vec::new();
    for instance in &mut world.company.flow_instances {
        if instance.is_open() && meant(instance) {
            instance.status = "Finished";
            ended.push(instance.id.clone());
        }
    }
    ended
}
