//! What vendors document of the definitions that they take, written down from their documentation alone: each rule says
//! what is wrong with a definition, if anything.

use serde_json::{Map, Value};

/// Is shown a schema, the way to it and how deep it lies.
type Visit<'s, 'v> = dyn FnMut(&str, usize, &'s Map<String, Value>) + 'v;

/// Every schema in a definition but the definitions that it refers to, with the way to it and how deep it lies;
/// references are followed.
fn each<'s>(whole: &'s Value, schema: &'s Value, path: &str, depth: usize, visit: &mut Visit<'s, '_>) {
    assert!(depth < 40, "{path} leads back to itself");
    let Value::Object(own) = schema else { return };
    visit(path, depth, own);
    if let Some(Value::String(to)) = own.get("$ref") {
        each(
            whole,
            whole.pointer(to.trim_start_matches('#')).expect("a reference leads somewhere"),
            path,
            depth,
            visit,
        );
    }
    for (name, member) in own.get("properties").and_then(Value::as_object).into_iter().flatten() {
        each(whole, member, &format!("{path}/{name}"), depth + 1, visit);
    }
    for one in ["anyOf", "allOf", "oneOf"].iter().filter_map(|of| own.get(*of)).filter_map(Value::as_array).flatten() {
        each(whole, one, path, depth, visit);
    }
    for below in ["items", "additionalProperties"].iter().filter_map(|name| own.get(*name)) {
        each(whole, below, &format!("{path}[]"), depth + 1, visit);
    }
}

fn keywords_beyond(known: &[&str], own: &Map<String, Value>) -> Vec<String> {
    own.keys().filter(|keyword| !known.contains(&keyword.as_str())).cloned().collect()
}

fn is_object(own: &Map<String, Value>) -> bool {
    let types = own.get("type");
    types.is_some_and(|types| types == "object" || types.as_array().is_some_and(|all| all.contains(&"object".into())))
}

fn members(own: &Map<String, Value>) -> Vec<&String> {
    own.get("properties").and_then(Value::as_object).map(|members| members.keys().collect()).unwrap_or_default()
}

fn required(own: &Map<String, Value>) -> Vec<&Value> {
    own.get("required").and_then(Value::as_array).map(|names| names.iter().collect()).unwrap_or_default()
}

/// A name of letters, digits, underscores and dashes, 64 at the most.
fn wrong_name(definition: &Value) -> Option<String> {
    let name = definition["name"].as_str().unwrap_or_default();
    let is_right = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    let is_right = (1..=64).contains(&name.len()) && name.chars().all(is_right);
    (!is_right).then(|| format!("the name {name:?}"))
}

/// Expressions that the strict form does not take: what looks ahead or behind, refers back, or stands at the edge of a
/// word.
fn is_hard(pattern: &str) -> bool {
    ["(?", "\\b", "\\B", "\\1", "\\2", "\\k"].iter().any(|part| pattern.contains(part))
}

/// "Structured Outputs", supported schemas; "Function calling", strict mode.
pub(super) fn of_openai(function: &Value) -> Vec<String> {
    const KEYWORDS: &[&str] = &[
        "type",
        "properties",
        "required",
        "additionalProperties",
        "items",
        "enum",
        "const",
        "anyOf",
        "$ref",
        "$defs",
        "description",
        "pattern",
        "format",
        "multipleOf",
        "maximum",
        "exclusiveMaximum",
        "minimum",
        "exclusiveMinimum",
        "minItems",
        "maxItems",
    ];
    const FORMATS: &[&str] = &["date-time", "time", "date", "duration", "email", "hostname", "ipv4", "ipv6", "uuid"];
    let whole = &function["parameters"];
    let mut faults: Vec<String> = wrong_name(function).into_iter().collect();
    if function["type"] != "function" || whole["type"] != "object" || whole.get("anyOf").is_some() {
        faults.push("it is no function of an object".to_owned());
    }
    if function["description"].as_str().is_none_or(|text| text.chars().count() > 1_024) {
        faults.push("the description is too long".to_owned());
    }
    if function["strict"] != true {
        return faults;
    }
    let (mut properties, mut values, mut letters) = (0, 0, 0);
    each(whole, whole, "", 0, &mut |path, depth, own| {
        let mut wrong = |is: bool, what: String| faults.extend(is.then(|| format!("{path}: {what}")));
        let beyond = keywords_beyond(KEYWORDS, own);
        wrong(!beyond.is_empty(), format!("{beyond:?}"));
        wrong(depth > 10, "nested too deep".to_owned());
        wrong(own.contains_key("$ref") && own.len() > 1, "something beside a reference".to_owned());
        wrong(
            own.get("format").is_some_and(|format| !FORMATS.iter().any(|known| format == known)),
            "format".to_owned(),
        );
        if is_object(own) {
            wrong(own.get("additionalProperties") != Some(&false.into()), "an open object".to_owned());
            wrong(required(own) != members(own), "a member that is not required".to_owned());
        }
        properties += members(own).len();
        letters += members(own).iter().map(|name| name.len()).sum::<usize>();
        if let Some(Value::Array(choices)) = own.get("enum") {
            let size: usize = choices.iter().filter_map(Value::as_str).map(str::len).sum();
            wrong(choices.len() > 250 && size > 15_000, "too large a choice".to_owned());
            values += choices.len();
            letters += size;
        }
    });
    if properties > 5_000 || values > 1_000 || letters > 120_000 {
        faults.push(format!("{properties} properties, {values} values, {letters} letters"));
    }
    faults
}

/// "Strict tool use" and "Structured outputs", limitations of JSON Schema and limits of complexity, over all tools of a
/// request.
pub(super) fn of_anthropic(tools: &Value) -> Vec<String> {
    const KEYWORDS: &[&str] = &[
        "type",
        "properties",
        "required",
        "additionalProperties",
        "items",
        "enum",
        "const",
        "anyOf",
        "allOf",
        "$ref",
        "$defs",
        "definitions",
        "description",
        "title",
        "default",
        "format",
        "pattern",
        "minItems",
    ];
    const FORMATS: &[&str] =
        &["date-time", "time", "date", "duration", "email", "hostname", "uri", "ipv4", "ipv6", "uuid"];
    let (mut faults, mut strict, mut optional, mut unions) = (Vec::new(), 0, 0, 0);
    for tool in tools.as_array().into_iter().flatten() {
        let whole = &tool["input_schema"];
        let mut wrong = |is: bool, what: String| faults.extend(is.then(|| format!("{}: {what}", tool["name"])));
        wrong(wrong_name(tool).is_some(), "its name".to_owned());
        wrong(whole["type"] != "object", "its input is no object".to_owned());
        wrong(["anyOf", "oneOf", "allOf"].iter().any(|of| whole.get(*of).is_some()), "a choice at the top".to_owned());
        let examples = tool["input_examples"].as_array();
        wrong(examples.is_none_or(|all| !all.iter().all(|one| jsonschema::is_valid(whole, one))), "example".to_owned());
        if tool.get("strict") != Some(&true.into()) {
            continue;
        }
        strict += 1;
        each(whole, whole, "", 0, &mut |path, _, own| {
            let beyond = keywords_beyond(KEYWORDS, own);
            wrong(!beyond.is_empty(), format!("{path} {beyond:?}"));
            wrong(own.get("minItems").is_some_and(|least| least != 0 && least != 1), format!("{path} minItems"));
            wrong(
                own.get("format").is_some_and(|one| !FORMATS.iter().any(|known| one == known)),
                format!("{path} format"),
            );
            wrong(own.get("pattern").and_then(Value::as_str).is_some_and(is_hard), format!("{path} pattern"));
            wrong(
                own.get("enum")
                    .and_then(Value::as_array)
                    .into_iter()
                    .flatten()
                    .any(|one| one.is_object() || one.is_array()),
                format!("{path} enum"),
            );
            wrong(is_object(own) && own.get("additionalProperties") != Some(&false.into()), format!("{path} is open"));
            optional += members(own).len() - required(own).len();
            unions += usize::from(own.contains_key("anyOf") || own.get("type").is_some_and(Value::is_array));
        });
    }
    if strict > 20 || optional > 24 || unions > 16 {
        faults.push(format!("{strict} strict tools with {optional} optional parameters and {unions} unions"));
    }
    faults
}

/// The reference of `FunctionDeclaration` and `Schema`.
pub(super) fn of_gemini(declaration: &Value) -> Vec<String> {
    const KEYWORDS: &[&str] = &[
        "type",
        "format",
        "title",
        "description",
        "nullable",
        "enum",
        "maxItems",
        "minItems",
        "properties",
        "required",
        "minProperties",
        "maxProperties",
        "minLength",
        "maxLength",
        "pattern",
        "example",
        "anyOf",
        "propertyOrdering",
        "default",
        "items",
        "minimum",
        "maximum",
    ];
    const TYPES: [(&str, &[&str]); 6] = [
        ("string", &["enum", "date-time"]),
        ("number", &["float", "double"]),
        ("integer", &["int32", "int64"]),
        ("boolean", &[]),
        ("array", &[]),
        ("object", &[]),
    ];
    let begins = |name: &str| name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    let mut faults: Vec<String> = wrong_name(declaration).into_iter().collect();
    if !begins(declaration["name"].as_str().unwrap_or_default()) || declaration["description"].as_str().is_none() {
        faults.push("the name begins with something else, or nothing is described".to_owned());
    }
    let Some(whole) = declaration.get("parameters") else { return faults };
    if whole["type"] != "object" || whole["properties"].as_object().is_none_or(Map::is_empty) {
        faults.push("parameters are an object with members, or left out".to_owned());
    }
    each(whole, whole, "", 0, &mut |path, _, own| {
        let mut wrong = |is: bool, what: &str| faults.extend(is.then(|| format!("{path}: {what} {own:?}")));
        let names = members(own);
        wrong(!keywords_beyond(KEYWORDS, own).is_empty(), "it has more than the subset knows");
        let formats = TYPES.iter().find(|(one, _)| own.get("type").is_some_and(|own| own == one));
        wrong(formats.is_none(), "of no type");
        let known = formats.map_or(&[][..], |(_, formats)| formats);
        wrong(own.get("format").is_some_and(|format| !known.iter().any(|known| format == known)), "its format");
        wrong(own.contains_key("enum") && own["type"] != "string", "choices are of texts");
        wrong(own.get("enum").and_then(Value::as_array).into_iter().flatten().any(|one| !one.is_string()), "a choice");
        wrong(own["type"] == "array" && !own.contains_key("items"), "a list of what");
        wrong(required(own).iter().any(|name| !names.iter().any(|known| *name == *known)), "a required stranger");
        let letters = |c: char| c.is_ascii_alphanumeric() || c == '_';
        wrong(names.iter().any(|name| name.len() > 64 || !begins(name) || !name.chars().all(letters)), "a name");
    });
    faults
}
