//! A tool's `example` as a caller writes it: in Rust, and what that needs imported. The reference and the rustdoc of
//! the generated methods both take it from here, so the compiler checks what the reference shows.

use std::collections::BTreeSet;

use crate::client;
use tool_spec::model::{Group, Json, Param, Spec, Tool, Ty};
use tool_spec::names::{field_ident, id_ident, setter_ident, variant_ident};

/// The chain that calls a tool with the parameters of its example, from the client to `.await?`.
///
/// It stands in an async function whose error can be made from the client's, with the client under the service's name.
#[must_use]
pub fn rust_call(spec: &Spec, group: &Group, tool: &Tool) -> String {
    let mut chain =
        format!("{}.{}().{}()", client::variable(&spec.service), field_ident(&group.name), field_ident(&tool.method));
    for param in given(tool) {
        if let Some(value) = tool.example.get(&param.name) {
            chain += &format!(".{}({})", field_ident(&param.name), argument(spec, &param.ty, value));
        }
    }
    formatted(&format!("{chain}.await?"))
}

/// The parameters that a builder has setters for.
fn given(tool: &Tool) -> impl Iterator<Item = &Param> {
    tool.params.iter().filter(|param| param.is_sent())
}

/// A value as the argument of a parameter's setter, which takes instants, days and files as text too.
fn argument(spec: &Spec, ty: &Ty, value: &Json) -> String {
    match ty {
        Ty::DateTime | Ty::Date | Ty::File => literal(&text(value)),
        _ => rust_value(spec, ty, Place::ARGUMENT, value),
    }
}

/// The `use` lines that [`rust_call`] needs beside the client itself, in order.
#[must_use]
pub fn rust_uses(spec: &Spec, tool: &Tool) -> Vec<String> {
    let mut names = BTreeSet::new();
    for param in given(tool).filter(|param| !matches!(param.ty, Ty::DateTime | Ty::Date)) {
        if let Some(value) = tool.example.get(&param.name) {
            collect_names(spec, &param.ty, Place::ARGUMENT, value, &mut names);
        }
    }
    names.iter().map(|name| format!("use {name};")).collect()
}

/// Where a value stands.
#[derive(Clone, Copy)]
struct Place {
    /// In a list in a list, where nothing is converted.
    exact: bool,
    /// In a model that comes out too, whose instants are kept as written.
    out: bool,
}

impl Place {
    const ARGUMENT: Place = Place { exact: false, out: false };

    /// Within a list or a map whose elements are of this type.
    fn within(self, of: &Ty) -> Self {
        Place { exact: self.exact || matches!(of, Ty::List(_) | Ty::Csv(_) | Ty::Map(_)), ..self }
    }

    /// The argument of a function of this model.
    fn of(spec: &Spec, model: &str) -> Self {
        Place { exact: false, out: spec.declared(model).is_some_and(|model| model.comes_out) }
    }
}

/// A value as an argument of a method that takes `impl Into<…>` or an iterator of such, or exactly as it is.
fn rust_value(spec: &Spec, ty: &Ty, place: Place, value: &Json) -> String {
    match ty {
        Ty::String | Ty::Email | Ty::Url => owned(place, &text(value)),
        Ty::Id(kind) if place.exact => format!("{}::from({})", id_ident(kind), literal(&text(value))),
        Ty::Id(_) => literal(&text(value)),
        Ty::Integer if place.exact => format!("{}_i64", text(value)),
        Ty::Integer | Ty::Boolean => text(value),
        Ty::Number => text(value).parse().map_or_else(|_| text(value), |number: f64| format!("{number:?}")),
        Ty::DateTime if place.exact && place.out => format!("Timestamp::from({}.to_owned())", literal(&text(value))),
        Ty::DateTime => format!("{}.parse::<DateTime>()?", literal(&text(value))),
        Ty::Date => format!("{}.parse::<Date>()?", literal(&text(value))),
        Ty::Json => format!("json!({value})"),
        Ty::File => literal(&text(value)),
        Ty::List(of) | Ty::Csv(of) => {
            let elements: Vec<String> =
                elements(value).iter().map(|element| rust_value(spec, of, place.within(of), element)).collect();
            format!("{}[{}]", if place.exact { "vec!" } else { "" }, elements.join(", "))
        }
        Ty::Map(of) => {
            let entries = value.as_object().into_iter().flatten().map(|(key, value)| {
                format!("({}, {})", owned(place, key), rust_value(spec, of, place.within(of), value))
            });
            let entries = format!("[{}]", entries.collect::<Vec<_>>().join(", "));
            if place.exact { format!("BTreeMap::from({entries})") } else { entries }
        }
        Ty::Model(name) => rust_model(spec, name, value),
        Ty::Enum(name) => format!("{}::{}", shown(name), variant_ident(&text(value))),
    }
}

fn owned(place: Place, text: &str) -> String {
    format!("{}{}", literal(text), if place.exact { ".to_owned()" } else { "" })
}

fn rust_model(spec: &Spec, name: &str, value: &Json) -> String {
    let place = Place::of(spec, name);
    let mut chain = format!("{}::new()", shown(name));
    for field in spec.fields(name).iter().filter(|field| field.is_sent()) {
        if let Some(value) = value.get(&field.name) {
            let value = rust_value(spec, &field.ty, place, value);
            chain += &format!(".{}({value})", setter_ident(&field.name));
        }
    }
    chain
}

/// The types that [`rust_value`] names.
fn collect_names(spec: &Spec, ty: &Ty, place: Place, value: &Json, names: &mut BTreeSet<String>) {
    let mut uses = |name: &str| {
        names.insert(name.to_owned());
    };
    let ours = |name: &str| format!("{}::{name}", client::krate(spec));
    match ty {
        Ty::DateTime if place.exact && place.out => uses(&ours("Timestamp")),
        Ty::DateTime => uses(&ours("DateTime")),
        Ty::Date => uses(&ours("Date")),
        Ty::Json => uses("serde_json::json"),
        Ty::Id(kind) if place.exact => uses(&ours(&format!("ids::{}", id_ident(kind)))),
        Ty::Enum(name) => uses(&ours(&imported(name))),
        Ty::List(of) | Ty::Csv(of) => {
            elements(value).iter().for_each(|element| collect_names(spec, of, place.within(of), element, names));
        }
        Ty::Map(of) => {
            if place.exact {
                uses("std::collections::BTreeMap");
            }
            let values = value.as_object().into_iter().flatten();
            values.for_each(|(_, value)| collect_names(spec, of, place.within(of), value, names));
        }
        Ty::Model(name) => {
            uses(&ours(&imported(name)));
            for field in spec.fields(name).iter().filter(|field| field.is_sent()) {
                if let Some(value) = value.get(&field.name) {
                    collect_names(spec, &field.ty, Place::of(spec, name), value, names);
                }
            }
        }
        Ty::String | Ty::Email | Ty::Url | Ty::Id(_) | Ty::Integer | Ty::Number | Ty::Boolean | Ty::File => {}
    }
}

/// The name of a model in an example; by its module if an example may hold another thing of that name.
fn shown(name: &str) -> String {
    if is_ours(name) { format!("models::{name}") } else { name.to_owned() }
}

/// What of the client is imported for it.
fn imported(name: &str) -> String {
    if is_ours(name) { "models".to_owned() } else { format!("models::{name}") }
}

fn is_ours(name: &str) -> bool {
    matches!(name, "BTreeMap" | "Client" | "Date" | "DateTime" | "Timestamp")
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
