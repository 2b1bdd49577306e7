//! A CRM that Gong has no connector for, told of over the API: the integration and how its requests stand.
//!
//! The texts are guesses unless Gong's document words them.

pub(crate) mod entities;
pub(crate) mod record;
pub(crate) mod schema;

use std::sync::Arc;

use serde_json::{Value, json};

use crate::{
    company::{Company, CrmIntegration, CrmRequest},
    input::Input,
    lines::Lines,
    refusal::Refusal,
    world::World,
};

/// The kinds of records that are asked for; two more are uploaded.
const ENTITIES: [&str; 4] = ["ACCOUNT", "CONTACT", "DEAL", "LEAD"];

/// `GET /v2/crm/integrations`
pub(crate) fn integrations(world: &mut World, _: &Input) -> Result<Value, Refusal> {
    let record =
        |one: &CrmIntegration| json!({"integrationId": one.id, "ownerEmail": one.owner_email, "name": one.name});
    let integrations: Vec<Value> = world.company.crm_integrations.iter().map(record).collect();
    Ok(json!({"integrations": integrations}))
}

/// `PUT /v2/crm/integrations`
pub(crate) fn register(world: &mut World, input: &Input) -> Result<Value, Refusal> {
    let fields = input.fields()?;
    fields.demand(&["ownerEmail", "name"])?;
    let (owner_email, name) = (fields.required_text("ownerEmail")?, fields.required_text("name")?);
    if !owner_email.contains('@') {
        return Err(Refusal::bad(format!("ownerEmail: {owner_email} is not a valid email address")));
    }
    if !world.company.crm_integrations.is_empty() {
        return Err(Refusal::new(409, "An active integration already exists"));
    }
    let id = world.prng.integer_id();
    world.company.crm_integrations.push(CrmIntegration::new(id, name, owner_email));
    Ok(json!({"integrationId": id}))
}

/// `DELETE /v2/crm/integrations`
pub(crate) fn delete(world: &mut World, input: &Input) -> Result<Value, Refusal> {
    let request = new_request(&world.company, input, None)?;
    Ok(take(world, request))
}

/// A request for later, of a caller who gives it an id that was not used before.
fn new_request(company: &Company, input: &Input, object_type: Option<&'static str>) -> Result<CrmRequest, Refusal> {
    let integration_id = integration(company, input)?.id;
    let id = input.required_param("clientRequestId")?;
    if !id.chars().all(|letter| letter.is_ascii_alphanumeric() || "-_".contains(letter)) {
        return Err(Refusal::bad("clientRequestId: only letters, numbers, dashes and underscores are allowed"));
    }
    if company.crm_requests.iter().any(|known| known.client_request_id == id) {
        return Err(Refusal::new(409, "Client request id has already been used"));
    }
    Ok(CrmRequest {
        integration_id,
        client_request_id: id.to_string(),
        object_type,
        file: None,
        lines: Arc::new(Lines::default()),
        taken_at: input.now,
        worked: false,
    })
}

fn take(world: &mut World, request: CrmRequest) -> Value {
    let answer = json!({"clientRequestId": request.client_request_id});
    world.company.crm_requests.push(request);
    answer
}

/// The integration that the query names. Gong's document has no 404 for one that is not there.
fn integration<'a>(company: &'a Company, input: &Input) -> Result<&'a CrmIntegration, Refusal> {
    let id = input.long_param("integrationId")?;
    company.crm_integration(id).ok_or_else(|| Refusal::bad(format!("Integration {id} was not found")))
}

/// `GET /v2/crm/request-status`: also of an integration that is deleted by now.
pub(crate) fn request_status(world: &mut World, input: &Input) -> Result<Value, Refusal> {
    let integration_id = input.long_param("integrationId")?;
    let id = input.required_param("clientRequestId")?;
    let mut requests = world.company.crm_requests.iter();
    let request = requests
        .find(|known| known.client_request_id == id && known.integration_id == integration_id)
        .ok_or_else(|| Refusal::bad(format!("Client request id {id} was not found")))?;
    let status = request.status(input.now);
    if !matches!(status, "DONE" | "FAILED") {
        return Ok(json!({"status": status, "errors": [], "totalErrorCount": 0, "totalSuccessCount": 0}));
    }
    let fault = |(line, text): (u64, &str)| json!({"line": line, "description": text});
    let errors: Vec<Value> = request.faults().into_iter().map(fault).collect();
    Ok(json!({
        "status": status,
        "errors": errors,
        "totalErrorCount": request.lines.wrong,
        "totalSuccessCount": request.lines.right,
    }))
}
