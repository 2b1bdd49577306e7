//! The fields of a CRM that Gong shows beside its own.

use serde_json::{Map, Value, json};

use super::{ENTITIES, integration};
use crate::{
    input::{Fields, Input},
    refusal::Refusal,
    reply::put,
    world::World,
};

const TYPES: [&str; 14] = [
    "DATE",
    "DATETIME",
    "NUMBER",
    "PERCENT",
    "CURRENCY",
    "ID",
    "URL",
    "STRING",
    "BOOLEAN",
    "PHONENUMBER",
    "EMAILADDRESS",
    "PICKLIST",
    "REFERENCE",
    "STRINGARRAY",
];
const REFERENCES: [&str; 5] = ["ACCOUNT", "CONTACT", "DEAL", "LEAD", "USER"];
const OPTIONAL: [&str; 4] = ["lastModified", "isDeleted", "referenceTo", "orderedValueList"];

/// `GET /v2/crm/entity-schema`: of every kind of record if none is named. An example in Gong's document calls the
/// fields' names `name`; this follows its schema, which says `uniqueName`.
pub(crate) fn list(world: &mut World, input: &Input) -> Result<Value, Refusal> {
    let integration = integration(&world.company, input)?;
    let wanted = input.word_param("objectType", &ENTITIES)?;
    let kinds = ENTITIES.iter().filter(|kind| wanted.is_none_or(|wanted| wanted == **kind));
    let fields = kinds.map(|kind| {
        let declared = integration.fields.get(kind).into_iter().flatten().map(answered).collect::<Vec<_>>();
        ((*kind).to_string(), declared.into())
    });
    Ok(json!({"objectTypeToSelectedFields": fields.collect::<Map<_, _>>()}))
}

/// What was left out is null.
fn answered(field: &Value) -> Value {
    let mut answered = json!({});
    for name in ["uniqueName", "label", "type"].iter().chain(&OPTIONAL) {
        let usual = if *name == "isDeleted" { Value::Bool(false) } else { Value::Null };
        put(&mut answered, name, field.get(name).cloned().unwrap_or(usual));
    }
    answered
}

/// `POST /v2/crm/entity-schema`: all fields of a kind of record, those that were declared before included.
pub(crate) fn upload(world: &mut World, input: &Input) -> Result<Value, Refusal> {
    let id = integration(&world.company, input)?.id;
    let kind = input.required_word_param("objectType", &ENTITIES)?;
    let given = input.body.as_array().ok_or_else(Refusal::unreadable)?;
    given.iter().try_for_each(check)?;
    let Some(integration) = world.company.crm_integrations.iter_mut().find(|known| known.id == id) else {
        return Ok(json!({}));
    };
    let declared = integration.fields.entry(kind).or_default();
    let find = |name: &Value| given.iter().find(|field| field["uniqueName"] == *name);
    let left_out: Vec<_> =
        declared.iter().map(|field| &field["uniqueName"]).filter(|name| find(name).is_none()).collect();
    if !left_out.is_empty() {
        let names: Vec<&str> = left_out.iter().filter_map(|name| name.as_str()).collect();
        return Err(Refusal::bad(format!("The schema must include all fields, missing: {}", names.join(", "))));
    }
    // With a field that is deleted, or that is of another type now, go its values.
    let emptied: Vec<String> = declared
        .iter()
        .filter(|field| find(&field["uniqueName"]).is_some_and(|new| is_deleted(new) || new["type"] != field["type"]))
        .filter_map(|field| field["uniqueName"].as_str().map(str::to_string))
        .collect();
    *declared = given.iter().filter(|field| !is_deleted(field)).cloned().collect();
    for record in integration.records.get_mut(kind).into_iter().flat_map(|records| records.values_mut()) {
        record.retain(|name, _| !emptied.contains(name));
    }
    Ok(json!({}))
}

fn is_deleted(field: &Value) -> bool {
    field["isDeleted"] == true
}

fn check(field: &Value) -> Result<(), Refusal> {
    let fields = Fields::of(field)?;
    fields.demand(&["uniqueName", "label", "type"])?;
    let type_ = fields.one_of("type", &TYPES)?;
    fields.text("uniqueName")?;
    fields.text("label")?;
    fields.instant("lastModified")?;
    fields.flag("isDeleted")?;
    fields.texts("orderedValueList")?;
    fields.one_of("referenceTo", &REFERENCES)?;
    let deleted = fields.flag("isDeleted")?;
    match type_ {
        Some("REFERENCE") if !deleted => fields.demand(&["referenceTo"]),
        Some("PICKLIST") if !deleted => fields.demand(&["orderedValueList"]),
        _ => Ok(()),
    }
}
