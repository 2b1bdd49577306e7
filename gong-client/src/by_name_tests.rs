//! A call by name means the same whether its input comes as text or as a value.

use std::sync::{Arc, LazyLock};
use std::time::{Duration, SystemTime};

use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value, json};

use crate::call::from_json;
use crate::catalog;
use crate::{BoxFuture, Client, Environment};

/// Any JSON, not too deep, with texts and numbers that mean something to some parameter.
fn any_json() -> impl Strategy<Value = Value> {
    const TEXTS: &[&str] = &[
        "2026-11-01T00:00:00Z",
        "2026-11-01",
        "2026-11-01T00:00:00",
        "[1, \"2\"]",
        "[]",
        "{}",
        "[\"",
        "[1, {}",
        "{\"userId\": 5, \"x\": 1}",
        "{\"userId\"",
        " [\"a@b.example\", \"a@b.example\"]",
        "a@b.example",
        "https://x.example",
        "true",
        "12",
        " 7 ",
        "1.0",
        "Outbound",
        "outbound",
        "a,b,,c",
        "1,2,1",
        "",
        "é\n\"",
    ];
    let leaf = prop_oneof![
        1 => Just(Value::Null),
        1 => any::<bool>().prop_map(Value::from),
        1 => any::<i64>().prop_map(Value::from),
        1 => any::<u64>().prop_map(Value::from),
        1 => (0..4_i64).prop_map(Value::from),
        1 => any::<i32>().prop_map(|number| Value::from(f64::from(number) / 4.0)),
        1 => ".{0,12}".prop_map(Value::from),
        5 => select(TEXTS).prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((member(), inner), 0..5)
                .prop_map(|entries| entries.into_iter().collect::<Map<_, _>>().into()),
        ]
    })
}

fn member() -> impl Strategy<Value = String> {
    const NAMES: &str = " userId emailAddress phoneNumber name context system objects objectType objectId fields value \
                         partyId userID x";
    select(NAMES.split(' ').map(str::to_owned).collect::<Vec<_>>())
}

/// A tool, and an input made of its example, its own parameters and a few others.
fn any_call() -> impl Strategy<Value = (&'static catalog::Tool, Value)> {
    select(catalog::tools().to_vec()).prop_flat_map(|tool| {
        let names: Vec<&str> = tool.params.iter().map(|param| param.name).chain(["curser", ""]).collect();
        let example: Map<String, Value> = serde_json::from_str(tool.example).unwrap();
        let entries = prop::collection::vec((select(names), any_json()), 0..6);
        let object = (any::<bool>(), entries).prop_map(move |(begin, entries)| {
            let begin = if begin { example.clone() } else { Map::new() };
            begin
                .into_iter()
                .chain(entries.into_iter().map(|(name, value)| (name.to_owned(), value)))
                .collect::<Map<_, _>>()
                .into()
        });
        (Just(tool), prop_oneof![15 => object, 1 => any_json()])
    })
}

/// A world that stands still, so that the same input twice gives the same call.
#[derive(Debug)]
struct Still;

impl Environment for Still {
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(1_795_435_200)
    }

    fn random(&self) -> u64 {
        4
    }

    fn sleep(&self, _: Duration) -> BoxFuture<'static, ()> {
        Box::pin(std::future::ready(()))
    }
}

static CLIENT: LazyLock<Client> =
    LazyLock::new(|| Client::builder().access_token("t").environment(Arc::new(Still)).build().unwrap());

/// The same input as another would write it: the last parameter first, each name twice, of which the first is of no
/// account, and all letters by their numbers.
fn written_oddly(input: &Value) -> String {
    let Value::Object(object) = input else { return format!("\n{input}\t") };
    let letter = |unit: u16| format!("\\u{unit:04x}");
    let name = |name: &str| format!("\"{}\"", name.encode_utf16().map(letter).collect::<String>());
    let members =
        object.iter().rev().map(|(key, value)| format!("{}: [{{\"x\": 0}}], {} :{value:#}", name(key), name(key)));
    format!(" {{ {} }} ", members.collect::<Vec<_>>().join(" ,"))
}

/// What a call would send, or every reason why not.
fn outcome(tool: &catalog::Tool, input: &Value) -> String {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    match runtime.block_on(CLIENT.dry_run(tool.name, input.clone())) {
        Ok(planned) => format!("{planned:?}"),
        Err(error) => format!("{error}\n{:?}", error.violations()),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn text_and_value_give_the_same_parameters_or_the_same_faults((tool, input) in any_call()) {
        let by_value = outcome(tool, &input);
        for text in [input.to_string(), written_oddly(&input)] {
            prop_assert_eq!(&outcome(tool, &from_json::parse(tool.name, &text).unwrap()), &by_value);
        }
    }

    #[test]
    fn a_text_that_breaks_off_is_refused_with_the_place(
        (tool, input) in any_call(),
        at in any::<prop::sample::Index>(),
    ) {
        let text = json!({"input": input}).to_string();
        let text: String = text.chars().take(at.index(text.chars().count())).collect();
        let error = from_json::parse(tool.name, &text).err().map(|error| error.to_string());
        let start = format!("{}: The input is not JSON", tool.name);
        prop_assert!(error.as_ref().is_some_and(|error| error.starts_with(&start)), "{error:?}");
    }
}

/// So many lists, each in the one before.
fn nested(levels: usize) -> Value {
    (0..levels).fold(Value::Null, |inner, _| Value::Array(vec![inner]))
}

#[tokio::test]
async fn json_that_is_nested_without_end_is_refused_and_nothing_aborts() {
    let gong = Client::builder().access_token("t").build().unwrap();
    let inputs: [fn() -> Value; 2] =
        [|| nested(5_000), || Value::Object(Map::from_iter([("a".to_owned(), nested(5_000))]))];
    for input in inputs {
        for refused in [
            gong.call("gong_calls_create", input()).await.unwrap_err(),
            gong.dry_run("gong_calls_create", input()).await.unwrap_err(),
            gong.request(crate::Method::Post, "/v2/calls").json(input()).dry_run().unwrap_err(),
        ] {
            assert!(refused.to_string().contains("nested deeper than 128 levels"), "{refused}");
        }
        let mut pages = gong.pages("gong_calls_list", input()).unwrap();
        let refused = pages.next().await.unwrap().unwrap_err();
        assert!(refused.to_string().contains("nested deeper"), "{refused}");
    }
    let deep = gong.dry_run("gong_calls_create", json!({"parties": nested(100)})).await.unwrap_err();
    assert!(!deep.to_string().contains("nested deeper"), "{deep}");
}
