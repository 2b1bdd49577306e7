//! What the names in a template stand for at one place of a tool's `run`.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::check::blank_is_absent;
use super::types::{Form, field_name, ident, is_many, is_plain, rust_type};
use tool_spec::model::{Filter, Group, Hole, Hop, Root, Spec, Tool, Ty};
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

    /// A list that a `for` runs over, as a slice.
    pub(super) fn list(&self, over: &Hole) -> TokenStream {
        match self.field(over) {
            None => self.root(&over.root).slice(),
            Some(Part::There(place)) => quote!(&#place),
            Some(Part::Perhaps(list)) => quote!(#list.map(|it| &it[..]).unwrap_or_default()),
        }
    }

    /// A map that a `for` runs over, as an `Option` of a reference.
    pub(super) fn map(&self, over: &Hole) -> TokenStream {
        match self.field(over) {
            None => self.root(&over.root).reference_to(),
            Some(Part::There(place)) => quote!(Some(&#place)),
            Some(Part::Perhaps(map)) => map,
        }
    }

    /// What a hole with a path names: a field, several models deep. Nothing if it has no path.
    fn field(&self, hole: &Hole) -> Option<Part> {
        let (last, before) = hole.path.split_last()?;
        let known = self.root(&hole.root);
        let place = &known.place;
        let start = if known.optional { Part::Perhaps(quote!(#place.as_ref())) } else { Part::There(quote!(#place)) };
        let end = before.iter().fold(start, |part, hop| part.then(self.spec, hop));
        let field = self.spec.fields(&last.of).iter().find(|field| field.name == last.field);
        let name = field_name(&last.field);
        // As the model itself is sent.
        let blank = field.is_some_and(|field| blank_is_absent(&field.ty, &field.limits, field.required));
        Some(match end {
            _ if !blank || is_plain_hop(self.spec, last) => end.then(self.spec, last),
            Part::There(place) => Part::Perhaps(quote!(rt::unless_blank(&#place.#name))),
            Part::Perhaps(part) => Part::Perhaps(quote!(#part.and_then(|it| rt::unless_blank(&it.#name)))),
        })
    }

    /// The value at a hole before its filters, borrowed.
    fn value(&self, hole: &Hole) -> TokenStream {
        // A list of a model that comes out too is no `Option`, and is not sent where it is empty.
        let is_many = is_many(&hole.ty);
        match self.field(hole) {
            None => self.root(&hole.root).borrowed(),
            Some(Part::There(place)) if is_many => quote!(&(!#place.is_empty()).then_some(&#place)),
            Some(Part::There(place)) => quote!(&#place),
            Some(Part::Perhaps(part))
                if is_many && hole.path.last().is_some_and(|hop| is_plain_hop(self.spec, hop)) =>
            {
                quote!(&#part.filter(|it| !it.is_empty()))
            }
            Some(Part::Perhaps(part)) => quote!(&#part),
        }
    }

    /// What fills a hole of something that is sent, borrowed.
    pub(super) fn hole(&self, hole: &Hole) -> TokenStream {
        let value = self.value(hole);
        if hole.filters.is_empty() {
            return value;
        }
        let ty = rust_type(&hole.ty, Form::In);
        // What comes from an answer or out of a model has another type.
        let is_slot = hole.path.is_empty() && self.root(&hole.root).optional;
        let value = if is_slot { value } else { quote!(&rt::converted::<#ty>(#value)) };
        let name = hole.name();
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

/// A part of a parameter.
enum Part {
    /// A place.
    There(TokenStream),
    /// An `Option` of a reference.
    Perhaps(TokenStream),
}

impl Part {
    /// A field of it.
    fn then(self, spec: &Spec, hop: &Hop) -> Self {
        let name = field_name(&hop.field);
        match (self, is_plain_hop(spec, hop)) {
            (Part::There(place), true) => Part::There(quote!(#place.#name)),
            (Part::There(place), false) => Part::Perhaps(quote!(#place.#name.as_ref())),
            (Part::Perhaps(part), true) => Part::Perhaps(quote!(#part.map(|it| &it.#name))),
            (Part::Perhaps(part), false) => Part::Perhaps(quote!(#part.and_then(|it| it.#name.as_ref()))),
        }
    }
}

/// Whether the field is a plain value.
fn is_plain_hop(spec: &Spec, hop: &Hop) -> bool {
    spec.declared(&hop.of).is_some_and(|model| is_plain(Form::of(model), &hop.ty, hop.always))
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
