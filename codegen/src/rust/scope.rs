//! What the names in a template stand for at one place of a tool's `run`.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::types::{Form, field_name, ident, rust_type};
use tool_spec::model::{Filter, Group, Hole, Root, Spec, Tool, Ty};
use tool_spec::names::field_ident;

/// Names that `run` itself gives to things.
const TAKEN: &[&str] = &[
    "answer", "body", "chunk", "done", "error", "fill", "given", "inner", "item", "key", "missing", "page", "request",
    "run", "to", "value",
];

/// The names that are known at a place.
#[derive(Clone)]
pub(super) struct Scope<'a> {
    pub(super) spec: &'a Spec,
    group: &'a Group,
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

    /// A map as an `Option` of a reference.
    pub(super) fn reference_to(&self) -> TokenStream {
        let (place, borrowed) = (&self.place, self.borrowed());
        if self.optional { quote!(#place.as_ref()) } else { quote!(Some(#borrowed)) }
    }

    /// A list as a slice.
    pub(super) fn slice(&self) -> TokenStream {
        let borrowed = self.borrowed();
        if self.optional { quote!(rt::elements(#borrowed)) } else { borrowed }
    }
}

impl<'a> Scope<'a> {
    /// A place where the parameters are known and nothing else.
    pub(super) fn new(spec: &'a Spec, group: &'a Group, tool: &'a Tool) -> Self {
        Scope { spec, group, tool, known: Vec::new() }
    }

    /// Whether this place is in the file of this group.
    pub(super) fn is_in(&self, group: &Group) -> bool {
        self.group.name == group.name
    }

    /// The type of a parameter or a value.
    pub(super) fn ty(&self, name: &str) -> Option<&'a Ty> {
        let param = self.tool.params.iter().find(|param| param.name == name).map(|param| &param.ty);
        param.or_else(|| self.tool.values.iter().find(|value| value.name == name).map(|value| &value.ty))
    }

    /// The same place with another name known, which hides an older one.
    pub(super) fn with(&self, root: Root, known: Known) -> Self {
        let mut scope = self.clone();
        scope.known.push((root, known));
        scope
    }

    /// What a root stands for. Whatever is not known otherwise is a parameter, or bound under its own name.
    pub(super) fn root(&self, root: &Root) -> Known {
        match (self.known.iter().rev().find(|(other, _)| other == root), root) {
            (Some((_, known)), _) => known.clone(),
            (None, Root::Param(name)) => {
                let name = field_name(name);
                Known::optional(quote!(self.#name))
            }
            (None, root) => {
                let place = place(root);
                Known::plain(quote!(#place))
            }
        }
    }

    /// What a name stands for: the newest thing of that name, at last a parameter.
    pub(super) fn name(&self, name: &str) -> Known {
        let known = self.known.iter().rev().find(|(root, _)| root.name() == Some(name));
        match known {
            Some((_, known)) => known.clone(),
            None => self.root(&Root::Param(name.to_owned())),
        }
    }

    /// What fills a hole of something that is sent, borrowed.
    pub(super) fn hole(&self, hole: &Hole) -> TokenStream {
        let known = self.root(&hole.root);
        let borrowed = known.borrowed();
        if hole.filters.is_empty() {
            return borrowed;
        }
        let ty = rust_type(&hole.ty, Form::In);
        // What comes from an answer has another type.
        let value = if known.optional { borrowed } else { quote!(&rt::converted::<#ty>(#borrowed)) };
        let name = hole.root.name().unwrap_or_default();
        let mut day = match hole.ty {
            Ty::Date => quote!(*(#value)),
            _ if hole.filters.contains(&Filter::EndDate) => quote!(rt::end_date(#value)),
            _ => quote!(rt::date(#value)),
        };
        if hole.filters.contains(&Filter::UntilToday) {
            let offset = if hole.ty == Ty::Date { quote!(&None) } else { value };
            day = quote!(run.until_today(#name, #day, rt::offset_of(#offset)));
        }
        quote!(&#day)
    }
}

/// The name of a local variable for a value of the spec. Names of the spec do not end with `_`, so this is no other's.
pub(super) fn local(name: &str) -> Ident {
    let name = field_ident(name);
    if TAKEN.contains(&name.as_str()) { ident(&format!("{name}_")) } else { ident(&name) }
}

/// The name of the local variable that a root is bound under.
pub(super) fn place(root: &Root) -> Ident {
    match root {
        Root::Param(name) | Root::Value(name) | Root::Element(name) => local(name),
        Root::Item => ident("item"),
        Root::Key => ident("key"),
        Root::Answer => ident("answer"),
    }
}
