//! The example of a tool, which is checked as what a caller gives is.

use std::collections::{BTreeMap, BTreeSet};

use super::constant;
use super::names;
use super::tool::Reader;
use crate::fault::{Fault, FaultKind, Sink, listed};
use crate::load::decl::{ParamDecl, RuleDecl};
use crate::load::entries::word;
use crate::model::Json;
use crate::source::At;
use crate::syntax::{Node, NodeKind};

impl Reader<'_> {
    /// The example; an empty one if nothing is required.
    pub(super) fn example(&self) -> Option<Json> {
        let Some(node) = &self.decl.example else {
            return match self.decl.params.iter().find(|param| param.required) {
                None => Some(Json::Object(serde_json::Map::new())),
                Some(param) => {
                    let message = format!("`{}` needs an `example`", self.decl.name.value);
                    let fault = Fault::new(FaultKind::Missing, self.decl.name.span, message);
                    self.sink.report(fault.related(param.name.span, "as this is required"));
                    None
                }
            };
        };
        let NodeKind::Map(pairs) = &node.kind else {
            return self.refuse(FaultKind::Type, node.head(), "an example is a map of parameters");
        };
        let before = self.sink.count();
        let mut members = Vec::new();
        let no_params = self.decl.partial && self.decl.params.is_empty();
        let params: BTreeMap<&str, &ParamDecl> =
            self.decl.params.iter().map(|param| (param.name.as_str(), param)).collect();
        for (key, value) in pairs.iter().filter(|_| !no_params) {
            let name = word(key).unwrap_or_default();
            match params.get(name) {
                Some(param) => {
                    let quiet = Sink::default();
                    let ty = param.ty.as_ref().and_then(|ty| self.types.ty(ty, &quiet));
                    let value =
                        ty.and_then(|ty| constant::value(value, &ty, &param.limits.limits, self.types, self.sink));
                    members.push(value.map(|value| (name.to_owned(), value)));
                }
                None => {
                    self.sink.report_cause(&names::cause(self.decl.name.as_str(), name), key.span, || {
                        let message = format!("the tool has no parameter `{name}`");
                        Fault::new(FaultKind::UnknownName, key.span, message).did_you_mean(name, params.keys().copied())
                    });
                }
            }
        }
        let keys: BTreeSet<&str> = pairs.iter().filter_map(|(key, _)| word(key)).collect();
        let given = |name: &str| keys.contains(name);
        for param in self.decl.params.iter().filter(|param| param.required && !given(param.name.as_str())) {
            let message = format!("the example lacks `{}`, which is required", param.name.value);
            self.sink.report(Fault::new(FaultKind::Missing, node.head(), message));
        }
        self.check_example_rules(node, &given);
        let members = members.into_iter().collect::<Option<_>>().map(Json::Object);
        members.filter(|_| self.sink.count() == before)
    }

    /// The example gives what the rules demand, unless a default may.
    fn check_example_rules(&self, node: &Node, given: &dyn Fn(&str) -> bool) {
        for rule in &self.decl.rules {
            let RuleDecl::Need { any_of, .. } = rule else { continue };
            let params =
                || self.decl.params.iter().filter(|param| any_of.iter().any(|any| any.value == param.name.value));
            if params().next().is_some() && !params().any(|param| param.default.is_some() || given(param.name.as_str()))
            {
                let names: Vec<&str> = any_of.iter().map(At::as_str).collect();
                let message = format!("a rule demands one of {}, and the example has none", listed(&names));
                self.sink.report(Fault::new(FaultKind::Missing, node.head(), message));
            }
        }
    }
}
