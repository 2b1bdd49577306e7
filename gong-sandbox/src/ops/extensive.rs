//! The extensive record of calls: the basic record, and whatever the content selector asks for.

use serde_json::{Map, Value, json};

use super::{
    calls::{CallFilter, meta_data},
    content,
    selector::{Context, Selector},
};
use crate::{
    clock::Seconds,
    company::{Call, Company, Party},
    input::Input,
    media::{AUDIO, MediaHost, VIDEO},
    refusal::Refusal,
    reply::put,
    world::World,
};

/// `POST /v2/calls/extensive`
pub(crate) fn list(world: &mut World, input: &Input) -> Result<Value, Refusal> {
    let filter = CallFilter::read(input.filter()?)?;
    let selector = Selector::read(input)?;
    let (company, host) = (&world.company, &world.media);
    world.pages.answer(input, "calls", filter.matching(company)?, |call| {
        let media = media(call, &selector, host, input.now);
        record(company, call, &selector, media)
    })
}

fn record(company: &Company, call: &Call, selector: &Selector<'_>, media: Map<String, Value>) -> Value {
    let mut record = Map::new();
    record.insert("metaData".to_string(), meta_data(call));
    if selector.context != Context::None {
        record.insert("context".to_string(), call_context(company, call, selector));
    }
    if selector.wants("/parties") {
        let parties = call.parties.iter().map(|party| party_record(company, party, selector)).collect();
        record.insert("parties".to_string(), parties);
    }
    let speech = content::Speech::of(company, call);
    let groups = [
        ("content", content::content(company, call, &speech, selector)),
        ("interaction", content::interaction(company, call, &speech, selector)),
        ("collaboration", content::collaboration(company, call, selector)),
        ("media", media),
    ];
    for (name, group) in groups {
        // This one is told even if nothing is in it.
        let asked = name == "collaboration" && selector.wants("/collaboration/publicComments");
        if asked || !group.is_empty() {
            record.insert(name.to_string(), Value::Object(group));
        }
    }
    Value::Object(record)
}

fn media(call: &Call, selector: &Selector<'_>, host: &MediaHost, now: Seconds) -> Map<String, Value> {
    let mut urls = Map::new();
    if selector.wants("/media") {
        urls.insert("audioUrl".to_string(), host.address(call, AUDIO, now).into());
        if call.media == "Video" {
            urls.insert("videoUrl".to_string(), host.address(call, VIDEO, now).into());
        }
    }
    urls
}

fn party_record(company: &Company, party: &Party, selector: &Selector<'_>) -> Value {
    let mut record = json!({
        "id": party.id,
        "emailAddress": party.email,
        "name": party.name,
        "title": party.title,
        "userId": party.user_id,
        "speakerId": party.speaker_id,
        "affiliation": party.affiliation,
        "phoneNumber": party.phone_number,
        "methods": if party.speaker_id.is_some() { json!(["Invitee", "Attendee"]) } else { json!(["Invitee"]) },
    });
    // What is not known is left out; only that somebody did not speak is told with a null.
    if let Some(members) = record.as_object_mut() {
        members.retain(|name, value| name == "speakerId" || !value.is_null());
    }
    if let Some(given) = party.given_context.as_ref().filter(|_| selector.context != Context::None) {
        put(&mut record, "context", given_context(given, selector));
    } else if selector.context != Context::None {
        let prospect = party.crm_id.as_deref().and_then(|id| company.prospect(id));
        let objects = prospect.map_or_else(Vec::new, |prospect| {
            let kind = if prospect.kind == "LEAD" { "Lead" } else { "Contact" };
            let fields = [
                ("Name", json!(format!("{} {}", prospect.first_name, prospect.last_name))),
                ("Title", json!(prospect.title)),
                ("Email", json!(prospect.email)),
            ];
            crm_objects(kind, &prospect.crm_id, &fields, selector)
        });
        put(&mut record, "context", in_salesforce(objects));
    }
    record
}

fn call_context(company: &Company, call: &Call, selector: &Selector<'_>) -> Value {
    if let Some(given) = &call.given_context {
        return given_context(given, selector);
    }
    let account = call.account_crm_id.as_deref().and_then(|id| company.account(id));
    let objects = account.map_or_else(Vec::new, |account| {
        let of_account = [
            ("Name", json!(account.name)),
            ("Website", json!(format!("https://{}", account.domain))),
            ("Industry", json!(account.industry)),
        ];
        let of_opportunity = [
            ("Name", json!(format!("{} - first site", account.name))),
            ("StageName", json!("Proposal")),
            ("Amount", json!(48_000.0)),
            ("Probability", json!(60)),
        ];
        let mut objects = crm_objects("Account", &account.crm_id, &of_account, selector);
        let opportunity = &account.opportunity_crm_id;
        objects.extend(crm_objects("Opportunity", opportunity, &of_opportunity, selector));
        objects
    });
    in_salesforce(objects)
}

/// Gives back what came with a registered call, as far as it is asked for.
fn given_context(given: &Value, selector: &Selector<'_>) -> Value {
    let list = |value: &Value, name: &str| value.get(name).and_then(Value::as_array).cloned().unwrap_or_default();
    let text = |value: &Value, name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default().to_string();
    let systems = given.as_array().into_iter().flatten();
    systems
        .map(|system| {
            let mut objects = Vec::new();
            for object in list(system, "objects") {
                let fields = list(&object, "fields");
                let fields: Vec<(&str, Value)> = fields
                    .iter()
                    .filter_map(|field| Some((field.get("name")?.as_str()?, field.get("value")?.clone())))
                    .collect();
                let (kind, id) = (text(&object, "objectType"), text(&object, "objectId"));
                objects.extend(crm_objects(&kind, &id, &fields, selector));
            }
            json!({"system": text(system, "system"), "objects": objects})
        })
        .collect()
}

fn in_salesforce(objects: Vec<Value>) -> Value {
    if objects.is_empty() { json!([]) } else { json!([{"system": "Salesforce", "objects": objects}]) }
}

/// The object once for each timing asked for; its fields only in the extended context.
fn crm_objects(kind: &str, id: &str, fields: &[(&str, Value)], selector: &Selector<'_>) -> Vec<Value> {
    if selector.context == Context::Basic {
        return vec![json!({"objectType": kind, "objectId": id, "fields": []})];
    }
    let fields: Vec<Value> = fields.iter().map(|(name, value)| json!({"name": name, "value": value})).collect();
    selector
        .timings
        .iter()
        .map(|timing| json!({"objectType": kind, "objectId": id, "fields": fields, "timing": timing}))
        .collect()
}
