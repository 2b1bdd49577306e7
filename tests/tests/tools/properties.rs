//! Whatever comes in, from a caller or from the wire, is answered or refused, and never a panic.

use std::sync::Arc;

use gong_client::{Client, Environment, ErrorKind, catalog};
use gong_sandbox::{Fault, Sandbox};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value, json};
use tokio::runtime::Runtime;

use crate::support::{Repeatable, client};

/// Any JSON, not too deep, with texts and numbers that mean something to some parameter.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
        select(
            &[
                "2026-11-01T00:00:00Z",
                "9999-12-31T23:59:59.999999999+14:00",
                "-009999-01-01T00:00:00-23:59",
                "2026-02-30",
                "[1]",
                "[]",
                "{}",
                "[\"",
                "a@b.example",
                "https://x.example",
                "true",
                "-0",
                "1e400",
                "parties",
                "Unknown"
            ][..]
        )
        .prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec(
                (select(&["userId", "emailAddress", "context", "system", "objects", "x"][..]), inner),
                0..4
            )
            .prop_map(|entries| entries
                .into_iter()
                .map(|(key, value)| (key.to_owned(), value))
                .collect::<Map<_, _>>()
                .into()),
        ]
    })
}

/// A tool, and an input made of its own parameters and a few others.
fn any_call() -> impl Strategy<Value = (&'static str, Value)> {
    select(catalog::tools().to_vec()).prop_flat_map(|tool| {
        let names: Vec<&str> = tool.params.iter().map(|param| param.name).chain(["curser", ""]).collect();
        let entries = prop::collection::vec((select(names), any_json()), 0..6);
        let object = entries.prop_map(|entries| {
            entries.into_iter().map(|(name, value)| (name.to_owned(), value)).collect::<Map<_, _>>().into()
        });
        (Just(tool.name), prop_oneof![9 => object, 1 => any_json()])
    })
}

#[test]
fn any_input_is_planned_or_refused_with_reasons() {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let environment: Arc<dyn Environment> = Arc::new(Repeatable::default());
    let gong = Client::builder().access_token("t").environment(environment).build().unwrap();
    let cases = ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() };
    proptest!(cases, |((tool, input) in any_call())| {
        match runtime.block_on(gong.dry_run(tool, input)) {
            Ok(planned) => prop_assert!(!planned.is_empty()),
            Err(error) => {
                prop_assert_eq!(error.kind(), ErrorKind::RefusedInput);
                prop_assert!(!error.violations().is_empty());
                prop_assert!(!error.to_string().is_empty());
            }
        }
    });
}

/// Any bytes, and answers that were good before something happened to them.
fn any_body() -> impl Strategy<Value = String> {
    let good = json!({
        "requestId": "r",
        "records": {"totalRecords": 1, "cursor": null},
        "users": [{"id": "1", "emailAddress": "a@b.example", "active": true, "settings": {}, "spokenLanguages": []}],
    })
    .to_string();
    prop_oneof![
        ".{0,80}",
        any_json().prop_map(|json| json.to_string()),
        any_json().prop_map(|users| json!({"users": users, "records": users}).to_string()),
        any_json().prop_map(|user| json!({"users": [user]}).to_string()),
        (0..good.len()).prop_map({
            let good = good.clone();
            move |end| good.chars().take(end).collect()
        }),
        (0..good.len(), any::<char>()).prop_map(move |(place, letter)| {
            good.chars().enumerate().map(|(index, old)| if index == place { letter } else { old }).collect()
        }),
    ]
}

#[test]
fn any_answer_is_read_or_told_apart() {
    let runtime = Runtime::new().unwrap();
    let (sandbox, gong) = runtime.block_on(async {
        let sandbox = Sandbox::start().await.unwrap();
        let gong = client(&sandbox).build().unwrap();
        (sandbox, gong)
    });
    let statuses = select(&[200_u16, 202, 204, 302, 400, 401, 403, 404, 409, 418][..]);
    let types = select(&["application/json", "text/html", "application/octet-stream"][..]);
    let cases = ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() };
    proptest!(cases, |(status in statuses, kind in types, body in any_body())| {
        sandbox.inject(Fault::page(status, kind, body));
        match runtime.block_on(gong.users().list().send()) {
            Ok(page) => prop_assert!((200..300).contains(&page.raw()[0].status()) || page.users.is_empty()),
            Err(error) => prop_assert!(!error.to_string().is_empty()),
        }
    });
}
