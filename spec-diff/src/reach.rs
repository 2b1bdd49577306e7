//! Which tools a tool or a model concerns.

use std::collections::{BTreeMap, BTreeSet};

use tool_spec::model::{Spec, Tool};

/// Tools by the name of what they are made of: their own, or that of a model.
pub(super) struct Reach {
    tools: BTreeMap<String, BTreeSet<String>>,
}

impl Reach {
    /// What either of two specs knows.
    pub(super) fn of(base: &Spec, head: &Spec) -> Self {
        let mut reach = Reach { tools: BTreeMap::new() };
        for spec in [base, head] {
            for (_, tool) in spec.tools() {
                reach.tool(spec, tool);
            }
        }
        reach
    }

    /// The tools behind these names, in order.
    pub(super) fn tools(&self, names: &[&str]) -> Vec<String> {
        let tools: BTreeSet<&String> = names.iter().filter_map(|name| self.tools.get(*name)).flatten().collect();
        tools.into_iter().cloned().collect()
    }

    fn tool(&mut self, spec: &Spec, tool: &Tool) {
        let mut seen = BTreeSet::from([tool.name.clone()]);
        let params = tool.params.iter().filter_map(|param| param.ty.declared());
        let answers = tool.requests().into_iter().map(|request| request.answer.as_str());
        let mut open: Vec<&str> = params.chain(answers).chain([tool.answer.as_str()]).collect();
        while let Some(name) = open.pop() {
            if seen.insert(name.to_owned()) {
                open.extend(spec.fields(name).iter().filter_map(|field| field.ty.declared()));
            }
        }
        for name in seen {
            self.tools.entry(name).or_default().insert(tool.name.clone());
        }
    }
}
