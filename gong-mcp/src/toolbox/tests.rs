use gong_client::{Client, catalog};
use gong_sandbox::Sandbox;

use super::*;
use crate::offer::Selection;

struct Host {
    toolbox: Toolbox,
    _sandbox: Sandbox,
}

async fn host() -> Host {
    let sandbox = Sandbox::start().await.unwrap();
    let client = Client::builder().api_key(sandbox.access_key(), sandbox.access_key_secret());
    let client = client.base_url(sandbox.base_url()).rate_limit(None).build().unwrap();
    Host { toolbox: Toolbox::new(client, Offer::new(&Selection::default()).unwrap()), _sandbox: sandbox }
}

impl Host {
    async fn call(&self, tool: &str, arguments: Value) -> (Value, bool) {
        let Value::Object(arguments) = arguments else { panic!("arguments are an object") };
        let outcome = self.toolbox.call(catalog::tool(tool).unwrap(), arguments).await;
        (serde_json::from_str(&outcome.text).unwrap(), outcome.has_failed())
    }
}

#[tokio::test]
async fn an_answer_comes_as_the_client_gives_it() {
    let host = host().await;
    let (answer, failed) = host.call("gong_users_list", json!({"_max_tokens": 100_000})).await;
    assert!(!failed);
    assert!(!answer["users"].as_array().unwrap().is_empty());
}

#[tokio::test]
async fn what_does_not_fit_is_cut_at_whole_items_and_the_rest_can_be_had() {
    let host = host().await;
    let (all, _) = host.call("gong_calls_list", json!({"_fields": "id"})).await;
    let ids = |answer: &Value| -> Vec<String> {
        answer["calls"].as_array().unwrap().iter().map(|call| call["id"].as_str().unwrap().to_owned()).collect()
    };
    let mut seen = Vec::new();
    loop {
        let (part, failed) = host.call("gong_calls_list", json!({"_max_tokens": 1500, "_skip": seen.len()})).await;
        assert!(!failed, "{part}");
        let found = ids(&part);
        assert!(!found.is_empty());
        seen.extend(found);
        match part["left_out"].as_str() {
            Some(said) => assert!(said.contains(&format!("again with _skip {}", seen.len())), "{said}"),
            None => break,
        }
    }
    assert_eq!(seen, ids(&all));
}

#[tokio::test]
async fn fields_are_picked_of_items_and_the_envelope_stays() {
    let host = host().await;
    let (answer, _) = host.call("gong_users_list", json!({"_fields": ["id", "emailAddress"]})).await;
    let user = answer["users"][0].as_object().unwrap();
    assert_eq!(user.keys().collect::<Vec<_>>(), ["id", "emailAddress"]);
    assert!(answer["records"]["totalRecords"].is_number());
}

#[tokio::test]
async fn every_fault_of_an_input_comes_at_once_with_its_place() {
    let host = host().await;
    let (told, failed) = host.call("gong_calls_transcript_get", json!({"call_ids": [], "form": 1})).await;
    assert!(failed);
    assert_eq!(told["error"], "InvalidInput");
    let places: Vec<&str> =
        told["faults"].as_array().unwrap().iter().map(|fault| fault["at"].as_str().unwrap()).collect();
    assert_eq!(places, ["form", "call_ids"]);
    assert_eq!(told["what_to_do"], "Mend the input and call again.");
}

#[tokio::test]
async fn what_is_said_beside_the_input_is_checked_too() {
    let host = host().await;
    let (told, failed) = host.call("gong_users_list", json!({"_fields": ["nmae"], "_skip": -1, "_all": true})).await;
    assert!(failed);
    let message = told["message"].as_str().unwrap();
    for part in ["`nmae` is no field", "`_skip` must be a whole number", "`_all` is not known"] {
        assert!(message.contains(part), "{message}");
    }
}

#[tokio::test]
async fn what_removes_something_wants_a_confirmation_beside_the_input() {
    let host = host().await;
    let tool = catalog::tool("gong_data_privacy_email_erase").unwrap();
    let mut input: Value = serde_json::from_str(tool.example).unwrap();
    let (told, failed) = host.call(tool.name, input.clone()).await;
    assert!(failed);
    assert_eq!(
        (&told["error"], told["what_to_do"].as_str().unwrap().contains("_confirm")),
        (&"Unconfirmed".into(), true)
    );
    input["_confirm"] = input["email_address"].clone();
    let (done, failed) = host.call(tool.name, input).await;
    assert!(!failed, "{done}");
}
