//! What a tool sends and makes of the answers: its `request`, or if that is not all, its `run`.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::quote;

use super::exchange::{self, Exchange};
use super::reshape::{Way, walk};
use super::scope::{Known, Scope, local};
use super::template::{holes, literal, path_names};
use super::types::{element, field_name, ident, is_many};
use super::{check, keep, notice, request, source, text};
use crate::emit::EmitError;
use crate::model::{
    Case, Condition, Fan, Field, Hop, Plan, Request, Root, Source, Spec, Step, Take, Tool, Type, Which,
};

/// The parameter that says where a page begins: a word of the spec language.
pub(super) const CURSOR: &str = "cursor";

/// The method.
pub(super) fn of_tool(scope: &Scope<'_>) -> Result<TokenStream, EmitError> {
    let notices = notice::of_tool(scope.spec, scope.tool);
    let (bindings, mut sent) = match &scope.tool.plan {
        Plan::Cases(cases) => match cases.as_slice() {
            [only] => {
                let (bindings, scope) = bind(scope, None)?;
                (bindings, vec![(None, exchange::of(&scope, &only.request, &quote!())?)])
            }
            several => (quote!(), several.iter().map(|case| of_case(scope, case)).collect::<Result<_, _>>()?),
        },
        Plan::Steps(steps) => {
            let (bindings, scope) = bind(scope, None)?;
            let (before, last) = of_steps(&scope, steps)?;
            (quote!(#bindings #before), vec![(None, last)])
        }
    };
    let model = ident(&scope.tool.answer);
    let Some(keep) = keep::of_tool(scope)? else {
        if !asks(scope.tool) && sent.iter().all(|(_, exchange)| exchange.is_request()) {
            let request = chain(sent, Exchange::request);
            return Ok(request_method(&quote!(#notices #bindings Some(#request))));
        }
        let sent = chain(sent, Exchange::placed);
        return Ok(run_method(&model, &quote!(#notices #bindings #sent)));
    };
    let (before, answer) = match sent.pop() {
        Some((None, only)) if sent.is_empty() => only.split(),
        last => {
            sent.extend(last);
            let block = |exchange: Exchange| {
                let (statements, answer) = exchange.split();
                quote!(#statements #answer)
            };
            (quote!(), chain(sent, block))
        }
    };
    Ok(run_method(&model, &quote!(#notices #bindings #before let mut answer: #model = #answer; #keep *to = answer;)))
}

fn request_method(body: &TokenStream) -> TokenStream {
    let run = if mentions(body, "run") { ident("run") } else { ident("_") };
    quote!(fn request(&self, #run: &mut Run<'_>) -> Option<Request> { #body })
}

fn run_method(answer: &Ident, body: &TokenStream) -> TokenStream {
    quote! {
        fn run<'a>(&'a self, run: &'a mut Run<'_>, to: &'a mut #answer) -> BoxFuture<'a, Result<()>> {
            Box::pin(async move {
                #body
                Ok(())
            })
        }
    }
}

/// Whether a name is somewhere in the code.
fn mentions(code: &TokenStream, name: &str) -> bool {
    code.clone().into_iter().any(|token| match token {
        TokenTree::Ident(ident) => ident == name,
        TokenTree::Group(group) => mentions(&group.stream(), name),
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}

/// Whether a tool may ask others for what the caller left out, or has steps before its last request.
fn asks(tool: &Tool) -> bool {
    let is_asked = |source: &Source| matches!(source, Source::Ask(_));
    let defaults = tool.params.iter().filter_map(|param| param.default.as_ref());
    matches!(tool.plan, Plan::Steps(_)) || defaults.chain(tool.values.iter().map(|value| &value.source)).any(is_asked)
}

/// Requests with their conditions as one `if` after another; the last has none.
fn chain(sent: Vec<(Option<TokenStream>, Exchange)>, end: impl Fn(Exchange) -> TokenStream) -> TokenStream {
    let is_one = sent.len() == 1;
    sent.into_iter()
        .map(|(when, exchange)| {
            let block = end(exchange);
            match when {
                Some(when) => quote!(if #when { #block } else),
                None if is_one => block,
                None => quote!({ #block }),
            }
        })
        .collect()
}

/// One of several requests. What it alone needs to know is asked only when it is the one.
fn of_case(scope: &Scope<'_>, case: &Case) -> Result<(Option<TokenStream>, Exchange), EmitError> {
    let needed = names_needed(scope.tool, &case.request);
    let (bindings, inner) = bind(scope, Some(&needed))?;
    let mut exchange = exchange::of(&inner, &case.request, &quote!())?;
    let statements = exchange.statements;
    exchange.statements = quote!(#bindings #statements);
    let when = case.when.as_ref().map(|when| condition(scope, when)).transpose()?;
    Ok((when, exchange))
}

fn condition(scope: &Scope<'_>, condition: &Condition) -> Result<TokenStream, EmitError> {
    match condition {
        Condition::Given(name) => Ok(check::given(scope.tool, name)),
        Condition::Is(name, value) => {
            let param = scope.tool.params.iter().find(|param| param.name == *name);
            let value = param.and_then(|param| literal(&value.as_str().into(), &param.ty));
            let value = value.ok_or_else(|| scope.error("a condition on what has no such value"))?;
            let slot = field_name(name);
            Ok(quote!(self.#slot == Some(#value)))
        }
    }
}

/// The statements that work out what is no parameter or what the caller left out, and the names known after them. With
/// `only`, those of these names.
fn bind<'a>(scope: &Scope<'a>, only: Option<&[String]>) -> Result<(TokenStream, Scope<'a>), EmitError> {
    let wanted = |name: &str| only.is_none_or(|only| only.iter().any(|other| other == name));
    let mut scope = scope.clone();
    let mut statements = TokenStream::new();
    for param in scope.tool.params.iter().filter(|param| wanted(&param.name)) {
        if let Some(Source::Ask(ask)) = &param.default {
            statements.extend(source::bind_param(&scope, &param.name, &param.ty, ask)?);
            let name = local(&param.name);
            scope = scope.with(Root::Param(param.name.clone()), Known::optional(quote!(#name)));
        }
    }
    for value in scope.tool.values.iter().filter(|value| wanted(&value.name)) {
        statements.extend(source::bind_value(&scope, value)?);
        let name = local(&value.name);
        scope = scope.with(Root::Value(value.name.clone()), Known::optional(quote!(#name)));
    }
    Ok((statements, scope))
}

/// The names of everything that a request needs, directly or by way of a value.
fn names_needed(tool: &Tool, request: &Request) -> Vec<String> {
    let templates = request.query.iter().map(|(_, value)| value).chain(&request.body);
    let mut names: Vec<String> = templates
        .flat_map(holes)
        .filter_map(|hole| match &hole.root {
            Root::Param(name) | Root::Value(name) => Some(name.clone()),
            Root::Element(_) | Root::Item | Root::Key | Root::Answer => None,
        })
        .chain(path_names(&request.path).into_iter().map(str::to_owned))
        .collect();
    if let Some(Fan::Chunk { of, .. } | Fan::Each { of, .. }) = &request.fan {
        names.push(of.clone());
    }
    let mut at = 0;
    while let Some(name) = names.get(at).cloned() {
        let values = tool.values.iter().filter(|value| value.name == name).map(|value| &value.source);
        let defaults = tool.params.iter().filter(|param| param.name == name).filter_map(|param| param.default.as_ref());
        for source in values.chain(defaults) {
            let more = names_of(source).into_iter().filter(|name| !names.contains(name)).collect::<Vec<_>>();
            names.extend(more);
        }
        at += 1;
    }
    names
}

/// The names that a source looks at.
fn names_of(source: &Source) -> Vec<String> {
    match source {
        Source::Hash(names) => names.clone(),
        Source::First { param, .. } | Source::SameAs(param) => vec![param.clone()],
        Source::Ask(ask) => match &ask.which {
            Which::Match { fields, .. } => fields.iter().map(|(_, name)| name.clone()).collect(),
            Which::Only { .. } | Which::Every => Vec::new(),
        },
        Source::Constant(_) | Source::FreshUuid | Source::DaysAgo(_) => Vec::new(),
    }
}

/// The statements of all steps but the last, and the last.
fn of_steps(scope: &Scope<'_>, steps: &[Step]) -> Result<(TokenStream, Exchange), EmitError> {
    let Some((last, before)) = steps.split_last() else { return Err(scope.error("no steps")) };
    let mut scope = scope.clone();
    let mut statements = TokenStream::new();
    for step in before {
        let (more, inner) = of_step(&scope, step)?;
        statements.extend(more);
        scope = inner;
    }
    let failed = failed(&scope, last)?;
    let last = exchange::of(&scope, &last.request, &failed)?;
    Ok((statements, last))
}

/// A step before the last: sent for its effect, and for what later steps need of its answer.
fn of_step<'a>(scope: &Scope<'a>, step: &Step) -> Result<(TokenStream, Scope<'a>), EmitError> {
    if step.request.fan.is_some() || step.request.reshape.is_some() {
        return Err(scope.error("a step of several requests, or reshaped, that is not the last"));
    }
    let failed = failed(scope, step)?;
    let built = request::build(scope, &step.request)?;
    if step.take.is_empty() {
        return Ok((quote!(let request = #built; run.send(request).await #failed?;), scope.clone()));
    }
    let model = ident(&step.request.answer);
    let mut statements = quote!(let request = #built; let answer: #model = run.ask(request).await #failed?;);
    let mut after = scope.clone();
    let missing = match &step.missing {
        Some(missing) if text::words(missing).is_none() => {
            let text = text::owned(scope, missing)?;
            statements.extend(quote!(let missing = #text;));
            quote!(&missing)
        }
        Some(missing) => text::borrowed(scope, missing)?,
        None => quote!(""),
    };
    for take in &step.take {
        let name = local(&take.name);
        let (value, wire) = (taken(take), take.path.last().map_or("", |hop| hop.field.as_str()));
        statements.extend(quote!(let #name = run.take(#value, #wire, #missing)?;));
        after = after.with(Root::Value(take.name.clone()), Known::plain(quote!(#name)));
    }
    Ok((statements, after))
}

/// What a step's failure is told, as a call on its `Result`.
fn failed(scope: &Scope<'_>, step: &Step) -> Result<TokenStream, EmitError> {
    let Some(failed) = &step.failed else { return Ok(quote!()) };
    let text = text::owned(scope, failed)?;
    Ok(quote!(.failed(|| #text)))
}

/// A value of an answer, as an `Option`; of a list at the end of its path, the first element if that is what is wanted.
fn taken(take: &Take) -> TokenStream {
    let way = match take.path.last() {
        Some(Hop { ty, .. }) if is_many(ty) && *element(ty) == take.ty => Way::First,
        _ => Way::Clone,
    };
    walk(&quote!(answer), &take.path, way).fit(false)
}

/// Whether the answers of a tool's requests are joined, and are of this model.
pub(super) fn joins(tool: &Tool, model: &str) -> bool {
    tool.requests().iter().any(|request| {
        request.answer == model && matches!(&request.fan, Some(Fan::Chunk { .. } | Fan::Each { outcomes: None, .. }))
    })
}

/// Whether a tool puts something of its own in this field of what Gong answers, so that Gong need not send it.
pub(super) fn fills(spec: &Spec, model: &Type, field: &Field) -> bool {
    let of_outcomes = |request: &Request| match &request.fan {
        Some(Fan::Each { outcomes: Some(outcomes), .. }) => {
            request.answer == model.name && [&outcomes.item, &outcomes.error].contains(&&field.name)
        }
        _ => false,
    };
    let mut tools = spec.groups.iter().flat_map(|group| &group.tools);
    tools.any(|tool| tool.requests().iter().any(|request| of_outcomes(request)))
}
