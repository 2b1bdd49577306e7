//! A tool's `example` as a caller writes it: in Rust, and what that needs imported. The reference and the rustdoc of
//! the generated methods both take it from here, so the compiler checks what the reference shows.

use std::collections::BTreeSet;

use crate::client;
use tool_spec::display::joined;
use tool_spec::model::{Group, Json, Spec, Tool, Ty};
use tool_spec::names::{field_ident, id_ident, setter_ident, variant_ident};

/// The chain that calls a tool with the parameters of its example, from the client to `.await?`.
///
/// It stands in an async function whose error can be made from the client's, with the client under the service's name.
#[must_use]
pub fn rust_call(spec: &Spec, group: &Group, tool: &Tool) -> String {
    let (client, group, method) =
        (client::variable(&spec.service), field_ident(&group.name), field_ident(&tool.method));
    formatted(&format!("{client}.{group}().{method}(){}.await?", Writer::new(spec).setters(tool)))
}

/// The `use` lines that [`rust_call`] needs beside the client itself, in order.
#[must_use]
pub fn rust_uses(spec: &Spec, tool: &Tool) -> Vec<String> {
    let mut writer = Writer::new(spec);
    writer.setters(tool);
    writer.uses.iter().map(|name| format!("use {name};")).collect()
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

/// Writes values as Rust, and keeps what they need imported.
struct Writer<'s> {
    spec: &'s Spec,
    uses: BTreeSet<String>,
}

impl<'s> Writer<'s> {
    fn new(spec: &'s Spec) -> Self {
        Writer { spec, uses: BTreeSet::new() }
    }

    /// The setters of a call, with the values of the tool's example.
    fn setters(&mut self, tool: &Tool) -> String {
        let mut chain = String::new();
        for param in tool.params.iter().filter(|param| param.is_sent()) {
            if let Some(value) = tool.example.get(&param.name) {
                chain += &format!(".{}({})", field_ident(&param.name), self.argument(&param.ty, value));
            }
        }
        chain
    }

    /// A value as the argument of a parameter's setter, which takes instants, days and files as text too.
    fn argument(&mut self, ty: &Ty, value: &Json) -> String {
        match ty {
            Ty::DateTime | Ty::Date | Ty::File => literal(&text(value)),
            _ => self.value(ty, Place::ARGUMENT, value),
        }
    }

    /// A value as an argument of a method that takes `impl Into<…>` or an iterator of such, or exactly as it is.
    fn value(&mut self, ty: &Ty, place: Place, value: &Json) -> String {
        match ty {
            Ty::String | Ty::Email | Ty::Url => owned(place, &text(value)),
            Ty::Id(kind) if place.exact => {
                let id = id_ident(kind);
                self.import(&format!("ids::{id}"));
                format!("{id}::from({})", literal(&text(value)))
            }
            Ty::Id(_) | Ty::File => literal(&text(value)),
            Ty::Integer if place.exact => format!("{}_i64", text(value)),
            Ty::Integer | Ty::Boolean => text(value),
            Ty::Number => text(value).parse().map_or_else(|_| text(value), |number: f64| format!("{number:?}")),
            Ty::DateTime if place.exact && place.out => {
                self.import("Timestamp");
                format!("Timestamp::from({}.to_owned())", literal(&text(value)))
            }
            Ty::DateTime => self.parsed("DateTime", value),
            Ty::Date => self.parsed("Date", value),
            Ty::Json => {
                self.uses.insert("serde_json::json".to_owned());
                format!("json!({value})")
            }
            Ty::List(of) | Ty::Csv(of) => {
                let elements = elements(value);
                let elements = elements.iter().map(|element| self.value(of, place.within(of), element));
                format!("{}[{}]", if place.exact { "vec!" } else { "" }, joined(elements, ", "))
            }
            Ty::Map(of) => self.map(of, place, value),
            Ty::Model(name) => self.model(name, value),
            Ty::Enum(name) => format!("{}::{}", self.declared(name), variant_ident(&text(value))),
        }
    }

    fn parsed(&mut self, ty: &str, value: &Json) -> String {
        self.import(ty);
        format!("{}.parse::<{ty}>()?", literal(&text(value)))
    }

    fn map(&mut self, of: &Ty, place: Place, value: &Json) -> String {
        let entries = value
            .as_object()
            .into_iter()
            .flatten()
            .map(|(key, value)| format!("({}, {})", owned(place, key), self.value(of, place.within(of), value)));
        let entries = format!("[{}]", joined(entries, ", "));
        if !place.exact {
            return entries;
        }
        self.uses.insert("std::collections::BTreeMap".to_owned());
        format!("BTreeMap::from({entries})")
    }

    fn model(&mut self, name: &str, value: &Json) -> String {
        let place = Place::of(self.spec, name);
        let mut chain = format!("{}::new()", self.declared(name));
        for field in self.spec.fields(name).iter().filter(|field| field.is_sent()) {
            if let Some(value) = value.get(&field.name) {
                let value = self.value(&field.ty, place, value);
                chain += &format!(".{}({value})", setter_ident(&field.name));
            }
        }
        chain
    }

    /// The name of a declared type; by its module if an example may hold another thing of that name.
    fn declared(&mut self, name: &str) -> String {
        let path = format!("models::{name}");
        if matches!(name, "BTreeMap" | "Client" | "Date" | "DateTime" | "Timestamp") {
            self.import("models");
            return path;
        }
        self.import(&path);
        name.to_owned()
    }

    /// Keeps what of the client is imported.
    fn import(&mut self, path: &str) {
        self.uses.insert(format!("{}::{path}", client::krate(self.spec)));
    }
}

fn owned(place: Place, text: &str) -> String {
    format!("{}{}", literal(text), if place.exact { ".to_owned()" } else { "" })
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
