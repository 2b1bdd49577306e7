//! A tool's `example` as a caller writes it: in Rust, and what that needs imported. The reference and the rustdoc of the
//! generated methods both take it from here, so the compiler checks what the reference shows.

use std::collections::BTreeSet;

use crate::model::{Field, Group, Json, Spec, Tool, Ty};
use crate::names::{camel, field_ident};

/// The chain that calls a tool with the parameters of its example, from `gong` to `.await?`.
///
/// It stands in an async function whose error can be made from the client's, with `gong` a `Client`.
#[must_use]
pub fn rust_call(spec: &Spec, group: &Group, tool: &Tool) -> String {
    let (required, optional): (Vec<_>, Vec<_>) = tool.params.iter().partition(|param| param.required);
    let arguments: Vec<String> =
        required.iter().filter_map(|param| Some(rust_value(spec, &param.ty, tool.example.get(&param.name)?))).collect();
    let mut chain =
        format!("gong.{}().{}({})", field_ident(&group.name), field_ident(&tool.method), arguments.join(", "));
    for param in optional {
        if let Some(value) = tool.example.get(&param.name) {
            chain += &format!(".{}({})", field_ident(&param.name), rust_value(spec, &param.ty, value));
        }
    }
    formatted(&format!("{chain}.send().await?"))
}

/// The `use` lines that [`rust_call`] needs beside the client itself, in order.
#[must_use]
pub fn rust_uses(spec: &Spec, tool: &Tool) -> Vec<String> {
    let mut names = BTreeSet::new();
    for param in &tool.params {
        if let Some(value) = tool.example.get(&param.name) {
            collect_names(spec, &param.ty, value, &mut names);
        }
    }
    names.iter().map(|name| format!("use {name};")).collect()
}

/// A value as an argument of a method that takes `impl Into<…>` or an iterator of such.
fn rust_value(spec: &Spec, ty: &Ty, value: &Json) -> String {
    match ty {
        Ty::String | Ty::Email | Ty::Url | Ty::Id(_) => literal(&text(value)),
        Ty::Integer | Ty::Boolean => value.to_string(),
        Ty::Number => value.as_f64().map_or_else(|| value.to_string(), |number| format!("{number:?}")),
        Ty::DateTime => format!("{}.parse::<DateTime>()?", literal(&text(value))),
        Ty::Date => format!("{}.parse::<Date>()?", literal(&text(value))),
        Ty::Json => format!("json!({value})"),
        Ty::List(of) | Ty::Csv(of) => rust_list(spec, of, value),
        Ty::Map(of) => {
            let entries = value.as_object().into_iter().flatten();
            let entries: Vec<String> =
                entries.map(|(key, value)| format!("({}, {})", literal(key), rust_value(spec, of, value))).collect();
            format!("[{}]", entries.join(", "))
        }
        Ty::Model(name) => rust_model(spec, name, value),
        Ty::Enum(name) => format!("{name}::{}", camel(&text(value))),
    }
}

fn rust_list(spec: &Spec, of: &Ty, value: &Json) -> String {
    let elements: Vec<String> = elements(value).iter().map(|element| rust_value(spec, of, element)).collect();
    // An element that is a list itself must be a `Vec`: a setter converts the elements of the outer list only.
    let inner = matches!(of, Ty::List(_) | Ty::Csv(_));
    let elements = elements.iter().map(|element| if inner { format!("vec!{element}") } else { element.clone() });
    format!("[{}]", elements.collect::<Vec<_>>().join(", "))
}

fn rust_model(spec: &Spec, name: &str, value: &Json) -> String {
    let given = |field: &Field| Some(rust_value(spec, &field.ty, value.get(&field.name)?));
    let (required, optional): (Vec<_>, Vec<_>) = spec.fields(name).iter().partition(|field| field.required);
    let arguments: Vec<String> = required.into_iter().filter_map(given).collect();
    let mut chain = format!("{name}::new({})", arguments.join(", "));
    for field in optional {
        if let Some(value) = given(field) {
            chain += &format!(".{}({value})", field_ident(&field.name));
        }
    }
    chain
}

/// The types that [`rust_value`] names.
fn collect_names(spec: &Spec, ty: &Ty, value: &Json, names: &mut BTreeSet<String>) {
    match ty {
        Ty::DateTime => drop(names.insert("gong_client::DateTime".to_owned())),
        Ty::Date => drop(names.insert("gong_client::Date".to_owned())),
        Ty::Json => drop(names.insert("serde_json::json".to_owned())),
        Ty::Enum(name) => drop(names.insert(format!("gong_client::models::{name}"))),
        Ty::List(of) | Ty::Csv(of) => {
            elements(value).iter().for_each(|element| collect_names(spec, of, element, names));
        }
        Ty::Map(of) => {
            value.as_object().into_iter().flatten().for_each(|(_, value)| collect_names(spec, of, value, names));
        }
        Ty::Model(name) => {
            names.insert(format!("gong_client::models::{name}"));
            for field in spec.fields(name) {
                if let Some(value) = value.get(&field.name) {
                    collect_names(spec, &field.ty, value, names);
                }
            }
        }
        Ty::String | Ty::Email | Ty::Url | Ty::Id(_) | Ty::Integer | Ty::Number | Ty::Boolean => {}
    }
}

/// The elements of a list, which may be text with commas.
fn elements(value: &Json) -> Vec<Json> {
    match value {
        Json::Array(elements) => elements.clone(),
        Json::String(joined) => joined.split(',').map(|element| Json::from(element.trim())).collect(),
        other => vec![other.clone()],
    }
}

/// A value where Rust wants text: an example may write an id as a number.
fn text(value: &Json) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn literal(text: &str) -> String {
    format!("{text:?}")
}

/// The expression as prettyplease writes it.
fn formatted(expression: &str) -> String {
    let Ok(file) = syn::parse_str::<syn::File>(&format!("fn example() {{ {expression} }}")) else {
        return expression.to_owned();
    };
    let file = prettyplease::unparse(&file);
    let body: Vec<&str> = file.lines().filter_map(|line| line.strip_prefix("    ")).collect();
    body.join("\n")
}
