//! What the base calls what the head calls otherwise.

use std::collections::BTreeMap;

use tool_spec::model::Ty;

/// Whether one thing may be another under its old name.
pub(super) type Fits<'a, T> = &'a dyn Fn(T, T) -> bool;

/// Pairs what is gone with what is new: whatever the first of these fits, then the next. What is paired leaves the
/// lists.
pub(super) fn pair<T: Copy>(lost: &mut Vec<T>, gained: &mut Vec<T>, fits: &[Fits<'_, T>]) -> Vec<(T, T)> {
    let mut pairs = Vec::new();
    for fits in fits {
        lost.retain(|old| match gained.iter().position(|new| fits(*old, *new)) {
            Some(index) => {
                pairs.push((*old, gained.remove(index)));
                false
            }
            None => true,
        });
    }
    pairs
}

/// New names by old ones, of tools, of models and of one tool's parameters.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    pub(super) tools: BTreeMap<String, String>,
    pub(super) types: BTreeMap<String, String>,
    pub(super) params: BTreeMap<String, String>,
}

impl Names {
    pub(super) fn model<'a>(&'a self, name: &'a str) -> &'a str {
        self.types.get(name).map_or(name, String::as_str)
    }

    pub(super) fn param<'a>(&'a self, name: &'a str) -> &'a str {
        self.params.get(name).map_or(name, String::as_str)
    }

    /// A type of the base as the head would write it.
    pub(super) fn ty(&self, ty: &Ty) -> Ty {
        match ty {
            Ty::List(of) => Ty::List(Box::new(self.ty(of))),
            Ty::Csv(of) => Ty::Csv(Box::new(self.ty(of))),
            Ty::Map(of) => Ty::Map(Box::new(self.ty(of))),
            Ty::Model(name) => Ty::Model(self.model(name).to_owned()),
            Ty::Enum(name) => Ty::Enum(self.model(name).to_owned()),
            other => other.clone(),
        }
    }

    /// A text of the base, such as a source in words, as the head would write it: each word that is an old name of a
    /// tool or a parameter is the new one.
    pub(super) fn text(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut word = String::new();
        for letter in text.chars() {
            if letter.is_alphanumeric() || letter == '_' {
                word.push(letter);
            } else {
                self.word(&mut out, &mut word);
                out.push(letter);
            }
        }
        self.word(&mut out, &mut word);
        out
    }

    fn word(&self, out: &mut String, word: &mut String) {
        out.push_str(self.tools.get(word.as_str()).map_or_else(|| self.param(word), String::as_str));
        word.clear();
    }
}
