//! One request of the spec and its answer: sent once, or once for each part of a list, and brought into shape.

use proc_macro2::TokenStream;
use quote::quote;

use super::paging::paged;
use super::reshape::{self, Found};
use super::scope::{Known, Scope, local};
use super::types::{Form, field_name, is_copy, is_plain_field, model, rust_type};
use super::{request, template};
use tool_spec::model::{Fan, Field, Outcomes, Request, Root, Ty, Type};

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
pub(super) fn of(scope: &Scope<'_>, asked: &Request, failed: Option<&TokenStream>) -> Exchange {
    match &asked.fan {
        None => single(scope, asked, failed),
        Some(Fan::Chunk { of, size }) => chunks(scope, asked, failed, of, *size),
        Some(Fan::Each { of, element, alias, per_page, outcomes }) => {
            each(scope, asked, failed, &Each { of, element, alias, per_page: *per_page, outcomes: outcomes.as_ref() })
        }
    }
}

/// A `Result`, with what an error is told.
pub(super) fn told(result: TokenStream, failed: Option<&TokenStream>) -> TokenStream {
    failed.map_or_else(|| result.clone(), |failed| quote!(rt::failed(#result, || #failed)))
}

fn single(scope: &Scope<'_>, asked: &Request, failed: Option<&TokenStream>) -> Exchange {
    let request = request::build(scope, asked);
    if asked.reshape.is_none() && failed.is_none() {
        return Exchange { statements: quote!(), tail: Tail::Asked(request) };
    }
    let answer = model(&asked.answer);
    let build = quote!(let request = #request;);
    let received = told(quote!(run.ask(request).await), failed);
    if asked.reshape.is_some() {
        let reshaped = reshaped(scope, asked);
        let name = if template::uses_answer(asked.reshape.as_ref()) { quote!(answer) } else { quote!(_) };
        Exchange { statements: quote!(#build let #name: #answer = #received?;), tail: Tail::Answer(reshaped) }
    } else {
        Exchange { statements: build, tail: Tail::Fallible(received) }
    }
}

/// The answer of the request as the tool's.
fn reshaped(scope: &Scope<'_>, asked: &Request) -> TokenStream {
    asked.reshape.as_ref().map_or_else(|| quote!(answer), |template| reshape::answer(scope, template))
}

fn chunks(scope: &Scope<'_>, asked: &Request, failed: Option<&TokenStream>, of: &str, size: usize) -> Exchange {
    let list = scope.name(of).borrowed();
    let inner = scope.with(Root::Param(of.to_owned()), Known::plain(quote!(chunk)));
    let request = request::build(&inner, asked);
    let model = model(&asked.answer);
    let received = told(quote!(run.ask(request).await), failed);
    let size = proc_macro2::Literal::usize_unsuffixed(size);
    let statements = quote! {
        let mut answer: #model = rt::Default::default();
        for chunk in rt::chunks(#list, #size) {
            let request = #request;
            rt::Join::join(&mut answer, #received?);
        }
    };
    Exchange { statements, tail: Tail::Answer(reshaped(scope, asked)) }
}

/// See [`Fan::Each`].
struct Each<'a> {
    of: &'a str,
    element: &'a Ty,
    alias: &'a str,
    per_page: Option<usize>,
    outcomes: Option<&'a Outcomes>,
}

fn each(scope: &Scope<'_>, asked: &Request, failed: Option<&TokenStream>, each: &Each<'_>) -> Exchange {
    let list = scope.name(each.of).slice();
    let element = local(each.alias);
    let inner = scope.with(Root::Element(each.alias.to_owned()), Known::reference(quote!(#element)));
    let request = request::build(&inner, asked);
    let (page, list) = match each.per_page {
        Some(size) => {
            let cursor = scope.tool.paging.as_deref().map(|param| scope.name(param).borrowed());
            let size = proc_macro2::Literal::usize_unsuffixed(size);
            (quote!(let page = run.page_of(#list.to_vec(), #cursor, #size);), quote!(&page.elements))
        }
        None => (quote!(), list),
    };
    let (answered, one) = match each.outcomes {
        Some(outcomes) => (&scope.tool.answer, outcome(scope, asked, each, outcomes)),
        None => {
            let received = told(quote!(run.ask(request).await), failed);
            (&asked.answer, quote!(rt::Join::join(&mut answer, #received?);))
        }
    };
    let model = model(answered);
    let answer = if each.outcomes.is_some() { quote!(answer) } else { reshaped(scope, asked) };
    let (end, answer) = match each.per_page {
        Some(_) => paged(scope, answer, asked.reshape.is_some()),
        None => (quote!(), answer),
    };
    let statements = quote! {
        #page
        let mut answer: #model = rt::Default::default();
        for #element in #list {
            let request = #request;
            #one
        }
        #end
    };
    Exchange { statements, tail: Tail::Answer(answer) }
}

/// The statements that put one answer, or what went wrong, among the outcomes.
fn outcome(scope: &Scope<'_>, asked: &Request, each: &Each<'_>, outcomes: &Outcomes) -> TokenStream {
    let (into, name, answer) = (field_name(&outcomes.into), model(&asked.answer), model(&asked.answer));
    let declared = scope.spec.declared(&asked.answer);
    let fields = scope.spec.fields(&asked.answer).iter();
    let values = fields.filter_map(|field| outcome_field(declared?, field, each, outcomes));
    let from_answer = |field: &Field| field.name != outcomes.item && field.name != outcomes.error;
    let done = if scope.spec.fields(&asked.answer).iter().any(from_answer) { quote!(done) } else { quote!(_) };
    quote! {
        let (#done, error) = run.outcome::<#answer>(request).await?;
        answer.#into.push(#name { #(#values,)* });
    }
}

fn outcome_field(model: &Type, field: &Field, each: &Each<'_>, outcomes: &Outcomes) -> Option<TokenStream> {
    let name = field_name(&field.name);
    let plain = is_plain_field(model, field);
    let value = if field.name == outcomes.item {
        let element = local(each.alias);
        let copied = if is_copy(each.element, Form::In) { quote!(*#element) } else { quote!(#element.clone()) };
        if rust_type(each.element, Form::In).to_string() == rust_type(&field.ty, Form::Out).to_string() {
            Found { expr: copied, plain: true }
        } else {
            Found { expr: quote!(rt::sent_as(#element)), plain: false }
        }
    } else if field.name == outcomes.error {
        Found { expr: quote!(error), plain: false }
    } else {
        Found { expr: quote!(done.#name), plain }
    };
    let value = value.fit(plain);
    Some(if name == value.to_string() { value } else { quote!(#name: #value) })
}
