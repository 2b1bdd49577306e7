//! One request of the spec and its answer: sent once, or once for each part of a list, and brought into shape.

use proc_macro2::TokenStream;
use quote::quote;

use super::reshape::{self, Found};
use super::scope::{Known, Scope, local};
use super::tool::{Envelope, envelope};
use super::types::{Form, declared, element, field_name, ident, is_copy, is_plain, is_plain_field};
use super::{request, run};
use crate::emit::EmitError;
use crate::model::{Fan, Field, Outcomes, Request, Root, Ty, Type};

/// Statements, and the expression of the tool's answer after them.
pub(super) struct Exchange {
    pub(super) statements: TokenStream,
    tail: Tail,
}

enum Tail {
    /// The answer.
    Answer(TokenStream),
    /// A `Result` of it.
    Fallible(TokenStream),
    /// What this request is answered with, as it comes.
    Asked(TokenStream),
}

impl Exchange {
    /// All of it, where the answer goes to its place in a function that returns a `Result`.
    pub(super) fn placed(self) -> TokenStream {
        let (statements, answer) = self.split();
        quote!(#statements *to = #answer;)
    }

    /// The statements and the answer, in a function that returns a `Result`.
    pub(super) fn split(self) -> (TokenStream, TokenStream) {
        let Exchange { statements, tail } = self;
        match tail {
            Tail::Answer(answer) => (statements, answer),
            Tail::Fallible(answer) => (statements, quote!(#answer?)),
            Tail::Asked(request) => (quote!(#statements let request = #request;), quote!(run.ask(request).await?)),
        }
    }

    /// Whether it is one request whose answer is taken as it comes.
    pub(super) fn is_request(&self) -> bool {
        matches!(self.tail, Tail::Asked(_))
    }

    /// That request, with the statements before it.
    pub(super) fn request(self) -> TokenStream {
        let Exchange { statements, tail: Tail::Asked(tail) | Tail::Answer(tail) | Tail::Fallible(tail) } = self;
        quote!(#statements #tail)
    }
}

/// One request; `failed` is what an error is told.
pub(super) fn of(scope: &Scope<'_>, asked: &Request, failed: &TokenStream) -> Result<Exchange, EmitError> {
    match &asked.fan {
        None => single(scope, asked, failed),
        Some(Fan::Chunk { of, size }) => chunks(scope, asked, failed, of, *size),
        Some(Fan::Each { of, element, alias, per_page, outcomes }) => {
            each(scope, asked, failed, &Each { of, element, alias, per_page: *per_page, outcomes: outcomes.as_ref() })
        }
    }
}

fn single(scope: &Scope<'_>, asked: &Request, failed: &TokenStream) -> Result<Exchange, EmitError> {
    let request = request::build(scope, asked)?;
    if asked.reshape.is_none() && failed.is_empty() {
        return Ok(Exchange { statements: quote!(), tail: Tail::Asked(request) });
    }
    let model = ident(&asked.answer);
    let build = quote!(let request = #request;);
    let received = quote!(run.ask(request).await #failed);
    Ok(if asked.reshape.is_some() {
        let answer = reshaped(scope, asked)?;
        Exchange { statements: quote!(#build let answer: #model = #received?;), tail: Tail::Answer(answer) }
    } else {
        Exchange { statements: build, tail: Tail::Fallible(received) }
    })
}

/// The answer of the request as the tool's.
fn reshaped(scope: &Scope<'_>, asked: &Request) -> Result<TokenStream, EmitError> {
    match &asked.reshape {
        Some(template) => reshape::answer(scope, &scope.tool.answer, template),
        None => Ok(quote!(answer)),
    }
}

fn chunks(
    scope: &Scope<'_>,
    asked: &Request,
    failed: &TokenStream,
    of: &str,
    size: usize,
) -> Result<Exchange, EmitError> {
    let list = scope.name(of)?.borrowed();
    let inner = scope.with(Root::Param(of.to_owned()), Known::plain(quote!(chunk)));
    let request = request::build(&inner, asked)?;
    let model = ident(&asked.answer);
    let size = proc_macro2::Literal::usize_unsuffixed(size);
    let statements = quote! {
        let mut answer = #model::default();
        for chunk in chunks(#list, #size) {
            let request = #request;
            answer.join(run.ask(request).await #failed?);
        }
    };
    Ok(Exchange { statements, tail: Tail::Answer(reshaped(scope, asked)?) })
}

/// See [`Fan::Each`].
struct Each<'a> {
    of: &'a str,
    element: &'a Ty,
    alias: &'a str,
    per_page: Option<usize>,
    outcomes: Option<&'a Outcomes>,
}

fn each(scope: &Scope<'_>, asked: &Request, failed: &TokenStream, each: &Each<'_>) -> Result<Exchange, EmitError> {
    let list = scope.name(each.of)?.slice();
    let element = local(each.alias);
    let inner = scope.with(Root::Element(each.alias.to_owned()), Known::reference(quote!(#element)));
    let request = request::build(&inner, asked)?;
    let (page, list) = match each.per_page {
        Some(size) => {
            let cursor = scope.name(run::CURSOR)?.borrowed();
            let size = proc_macro2::Literal::usize_unsuffixed(size);
            (quote!(let page = run.page_of(#list.to_vec(), #cursor, #size);), quote!(&page.elements))
        }
        None => (quote!(), list),
    };
    let (model, one) = match each.outcomes {
        Some(outcomes) => (&scope.tool.answer, outcome(scope, asked, each, outcomes)?),
        None => (&asked.answer, quote!(answer.join(run.ask(request).await #failed?);)),
    };
    let model = ident(model);
    let answer = if each.outcomes.is_some() { quote!(answer) } else { reshaped(scope, asked)? };
    let (end, answer) = match each.per_page {
        Some(_) => paged(scope, answer, asked.reshape.is_some())?,
        None => (quote!(), answer),
    };
    let statements = quote! {
        #page
        let mut answer = #model::default();
        for #element in #list {
            let request = #request;
            #one
        }
        #end
    };
    Ok(Exchange { statements, tail: Tail::Answer(answer) })
}

/// The statements that put one answer, or what went wrong, among the outcomes.
fn outcome(scope: &Scope<'_>, asked: &Request, each: &Each<'_>, outcomes: &Outcomes) -> Result<TokenStream, EmitError> {
    let into = scope.spec.fields(&scope.tool.answer).iter().find(|field| field.name == outcomes.into);
    let model = into.and_then(|into| declared(scope.spec, element(&into.ty)));
    let (Some(into), Some(model)) = (into, model) else {
        return Err(scope.error("outcomes that the answer has no list for"));
    };
    let (into, name, answer) = (field_name(&into.name), ident(&model.name), ident(&asked.answer));
    let of_answer = scope.spec.fields(&asked.answer);
    let fields = scope.spec.fields(&model.name);
    let values = fields.iter().filter_map(|field| outcome_field(model, field, of_answer, each, outcomes));
    let values: Vec<TokenStream> = values.collect();
    let rest = (values.len() < fields.len()).then(|| quote!(..Default::default()));
    Ok(quote! {
        let (done, error) = run.outcome::<#answer>(request).await?;
        answer.#into.push(#name { #(#values,)* #rest });
    })
}

fn outcome_field(
    model: &Type,
    field: &Field,
    of_answer: &[Field],
    each: &Each<'_>,
    outcomes: &Outcomes,
) -> Option<TokenStream> {
    let name = field_name(&field.name);
    let found = if field.name == outcomes.item {
        let element = local(each.alias);
        let expr = if is_copy(each.element, Form::In) { quote!(*#element) } else { quote!(#element.clone()) };
        Found { expr, plain: true }
    } else if field.name == outcomes.error {
        let value = Found { expr: quote!(error), plain: false }.fit(is_plain_field(model, field));
        return Some(if value.to_string() == "error" && name == "error" {
            quote!(error)
        } else {
            quote!(#name: #value)
        });
    } else {
        let same = of_answer.iter().find(|other| other.name == field.name)?;
        Found { expr: quote!(done.#name), plain: is_plain(Form::Out, &same.ty, same.always) }
    };
    let value = found.fit(is_plain_field(model, field));
    Some(quote!(#name: #value))
}

/// The statements that put the cursor and the total of a page that is made here into the answer's paging envelope.
fn paged(scope: &Scope<'_>, answer: TokenStream, is_new: bool) -> Result<(TokenStream, TokenStream), EmitError> {
    let spec = scope.spec;
    let Some(Envelope { page, field, model, cursor }) = envelope(spec, &scope.tool.answer) else {
        return Err(scope.error("pages that the answer has no envelope for"));
    };
    let fields = spec.fields(&model.name);
    let total = fields.iter().find(|field| field.name == spec.service.paging_total);
    let next = Found { expr: quote!(page.next), plain: false }.fit(is_plain_field(model, cursor));
    let cursor = field_name(&cursor.name);
    let total = total.map(|total| {
        let value = Found { expr: quote!(page.total), plain: true }.fit(is_plain_field(model, total));
        let name = field_name(&total.name);
        quote!(#name: #value,)
    });
    let given = 1 + usize::from(total.is_some());
    let rest = (given < fields.len()).then(|| quote!(..Default::default()));
    let name = ident(&model.name);
    let records = Found { expr: quote!(#name { #cursor: #next, #total #rest }), plain: true };
    let records = records.fit(is_plain_field(page, field));
    let slot = field_name(&field.name);
    let renewed = is_new.then(|| quote!(let mut answer = #answer;));
    Ok((quote!(#renewed answer.#slot = #records;), quote!(answer)))
}
