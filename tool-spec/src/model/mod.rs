//! The model: a checked spec as plain, immutable data. Every name in it is resolved and every type is known, so an
//! emitter is a function of this model alone and can neither fail nor look at YAML.

mod request;
mod service;
mod tool;
mod types;

pub use serde_json::Value as Json;

pub use request::{
    Case, Condition, Entry, Fan, Filter, Hole, Outcomes, Plan, Repeated, Request, Root, Step, Take, Template, Text,
    TextPart, Verb,
};
pub use service::{IdForm, IdKind, Named, Service};
pub use tool::{Ask, Effect, Expected, Items, Keep, KeepTest, Param, Rule, Source, Timeline, Tool, Value, Wait, Which};
pub use types::{EnumValue, Field, Hop, Limits, Ty, Type, TypeKind};

/// The whole spec.
#[derive(Debug)]
pub struct Spec {
    /// What the service's file says.
    pub service: Service,
    /// The groups of tools, in the order of their names.
    pub groups: Vec<Group>,
    /// The models, in the order of their names.
    pub types: Vec<Type>,
}

impl Spec {
    /// All tools, group by group.
    pub fn tools(&self) -> impl Iterator<Item = (&Group, &Tool)> {
        self.groups.iter().flat_map(|group| group.tools.iter().map(move |tool| (group, tool)))
    }

    /// The tool of this name.
    pub fn tool(&self, name: &str) -> Option<&Tool> {
        self.tools().map(|(_, tool)| tool).find(|tool| tool.name == name)
    }

    /// The declared type of this name.
    pub fn declared(&self, name: &str) -> Option<&Type> {
        let index = self.types.binary_search_by(|declared| declared.name.as_str().cmp(name)).ok()?;
        self.types.get(index)
    }

    /// The fields of the model of this name; none if it is an enum.
    pub fn fields(&self, name: &str) -> &[Field] {
        match self.declared(name).map(|declared| &declared.kind) {
            Some(TypeKind::Model(fields)) => fields,
            _ => &[],
        }
    }

    /// The values of the enum of this name; none if it is a model.
    pub fn values(&self, name: &str) -> &[EnumValue] {
        match self.declared(name).map(|declared| &declared.kind) {
            Some(TypeKind::Enum(values)) => values,
            _ => &[],
        }
    }

    /// The type as the published contract names it, such as `array<string>`.
    pub fn contract_name(&self, ty: &Ty) -> String {
        match ty {
            Ty::Integer => "integer".to_owned(),
            Ty::Id(kind) if self.is_integer(kind) => "integer".to_owned(),
            Ty::Number => "number".to_owned(),
            Ty::Boolean => "boolean".to_owned(),
            Ty::List(of) => format!("array<{}>", self.contract_name(of)),
            Ty::Map(_) | Ty::Model(_) | Ty::Json => "object".to_owned(),
            Ty::String
            | Ty::DateTime
            | Ty::Date
            | Ty::Email
            | Ty::Url
            | Ty::Id(_)
            | Ty::Csv(_)
            | Ty::Enum(_)
            | Ty::File => "string".to_owned(),
        }
    }

    /// Whether the published contract calls ids of this kind integers.
    pub fn is_integer(&self, kind: &str) -> bool {
        self.service.ids.iter().any(|id| id.name == kind && id.integer)
    }

    /// Whether callers by name may write a value of this type as text with commas: a list whose elements hold none.
    pub fn takes_commas(&self, ty: &Ty) -> bool {
        match ty {
            Ty::Csv(_) => true,
            Ty::List(of) => !self.may_hold_comma(of),
            _ => false,
        }
    }

    fn may_hold_comma(&self, ty: &Ty) -> bool {
        match ty {
            Ty::Integer | Ty::Number | Ty::Boolean | Ty::DateTime | Ty::Date | Ty::Email => false,
            Ty::Id(kind) => !self.service.ids.iter().any(|id| id.name == *kind && id.form.is_some()),
            Ty::Enum(name) => self.values(name).iter().any(|value| value.name.contains(',')),
            _ => true,
        }
    }
}

/// Tools that share an accessor, a generated file and a page of the reference.
#[derive(Debug)]
pub struct Group {
    /// The accessor's name, such as `engage_flows`.
    pub name: String,
    /// What its tools are about.
    pub about: String,
    /// The spec file it came from, such as `spec/tools/engage_flows.yaml`.
    pub source: String,
    /// Its tools, in the order of the file.
    pub tools: Vec<Tool>,
}
