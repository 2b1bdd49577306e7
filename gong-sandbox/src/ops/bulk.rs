//! Bulk assignment: taken at once, worked off in two steps, one at each look at its status.
//!
//! There is no timer behind it, so that a test sees every status without waiting for any.

use serde_json::{Value, json};

use super::assign::enrol;
use crate::{
    company::{Company, Prospect, crm_id},
    input::{Fields, Input, check_size},
    refusal::Refusal,
    world::{BulkAssignment, Destination, World},
};

const MOST_PROSPECTS: usize = 50;

/// `POST /v2/flows/prospects/bulk-assignments`
pub(crate) fn submit(world: &mut World, input: &Input) -> Result<Value, Refusal> {
    let fields = input.fields()?;
    let prospects = fields.list("prospects")?.cloned().unwrap_or_default();
    check_size("prospects", prospects.len(), MOST_PROSPECTS)?;
    for prospect in &prospects {
        let prospect = Fields::of(prospect)?;
        let named = prospect.text("firstName")?.is_some() && prospect.text("lastName")?.is_some();
        if prospect.text("crmId")?.is_none() && !named {
            return Err(Refusal::bad("prospects: firstName and lastName are required when crmId is not given"));
        }
    }
    let assignment = BulkAssignment {
        id: uuid(world.prng.next(), world.prng.next()),
        status: "PENDING",
        destination: Destination::read(&world.company, fields)?,
        prospects,
        results: Vec::new(),
    };
    let answer = assignment.record();
    world.bulk_assignments.push(assignment);
    Ok(answer)
}

/// `GET /v2/flows/prospects/bulk-assignments/{id}`
pub(crate) fn status(world: &mut World, input: &Input) -> Result<Value, Refusal> {
    let id = &input.captured;
    let found = world.bulk_assignments.extract_if(.., |known| &known.id == id).next();
    let mut assignment =
        found.ok_or_else(|| Refusal::not_found(format!("Flow prospects bulk assignment {id} not found")))?;
    assignment.work(world);
    let answer = assignment.record();
    world.bulk_assignments.push(assignment);
    Ok(answer)
}

impl BulkAssignment {
    /// The one that every company with Engage has from the beginning, `5f0c7a52-3c1e-4f0b-9d2a-8f6f0d6b1a77`: it put
    /// the first of the prospects who are in a flow there.
    pub(crate) fn done_long_ago(company: &Company) -> Option<Self> {
        let instance = company.flow_instances.iter().find(|instance| instance.is_open())?;
        let prospect = json!({"crmId": instance.crm_prospect_id});
        let result = assigned(&prospect, &instance.crm_prospect_id, &instance.id);
        Some(Self {
            id: "5f0c7a52-3c1e-4f0b-9d2a-8f6f0d6b1a77".to_string(),
            status: "COMPLETED",
            destination: Destination {
                flow_id: instance.flow_id.clone(),
                owner_id: instance.owner_id.clone(),
                overrides: None,
                despite_cool_off: false,
            },
            prospects: vec![prospect],
            results: vec![result],
        })
    }

    /// Works off half of the prospects, then the rest.
    fn work(&mut self, world: &mut World) {
        let (status, until) = match self.status {
            "PENDING" => ("IN_PROGRESS", self.prospects.len() / 2),
            _ => ("COMPLETED", self.prospects.len()),
        };
        let next = self.prospects.iter().take(until).skip(self.results.len());
        let results: Vec<Value> = next.map(|prospect| assign(world, prospect, &self.destination)).collect();
        self.results.extend(results);
        self.status = status;
    }

    fn record(&self) -> Value {
        let succeeded = |result: &&Value| result["status"] == "ASSIGNED";
        let successes = self.results.iter().filter(succeeded).count();
        json!({
            "id": self.id,
            "status": self.status,
            "totalCount": self.prospects.len(),
            "processedCount": self.results.len(),
            "successCount": successes,
            "failedCount": self.results.len() - successes,
            "results": self.results,
        })
    }
}

fn assign(world: &mut World, prospect: &Value, destination: &Destination) -> Value {
    let given = prospect.get("crmId").and_then(Value::as_str).map(str::to_string);
    let crm_id = given.unwrap_or_else(|| create(world, prospect));
    match enrol(world, &crm_id, destination) {
        Ok(instance) => assigned(prospect, &crm_id, &instance.id),
        Err(obstacle) => json!({
            "prospect": prospect,
            "crmId": crm_id,
            "status": "FLOW_ASSIGNMENT_FAILED",
            "errorCode": obstacle.code,
            "errorMessage": obstacle.message,
        }),
    }
}

fn assigned(prospect: &Value, crm_id: &str, instance_id: &str) -> Value {
    json!({"prospect": prospect, "crmId": crm_id, "status": "ASSIGNED", "flowInstanceId": instance_id})
}

/// Makes a CRM record for somebody the CRM does not know.
fn create(world: &mut World, given: &Value) -> String {
    let text = |name: &str| given.get(name).and_then(Value::as_str).map(str::to_string);
    let crm_id = crm_id(&mut world.prng, "00Q");
    world.company.prospects.push(Prospect {
        crm_id: crm_id.clone(),
        kind: "LEAD",
        first_name: text("firstName").unwrap_or_default(),
        last_name: text("lastName").unwrap_or_default(),
        email: text("email").unwrap_or_default(),
        title: text("jobTitle").unwrap_or_default(),
        account_crm_id: text("accountCrmId"),
        company_name: text("companyName").unwrap_or_default(),
        created_by_api: true,
        ..Prospect::default()
    });
    crm_id
}

/// A version 4 UUID out of 128 random bits.
fn uuid(high: u64, low: u64) -> String {
    let hex = format!("{:016x}{:016x}", (high & !0xf000) | 0x4000, (low & !(0b11 << 62)) | (0b10 << 62));
    let part = |from: usize, to: usize| hex.get(from..to).unwrap_or_default();
    format!("{}-{}-{}-{}-{}", part(0, 8), part(8, 12), part(12, 16), part(16, 20), part(20, 32))
}
