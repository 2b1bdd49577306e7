//! The published contract holds: the names, types and required flags of `contract.csv` are there exactly so, and what
//! goes beyond them is never required of a caller. `wider.csv` is what the contract's service has published since: it
//! holds likewise, in its tools and in those of the contract. Tools beyond both may come at any time.

#![allow(clippy::panic, reason = "a row that is none is a fault of the table")]

use std::collections::BTreeMap;

use gong_client::catalog;

/// A tool's parameters by name, with type and required flag.
type Params = BTreeMap<String, (String, bool)>;

/// The contract as published.
fn published() -> BTreeMap<String, Params> {
    table(include_str!("../contract.csv"))
}

/// What was published since.
fn wider() -> BTreeMap<String, Params> {
    table(include_str!("../wider.csv"))
}

/// The rows of a table: tool, parameter, type, required. A tool without parameters has one row with the rest empty.
fn table(csv: &str) -> BTreeMap<String, Params> {
    let mut tools: BTreeMap<String, Params> = BTreeMap::new();
    for row in csv.lines().skip(1) {
        let [tool, param, kind, required] = row.split(',').collect::<Vec<_>>()[..] else {
            panic!("a row of four: {row}")
        };
        let params = tools.entry(tool.to_owned()).or_default();
        if !param.is_empty() {
            params.insert(param.to_owned(), (kind.to_owned(), required == "true"));
        }
    }
    tools
}

/// The tools of a table as the catalog has them.
fn of_ours(table: &BTreeMap<String, Params>) -> Vec<&'static catalog::Tool> {
    let find = |name: &String| catalog::tool(name).unwrap_or_else(|_| panic!("{name} is published, and not there"));
    table.keys().map(find).collect()
}

/// The published tools as the catalog has them.
fn ours() -> Vec<&'static catalog::Tool> {
    of_ours(&published())
}

/// The parameters of a tool that are not marked as beyond what is published.
fn not_extra(tool: &catalog::Tool) -> Params {
    let published = tool.params.iter().filter(|param| !param.extra);
    published.map(|param| (param.name.to_owned(), (param.kind.to_owned(), param.required))).collect()
}

#[test]
fn the_table_is_the_whole_contract() {
    let published = published();
    assert_eq!((published.len(), published.values().map(BTreeMap::len).sum::<usize>()), (31, 89));
}

#[test]
fn every_published_tool_is_there_and_none_says_that_it_goes_beyond_the_contract() {
    let beyond: Vec<&str> = ours().iter().filter(|tool| tool.extra).map(|tool| tool.name).collect();
    assert_eq!(beyond, [] as [&str; 0]);
}

#[test]
fn published_parameters_keep_their_names_types_and_required_flags() {
    let ours: BTreeMap<String, Params> = ours().iter().map(|tool| (tool.name.to_owned(), not_extra(tool))).collect();
    assert_eq!(ours, published());
}

#[test]
fn what_was_published_since_is_there_too() {
    let (published, wider) = (published(), wider());
    for tool in of_ours(&wider) {
        assert!(!tool.extra, "{} is published", tool.name);
        if published.contains_key(tool.name) {
            for (name, (kind, required)) in &wider[tool.name] {
                let ours =
                    tool.params.iter().find(|param| param.name == name).map(|param| (param.kind, param.required));
                assert_eq!(ours, Some((kind.as_str(), *required)), "{name} of {}", tool.name);
            }
        } else {
            assert_eq!(not_extra(tool), wider[tool.name], "{}", tool.name);
        }
    }
}

#[test]
fn what_published_tools_take_beyond_what_is_published_is_never_required() {
    for tool in ours().into_iter().chain(of_ours(&wider())) {
        for param in tool.params.iter().filter(|param| param.extra) {
            assert!(!param.required, "{} of {} is extra and required", param.name, tool.name);
        }
    }
}

#[test]
fn the_schemas_say_the_same() {
    for tool in catalog::tools() {
        let schema: serde_json::Value = serde_json::from_str(tool.input_schema).unwrap();
        let properties: Vec<&String> = schema["properties"].as_object().unwrap().keys().collect();
        assert_eq!(properties, tool.params.iter().map(|param| param.name).collect::<Vec<_>>(), "{}", tool.name);
        let required: Vec<&str> =
            schema["required"].as_array().into_iter().flatten().filter_map(serde_json::Value::as_str).collect();
        let ours: Vec<&str> = tool.params.iter().filter(|param| param.required).map(|param| param.name).collect();
        assert_eq!(required, ours, "{}", tool.name);
    }
}
