//! Ids that were asked for and that the answer lacks: a service passes over them in silence, and a caller takes the
//! rest for all.

use std::collections::BTreeSet;

use crate::base::service::TITLE;
use crate::decode::record::AnyAnswer;
use crate::input::json::ToJson;

/// How many ids a notice names.
const NAMED: usize = 20;

/// The elements of a list parameter, each of which an item of the answer has.
#[derive(Debug)]
pub(crate) struct Expected {
    param: &'static str,
    ids: Vec<String>,
    path: &'static [&'static str],
}

impl Expected {
    /// The elements of this parameter, and where in the answer the items have theirs.
    pub(crate) fn of<V: ToJson>(param: &'static str, given: &V, path: &'static [&'static str]) -> Self {
        let given = given.to_json();
        let given = given.iter().filter_map(serde_json::Value::as_array).flatten();
        Expected { param, ids: given.filter_map(serde_json::Value::as_str).map(str::to_owned).collect(), path }
    }

    /// What is said of those that the answer lacks.
    pub(crate) fn notice(&self, answer: &dyn AnyAnswer) -> Option<String> {
        let mut there = BTreeSet::new();
        answer.texts_at(self.path, &mut |text| {
            there.insert(text.to_owned());
        });
        let lacking: Vec<&str> = self.ids.iter().filter(|id| !there.contains(*id)).map(String::as_str).collect();
        let named = lacking.get(..NAMED).unwrap_or(&lacking).join(", ");
        let more = match lacking.len().checked_sub(NAMED) {
            None | Some(0) => String::new(),
            Some(more) => format!(" and {more} more"),
        };
        let param = self.param;
        (!lacking.is_empty()).then(|| {
            format!(
                "{TITLE} gave nothing for {named}{more} of `{param}`: there is none, or the account may not see it."
            )
        })
    }
}
