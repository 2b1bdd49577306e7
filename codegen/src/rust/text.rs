//! Sentences with holes.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::scope::{Scope, place};
use tool_spec::model::{Text, TextPart};

/// The sentence as a `String`.
pub(super) fn owned(scope: &Scope<'_>, text: &Text) -> TokenStream {
    match words(text) {
        Some(words) => quote!(#words.to_owned()),
        None => formatted(scope, text),
    }
}

/// The sentence as a `&str`.
pub(super) fn borrowed(scope: &Scope<'_>, text: &Text) -> TokenStream {
    match words(text) {
        Some(words) => quote!(#words),
        None => {
            let formatted = formatted(scope, text);
            quote!(&#formatted)
        }
    }
}

/// The sentence if it has no holes.
pub(super) fn words(text: &Text) -> Option<String> {
    text.0
        .iter()
        .map(|part| match part {
            TextPart::Words(words) => Some(words.as_str()),
            TextPart::Hole(_) => None,
        })
        .collect()
}

fn formatted(scope: &Scope<'_>, text: &Text) -> TokenStream {
    let mut template = String::new();
    let mut holes = BTreeMap::new();
    for part in &text.0 {
        match part {
            TextPart::Words(words) => template += &words.replace('{', "{{").replace('}', "}}"),
            TextPart::Hole(root) => {
                let name = place(root);
                template += &format!("{{{name}}}");
                let value = scope.root(root).borrowed();
                holes.insert(name.clone(), quote!(let #name = rt::shown(#value).unwrap_or_default();));
            }
        }
    }
    let holes = holes.values();
    quote!({ #(#holes)* format!(#template) })
}
