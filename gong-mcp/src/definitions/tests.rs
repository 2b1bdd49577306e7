//! What vendors document of the schemas that they take, held against every tool.

use gong_client::{Client, Upload, catalog};

use super::*;

/// Every schema in a definition, with the way to it.
fn schemas(schema: &Value, path: String, visit: &mut dyn FnMut(&str, &serde_json::Map<String, Value>)) {
    let Value::Object(own) = schema else { return };
    visit(&path, own);
    for (keyword, value) in own {
        match (keyword.as_str(), value) {
            ("properties" | "$defs", Value::Object(all)) => {
                all.iter().for_each(|(name, one)| schemas(one, format!("{path}/{name}"), visit));
            }
            ("anyOf" | "allOf", Value::Array(all)) => all.iter().for_each(|one| schemas(one, path.clone(), visit)),
            ("items", one) => schemas(one, format!("{path}[]"), visit),
            _ => {}
        }
    }
}

fn names_are_right(definitions: &Value) {
    for definition in definitions.as_array().unwrap() {
        let name = definition["name"].as_str().unwrap();
        let is_right = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
        assert!(!name.is_empty() && name.len() <= 64 && name.chars().all(is_right), "{name}");
        assert!(!definition["description"].as_str().unwrap().is_empty(), "{name} says what it does");
    }
}

#[test]
fn openai_takes_every_function_and_the_strict_ones_close_every_object() {
    let functions = definitions(catalog::tools(), Form::OpenAi);
    names_are_right(&functions);
    let mut strict = 0;
    for function in functions.as_array().unwrap() {
        let name = &function["name"];
        assert_eq!(function["parameters"]["type"], "object", "{name}");
        assert!(function["description"].as_str().unwrap().chars().count() <= 1024, "{name}");
        let is_strict = function["strict"] == true;
        strict += usize::from(is_strict);
        let (mut members, mut choices) = (0, 0);
        schemas(&function["parameters"], String::new(), &mut |path, own| {
            for keyword in own.keys() {
                assert!(openai_knows(keyword), "{name} {path} has `{keyword}`");
            }
            choices += own.get("enum").map_or(0, |values| values.as_array().unwrap().len());
            let Some(Value::Object(properties)) = own.get("properties") else { return };
            members += properties.len();
            assert!(path.matches('/').count() <= 10, "{name} is nested at {path}");
            if is_strict {
                assert_eq!(own["additionalProperties"], false, "{name} {path}");
                let required: Vec<&Value> = own["required"].as_array().unwrap().iter().collect();
                assert_eq!(
                    required,
                    properties
                        .keys()
                        .map(|name| name.as_str().into())
                        .collect::<Vec<Value>>()
                        .iter()
                        .collect::<Vec<_>>()
                );
            }
        });
        assert!(members <= 5_000 && choices <= 1_000, "{name} has {members} members and {choices} choices");
    }
    // Those that take any field by its name cannot be said strictly.
    assert!(strict * 10 >= catalog::tools().len() * 9, "{strict} are strict");
}

fn openai_knows(keyword: &str) -> bool {
    let known = [
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
        "format",
        "pattern",
        "minimum",
        "maximum",
        "minItems",
        "maxItems",
    ];
    known.contains(&keyword)
}

#[test]
fn what_a_strict_model_writes_is_taken_with_null_for_what_is_left_out() {
    let gong = Client::builder().api_key("key", "secret").build().unwrap();
    for tool in catalog::tools() {
        let function = openai::function(tool);
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
fn anthropic_takes_every_tool() {
    let tools = definitions(catalog::tools(), Form::Anthropic);
    names_are_right(&tools);
    for tool in tools.as_array().unwrap() {
        let input = &tool["input_schema"];
        assert_eq!(input["type"], "object");
        for keyword in ["anyOf", "oneOf", "allOf"] {
            assert!(input.get(keyword).is_none(), "{} has {keyword} at the top", tool["name"]);
        }
        assert!(tool["input_examples"][0].is_object());
        assert!(jsonschema::is_valid(input, &tool["input_examples"][0]), "{}", tool["name"]);
    }
}

#[test]
fn gemini_takes_every_declaration() {
    let declarations = definitions(catalog::tools(), Form::Gemini);
    names_are_right(&declarations["functionDeclarations"]);
    for declaration in declarations["functionDeclarations"].as_array().unwrap() {
        let Some(parameters) = declaration.get("parameters") else { continue };
        schemas(parameters, String::new(), &mut |path, own| {
            let name = &declaration["name"];
            assert!(own.keys().all(|keyword| gemini_known().contains(&keyword.as_str())), "{name} {path} {own:?}");
            assert!(own.get("type").is_some_and(Value::is_string), "{name} {path} has no type: {own:?}");
            assert!(own.get("enum").is_none() || own["type"] == "string", "{name} {path}: choices are of texts");
            assert!(own["type"] != "array" || own.contains_key("items"), "{name} {path} says what is in the list");
        });
    }
}

fn gemini_known() -> [&'static str; 11] {
    [
        "type",
        "format",
        "description",
        "enum",
        "items",
        "properties",
        "required",
        "minimum",
        "maximum",
        "minItems",
        "maxItems",
    ]
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
