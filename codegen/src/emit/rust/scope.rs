//! What the names in a template stand for at one place of a tool's `run`.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::types::{field_name, ident};
use crate::emit::EmitError;
use crate::model::{Filter, Hole, Root, Spec, Tool, Ty};
use crate::names::field_ident;

/// Names that `run` itself gives to things.
const TAKEN: &[&str] =
    &["answer", "body", "chunk", "done", "error", "fill", "item", "key", "missing", "page", "request", "run", "to"];

/// The names that are known at a place.
#[derive(Clone)]
pub(super) struct Scope<'a> {
    pub(super) spec: &'a Spec,
    pub(super) tool: &'a Tool,
    known: Vec<(Root, Known)>,
}

/// What a name stands for.
#[derive(Clone)]
pub(super) struct Known {
    /// Where it is.
    pub(super) place: TokenStream,
    /// Whether the place is a reference already.
    is_reference: bool,
    /// Whether it is an `Option`.
    pub(super) optional: bool,
}

impl Known {
    /// A value that may be absent.
    pub(super) fn optional(place: TokenStream) -> Self {
        Known { place, is_reference: false, optional: true }
    }

    /// A value that is there.
    pub(super) fn plain(place: TokenStream) -> Self {
        Known { place, is_reference: false, optional: false }
    }

    /// A reference to a value that is there.
    pub(super) fn reference(place: TokenStream) -> Self {
        Known { place, is_reference: true, optional: false }
    }

    /// An expression that borrows it.
    pub(super) fn borrowed(&self) -> TokenStream {
        let place = &self.place;
        if self.is_reference { quote!(#place) } else { quote!(&#place) }
    }

    /// A list as a slice.
    pub(super) fn slice(&self) -> TokenStream {
        let borrowed = self.borrowed();
        if self.optional { quote!(elements(#borrowed)) } else { borrowed }
    }
}

impl<'a> Scope<'a> {
    /// A place where the parameters are known and nothing else.
    pub(super) fn new(spec: &'a Spec, tool: &'a Tool) -> Self {
        Scope { spec, tool, known: Vec::new() }
    }

    /// The same place with another name known, which hides an older one.
    pub(super) fn with(&self, root: Root, known: Known) -> Self {
        let mut scope = self.clone();
        scope.known.push((root, known));
        scope
    }

    /// What a root stands for.
    pub(super) fn root(&self, root: &Root) -> Result<Known, EmitError> {
        if let Some((_, known)) = self.known.iter().rev().find(|(other, _)| other == root) {
            return Ok(known.clone());
        }
        match root {
            Root::Param(name) => {
                let name = field_name(name);
                Ok(Known::optional(quote!(self.#name)))
            }
            _ => Err(self.error(&format!("{root:?} is not known here"))),
        }
    }

    /// What a name stands for: the newest thing of that name, at last a parameter.
    pub(super) fn name(&self, name: &str) -> Result<Known, EmitError> {
        let known = self.known.iter().rev().find(|(root, _)| match root {
            Root::Param(other) | Root::Value(other) | Root::Element(other) => other == name,
            Root::Item | Root::Key | Root::Answer => false,
        });
        match known {
            Some((_, known)) => Ok(known.clone()),
            None => self.root(&Root::Param(name.to_owned())),
        }
    }

    /// What fills a hole of something that is sent, borrowed.
    pub(super) fn hole(&self, hole: &Hole) -> Result<TokenStream, EmitError> {
        let known = self.root(&hole.root)?;
        let borrowed = known.borrowed();
        if hole.filters.is_empty() {
            return Ok(borrowed);
        }
        let instant = if known.optional { borrowed } else { quote!(&Some((#borrowed).clone())) };
        let name = match &hole.root {
            Root::Param(name) | Root::Value(name) | Root::Element(name) => name.as_str(),
            Root::Item | Root::Key | Root::Answer => "",
        };
        let mut day = match hole.ty {
            Ty::Date => quote!(*(#instant)),
            _ if hole.filters.contains(&Filter::EndDate) => quote!(end_date(#instant)),
            _ => quote!(date(#instant)),
        };
        if hole.filters.contains(&Filter::UntilToday) {
            let offset = if hole.ty == Ty::Date { quote!(offset_of(&None)) } else { quote!(offset_of(#instant)) };
            day = quote!(run.until_today(#name, #day, #offset));
        }
        Ok(quote!(&#day))
    }

    /// A fault of this emitter, in words that say which tool it came up with.
    pub(super) fn error(&self, what: &str) -> EmitError {
        EmitError(format!("{}: {what}", self.tool.name))
    }
}

/// The name of a local variable for a value of the spec.
pub(super) fn local(name: &str) -> Ident {
    let name = field_ident(name);
    if TAKEN.contains(&name.as_str()) { ident(&format!("{name}_value")) } else { ident(&name) }
}
