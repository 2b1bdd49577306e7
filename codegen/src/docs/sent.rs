//! What a tool sends: its requests, when each is the one, and what is worked out for them.

use super::markdown::{block, points, prose};
use super::template;
use super::types::Types;
use crate::words;
use tool_spec::display::{joined, path};
use tool_spec::model::{Case, Fan, Keep, KeepTest, Plan, Request, Source, Step, Template, Text, TextPart, Tool, Value};

/// The section's text.
pub(super) fn section(types: Types<'_>, tool: &Tool) -> String {
    let mut parts: Vec<String> = Vec::new();
    if !tool.values.is_empty() {
        parts.push(format!("Worked out first:\n\n{}", points(tool.values.iter().map(value))));
    }
    match &tool.plan {
        Plan::Cases(cases) => parts.extend(cases.iter().map(|of| case(types, tool, of, cases.len() > 1))),
        Plan::Steps(steps) => {
            parts.push(format!("{} requests, one after the other:", steps.len()));
            parts.extend(steps.iter().zip(1..).map(|(of, number)| step(types, tool, of, number)));
        }
    }
    let asked = asked(tool);
    if !asked.is_empty() {
        parts.push(format!(
            "To look things up it may also ask {}; what it finds is remembered for five minutes.",
            words::names(&asked, "and")
        ));
    }
    parts.extend(tool.keep.iter().map(kept));
    parts.join("\n\n")
}

fn value(value: &Value) -> String {
    let found = words::source(&value.source);
    match &value.given {
        Some(param) => format!("`${}`: `{param}` if it is given, else {found}.", value.name),
        None => format!("`${}`: {found}.", value.name),
    }
}

fn case(types: Types<'_>, tool: &Tool, case: &Case, of_several: bool) -> String {
    let request = request(types, tool, &case.request, "The answer");
    match &case.when {
        Some(when) => format!("When {}:\n\n{request}", words::condition(&tool.params, when)),
        None if of_several => format!("Otherwise:\n\n{request}"),
        None => request,
    }
}

fn step(types: Types<'_>, tool: &Tool, step: &Step, number: usize) -> String {
    let mut text = request(types, tool, &step.request, "Its answer");
    if !step.take.is_empty() {
        let taken = step.take.iter().map(|take| format!("`{}` as `${}`", path(&take.path), take.name));
        text += &format!("\n\nTaken from its answer: {}.", joined(taken, ", "));
    }
    if let Some(missing) = &step.missing {
        text += &format!(
            "\n\nIf one of these is not there, the call ends here: \u{201c}{}\u{201d}",
            prose(&with_holes(missing))
        );
    }
    if let Some(failed) = &step.failed {
        text += &format!("\n\nIf it fails, the error adds: \u{201c}{}\u{201d}", prose(&with_holes(failed)));
    }
    // What belongs to a step is indented below its number.
    let lines = text.lines().map(|line| if line.is_empty() { String::new() } else { format!("   {line}") });
    format!("{number}. {}", joined(lines, "\n").trim_start())
}

fn request(types: Types<'_>, tool: &Tool, request: &Request, answer: &str) -> String {
    let mut parts = vec![block("text", &request_text(request))];
    parts.push(format!("Scope: {}.", words::names(&request.scopes, "and")));
    parts.extend(request.fan.as_ref().map(fan));
    if !request.nothing_found.is_empty() {
        let texts = request.nothing_found.iter().map(|text| format!("\u{201c}{}\u{201d}", prose(text)));
        let status = types.spec.service.nothing_found_status;
        parts.push(format!("Status {status} with {} is an empty answer too.", joined(texts, " or ")));
    }
    if request.repeatable {
        let mut text = "To send it twice does what sending it once does, so the request is sent again when its answer \
                        is lost"
            .to_owned();
        if request.is_done_when_gone() {
            text += "; that nothing is left to remove (status 404) then counts as done";
        }
        parts.push(text + ".");
    }
    if let Some(key) = &request.repeat_key {
        let refused = match &request.repeated {
            Some(repeated) => format!("status {} with \u{201c}{}\u{201d}", repeated.status, prose(&repeated.message)),
            None => "status 409".to_owned(),
        };
        parts.push(format!(
            "{} knows a repetition by `${key}`, so the request is sent again when its answer is lost; that it is \
            there already \
             ({refused}) then counts as done.",
            types.spec.service.title
        ));
    }
    if let Some(reshape) = &request.reshape {
        let shape = block("text", &template::json(reshape));
        let model = types.declared(&request.answer);
        parts.push(format!("{answer} is {model}, and of its fields the tool's answer is made:\n\n{shape}"));
    } else if request.answer != tool.answer {
        parts.push(format!("{answer} is {}.", types.declared(&request.answer)));
    }
    parts.join("\n\n")
}

/// The request as it goes over the wire, with holes.
fn request_text(request: &Request) -> String {
    let mut text = format!("{} {}", request.verb.as_str(), request.path);
    for (position, (key, value)) in request.query.iter().enumerate() {
        let mark = if position == 0 { '?' } else { '&' };
        let value = match value {
            Template::Constant(constant) => constant.as_str().map_or_else(|| constant.to_string(), str::to_owned),
            other => template::json(other),
        };
        text += &format!("\n  {mark}{key}={value}");
    }
    if let Some(body) = &request.body {
        text += &format!("\n\n{}", template::json(body));
    }
    if !request.multipart.is_empty() {
        text += "\n\nmultipart/form-data";
    }
    for (name, part) in &request.multipart {
        text += &format!("\n  {name}: {}", template::json(part));
    }
    text
}

fn fan(fan: &Fan) -> String {
    match fan {
        Fan::Chunk { of, size } => {
            format!("At most {size} elements of `{of}` go in one request; the lists of the answers are joined.")
        }
        Fan::Each { of, alias, per_page, outcomes, .. } => {
            let mut text = format!("One request for each element of `{of}`, called `${alias}` here");
            if let Some(size) = per_page {
                text += &format!(", {size} elements a page");
            }
            match outcomes {
                Some(outcomes) => format!(
                    "{text}. Each answer becomes an element of `{}`, with the element it was for as `{}` and what went \
                     wrong, if anything did, as `{}`; one failure does not stop the others.",
                    outcomes.into, outcomes.item, outcomes.error
                ),
                None => format!("{text}; the lists of the answers are joined, and the first failure ends the call."),
            }
        }
    }
}

fn kept(keep: &Keep) -> String {
    let field = &keep.field.field;
    match &keep.test {
        KeepTest::Is(value) => format!("Of the items only those are kept whose `{field}` is `{value}`."),
        KeepTest::Between { from, to } => {
            let bounds = match (from, to) {
                (Some(from), Some(to)) => format!("from `{from}` to `{to}`"),
                (Some(from), None) => format!("from `{from}`"),
                (None, Some(to)) => format!("up to `{to}`"),
                (None, None) => "on any day".to_owned(),
            };
            format!("Of the items only those are kept whose `{field}` is {bounds}, these days included.")
        }
    }
}

/// The tools that are asked for defaults and values.
fn asked(tool: &Tool) -> Vec<&str> {
    let sources = tool.params.iter().filter_map(|param| param.default.as_ref());
    let mut asked = Vec::new();
    for source in sources.chain(tool.values.iter().map(|value| &value.source)) {
        if let Source::Ask(ask) = source
            && !asked.contains(&ask.tool.as_str())
        {
            asked.push(ask.tool.as_str());
        }
    }
    asked
}

fn with_holes(text: &Text) -> String {
    let part = |part: &TextPart| match part {
        TextPart::Words(words) => words.clone(),
        TextPart::Hole(root) => format!("`{{{root}}}`"),
    };
    text.0.iter().map(part).collect()
}
