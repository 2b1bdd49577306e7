//! Two JSON Schemas a tool: of what a caller by name gives, and of what comes back.
//!
//! What goes in is closed: an unknown name is refused, so the schema says so. What comes out is open: a service adds
//! fields and values without notice, and a client that holds an answer against its schema must not fail on them.

mod need;
mod types;

use serde_json::{Map, json};

use super::{Output, client};
use crate::words;
use tool_spec::model::{Effect, Group, Json, Param, Rule, Source, Spec, Tool, Ty};
use types::{Types, Way};

/// The schema files of every tool.
#[must_use]
pub fn emit(spec: &Spec) -> Vec<Output> {
    spec.tools()
        .flat_map(|(group, tool)| {
            [
                file(spec, tool, "input", &input(spec, group, tool)),
                file(spec, tool, "output", &output(spec, group, tool)),
            ]
        })
        .collect()
}

fn file(spec: &Spec, tool: &Tool, what: &str, schema: &Json) -> Output {
    Output {
        path: client::generated(spec, &format!("schemas/{}.{what}.json", tool.name)),
        contents: format!("{schema:#}\n"),
    }
}

fn input(spec: &Spec, group: &Group, tool: &Tool) -> Json {
    let types = Types { spec, way: Way::In };
    let rules = tool.rules.iter().map(|rule| words::rule(&tool.params, rule));
    let about: Vec<String> = std::iter::once(tool.about.clone()).chain(rules).collect();
    let properties: Map<String, Json> =
        tool.params.iter().map(|param| (param.name.clone(), parameter(&types, tool, param))).collect();
    let required: Vec<&str> =
        tool.params.iter().filter(|param| param.required).map(|param| param.name.as_str()).collect();

    let mut schema = head(spec, group, tool, "input");
    schema.insert("title".to_owned(), json!(tool.title));
    schema.insert("description".to_owned(), json!(about.join("\n")));
    if tool.deprecated.is_some() {
        schema.insert("deprecated".to_owned(), json!(true));
    }
    schema.insert("type".to_owned(), json!("object"));
    schema.insert("properties".to_owned(), Json::Object(properties));
    schema.insert("required".to_owned(), json!(required));
    schema.insert("additionalProperties".to_owned(), json!(false));
    schema.extend(need::conditions(tool));
    schema.extend(types.definitions(tool.params.iter().map(|param| &param.ty)));
    schema.insert("examples".to_owned(), json!([tool.example]));
    Json::Object(schema)
}

fn parameter(types: &Types<'_>, tool: &Tool, param: &Param) -> Json {
    let mut about = param.about.clone();
    let constant = match &param.default {
        Some(Source::Constant(value)) => Some(value),
        Some(source) => {
            about += &format!(" Default: {}.", words::source(source));
            None
        }
        None => None,
    };
    let mut schema = types.described(&param.ty, &param.limits, &about);
    if let Some(value) = constant {
        schema.insert("default".to_owned(), value.clone());
    }
    if must_be_true(tool, param) {
        schema.insert("const".to_owned(), json!(true));
    }
    Json::Object(schema)
}

/// Whether a rule demands this boolean alone: then `false` is never right.
fn must_be_true(tool: &Tool, param: &Param) -> bool {
    let demanded =
        |rule: &Rule| matches!(rule, Rule::Need { any_of, when: None, .. } if *any_of == [param.name.as_str()]);
    words::is_boolean(&tool.params, &param.name) && tool.rules.iter().any(demanded)
}

fn output(spec: &Spec, group: &Group, tool: &Tool) -> Json {
    let types = Types { spec, way: Way::Out };
    let mut schema = head(spec, group, tool, "output");
    schema.insert("title".to_owned(), json!(format!("{}: answer", tool.title)));
    schema.extend(types.model(&tool.answer));
    if let Some(Json::Object(properties)) = schema.get_mut("properties") {
        properties.entry("notices").or_insert_with(|| {
            json!({
                "type": "array",
                "items": {"type": "string"},
                "description": "What to know about this answer; absent when there is nothing to say."
            })
        });
        let has_list = spec.fields(&tool.answer).iter().any(|field| matches!(field.ty, Ty::List(_)));
        if tool.effect == Effect::Read && has_list {
            properties.entry("unreadable").or_insert_with(|| unreadable(&spec.service.title));
        }
    }
    schema.extend(types.definitions(spec.fields(&tool.answer).iter().map(|field| &field.ty)));
    Json::Object(schema)
}

/// Elements of the answer's lists that are missing from them.
fn unreadable(title: &str) -> Json {
    json!({
        "type": "array",
        "items": {
            "type": "object",
            "properties": {
                "path": {"type": "string", "description": format!("The place in {title}'s answer.")},
                "message": {"type": "string", "description": "What is wrong there."},
                "json": {"type": "string", "description": "The whole element as it came; it may be no JSON."}
            },
            "required": ["path", "message", "json"]
        },
        "description": "Elements that could not be read and are missing from the lists; absent when there are none."
    })
}

fn head(spec: &Spec, group: &Group, tool: &Tool, what: &str) -> Map<String, Json> {
    let mut schema = Map::new();
    schema.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
    schema.insert("$id".to_owned(), json!(format!("urn:{}:tool:{}:{what}", spec.service.name, tool.name)));
    schema.insert("$comment".to_owned(), json!(words::generated_from(&group.source)));
    schema
}
