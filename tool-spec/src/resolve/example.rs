//! The example of a tool: a value for each parameter that it names.

use std::collections::BTreeMap;

use super::constant;
use super::names;
use super::tool::Reader;
use crate::fault::{Fault, FaultKind};
use crate::load::constant::ConstantKind;
use crate::load::decl::ParamDecl;
use crate::model::Json;

impl Reader<'_> {
    /// The example; an empty one if there is none.
    pub(super) fn example(&self) -> Option<Json> {
        let Some(example) = &self.decl.example else { return Some(Json::Object(serde_json::Map::new())) };
        let ConstantKind::Object(members) = &example.kind else {
            return self.refuse(FaultKind::Type, example.span, "an example is a map of parameters");
        };
        if self.decl.partial && self.decl.params.is_empty() {
            return None;
        }
        let params: BTreeMap<&str, &ParamDecl> =
            self.decl.params.iter().map(|param| (param.name.as_str(), param)).collect();
        let mut values = Vec::new();
        for (key, value) in members {
            let name = key.as_str();
            let Some(param) = params.get(name) else {
                self.sink.report_cause(&names::cause(self.decl.name.as_str(), name), key.span, || {
                    let message = format!("the tool has no parameter `{name}`");
                    Fault::new(FaultKind::UnknownName, key.span, message).did_you_mean(name, params.keys().copied())
                });
                values.push(None);
                continue;
            };
            let ty = param.ty.as_ref().and_then(|ty| self.types.quietly(ty));
            let value = ty.and_then(|ty| constant::value(value, &ty, &param.limits.limits, self.types, self.sink));
            values.push(value.map(|value| (name.to_owned(), value)));
        }
        values.into_iter().collect::<Option<_>>().map(Json::Object)
    }
}
