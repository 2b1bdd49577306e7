//! What the files declare, as written: names are not looked up yet. A part that could not be read is `None`; it has
//! been reported, and whoever meets it later keeps quiet about it.
//!
//! Each key of the language is a field here and nowhere else. The reader, the table, the editors' schema, the order of
//! keys and the docs are made of it, and a field's doc comment is what they say of the key.

mod request;
mod service;
mod tool;
mod types;

pub(crate) use request::{
    CaseDecl, ConditionDecl, EachDecl, EntryDecl, HoleDecl, OutcomesDecl, PlanDecl, RepeatedDecl, RequestDecl,
    RootDecl, StepDecl, TakeDecl, TemplateDecl,
};
pub(crate) use service::{ErrorsDecl, IdDecl, NamedDecl, PagingDecl, ServiceDecl};
pub(crate) use tool::{
    GroupDecl, KeepDecl, KeepTestDecl, ParamDecl, RangeDecl, RuleDecl, SourceDecl, ToolDecl, ValueDecl, WaitDecl,
};
pub(crate) use types::{EnumValueDecl, FieldDecl, LimitKeys, LimitsDecl, TypeDecl, TypeExpr, TypeKindDecl};

use crate::source::At;

/// Everything that the files declare.
#[derive(Debug, Default)]
pub(crate) struct Declared {
    /// The path of the file that says what the service is.
    pub(crate) service_file: Option<String>,
    pub(crate) service: Option<ServiceDecl>,
    pub(crate) groups: Vec<GroupDecl>,
    pub(crate) types: Vec<TypeDecl>,
    /// What the service shares and nothing uses, each with what it is.
    pub(crate) unused_shared: Vec<(&'static str, At<String>)>,
    /// Which sorts of files could not all be read: a name that seems to be missing may be in one of those.
    pub(crate) unread: Unread,
}

impl Declared {
    /// The tools of all groups.
    pub(crate) fn tools(&self) -> impl Iterator<Item = &ToolDecl> {
        self.groups.iter().flat_map(|group| &group.tools)
    }

    /// The service's file, for messages.
    pub(crate) fn service_file(&self) -> &str {
        self.service_file.as_deref().unwrap_or("the service")
    }

    /// Where a page's parts stand.
    pub(crate) fn paging(&self) -> Option<&PagingDecl> {
        self.service.as_ref()?.paging.as_ref()
    }
}

/// Sorts of files of which one could not be read.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Unread {
    pub(crate) service: bool,
    pub(crate) tools: bool,
    pub(crate) types: bool,
}
