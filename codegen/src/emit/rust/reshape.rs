//! Answers in another shape, and the paths into an answer.

use proc_macro2::TokenStream;
use quote::quote;

use super::scope::{Known, Scope};
use super::template::{holes, literal};
use super::types::{Form, element, field_name, ident, is_copy, is_many, is_plain, is_plain_field};
use crate::emit::EmitError;
use crate::model::{Entry, Field, Hop, Root, Template, Ty, Type};

/// An expression and whether it is a plain value rather than an `Option`.
pub(super) struct Found {
    pub(super) expr: TokenStream,
    pub(super) plain: bool,
}

impl Found {
    fn plain(expr: TokenStream) -> Self {
        Found { expr, plain: true }
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
pub(super) fn answer(scope: &Scope<'_>, model: &str, template: &Template) -> Result<TokenStream, EmitError> {
    let (Some(model), Template::Object(entries)) = (scope.spec.declared(model), template) else {
        return Err(scope.error("an answer that is reshaped into no object"));
    };
    object(scope, model, entries)
}

/// A model out of the members of a template.
fn object(scope: &Scope<'_>, model: &Type, entries: &[Entry]) -> Result<TokenStream, EmitError> {
    let name = ident(&model.name);
    let fields = scope.spec.fields(&model.name);
    let mut members = Vec::new();
    for entry in entries {
        let Some(field) = fields.iter().find(|field| field.name == entry.key) else {
            return Err(scope.error(&format!("{} has no field {}", model.name, entry.key)));
        };
        members.push(member(scope, model, field, &entry.value, entries)?);
    }
    let rest = (members.len() < fields.len()).then(|| quote!(..Default::default()));
    Ok(quote!(#name { #(#members,)* #rest }))
}

fn member(
    scope: &Scope<'_>,
    model: &Type,
    field: &Field,
    template: &Template,
    all: &[Entry],
) -> Result<TokenStream, EmitError> {
    let name = field_name(&field.name);
    let value = value(scope, &field.ty, template, all)?.fit(is_plain_field(model, field));
    Ok(if name == value.to_string() { quote!(#name) } else { quote!(#name: #value) })
}

fn value(scope: &Scope<'_>, ty: &Ty, template: &Template, all: &[Entry]) -> Result<Found, EmitError> {
    match template {
        Template::Hole(hole) => {
            let base = base(scope, &hole.root)?;
            Ok(walk(&base, &hole.path, way(all, &hole.root, &hole.path)))
        }
        Template::Constant(json) => {
            let literal = literal(json, ty).ok_or_else(|| scope.error("a constant of no type in an answer"))?;
            Ok(Found::plain(literal))
        }
        Template::Object(entries) => match super::types::declared(scope.spec, ty) {
            Some(model) => Ok(Found::plain(object(scope, model, entries)?)),
            None => Err(scope.error("an object in an answer that wants none")),
        },
        Template::For { over, element: template } => {
            let base = base(scope, &over.root)?;
            let list = walk(&base, &over.path, way(all, &over.root, &over.path)).fit(true);
            let mapped = mapped(scope, element(ty), template)?;
            Ok(Found::plain(quote!(#list.into_iter()#mapped.collect())))
        }
        Template::List(_) | Template::Has { .. } => Err(scope.error("a list of single values in an answer")),
    }
}

/// The step from the elements of one list to those of another.
fn mapped(scope: &Scope<'_>, ty: &Ty, template: &Template) -> Result<TokenStream, EmitError> {
    let scope = scope.with(Root::Item, Known::plain(quote!(item)));
    let found = value(&scope, ty, template, &[])?;
    let expr = found.expr;
    Ok(if found.plain { quote!(.map(|item| #expr)) } else { quote!(.filter_map(|item| #expr)) })
}

fn base(scope: &Scope<'_>, root: &Root) -> Result<TokenStream, EmitError> {
    match root {
        Root::Answer => Ok(quote!(answer)),
        Root::Item => Ok(quote!(item)),
        _ => Err(scope.error("an answer that is reshaped with what is not in it")),
    }
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
