//! What Gong holds about a person, and its erasure.
// A helper may fail a test as a test may.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;

use std::time::Duration;

use common::{Answer, Gong, new_call, strings};
use gong_sandbox::{
    Company, OWNER_EMAIL, Sandbox,
    company::{Prospect, Subject},
};
use serde_json::{Value, json};

const HOUR: Duration = Duration::from_secs(60 * 60);
/// The contact that was uploaded from a CRM.
const JO: (&str, &str) = ("jo.hale@amber.example", "+1 555 0100");

/// A contact or lead of Salesforce with calls both dialed and not, and with e-mails and a flow.
fn well_known(company: &Company) -> &Prospect {
    let took_part = |prospect: &Prospect, media: &str| {
        let calls = company.calls.iter().filter(|call| call.media == media);
        calls.flat_map(|call| &call.parties).any(|party| party.crm_id.as_ref() == Some(&prospect.crm_id))
    };
    let writes = |prospect: &Prospect| company.emails.iter().any(|email| email.from == prospect.email);
    let mut prospects = company.prospects.iter();
    prospects.find(|one| took_part(one, "Audio") && took_part(one, "Video") && writes(one)).unwrap()
}

async fn look_up_email(gong: &Gong, email: &str) -> Value {
    gong.get("/v2/data-privacy/data-for-email-address", &[("emailAddress", email)]).await.ok()
}

async fn look_up_phone(gong: &Gong, number: &str) -> Value {
    gong.get("/v2/data-privacy/data-for-phone-number", &[("phoneNumber", number)]).await.ok()
}

async fn erase_email(gong: &Gong, email: &str) -> Answer {
    let path = "/v2/data-privacy/erase-data-for-email-address";
    Gong::send(gong.request("POST", path).query(&[("emailAddress", email)])).await
}

async fn erase_phone(gong: &Gong, number: &str) -> Answer {
    let path = "/v2/data-privacy/erase-data-for-phone-number";
    Gong::send(gong.request("POST", path).query(&[("phoneNumber", number)])).await
}

fn count(answer: &Value, name: &str) -> usize {
    answer[name].as_array().unwrap().len()
}

fn call_ids(company: &Company, crm_id: &str) -> Vec<String> {
    let took_part = |id: &Option<String>| id.as_deref() == Some(crm_id);
    let calls = company.calls.iter().filter(|call| call.parties.iter().any(|party| took_part(&party.crm_id)));
    calls.map(|call| call.id.clone()).collect()
}

#[tokio::test]
async fn every_company_has_people_whose_addresses_and_numbers_are_known() {
    for seed in [1, 7] {
        let gong = Gong::with(Sandbox::builder().seed(seed).start().await.unwrap());
        assert_eq!(count(&look_up_email(&gong, JO.0).await, "customerData"), 1);
        let first = gong.sandbox.company().prospects[0].email.clone();
        assert_eq!(look_up_phone(&gong, "+1 602 555-0100").await["emailAddresses"], json!([first]));
    }
    let gong = Gong::new().await;
    let found = look_up_phone(&gong, "+1 605 555-0152").await;
    assert_eq!(found["emailAddresses"], json!(["bianca.jansen.4@basaltlabs.example"]));
    for name in ["calls", "emails", "customerData"] {
        assert!(count(&found, name) > 0, "{name}");
    }
}

#[tokio::test]
async fn an_e_mail_address_leads_to_calls_e_mails_and_the_record_in_the_crm() {
    let gong = Gong::new().await;
    let company = gong.sandbox.company();
    let person = well_known(&company);
    let found = look_up_email(&gong, &person.email.to_uppercase()).await;
    assert_eq!(strings(found["calls"].as_array().unwrap(), "id"), call_ids(&company, &person.crm_id));
    assert_eq!((&found["meetings"], &found["customerEngagement"]), (&json!([]), &json!([])));
    let call = &found["calls"][0];
    assert_eq!((&call["status"], &call["externalSystems"][0]["system"]), (&"COMPLETED".into(), &"Salesforce".into()));
    let email = found["emails"].as_array().unwrap().iter().find(|one| one["from"] == person.email.as_str()).unwrap();
    assert_eq!(email["id"].as_str().unwrap().len(), 32);
    assert_ne!(email["mailbox"], person.email.as_str());
    let record = &found["customerData"][0]["objects"][0];
    assert_eq!(record["externalId"], person.crm_id.as_str());
    let mirror: Value = serde_json::from_str(record["mirrorId"].as_str().unwrap()).unwrap();
    assert_eq!((&mirror["crmId"], &mirror["crmObjectType"]), (&person.crm_id.as_str().into(), &person.kind.into()));
    assert!(record["fields"].as_array().unwrap().contains(&json!({"name": "Email", "value": person.email})));
}

#[tokio::test]
async fn a_phone_number_leads_to_people_with_it_however_it_is_written() {
    let gong = Gong::new().await;
    let company = gong.sandbox.company();
    let person = well_known(&company);
    let number = person.phone_number.as_deref().unwrap();
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let (plain, other) = (format!("+{digits}"), format!("+({digits})"));
    for written in [number, plain.as_str(), other.as_str()] {
        let found = look_up_phone(&gong, written).await;
        assert_eq!(found["suppliedPhoneNumber"], written);
        assert_eq!(found["matchingPhoneNumbers"], json!([number]));
        assert_eq!(found["emailAddresses"], json!([person.email]));
        assert_eq!(strings(found["calls"].as_array().unwrap(), "id"), call_ids(&company, &person.crm_id));
        assert!(count(&found, "emails") > 0);
        assert!(found.get("customerEngagement").is_none());
    }
}

#[tokio::test]
async fn people_who_were_uploaded_from_a_crm_are_found_by_address_and_number() {
    let gong = Gong::new().await;
    let by_email = look_up_email(&gong, JO.0).await;
    let by_phone = look_up_phone(&gong, JO.1).await;
    assert_eq!(by_email["customerData"], by_phone["customerData"]);
    let data = &by_email["customerData"][0];
    assert_eq!((&data["system"], &data["objects"][0]["externalId"]), (&"Generic".into(), &"con-jo".into()));
    assert_eq!(by_phone["emailAddresses"], json!([JO.0]));
}

#[tokio::test]
async fn reported_events_are_found_by_the_address_they_name() {
    let gong = Gong::new().await;
    let interaction = json!({
        "eventId": "one", "timestamp": "2026-11-19T09:00:00Z", "eventType": "Visit", "sourceSystemName": "Site",
        "content": {"contentId": "pricing", "contentTitle": "Prices", "contentUrl": "https://larkspur.example/prices"},
        "person": {"email": JO.0},
    });
    gong.post("/v2/digital-interaction", interaction).await.ok();
    let action = json!({
        "eventId": "two", "reportingSystem": "Deck", "eventTimestamp": "2026-11-19T10:00:00Z",
        "actionName": "Printed", "actor": {"email": "Jo.Hale@amber.example"},
    });
    let path = "/v2/customer-engagement/action";
    Gong::send(gong.request("PUT", path).json(&action)).await.ok();
    let found = look_up_email(&gong, JO.0).await;
    assert_eq!(
        found["customerEngagement"],
        json!([
            {
                "eventType": "digitalInteraction", "timestamp": "2026-11-19T09:00:00Z", "contentId": "pricing",
                "contentUrl": "https://larkspur.example/prices", "reportingSystem": "Site", "eventName": "Visit",
                "sourceEventId": "one",
            },
            {
                "eventType": "customEvent", "timestamp": "2026-11-19T10:00:00Z", "contentId": null,
                "contentUrl": null, "reportingSystem": "Deck", "eventName": "Printed", "sourceEventId": "two",
            },
        ])
    );
    erase_email(&gong, JO.0).await.ok();
    gong.sandbox.advance(2 * HOUR);
    assert_eq!(count(&look_up_email(&gong, JO.0).await, "customerEngagement"), 0);
}

#[tokio::test]
async fn nothing_found_is_an_answer_with_empty_lists() {
    let gong = Gong::new().await;
    let found = look_up_email(&gong, "nobody@nowhere.example").await;
    for name in ["emails", "calls", "meetings", "customerData", "customerEngagement"] {
        assert_eq!(found[name], json!([]), "{name}");
    }
    let found = look_up_phone(&gong, "+1 425 555 2671").await;
    for name in ["emails", "calls", "meetings", "customerData", "matchingPhoneNumbers", "emailAddresses"] {
        assert_eq!(found[name], json!([]), "{name}");
    }
}

#[tokio::test]
async fn an_erasure_takes_two_hours() {
    let gong = Gong::new().await;
    let email = well_known(&gong.sandbox.company()).email.clone();
    erase_email(&gong, &email).await.ok();
    gong.sandbox.advance(2 * HOUR - Duration::from_secs(1));
    assert!(count(&look_up_email(&gong, &email).await, "calls") > 0);
    let erasures = gong.sandbox.company().erasures;
    assert_eq!((&erasures[0].subject, erasures[0].done), (&Subject::EmailAddress(email.clone()), false));
    gong.sandbox.advance(Duration::from_secs(1));
    assert_eq!(count(&look_up_email(&gong, &email).await, "calls"), 0);
    assert!(gong.sandbox.company().erasures[0].done);
}

#[tokio::test]
async fn what_is_erased_is_gone_everywhere() {
    for by_phone in [false, true] {
        let gong = Gong::new().await;
        let before = gong.sandbox.company();
        let person = well_known(&before);
        let number = person.phone_number.as_deref().unwrap();
        let ids = call_ids(&before, &person.crm_id);
        let erased = if by_phone { erase_phone(&gong, number).await } else { erase_email(&gong, &person.email).await };
        erased.ok();
        gong.sandbox.advance(2 * HOUR);

        let filter = json!({"filter": {"callIds": ids}});
        for path in ["/v2/calls/extensive", "/v2/calls/transcript"] {
            let refused = gong.post(path, filter.clone()).await;
            assert_eq!(refused.refusal(), (404, "No calls found corresponding to the provided filters"));
        }
        for id in &ids {
            assert_eq!(gong.get(&format!("/v2/calls/{id}"), &[]).await.status, 404);
        }
        let listed = gong.get_all("/v2/calls", &[], "calls").await;
        assert_eq!(listed.len(), before.calls.len() - ids.len());
        let flows = gong.post("/v2/flows/prospects", json!({"crmProspectsIds": [person.crm_id]})).await.ok();
        assert!(!flows.to_string().contains(&person.crm_id));

        let after = gong.sandbox.company();
        assert!(after.prospect(&person.crm_id).is_none());
        assert!(after.emails.iter().all(|one| one.from != person.email && one.to != person.email));
        assert!(after.answered_scorecards.iter().all(|card| !ids.contains(&card.call_id)));
        let mut items = after.library_folders.iter().flat_map(|folder| &folder.items);
        assert!(items.all(|item| !ids.contains(&item.call_id)));
        assert!(after.tasks.iter().all(|task| task.crm_prospect_id != person.crm_id));
        assert!(after.flow_instances.iter().all(|one| one.crm_prospect_id != person.crm_id));

        let by_email = look_up_email(&gong, &person.email).await;
        let by_number = look_up_phone(&gong, number).await;
        for name in ["emails", "calls", "meetings", "customerData"] {
            assert_eq!((count(&by_email, name), count(&by_number, name)), (0, 0), "{name}");
        }
    }
}

#[tokio::test]
async fn what_was_uploaded_and_what_waits_for_its_recording_is_erased_too() {
    let gong = Gong::new().await;
    let mut call = new_call(&gong.sandbox.company().owner().unwrap().id, "with Jo");
    call["parties"][1]["emailAddress"] = JO.0.into();
    gong.post("/v2/calls", call).await.ok();
    let view = json!({
        "reportingSystem": "shelf", "eventTimestamp": "2026-11-19T10:00:00Z", "contentId": "doc-1",
        "contentUrl": "https://shelf.example/doc-1", "contentTitle": "Prices", "viewer": {"email": JO.0},
    });
    Gong::send(gong.request("PUT", "/v2/customer-engagement/content/viewed").json(&view)).await.ok();
    let found = look_up_email(&gong, JO.0).await;
    assert_eq!(found["meetings"], json!([{"id": "2649384756102938475"}]));
    assert_eq!(found["customerEngagement"][0]["eventType"], "contentViewed");

    erase_email(&gong, JO.0).await.ok();
    gong.sandbox.advance(2 * HOUR);
    let company = gong.sandbox.company();
    assert!(company.meetings.is_empty() && company.content_views.is_empty());
    assert!(company.registered_calls.is_empty());
    assert!(company.crm_integrations[0].records["CONTACT"].is_empty());
    assert_eq!(count(&look_up_phone(&gong, JO.1).await, "customerData"), 0);
}

#[tokio::test]
async fn who_is_not_meant_keeps_everything() {
    let gong = Gong::new().await;
    let before = gong.sandbox.company();
    erase_email(&gong, "nobody@nowhere.example").await.ok();
    erase_phone(&gong, "+1 425 555 2671").await.ok();
    gong.sandbox.advance(2 * HOUR);
    let after = gong.sandbox.company();
    assert_eq!((after.calls, after.prospects, after.emails), (before.calls, before.prospects, before.emails));
    assert_eq!((after.tasks, after.users), (before.tasks, before.users));
}

#[tokio::test]
async fn the_data_of_a_user_with_very_many_calls_is_not_erased() {
    let gong = Gong::new().await;
    let before = gong.sandbox.company();
    let text = "Failed to complete the operation due to an unexpected error";
    assert_eq!(erase_email(&gong, OWNER_EMAIL).await.refusal(), (500, text));
    gong.sandbox.advance(2 * HOUR);
    assert_eq!(gong.sandbox.company().calls, before.calls);
    assert!(count(&look_up_email(&gong, OWNER_EMAIL).await, "calls") > 40);
}

#[tokio::test]
async fn a_person_who_comes_back_after_the_erasure_is_known_again() {
    let gong = Gong::new().await;
    erase_email(&gong, "guest@amberfoods.example").await.ok();
    gong.sandbox.advance(2 * HOUR);
    let mut call = new_call(&gong.sandbox.company().owner().unwrap().id, "again");
    call["downloadMediaUrl"] = "https://files.example/call.mp3".into();
    gong.post("/v2/calls", call).await.ok();
    gong.sandbox.advance(HOUR);
    assert_eq!(count(&look_up_email(&gong, "guest@amberfoods.example").await, "calls"), 1);
}

#[tokio::test]
async fn what_is_no_address_or_number_is_refused() {
    let gong = Gong::new().await;
    for path in ["data-for", "erase-data-for"] {
        let method = if path == "data-for" { "GET" } else { "POST" };
        for (kind, name, wrong) in [
            ("email-address", "emailAddress", &["", "jo", "jo@", "@amber.example", "jo hale@amber.example"][..]),
            ("phone-number", "phoneNumber", &["", "4255552671", " 1 425 555 2671", "+1 425", "+", "+1234567890123456"]),
        ] {
            let path = format!("/v2/data-privacy/{path}-{kind}");
            let missing = format!("{name} parameter is missing");
            let answer = Gong::send(gong.request(method, &path)).await;
            assert_eq!(answer.refusal(), (400, missing.as_str()));
            for value in wrong {
                let answer = Gong::send(gong.request(method, &path).query(&[(name, value)])).await;
                let (status, text) = answer.refusal();
                assert!(status == 400 && (text == missing || text.contains("is not a valid")), "{value}: {text}");
            }
        }
    }
    assert!(gong.sandbox.company().erasures.is_empty());
}

#[tokio::test]
async fn looking_up_and_erasing_have_scopes_of_their_own() {
    let gong = Gong::new().await;
    let token = gong.sandbox.issue_token(["api:users:read"]);
    for kind in ["email-address", "phone-number"] {
        for (method, path, scope) in
            [("GET", "data-for", "api:data-privacy:read"), ("POST", "erase-data-for", "api:data-privacy:delete")]
        {
            let path = format!("/v2/data-privacy/{path}-{kind}");
            let refused = Gong::send(gong.bare(method, &path).bearer_auth(&token)).await;
            let text = format!("You don't have permission to use '{scope}' in your app.");
            assert_eq!(refused.refusal(), (401, text.as_str()));
        }
    }
}

#[tokio::test]
async fn an_erasure_takes_no_body() {
    let gong = Gong::with(Sandbox::builder().strict(true).start().await.unwrap());
    let path = "/v2/data-privacy/erase-data-for-email-address";
    let request = gong.request("POST", path).query(&[("emailAddress", JO.0)]).json(&json!({"emailAddress": JO.0}));
    Gong::send(request).await.ok();
    assert_eq!(gong.sandbox.violations()[0].message, "a POST takes no body");
}
