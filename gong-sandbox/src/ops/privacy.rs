//! Data privacy: what Gong holds about a person, and its erasure. None of it is paged.
//!
//! Nothing found is an answer with empty lists, for Gong documents no 404. An erasure takes two hours on the company's
//! clock; whether there is anything to erase makes no difference to its answer, which is a guess.

use serde_json::{Map, Value, json};

use crate::{
    company::{Call, Company, Person, Prospect, Subject, crm_id, digits},
    input::Input,
    refusal::Refusal,
    reply::put,
    world::World,
};

/// What would erase more calls and e-mails than this is not done. That Gong does so is documented; the figure, and that
/// it says so with a 500, are guesses.
const MOST: usize = 40;

/// `GET /v2/data-privacy/data-for-email-address`
pub(crate) fn look_up_email(world: &mut World, input: &Input) -> Result<Value, Refusal> {
    let company = &world.company;
    let person = company.person(&email_address(input)?);
    let mut found = references(company, &person);
    let events = company.events_of(&person);
    let events: Vec<Value> = events.into_iter().map(|(kind, event)| engagement(kind, event)).collect();
    put(&mut found, "customerEngagement", events);
    Ok(found)
}

/// `GET /v2/data-privacy/data-for-phone-number`
pub(crate) fn look_up_phone(world: &mut World, input: &Input) -> Result<Value, Refusal> {
    let company = &world.company;
    let person = company.person(&phone_number(input)?);
    let mut found = references(company, &person);
    put(&mut found, "suppliedPhoneNumber", input.param("phoneNumber"));
    put(&mut found, "matchingPhoneNumbers", matching_numbers(company, &person));
    put(&mut found, "emailAddresses", person.emails);
    Ok(found)
}

/// `POST /v2/data-privacy/erase-data-for-email-address`
pub(crate) fn erase_email(world: &mut World, input: &Input) -> Result<Value, Refusal> {
    erase(world, email_address(input)?)
}

/// `POST /v2/data-privacy/erase-data-for-phone-number`
pub(crate) fn erase_phone(world: &mut World, input: &Input) -> Result<Value, Refusal> {
    erase(world, phone_number(input)?)
}

fn erase(world: &mut World, subject: Subject) -> Result<Value, Refusal> {
    let company = &mut world.company;
    let person = company.person(&subject);
    if company.calls_with(&person).len() + company.emails_with(&person).len() > MOST {
        return Err(Refusal::new(500, "Failed to complete the operation due to an unexpected error"));
    }
    company.ask_for_erasure(subject);
    Ok(json!({}))
}

/// The text is that of another operation.
fn email_address(input: &Input) -> Result<Subject, Refusal> {
    let email = input.required_param("emailAddress")?;
    let is_email = email.split_once('@').is_some_and(|(name, domain)| {
        !name.is_empty() && !domain.is_empty() && !domain.contains('@') && !email.contains(char::is_whitespace)
    });
    let refusal = || Refusal::bad(format!("emailAddress: {email} is not a valid email address"));
    is_email.then(|| Subject::EmailAddress(email.to_string())).ok_or_else(refusal)
}

/// A plus sign first, so says Gong's document; it has become a space if it was not encoded. How many digits there are
/// to be is the rule for numbers all over the world, and the text is a guess.
fn phone_number(input: &Input) -> Result<Subject, Refusal> {
    let number = input.required_param("phoneNumber")?;
    let is_number = number.starts_with('+') && (7..=15).contains(&digits(number).len());
    let refusal = || Refusal::bad(format!("phoneNumber: {number} is not a valid phone number"));
    is_number.then(|| Subject::PhoneNumber(number.to_string())).ok_or_else(refusal)
}

/// What both lookups tell.
fn references(company: &Company, person: &Person) -> Value {
    let emails = company.emails_with(person).into_iter().map(|email| {
        json!({
            "from": email.from,
            "id": email.id,
            "sentTime": email.sent(),
            "mailbox": email.mailbox,
            "messageHash": email.message_hash,
        })
    });
    let calls = company.calls_with(person).into_iter().map(|call| call_reference(company, call));
    let meetings = company.meetings_with(person).into_iter().map(|meeting| json!({"id": meeting.id}));
    json!({
        "emails": emails.collect::<Vec<_>>(),
        "calls": calls.collect::<Vec<_>>(),
        "meetings": meetings.collect::<Vec<_>>(),
        "customerData": customer_data(company, person),
    })
}

/// Calls about an account are in its CRM too: dialed ones as tasks, meetings as conversations.
fn call_reference(company: &Company, call: &Call) -> Value {
    let systems = call.account_crm_id.as_ref().map(|_| {
        let id = crm_id(&mut company.prng(&call.id), "00T");
        let kind = if call.media == "Audio" { "Task" } else { "Conversation" };
        json!({"system": "Salesforce", "objects": [{"objectType": kind, "externalId": id}]})
    });
    json!({"id": call.id, "status": "COMPLETED", "externalSystems": systems.into_iter().collect::<Vec<_>>()})
}

fn customer_data(company: &Company, person: &Person) -> Vec<Value> {
    let of_salesforce = company.prospects_of(person).into_iter().map(|prospect| prospect_record(company, prospect));
    let uploaded = company.uploads_of(person).into_iter().map(|(kind, record)| uploaded_record(company, kind, record));
    let systems = [("Salesforce", of_salesforce.collect::<Vec<_>>()), ("Generic", uploaded.collect())];
    let systems = systems.into_iter().filter(|(_, objects)| !objects.is_empty());
    systems.map(|(system, objects)| json!({"system": system, "objects": objects})).collect()
}

fn prospect_record(company: &Company, prospect: &Prospect) -> Value {
    let fields = [
        ("Name", json!(format!("{} {}", prospect.first_name, prospect.last_name))),
        ("Title", json!(prospect.title)),
        ("Email", json!(prospect.email)),
        ("Phone", json!(prospect.phone_number)),
    ];
    customer_object(company, prospect.kind, &prospect.crm_id, fields.into_iter())
}

fn uploaded_record(company: &Company, kind: &str, record: &Map<String, Value>) -> Value {
    let id = record.get("objectId").and_then(Value::as_str).unwrap_or_default();
    customer_object(company, kind, id, record.iter().map(|(name, value)| (name.as_str(), value.clone())))
}

/// The ids are Gong's own, of which no other answer tells.
fn customer_object<'a>(
    company: &Company,
    kind: &str,
    crm_id: &str,
    fields: impl Iterator<Item = (&'a str, Value)>,
) -> Value {
    let mut prng = company.prng(&format!("record {crm_id}"));
    let integration_id = company.prng("the integration of Salesforce").id();
    let mirror = json!({"integrationId": integration_id, "crmObjectType": kind, "crmId": crm_id});
    let fields =
        fields.filter(|(_, value)| !value.is_null()).map(|(name, value)| json!({"name": name, "value": value}));
    json!({
        "id": prng.id(),
        "objectType": if kind == "LEAD" { "Lead" } else { "Contact" },
        "externalId": crm_id,
        "mirrorId": mirror.to_string(),
        "fields": fields.collect::<Vec<_>>(),
    })
}

fn matching_numbers(company: &Company, person: &Person) -> Vec<String> {
    let of_prospects = company.prospects_of(person).into_iter().filter_map(|prospect| prospect.phone_number.as_deref());
    let uploaded = company.uploads_of(person).into_iter();
    let uploaded = uploaded.filter_map(|(_, record)| record.get("phoneNumber").and_then(Value::as_str));
    let parties = company.calls_with(person).into_iter().flat_map(|call| &call.parties);
    let parties = parties.filter_map(|party| party.phone_number.as_deref());
    let mut numbers: Vec<String> = of_prospects
        .chain(uploaded)
        .chain(parties)
        .filter(|number| person.has_number(number))
        .map(str::to_string)
        .collect();
    numbers.sort();
    numbers.dedup();
    numbers
}

/// An event in the words of the lookup, of which some kinds have more than others.
fn engagement(kind: &str, event: &Value) -> Value {
    let first = |pointers: &[&str]| {
        let found = pointers.iter().find_map(|pointer| event.pointer(pointer).filter(|value| !value.is_null()));
        found.cloned().unwrap_or_default()
    };
    json!({
        "eventType": kind,
        "timestamp": first(&["/timestamp", "/eventTimestamp"]),
        "contentId": first(&["/content/contentId", "/contentId"]),
        "contentUrl": first(&["/content/contentUrl", "/contentUrl"]),
        "reportingSystem": first(&["/sourceSystemName", "/reportingSystem"]),
        "eventName": first(&["/eventType", "/actionName"]),
        "sourceEventId": first(&["/eventId"]),
    })
}
