//! The example of a tool: a value for each parameter that it names.

use std::collections::BTreeMap;

use super::constant;
use super::names;
use super::tool::Reader;
use crate::fault::{Fault, FaultKind};
use crate::load::decl::ParamDecl;
use crate::load::entries::word;
use crate::model::Json;
use crate::syntax::NodeKind;

impl Reader<'_> {
    /// The example; an empty one if there is none.
    pub(super) fn example(&self) -> Option<Json> {
        let Some(node) = &self.decl.example else { return Some(Json::Object(serde_json::Map::new())) };
        let NodeKind::Map(pairs) = &node.kind else {
            return self.refuse(FaultKind::Type, node.head(), "an example is a map of parameters");
        };
        if self.decl.partial && self.decl.params.is_empty() {
            return None;
        }
        let params: BTreeMap<&str, &ParamDecl> =
            self.decl.params.iter().map(|param| (param.name.as_str(), param)).collect();
        let mut members = Vec::new();
        for (key, value) in pairs {
            let name = word(key).unwrap_or_default();
            let Some(param) = params.get(name) else {
                self.sink.report_cause(&names::cause(self.decl.name.as_str(), name), key.span, || {
                    let message = format!("the tool has no parameter `{name}`");
                    Fault::new(FaultKind::UnknownName, key.span, message).did_you_mean(name, params.keys().copied())
                });
                members.push(None);
                continue;
            };
            let ty = param.ty.as_ref().and_then(|ty| self.types.quietly(ty));
            let value = ty.and_then(|ty| constant::value(value, &ty, &param.limits.limits, self.types, self.sink));
            members.push(value.map(|value| (name.to_owned(), value)));
        }
        members.into_iter().collect::<Option<_>>().map(Json::Object)
    }
}
