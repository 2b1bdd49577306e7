//! Answers in another shape, and the paths into an answer.

use proc_macro2::TokenStream;
use quote::quote;

use super::scope::{Known, Scope, place};
use super::template::{holes, literal, uses};
use super::types::{self, Form, declared, element, field_name, is_copy, is_many, is_plain, is_plain_field, rust_type};
use tool_spec::model::{Entry, Field, Hop, Root, Template, Ty, Type};

/// An expression and whether it is a plain value rather than an `Option`.
pub(super) struct Found {
    pub(super) expr: TokenStream,
    pub(super) plain: bool,
}

impl Found {
    fn plain(expr: TokenStream) -> Self {
        Found { expr, plain: true }
    }

    /// The expression as one of another type, of an answer too.
    pub(super) fn recast(self, from: &Ty, into: &Ty) -> Self {
        let wanted = rust_type(into, Form::Out);
        if rust_type(from, Form::Out).to_string() == wanted.to_string() {
            return self;
        }
        let expr = self.expr;
        let recast = quote!(rt::recast::<#wanted>);
        Found { expr: if self.plain { quote!(#recast(#expr)) } else { quote!(#expr.and_then(#recast)) }, plain: false }
    }

    /// The expression as a plain value or as an `Option`.
    pub(super) fn fit(self, plain: bool) -> TokenStream {
        let expr = self.expr;
        match (self.plain, plain) {
            (true, false) => quote!(Some(#expr)),
            (false, true) => quote!(#expr.unwrap_or_default()),
            _ => expr,
        }
    }
}

/// How a value is had.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// Moved out of the answer.
    Move,
    /// Cloned.
    Clone,
    /// The first element of a list, cloned.
    First,
}

/// The value at the end of a path that starts at `base`. A list on the way stands for its first element.
pub(super) fn walk(base: &TokenStream, path: &[Hop], way: Way) -> Found {
    let Some((hop, rest)) = path.split_first() else { return Found::plain(base.clone()) };
    let name = field_name(&hop.field);
    let field = quote!(#base.#name);
    let plain = is_plain(Form::Out, &hop.ty, hop.always);
    if rest.is_empty() && way == Way::First {
        return Found { expr: quote!(#field.first().cloned()), plain: false };
    }
    if rest.is_empty() {
        let clone = (way == Way::Clone && !is_copy(&hop.ty, Form::Out)).then(|| quote!(.clone()));
        return Found { expr: quote!(#field #clone), plain };
    }
    if plain && !is_many(&hop.ty) {
        return walk(&field, rest, way);
    }
    let start = match (is_many(&hop.ty), way) {
        (true, Way::Move) => quote!(#field.into_iter().next()),
        (true, _) => quote!(#field.first()),
        (false, Way::Move) => field,
        (false, _) => quote!(#field.as_ref()),
    };
    let inner = walk(&quote!(inner), rest, way);
    let expr = inner.expr;
    let expr = if inner.plain { quote!(#start.map(|inner| #expr)) } else { quote!(#start.and_then(|inner| #expr)) };
    Found { expr, plain: false }
}

/// The answer as the model that the tool answers with.
pub(super) fn answer(scope: &Scope<'_>, template: &Template) -> TokenStream {
    let model = Ty::Model(scope.tool.answer.clone());
    value(scope, &model, template, &[]).fit(true)
}

/// A model out of the members of a template.
fn object(scope: &Scope<'_>, model: &Type, entries: &[Entry]) -> TokenStream {
    let name = types::model(&model.name);
    let fields = scope.spec.fields(&model.name);
    let members = entries.iter().filter_map(|entry| {
        let field = fields.iter().find(|field| field.name == entry.key)?;
        Some(member(scope, model, field, &entry.value, entries))
    });
    let rest = (entries.len() < fields.len()).then(|| quote!(..rt::Default::default()));
    quote!(#name { #(#members,)* #rest })
}

fn member(scope: &Scope<'_>, model: &Type, field: &Field, template: &Template, all: &[Entry]) -> TokenStream {
    let name = field_name(&field.name);
    let value = value(scope, &field.ty, template, all).fit(is_plain_field(model, field));
    if name == value.to_string() { quote!(#name) } else { quote!(#name: #value) }
}

fn value(scope: &Scope<'_>, ty: &Ty, template: &Template, all: &[Entry]) -> Found {
    match template {
        Template::Hole(hole) => {
            let base = place(&hole.root);
            walk(&quote!(#base), &hole.path, way(all, &hole.root, &hole.path)).recast(&hole.ty, ty)
        }
        Template::Object(entries) => match declared(scope.spec, ty) {
            Some(model) => Found::plain(object(scope, model, entries)),
            None => Found::plain(quote!(rt::Default::default())),
        },
        Template::For { over, element: template } => {
            let base = place(&over.root);
            let list = walk(&quote!(#base), &over.path, way(all, &over.root, &over.path)).fit(true);
            let mapped = mapped(scope, element(ty), template);
            Found::plain(quote!(#list.into_iter()#mapped.collect()))
        }
        // Of the others the check leaves only constants.
        Template::Constant(json) => Found::plain(literal(json, ty)),
        Template::List(_) | Template::Has { .. } | Template::When { .. } => {
            Found::plain(quote!(rt::Default::default()))
        }
    }
}

/// The step from the elements of one list to those of another.
fn mapped(scope: &Scope<'_>, ty: &Ty, template: &Template) -> TokenStream {
    let scope = scope.with(Root::Item, Known::plain(quote!(item)));
    let found = value(&scope, ty, template, &[]);
    let item = if uses(template, &Root::Item) { quote!(item) } else { quote!(_) };
    let expr = found.expr;
    if found.plain { quote!(.map(|#item| #expr)) } else { quote!(.filter_map(|#item| #expr)) }
}

/// A field that only one hole starts at is moved; one that several start at is copied.
fn way(all: &[Entry], root: &Root, path: &[Hop]) -> Way {
    let start = path.first().map(|hop| &hop.field);
    let uses = all
        .iter()
        .flat_map(|entry| holes(&entry.value))
        .filter(|hole| hole.root == *root && hole.path.first().map(|hop| &hop.field) == start)
        .count();
    if uses > 1 { Way::Clone } else { Way::Move }
}
