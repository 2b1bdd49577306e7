//! The spec's sentences as a Rust reader needs them. They are written for callers by name: what they name a Rust caller
//! knows as a method, a setter or a field.

use std::collections::{HashMap, HashSet};

use tool_spec::model::{Group, Spec, Tool, TypeKind};
use tool_spec::names::{camel, field_ident};

/// What the sentences of a spec may name. Made once for all of them, as each word is looked up.
pub(super) struct Names<'a> {
    /// The methods of tools, by the tools' names.
    methods: HashMap<&'a str, (&'a Group, &'a Tool)>,
    /// The fields of models that are spelt as no other word is.
    fields: HashSet<&'a str>,
}

impl<'a> Names<'a> {
    pub(super) fn new(spec: &'a Spec) -> Self {
        let models = spec.types.iter().filter_map(|model| match &model.kind {
            TypeKind::Model(fields) => Some(fields),
            TypeKind::Enum(_) => None,
        });
        let fields = models.flatten().map(|field| field.name.as_str());
        let is_camel = |name: &&str| name.starts_with(char::is_lowercase) && name.contains(char::is_uppercase);
        Names {
            methods: spec.tools().map(|(group, tool)| (tool.name.as_str(), (group, tool))).collect(),
            fields: fields.filter(is_camel).collect(),
        }
    }
}

/// What sentences at one place may name.
#[derive(Clone, Copy)]
pub(super) struct Words<'a> {
    names: &'a Names<'a>,
    /// The tool whose parameters are named.
    tool: Option<&'a Tool>,
}

impl<'a> Words<'a> {
    /// Sentences about models.
    pub(super) fn new(names: &'a Names<'a>) -> Self {
        Words { names, tool: None }
    }

    /// Sentences about a tool.
    pub(super) fn of(names: &'a Names<'a>, tool: &'a Tool) -> Self {
        Words { names, tool: Some(tool) }
    }

    /// What stands for a word in Markdown, if it names something.
    pub(super) fn markdown(&self, word: &str) -> Option<String> {
        if let Some((group, tool)) = self.names.methods.get(word) {
            return Some(method(group, tool));
        }
        let param = self.tool.filter(|_| word.contains('_')).and_then(|tool| {
            let param = tool.params.iter().find(|param| param.name == word && param.is_sent())?;
            let name = field_ident(&param.name);
            Some(format!("[`{name}`]({}::{name})", camel(&tool.method)))
        });
        param.or_else(|| self.names.fields.contains(word).then(|| format!("`{}`", field_ident(word))))
    }
}

fn method(group: &Group, tool: &Tool) -> String {
    let (module, owner, method) = (field_ident(&group.name), camel(&group.name), field_ident(&tool.method));
    format!("[`{owner}::{method}`](crate::{module}::{owner}::{method})")
}
