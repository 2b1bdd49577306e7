//! The input of a tool: a JSON object from `--input`, and a flag for each parameter.

use std::io::Read;

use clap::ArgMatches;
use gong_client::catalog::{Param, Tool};
use serde_json::{Map, Value};

use crate::args::id;
use crate::exit::Failure;

/// The parameters of one call: `--input` and the flags together. One that is given in both is refused.
pub(crate) fn of_tool(tool: &Tool, args: &ArgMatches) -> Result<Value, Failure> {
    let mut input = match args.get_one::<String>("input") {
        Some(given) => match json(given, "--input")? {
            Value::Object(object) => object,
            other => {
                return Err(Failure::Usage(format!(
                    "--input is {}, and should be a JSON object such as {}.",
                    kind(&other),
                    tool.example
                )));
            }
        },
        None => Map::new(),
    };
    for param in tool.params {
        let Some(value) = flag(param, args)? else { continue };
        if input.insert(param.name.to_owned(), value).is_some() {
            return Err(Failure::Usage(format!("`{}` is given in --input and as a flag; give it once.", param.name)));
        }
    }
    Ok(Value::Object(input))
}

/// A parameter's flag. What it means is for the client to read: a flag is text, and only lists and objects are JSON.
fn flag(param: &Param, args: &ArgMatches) -> Result<Option<Value>, Failure> {
    // Not every parameter has a flag.
    let given = args.try_get_many::<String>(&id(param)).ok().flatten();
    let values: Vec<&String> = given.into_iter().flatten().collect();
    let name = format!("--{}", param.name.replace('_', "-"));
    let value = match (param.kind, values.as_slice()) {
        (_, []) => return Ok(None),
        ("object", [one]) => json(one, &name)?,
        (kind, many) if kind.starts_with("array") => {
            let lists = many.iter().map(|one| elements(param, one, &name)).collect::<Result<Vec<_>, _>>()?;
            Value::Array(lists.concat())
        }
        (_, [one, ..]) => Value::String((*one).clone()),
    };
    Ok(Some(value))
}

/// What one flag of a list says: a list in JSON, several elements with commas between them, or one element.
fn elements(param: &Param, given: &str, flag: &str) -> Result<Vec<Value>, Failure> {
    let objects = param.kind == "array<object>";
    if objects || given.trim_start().starts_with('[') {
        return Ok(match json(given, flag)? {
            Value::Array(list) => list,
            one => vec![one],
        });
    }
    let text = |text: &str| Value::from(text);
    Ok(match param.commas {
        true => given.split(',').map(str::trim).filter(|part| !part.is_empty()).map(text).collect(),
        false => vec![text(given)],
    })
}

/// JSON from the text itself, from `@file`, or from standard input as `-`.
pub(crate) fn json(given: &str, flag: &str) -> Result<Value, Failure> {
    let text = match (given, given.strip_prefix('@')) {
        ("-", _) => {
            let mut text = String::new();
            std::io::stdin()
                .read_to_string(&mut text)
                .map_err(|error| Failure::Usage(format!("standard input could not be read: {error}")))?;
            text
        }
        (_, Some(file)) => {
            std::fs::read_to_string(file).map_err(|error| Failure::Usage(format!("{flag} @{file}: {error}")))?
        }
        _ => given.to_owned(),
    };
    // Editors on Windows begin a file with a mark of its encoding.
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    serde_json::from_str(text).map_err(|error| Failure::Usage(format!("{flag} is not JSON: {error}")))
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}
