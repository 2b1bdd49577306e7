//! Inputs held against their limits: the client's generated checks against a compiled validator of the same tool's
//! published JSON Schema.

use std::hint::black_box;

use gong_client::models::{CallDirection, Party};
use gong_client::{Client, DateTime, catalog};
use jsonschema::Validator;
use serde_json::{Value, json};

use crate::Side;

/// Parameters that are there already.
pub(crate) fn typed(work: &str, side: Side, count: usize) -> usize {
    let client = client();
    match (work, side) {
        (_, Side::Floor) => {
            let (validator, input) = (validator(work), input(work));
            for _ in 0..count {
                assert!(validator.is_valid(black_box(&input)));
            }
            count
        }
        ("check-ids", _) => {
            check(client.engage_prospects().unassign_by_instance().flow_instance_ids(ids()), count, |call| call.check())
        }
        ("check-call", _) => {
            let parties = [
                Party::new().user_id("1597409306735779049").email_address("dana@example.com"),
                Party::new().email_address("kim@example.com").name("Kim Lee"),
            ];
            let start: DateTime = "2026-11-20T15:00:00Z".parse().unwrap();
            let call = client.calls().create().actual_start(start).parties(parties).direction(CallDirection::Outbound);
            let call = call.title("Renewal with Example Foods").duration(1820).client_unique_id("zoom-1");
            check(call, count, |call| call.check())
        }
        _ => {
            let at = |text: &str| text.parse::<DateTime>().unwrap();
            let call = client.calls().list().from_date_time(at("2026-11-16T00:00:00Z"));
            let call = call.to_date_time(at("2026-11-23T00:00:00Z")).workspace_id("623457276584334");
            check(call, count, |call| call.check())
        }
    }
}

/// Parameters as the text of a JSON object.
pub(crate) fn by_name(work: &str, side: Side, count: usize) -> usize {
    let text = input(work).to_string();
    match (work, side) {
        (_, Side::Floor) => {
            let validator = validator(work);
            for _ in 0..count {
                let input: Value = serde_json::from_str(black_box(&text)).unwrap();
                assert!(validator.is_valid(&input));
            }
        }
        _ => {
            let client = client();
            for _ in 0..count {
                let input = serde_json::from_str(black_box(&text)).unwrap();
                client.check(tool(work), &input).unwrap();
            }
        }
    }
    count
}

fn check<C>(mut call: C, count: usize, check: impl Fn(C) -> gong_client::Result<C>) -> usize {
    for _ in 0..count {
        call = black_box(check(call).unwrap());
    }
    count
}

fn client() -> Client {
    Client::builder().access_token("token").build().unwrap()
}

/// A compiled validator of the tool's schema, formats included, since the client checks them too.
fn validator(work: &str) -> Validator {
    let schema: Value = serde_json::from_str(catalog::tool(tool(work)).unwrap().input_schema).unwrap();
    jsonschema::options().should_validate_formats(true).build(&schema).unwrap()
}

fn tool(work: &str) -> &'static str {
    match work {
        "check-ids" | "read-ids" => "gong_engage_prospects_unassign_by_instance",
        "check-call" | "read-call" => "gong_calls_create",
        _ => "gong_calls_list",
    }
}

fn input(work: &str) -> Value {
    match work {
        "check-ids" | "read-ids" => json!({"flow_instance_ids": ids()}),
        "check-call" | "read-call" => json!({
            "actual_start": "2026-11-20T15:00:00Z",
            "parties": [
                {"userId": "1597409306735779049", "emailAddress": "dana@example.com"},
                {"emailAddress": "kim@example.com", "name": "Kim Lee"},
            ],
            "direction": "Outbound",
            "title": "Renewal with Example Foods",
            "duration": 1820,
            "client_unique_id": "zoom-1",
        }),
        _ => json!({
            "from_date_time": "2026-11-16T00:00:00Z",
            "to_date_time": "2026-11-23T00:00:00Z",
            "workspace_id": "623457276584334",
        }),
    }
}

/// 200 ids, none twice.
fn ids() -> Vec<String> {
    (0..200_u64).map(|index| (5_529_384_710_293_847_561 + index * 7919).to_string()).collect()
}
