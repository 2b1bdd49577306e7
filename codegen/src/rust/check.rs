//! What parameters and fields of models are held to.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::template::literal;
use super::types::{declared, element, field_name, is_plain_field};
use crate::words;
use tool_spec::model::{Condition, Fan, Field, Hole, IdForm, Limits, Root, Rule, Spec, Tool, Ty, Type, TypeKind};

/// The limits and rules of a tool's parameters.
pub(super) fn of_tool(spec: &Spec, tool: &Tool) -> TokenStream {
    let params = tool.params.iter().map(|param| {
        let name = field_name(&param.name);
        let held = Held { ty: &param.ty, limits: &param.limits, required: param.required };
        held.to(spec, &param.name, &quote!(&self.#name), Some(&quote!(self.#name.is_some())))
    });
    let rules = tool.rules.iter().map(|rule| of_rule(tool, rule));
    let segments = elements_in_paths(spec, tool);
    quote!(#(#params)* #segments #(#rules)*)
}

/// Lists of which each element becomes a part of a path: one that cannot is told before the others are sent.
fn elements_in_paths(spec: &Spec, tool: &Tool) -> TokenStream {
    let mut checks = TokenStream::new();
    for request in tool.requests() {
        let Some(Fan::Each { of, alias, element, .. }) = &request.fan else { continue };
        let is_it = |hole: &Hole| hole.path.is_empty() && hole.root == Root::Element(alias.clone());
        if !request.segments.iter().any(is_it) || !tool.params.iter().any(|param| param.name == *of) {
            continue;
        }
        let slot = field_name(of);
        match element {
            Ty::String => checks.extend(quote!(check.segments(#of, &self.#slot, &["", ".", ".."]);)),
            // An empty one is told as no id.
            Ty::Id(kind) if spec.service.ids.iter().any(|id| id.name == *kind && id.form != Some(IdForm::Digits)) => {
                checks.extend(quote!(check.segments(#of, &self.#slot, &[".", ".."]);));
            }
            _ => {}
        }
    }
    checks
}

/// The limits of a model's fields.
pub(super) fn of_model(spec: &Spec, model: &Type, fields: &[Field]) -> TokenStream {
    let fields = fields.iter().map(|field| {
        let name = field_name(&field.name);
        let held = Held { ty: &field.ty, limits: &field.limits, required: field.required };
        if is_plain_field(model, field) {
            of_plain(spec, &name, &field.name, &held)
        } else {
            let blank = blank_is_absent(held.ty, held.limits, held.required);
            let slot = if blank { quote!(&rt::unless_blank(&self.#name)) } else { quote!(&self.#name) };
            held.to(spec, &field.name, &slot, Some(&quote!(self.#name.is_some())))
        }
    });
    let checks = quote!(#(#fields)*);
    if checks.is_empty() { quote!(let _ = check;) } else { checks }
}

/// The limits of a field that is no `Option`: empty, it is as if it were absent.
fn of_plain(spec: &Spec, slot: &Ident, name: &str, held: &Held<'_>) -> TokenStream {
    let empty = match held.ty {
        Ty::Integer | Ty::Number | Ty::Boolean | Ty::Json | Ty::Model(_) | Ty::Enum(_) => None,
        Ty::Id(_) | Ty::DateTime => Some(quote!(as_str().is_empty())),
        _ => Some(quote!(is_empty())),
    };
    let filter = empty.as_ref().map(|empty| quote!(.filter(|value| !value.#empty)));
    let given = empty.as_ref().map(|empty| quote!(!self.#slot.#empty));
    held.to(spec, name, &quote!(&Some(self.#slot.clone())#filter), given.as_ref())
}

/// A value and what it is held to.
struct Held<'a> {
    ty: &'a Ty,
    limits: &'a Limits,
    required: bool,
}

impl Held<'_> {
    /// The calls that hold it to that. `given` says whether it is there; without it, it always is.
    fn to(&self, spec: &Spec, name: &str, slot: &TokenStream, given: Option<&TokenStream>) -> TokenStream {
        let required = given.filter(|_| self.required).map(|given| quote!(check.required(#name, #given);));
        let shape = self.shape(spec, name, slot);
        let number = self.number(name, slot);
        let length = self.length(name, slot);
        let items = self.items(name, slot);
        quote!(#required #shape #number #length #items)
    }

    /// What follows from the type alone.
    fn shape(&self, spec: &Spec, name: &str, slot: &TokenStream) -> TokenStream {
        match self.ty {
            Ty::Id(_) => quote!(check.id(#name, #slot);),
            Ty::Email => quote!(check.email(#name, #slot);),
            Ty::Url => quote!(check.url(#name, #slot);),
            Ty::String if self.required && !may_be_empty(self.limits) => quote!(check.text(#name, #slot);),
            Ty::File => {
                let most = option(self.limits.max_bytes.map(Literal::u64_unsuffixed));
                let formats = &self.limits.formats;
                quote!(check.file(#name, #slot, #most, &[#(#formats),*]);)
            }
            Ty::Model(_) if is_held(spec, self.ty) => quote!(check.nested(#name, #slot);),
            Ty::Map(of) if is_held(spec, of) => quote!(check.nested_map(#name, #slot);),
            Ty::List(of) | Ty::Csv(of) => match of.as_ref() {
                Ty::Id(_) => quote!(check.ids(#name, #slot);),
                Ty::Email => quote!(check.emails(#name, #slot);),
                Ty::Url => quote!(check.urls(#name, #slot);),
                Ty::Model(_) if is_held(spec, of) => quote!(check.nested_list(#name, #slot);),
                _ => quote!(),
            },
            _ => quote!(),
        }
    }

    fn number(&self, name: &str, slot: &TokenStream) -> TokenStream {
        if self.limits.min.is_none() && self.limits.max.is_none() {
            return quote!();
        }
        let method = if *self.ty == Ty::Number { quote!(range_f64) } else { quote!(range) };
        let (min, max) = (self.limits.min.map(Literal::i64_unsuffixed), self.limits.max.map(Literal::i64_unsuffixed));
        let (min, max) = (option(min), option(max));
        quote!(check.#method(#name, #slot, #min, #max);)
    }

    fn length(&self, name: &str, slot: &TokenStream) -> TokenStream {
        // Nothing with a length is empty anyway, unless this very limit says that it may be.
        let min = self.limits.min_length.filter(|min| *min > 1);
        if min.is_none() && self.limits.max_length.is_none() {
            return quote!();
        }
        let (min, max) = (sizes(min), sizes(self.limits.max_length));
        quote!(check.length(#name, #slot, #min, #max);)
    }

    fn items(&self, name: &str, slot: &TokenStream) -> TokenStream {
        let unique = self.limits.unique.then(|| quote!(check.unique(#name, #slot);));
        if self.limits.min_items.is_none() && self.limits.max_items.is_none() {
            return quote!(#unique);
        }
        let (min, max) = (sizes(self.limits.min_items), sizes(self.limits.max_items));
        quote!(check.items(#name, #slot, #min, #max); #unique)
    }
}

/// Whether empty text means something: then it is sent.
fn may_be_empty(limits: &Limits) -> bool {
    limits.min_length == Some(0)
}

/// Whether empty text is as good as none.
pub(super) fn blank_is_absent(ty: &Ty, limits: &Limits, required: bool) -> bool {
    matches!(ty, Ty::String | Ty::Email | Ty::Url) && !required && !may_be_empty(limits)
}

fn sizes(size: Option<usize>) -> TokenStream {
    option(size.map(Literal::usize_unsuffixed))
}

fn option(value: Option<impl quote::ToTokens>) -> TokenStream {
    value.map_or_else(|| quote!(None), |value| quote!(Some(#value)))
}

/// Whether anything in a model is held to something.
fn is_held(spec: &Spec, ty: &Ty) -> bool {
    fn search<'a>(spec: &'a Spec, ty: &'a Ty, seen: &mut Vec<&'a str>) -> bool {
        let Some(Type { name, kind: TypeKind::Model(fields), .. }) = declared(spec, ty) else { return false };
        if seen.contains(&name.as_str()) {
            return false;
        }
        seen.push(name);
        fields.iter().any(|field| {
            let inner = element(&field.ty);
            field.required
                || field.limits != Limits::default()
                || matches!(inner, Ty::Id(_) | Ty::Email | Ty::Url)
                || search(spec, inner, seen)
        })
    }
    search(spec, ty, &mut Vec::new())
}

fn of_rule(tool: &Tool, rule: &Rule) -> TokenStream {
    let given = |names: &[String]| -> TokenStream {
        let given = names.iter().map(|name| {
            let given = given(tool, name);
            quote!((#name, #given))
        });
        quote!(&[#(#given),*])
    };
    let when = rule.when().map(|when| words::condition(&tool.params, when)).unwrap_or_default();
    let check = match rule {
        Rule::Need { any_of, because, .. } => {
            let given = given(any_of);
            quote!(check.need(#given, #when, #because);)
        }
        Rule::Exclude { of, because } => {
            let given = given(of);
            quote!(check.exclude(#given, #because);)
        }
        Rule::Order { first, second, .. } => {
            let (one, other) = (field_name(first), field_name(second));
            quote!(check.order(#first, &self.#one, #second, &self.#other, #when);)
        }
    };
    match rule.when() {
        Some(when) => {
            let holds = condition(tool, when);
            quote!(if #holds { #check })
        }
        None => check,
    }
}

/// Whether a parameter was given, as an expression; a `false` was not.
pub(super) fn given(tool: &Tool, name: &str) -> TokenStream {
    let slot = field_name(name);
    let is_boolean = tool.params.iter().any(|param| param.name == name && param.ty == Ty::Boolean);
    if is_boolean { quote!(self.#slot == Some(true)) } else { quote!(self.#slot.is_some()) }
}

/// Whether a condition holds, as an expression.
pub(super) fn condition(tool: &Tool, condition: &Condition) -> TokenStream {
    match condition {
        Condition::Given(name) => given(tool, name),
        Condition::Is(name, value) => {
            let param = tool.params.iter().find(|param| param.name == *name);
            let value = literal(&value.as_str().into(), param.map_or(&Ty::String, |param| &param.ty));
            let slot = field_name(name);
            quote!(self.#slot == Some(#value))
        }
    }
}
