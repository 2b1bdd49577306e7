//! Whatever a caller gives is planned or refused, and never a panic.

use gong_client::{ErrorKind, catalog};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value};

use crate::support::World;

/// Any JSON, not too deep, with texts and numbers that mean something to some parameter.
pub(crate) fn any_json() -> impl Strategy<Value = Value> {
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
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let world = runtime.block_on(World::new());
    let cases = ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() };
    proptest!(cases, |((tool, input) in any_call())| {
        match runtime.block_on(world.gong.dry_run(tool, input)) {
            Ok(planned) => prop_assert!(!planned.is_empty()),
            Err(error) => {
                prop_assert_eq!(error.kind(), ErrorKind::InvalidInput);
                prop_assert!(!error.violations().is_empty());
                prop_assert!(!error.to_string().is_empty());
            }
        }
    });
}
