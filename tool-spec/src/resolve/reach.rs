//! Which types go in with parameters and which come out with answers.

use std::collections::BTreeSet;

use super::types::Types;
use crate::load::decl::{Declared, TypeExpr};

/// The names of the types on each way.
pub(crate) struct Reach {
    goes_in: BTreeSet<String>,
    comes_out: BTreeSet<String>,
    /// A tool names a type that is not there, so that what it means may seem unused.
    pub(crate) lost: bool,
}

impl Reach {
    pub(crate) fn of(declared: &Declared, types: &Types<'_>) -> Self {
        let mut reach = Reach { goes_in: BTreeSet::new(), comes_out: BTreeSet::new(), lost: false };
        for tool in declared.groups.iter().flat_map(|group| &group.tools) {
            for param in tool.params.iter().filter_map(|param| param.ty.as_ref()) {
                reach.lost |= types.quietly(param).is_none();
                follow(innermost(param), types, &mut reach.goes_in);
            }
            let of_requests = tool.requests().into_iter().filter_map(|(request, _)| request.answer.as_ref());
            for answer in of_requests.chain(&tool.answer) {
                reach.lost |= types.model_quietly(answer).is_none();
                follow(answer.as_str(), types, &mut reach.comes_out);
            }
        }
        reach
    }

    pub(crate) fn goes_in(&self, name: &str) -> bool {
        self.goes_in.contains(name)
    }

    pub(crate) fn comes_out(&self, name: &str) -> bool {
        self.comes_out.contains(name)
    }
}

/// Adds every declared type that a name leads to. A list of what is left to do, as models may hold each other.
fn follow(from: &str, types: &Types<'_>, reached: &mut BTreeSet<String>) {
    let mut left = vec![from];
    while let Some(name) = left.pop() {
        if !reached.contains(name) {
            reached.insert(name.to_owned());
            let fields = types.fields(name).unwrap_or_default();
            left.extend(fields.iter().filter_map(|field| field.ty.as_ref()?.declared()));
        }
    }
}

fn innermost(expr: &TypeExpr) -> &str {
    match expr {
        TypeExpr::Word(word) => word.as_str(),
        TypeExpr::Around(_, inside) => innermost(inside),
    }
}

/// The kind of id that a type is, in a list or a map too.
pub(crate) fn kind_of_id(expr: &TypeExpr) -> Option<&str> {
    match expr {
        TypeExpr::Word(_) => None,
        TypeExpr::Around(around, inside) if around.value == "id" => Some(innermost(inside)),
        TypeExpr::Around(_, inside) => kind_of_id(inside),
    }
}
