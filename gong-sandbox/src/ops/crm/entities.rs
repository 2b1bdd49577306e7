//! The records of a CRM: uploaded as a file with one on each line, and looked at while one develops.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::{ENTITIES, integration, new_request, record, take};
use crate::{
    company::{CrmIntegration, CrmRequest},
    input::Input,
    refusal::Refusal,
    world::World,
};

const LARGEST_FILE: u64 = 200 * 1024 * 1024;
const MOST_RECORDS: usize = 100;

/// `POST /v2/crm/entities`: taken at once, worked on later. What is wrong with its lines is told by their request.
pub(crate) fn upload(world: &mut World, input: &Input) -> Result<Value, Refusal> {
    let object_type = input.required_word_param("objectType", &record::KINDS)?;
    let request = new_request(&world.company, input, Some(object_type))?;
    let file = input.part("dataFile")?;
    if file.size > LARGEST_FILE {
        return Err(Refusal::bad("dataFile: the file is larger than 200MB"));
    }
    Ok(take(world, CrmRequest { file: Some(file.clone()), lines: Arc::clone(&input.lines), ..request }))
}

/// `GET /v2/crm/entities`: the ids come as a list in the body.
pub(crate) fn list(world: &mut World, input: &Input) -> Result<Value, Refusal> {
    let integration = integration(&world.company, input)?;
    let object_type = input.required_word_param("objectType", &ENTITIES)?;
    let ids = input.body.as_array().ok_or_else(Refusal::unreadable)?;
    let mut found = Map::new();
    for id in ids.iter().take(MOST_RECORDS) {
        let id = id.as_str().ok_or_else(Refusal::unreadable)?;
        let record = integration.records.get(object_type).and_then(|records| records.get(id));
        found.insert(id.to_string(), record.map_or(Value::Null, |record| shown(integration, object_type, record)));
    }
    Ok(json!({"crmObjectsMap": found}))
}

/// A record with Gong's own fields and those that were declared; others are kept back, though they were uploaded.
fn shown(integration: &CrmIntegration, object_type: &str, record: &Map<String, Value>) -> Value {
    let declared = integration.fields.get(object_type).map(Vec::as_slice).unwrap_or_default();
    let is_shown = |name: &String| {
        record::is_own(object_type, name) || declared.iter().any(|field| field["uniqueName"] == name.as_str())
    };
    let mut shown: Map<String, Value> = record.clone();
    shown.retain(|name, _| is_shown(name));
    for (name, value) in record::defaults(object_type, record) {
        shown.entry(name).or_insert(value);
    }
    Value::Object(shown)
}
