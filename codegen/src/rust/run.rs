//! What a tool sends and makes of the answers: its `request`, or if that is not all, its `run`.

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;

use super::exchange::{self, Exchange};
use super::reshape::{Way, walk};
use super::scope::{Known, Scope, local};
use super::template;
use super::types::{element, ident, is_many, model};
use super::{check, keep, notice, request, source, text};
use tool_spec::model::{Case, Fan, Field, Hop, Plan, Request, Root, Source, Spec, Step, Take, Text, Tool, Type, Which};

/// The method.
pub(super) fn of_tool(scope: &Scope<'_>) -> TokenStream {
    let notices = notice::of_tool(scope.spec, scope.tool);
    let (bindings, mut sent) = match &scope.tool.plan {
        Plan::Cases(cases) => match cases.as_slice() {
            [only] => {
                let (bindings, scope) = bind(scope, &[&only.request], &[]);
                (bindings, vec![(None, exchange::of(&scope, &only.request, None))])
            }
            several => (quote!(), several.iter().map(|case| of_case(scope, case)).collect()),
        },
        Plan::Steps(steps) => {
            let requests: Vec<&Request> = steps.iter().map(|step| &step.request).collect();
            let texts = steps.iter().flat_map(|step| step.missing.iter().chain(&step.failed)).collect::<Vec<_>>();
            let (bindings, scope) = bind(scope, &requests, &texts);
            let (before, last) = of_steps(&scope, steps);
            (quote!(#bindings #before), last.map(|last| (None, last)).into_iter().collect())
        }
    };
    let answer = model(&scope.tool.answer);
    let Some(keep) = keep::of_tool(scope) else {
        if !asks(scope.tool) && sent.iter().all(|(_, exchange)| exchange.is_request()) {
            let request = chain(sent, Exchange::request);
            return request_method(&quote!(#notices #bindings Some(#request)));
        }
        let sent = chain(sent, Exchange::placed);
        return run_method(&answer, &quote!(#notices #bindings #sent));
    };
    let (before, value) = match sent.pop() {
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
    run_method(&answer, &quote!(#notices #bindings #before let mut answer: #answer = #value; #keep *to = answer;))
}

fn request_method(body: &TokenStream) -> TokenStream {
    let run = if mentions(body, "run") { ident("run") } else { ident("_") };
    quote!(fn request(&self, #run: &mut rt::Run<'_>) -> rt::Option<rt::Request> { #body })
}

fn run_method(answer: &TokenStream, body: &TokenStream) -> TokenStream {
    quote! {
        fn run<'a>(
            &'a self,
            run: &'a mut rt::Run<'_>,
            to: &'a mut dyn rt::AnyAnswer,
        ) -> rt::BoxFuture<'a, rt::Result<()>> {
            rt::Box::pin(async move {
                let to: &mut #answer = rt::of_type(to)?;
                #body
                Ok(())
            })
        }
    }
}

/// Whether a variable of this name is somewhere in the code.
fn mentions(code: &TokenStream, name: &str) -> bool {
    let mut of_another = false;
    code.clone().into_iter().any(|token| {
        let found = match &token {
            TokenTree::Ident(ident) => ident == name && !of_another,
            TokenTree::Group(group) => mentions(&group.stream(), name),
            TokenTree::Punct(_) | TokenTree::Literal(_) => false,
        };
        of_another = matches!(&token, TokenTree::Punct(dot) if dot.as_char() == '.');
        found
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
fn of_case(scope: &Scope<'_>, case: &Case) -> (Option<TokenStream>, Exchange) {
    let (bindings, inner) = bind(scope, &[&case.request], &[]);
    let mut exchange = exchange::of(&inner, &case.request, None);
    let statements = exchange.statements;
    exchange.statements = quote!(#bindings #statements);
    (case.when.as_ref().map(|when| check::condition(scope.tool, when)), exchange)
}

/// The statements that work out what is no parameter or what the caller left out, as far as these requests and texts
/// need it, and the names known after them.
fn bind<'a>(scope: &Scope<'a>, requests: &[&Request], texts: &[&Text]) -> (TokenStream, Scope<'a>) {
    let needed = names_needed(scope.tool, requests, texts);
    let wanted = |name: &str| needed.iter().any(|other| other == name);
    let mut scope = scope.clone();
    let mut statements = TokenStream::new();
    for param in scope.tool.params.iter().filter(|param| wanted(&param.name)) {
        if let Some(Source::Ask(ask)) = &param.default {
            statements.extend(source::bind_param(&scope, &param.name, &param.ty, ask));
            let name = local(&param.name);
            scope = scope.with(Root::Param(param.name.clone()), Known::optional(quote!(#name)));
        }
    }
    for value in scope.tool.values.iter().filter(|value| wanted(&value.name)) {
        statements.extend(source::bind_value(&scope, value));
        let name = local(&value.name);
        scope = scope.with(Root::Value(value.name.clone()), Known::optional(quote!(#name)));
    }
    (statements, scope)
}

/// The names of everything that requests and texts need, directly or by way of a value.
fn names_needed(tool: &Tool, requests: &[&Request], texts: &[&Text]) -> Vec<String> {
    let mut names: Vec<String> = requests.iter().flat_map(|request| names_of_request(request)).collect();
    names.extend(texts.iter().flat_map(|text| text.names()).map(str::to_owned));
    let mut at = 0;
    while let Some(name) = names.get(at).cloned() {
        let value = tool.values.iter().find(|value| value.name == name);
        let param = tool.params.iter().find(|param| param.name == name);
        let source = value.map(|value| &value.source).or(param.and_then(|param| param.default.as_ref()));
        let given = value.and_then(|value| value.given.clone());
        let more: Vec<String> = source.map(names_of).into_iter().flatten().chain(given).collect();
        names.extend(more);
        at += 1;
    }
    names
}

/// The names that a request itself looks at.
fn names_of_request(request: &Request) -> Vec<String> {
    let templates = request.query.iter().map(|(_, value)| value).chain(&request.body);
    let mut names: Vec<String> = templates.flat_map(template::names).map(str::to_owned).collect();
    names.extend(request.segments.iter().filter_map(|hole| hole.root.name()).map(str::to_owned));
    names.extend(request.repeat_key.clone());
    match &request.fan {
        Some(Fan::Chunk { of, .. } | Fan::Each { of, .. }) => names.push(of.clone()),
        None => {}
    }
    names
}

/// The names that a source looks at.
fn names_of(source: &Source) -> Vec<String> {
    match source {
        Source::Hash(names) => names.clone(),
        Source::First { param, .. } | Source::SameAs(param) => vec![param.clone()],
        Source::Ask(ask) => match &ask.which {
            Which::Match { fields, missing } => {
                fields.iter().map(|(_, name)| name.as_str()).chain(missing.names()).map(str::to_owned).collect()
            }
            Which::Only { missing, several } => missing.names().chain(several.names()).map(str::to_owned).collect(),
            Which::Every => Vec::new(),
        },
        Source::Constant(_) | Source::FreshUuid | Source::DaysAgo(_) => Vec::new(),
    }
}

/// The statements of all steps but the last, and the last.
fn of_steps(scope: &Scope<'_>, steps: &[Step]) -> (TokenStream, Option<Exchange>) {
    let Some((last, before)) = steps.split_last() else { return (quote!(), None) };
    let mut scope = scope.clone();
    let mut statements = TokenStream::new();
    for step in before {
        let (more, inner) = of_step(&scope, step);
        statements.extend(more);
        scope = inner;
    }
    let failed = failed(&scope, last);
    let last = exchange::of(&scope, &last.request, failed.as_ref());
    (statements, Some(last))
}

/// A step before the last: sent for its effect, and for what later steps need of its answer.
fn of_step<'a>(scope: &Scope<'a>, step: &Step) -> (TokenStream, Scope<'a>) {
    let failed = failed(scope, step);
    let built = request::build(scope, &step.request);
    if step.take.is_empty() {
        let sent = exchange::told(quote!(run.send(request).await), failed.as_ref());
        return (quote!(let request = #built; #sent?;), scope.clone());
    }
    let answer = model(&step.request.answer);
    let asked = exchange::told(quote!(run.ask(request).await), failed.as_ref());
    let mut statements = quote!(let request = #built; let answer: #answer = #asked?;);
    let mut after = scope.clone();
    let missing = match &step.missing {
        Some(missing) if text::words(missing).is_none() => {
            let text = text::owned(scope, missing);
            statements.extend(quote!(let missing = #text;));
            quote!(&missing)
        }
        Some(missing) => text::borrowed(scope, missing),
        None => quote!(""),
    };
    for take in &step.take {
        let name = local(&take.name);
        let (value, wire) = (taken(take), take.path.last().map_or("", |hop| hop.field.as_str()));
        statements.extend(quote!(let #name = run.take(#value, #wire, #missing)?;));
        after = after.with(Root::Value(take.name.clone()), Known::plain(quote!(#name)));
    }
    (statements, after)
}

/// What a step's failure is told.
fn failed(scope: &Scope<'_>, step: &Step) -> Option<TokenStream> {
    step.failed.as_ref().map(|failed| text::owned(scope, failed))
}

/// A value of an answer, as an `Option`; of a list at the end of its path, the first element if that is what is wanted.
fn taken(take: &Take) -> TokenStream {
    let way = match take.path.last() {
        Some(Hop { ty, .. }) if is_many(ty) && *element(ty) == take.ty => Way::First,
        _ => Way::Clone,
    };
    walk(&quote!(answer), &take.path, way).fit(false)
}

/// The models of those answers of a tool that are joined.
pub(super) fn joined(tool: &Tool) -> impl Iterator<Item = &str> {
    let is_joined =
        |request: &&Request| matches!(&request.fan, Some(Fan::Chunk { .. } | Fan::Each { outcomes: None, .. }));
    tool.requests().into_iter().filter(is_joined).map(|request| request.answer.as_str())
}

/// Whether a tool puts something of its own in this field of what the service answers, which then need not send it.
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
