//! What vendors document of the schemas that they take (`rules`), held against every tool and against odd ones.

mod rules;

use gong_client::{Client, Upload, catalog};
use proptest::prelude::*;
use serde_json::Map;

use super::*;

/// The definitions of a list.
fn each(definitions: &Value) -> &[Value] {
    definitions.as_array().unwrap()
}

fn strict(definitions: &Value) -> usize {
    each(definitions).iter().filter(|definition| definition["strict"] == true).count()
}

#[test]
fn openai_takes_every_function_and_nearly_all_are_strict() {
    let functions = definitions(catalog::tools(), Form::OpenAi);
    for function in each(&functions) {
        assert_eq!(rules::of_openai(function), [""; 0], "{}", function["name"]);
    }
    // Those that take any field by its name cannot be said strictly.
    assert!(strict(&functions) * 10 >= catalog::tools().len() * 9, "{} are strict", strict(&functions));
}

#[test]
fn anthropic_takes_all_tools_in_one_request_and_those_of_each_group_and_each_alone() {
    let all = catalog::tools();
    let definitions_of_all = definitions(all, Form::Anthropic);
    assert_eq!(rules::of_anthropic(&definitions_of_all), [""; 0]);
    assert_eq!(strict(&definitions_of_all), 20, "as many are strict as one request may have");
    for group in catalog::groups() {
        let tools: Vec<_> = all.iter().copied().filter(|tool| tool.group == group).collect();
        assert_eq!(rules::of_anthropic(&definitions(&tools, Form::Anthropic)), [""; 0], "{group}");
    }
    for tool in all {
        let alone = definitions(&[tool], Form::Anthropic);
        assert_eq!(rules::of_anthropic(&alone), [""; 0], "{}", tool.name);
    }
}

#[test]
fn of_anthropics_strict_tools_those_that_change_something_come_first_and_then_the_simplest() {
    let optional = |count: usize| object((0..count).map(|n| (format!("p{n}"), json!({"type": "string"}))));
    let reading = (0..25).map(|n| odd(optional(n % 3)));
    let changing = (0..5).map(|_| Input { changes: true, ..odd(optional(4)) });
    let tools = anthropic::tools(reading.chain(changing).collect());
    let is_strict: Vec<bool> = each(&tools).iter().map(|tool| tool["strict"] == true).collect();
    // Five that change something have 20 of the 24 optional parameters, and 9 that read have none at all.
    assert!(is_strict[25..].iter().all(|strict| *strict));
    assert!((0..25).filter(|n| n % 3 == 0).all(|n| is_strict[n]));
    assert_eq!(strict(&tools), 5 + 9 + 4);
}

#[test]
fn gemini_takes_every_declaration() {
    let declarations = definitions(catalog::tools(), Form::Gemini);
    for declaration in each(&declarations["functionDeclarations"]) {
        assert_eq!(rules::of_gemini(declaration), [""; 0], "{}", declaration["name"]);
    }
}

/// An input of a tool that nobody made up with vendors in mind.
fn odd(schema: Value) -> Input {
    Input { name: "odd".to_owned(), schema, example: json!({}), changes: false }
}

fn object(members: impl IntoIterator<Item = (String, Value)>) -> Value {
    json!({"type": "object", "description": "Odd.", "properties": members.into_iter().collect::<Map<_, _>>()})
}

/// Objects in one another, so deep.
fn nested(levels: usize) -> Value {
    (1..levels)
        .fold(object([("x".to_owned(), json!({"type": "string"}))]), |inner, _| object([("x".to_owned(), inner)]))
}

#[test]
fn what_is_too_large_for_a_strict_form_is_not_in_it() {
    let text = || json!({"type": "string"});
    let choice = |values: usize, letters: usize| {
        let value = |n| format!("{n:0letters$}");
        object([("x".to_owned(), json!({"type": "string", "enum": (0..values).map(value).collect::<Vec<_>>()}))])
    };
    let many = |count: usize| object((0..count).map(|n| (format!("p{n}"), text())));
    let required = |mut schema: Value| {
        schema["required"] = schema["properties"].as_object().unwrap().keys().cloned().collect();
        schema
    };
    let free = object([("x".to_owned(), json!({"type": "object", "additionalProperties": {"type": "string"}}))]);
    let itself = json!({"type": "object", "properties": {"x": {"$ref": "#/$defs/X"}}, "description": "Odd.",
                        "$defs": {"X": {"type": "object", "properties": {"x": {"$ref": "#/$defs/X"}}}}});
    for (schema, openai, anthropic) in [
        (object([]), true, true),
        (nested(10), true, true),
        (nested(11), false, true),
        (required(many(5_000)), true, true),
        (required(many(5_001)), false, true),
        (many(24), true, true),
        (many(25), true, false),
        (required(choice(1_000, 15)), true, true),
        (required(choice(1_001, 4)), false, true),
        (required(choice(251, 60)), false, true),
        (free, false, false),
        (itself, false, false),
    ] {
        let told = schema.to_string().chars().take(100).collect::<String>();
        let function = openai::function(odd(schema.clone()));
        assert_eq!((rules::of_openai(&function), &function["strict"]), (Vec::new(), &json!(openai)), "{told}");
        let mut tools = anthropic::tools(vec![odd(schema.clone())]);
        assert_eq!(tools[0].get("strict").is_some(), anthropic, "{told}");
        tools[0]["input_examples"] = json!([]);
        assert_eq!(rules::of_anthropic(&tools), [""; 0], "{told}");
    }
}

/// Schemas as a spec could have them, and odder ones.
fn any_schema() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(json!({"type": "string", "minLength": 1, "maxLength": 9, "description": "A text."})),
        Just(json!({"type": "string", "format": "path"})),
        Just(json!({"type": "string", "format": "date-time", "default": "x", "deprecated": true})),
        Just(json!({"type": "string", "enum": ["A", "b", ""], "pattern": "^(?=x)\\bx$"})),
        Just(json!({"type": "integer", "minimum": 1, "maximum": 3, "enum": [1, 2, 3]})),
        Just(json!({"type": ["integer", "string"]})),
        Just(json!({"type": ["number", "null"], "exclusiveMinimum": 0})),
        Just(json!({"type": "boolean", "const": true})),
        Just(json!({"type": "object"})),
        Just(json!({"type": "object", "additionalProperties": {"type": "string"}})),
        Just(json!({"$ref": "#/$defs/Thing"})),
        Just(json!({"$ref": "#/$defs/Thing", "description": "One with words beside it."})),
        Just(json!({"description": "Anything at all."})),
    ];
    leaf.prop_recursive(4, 40, 5, |inner| {
        let members = prop::collection::btree_map("[a-z_]{1,8}", (inner.clone(), any::<bool>()), 1..5);
        prop_oneof![
            inner.clone().prop_map(|one| json!({"type": "array", "items": one, "minItems": 2, "uniqueItems": true})),
            (inner.clone(), inner).prop_map(|(one, other)| json!({"anyOf": [one, other], "description": "Either."})),
            members.prop_map(|members| {
                let required: Vec<_> =
                    members.iter().filter(|(_, (_, must))| *must).map(|(name, _)| name.clone()).collect();
                let members: Map<_, _> = members.into_iter().map(|(name, (schema, _))| (name, schema)).collect();
                json!({"type": "object", "properties": members, "required": required, "additionalProperties": false,
                       "if": {"required": ["x"]}, "then": {"not": {"required": ["y"]}}})
            }),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn vendors_take_definitions_of_odd_inputs(schemas in prop::collection::vec(any_schema(), 0..6)) {
        let mut whole = object(schemas.into_iter().enumerate().map(|(n, schema)| (format!("p{n}"), schema)));
        let id = json!({"type": "string", "minLength": 1});
        let thing = json!({"type": "object", "properties": {"id": id}, "required": ["id"]});
        whole["$defs"] = json!({"Thing": thing});
        prop_assert_eq!(rules::of_openai(&openai::function(odd(whole.clone()))), [""; 0]);
        prop_assert_eq!(rules::of_gemini(&gemini::declaration(odd(whole.clone()))), [""; 0]);
        prop_assert_eq!(rules::of_anthropic(&anthropic::tools(vec![odd(whole.clone()), odd(whole)])), [""; 0]);
    }
}

#[test]
fn what_a_strict_model_writes_is_taken_with_null_for_what_is_left_out() {
    let gong = Client::builder().api_key("key", "secret").build().unwrap();
    for tool in catalog::tools() {
        let function = openai::function(Input::of(tool));
        let mut input: Value = serde_json::from_str(tool.example).unwrap();
        for name in function["parameters"]["properties"].as_object().unwrap().keys() {
            let given = input.as_object_mut().unwrap();
            if !given.contains_key(name) {
                given.insert(name.clone(), Value::Null);
            }
        }
        let mut call = gong.call(tool.name, input);
        for param in tool.params.iter().filter(|param| param.format == Some("path")) {
            call = call.file(param.name, Upload::from_bytes("call.mp3", *b"{}"));
        }
        let checked = call.check();
        assert!(checked.is_ok() || function["strict"] == false, "{}: {:?}", tool.name, checked);
    }
}

#[test]
fn every_reference_of_the_openapi_document_leads_somewhere() {
    let document = definitions(catalog::tools(), Form::OpenApi);
    assert_eq!(document["paths"].as_object().unwrap().len(), catalog::tools().len());
    let text = document.to_string();
    let mut references = 0;
    for part in text.split("\"$ref\":\"").skip(1) {
        let path = part.split('"').next().unwrap();
        let pointer = path.strip_prefix('#').unwrap();
        assert!(document.pointer(pointer).is_some(), "{path} leads nowhere");
        references += 1;
    }
    assert!(references > 100);
    for path in document["paths"].as_object().unwrap().values() {
        let schema = &path["post"]["requestBody"]["content"]["application/json"];
        let mut alone = schema["schema"].clone();
        alone["components"] = document["components"].clone();
        assert!(jsonschema::is_valid(&alone, &schema["example"]), "{}", path["post"]["operationId"]);
    }
}

#[test]
fn forms_have_names() {
    assert_eq!(Form::named("gemini"), Some(Form::Gemini));
    assert_eq!(Form::named("cohere"), None);
}
