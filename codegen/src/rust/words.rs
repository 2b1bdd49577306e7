//! The spec's sentences as a Rust reader needs them. They are written for callers by name: what they name a Rust caller
//! knows as a method, a setter or a field.

use tool_spec::model::{Group, Spec, Tool, TypeKind};
use tool_spec::names::{camel, field_ident};

/// What sentences at one place may name.
#[derive(Clone, Copy)]
pub(super) struct Words<'a> {
    spec: &'a Spec,
    /// The tool whose parameters are named.
    tool: Option<&'a Tool>,
}

impl<'a> Words<'a> {
    /// Sentences about models.
    pub(super) fn new(spec: &'a Spec) -> Self {
        Words { spec, tool: None }
    }

    /// Sentences about a tool.
    pub(super) fn of(spec: &'a Spec, tool: &'a Tool) -> Self {
        Words { spec, tool: Some(tool) }
    }

    /// What stands for a word in Markdown, if it names something.
    pub(super) fn markdown(&self, word: &str) -> Option<String> {
        if let Some((group, tool)) = self.spec.tools().find(|(_, tool)| tool.name == word) {
            return Some(method(group, tool));
        }
        let param = self.tool.filter(|_| word.contains('_')).and_then(|tool| {
            let param = tool.params.iter().find(|param| param.name == word && param.notice.is_none())?;
            let name = field_ident(&param.name);
            Some(format!("[`{name}`]({}::{name})", camel(&tool.method)))
        });
        param.or_else(|| self.is_field(word).then(|| format!("`{}`", field_ident(word))))
    }

    /// Whether a field of a model has this name, which no other word is spelt as.
    fn is_field(&self, word: &str) -> bool {
        let models = self.spec.types.iter().filter_map(|model| match &model.kind {
            TypeKind::Model(fields) => Some(fields),
            TypeKind::Enum(_) => None,
        });
        word.contains(char::is_uppercase)
            && word.starts_with(char::is_lowercase)
            && models.flatten().any(|field| field.name == word)
    }
}

fn method(group: &Group, tool: &Tool) -> String {
    let (module, owner, method) = (field_ident(&group.name), camel(&group.name), field_ident(&tool.method));
    format!("[`{owner}::{method}`](crate::{module}::{owner}::{method})")
}
