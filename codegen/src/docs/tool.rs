//! What the reference says of one tool.

use super::markdown::{block, points, prose, table};
use super::sent;
use super::template;
use super::types::Types;
use crate::client;
use crate::example;
use crate::words;
use tool_spec::model::{Effect, Expected, Field, Group, Items, Param, Spec, Timeline, Tool, Ty, Wait};
use tool_spec::names::field_ident;

/// What is said of a tool or a parameter that the contract lacks.
const BEYOND: &str = "*Beyond the published contract.*";

/// The tool's section of its group's page.
pub(super) fn section(spec: &Spec, group: &Group, tool: &Tool) -> String {
    let types = Types { spec, models: "models/" };
    let mut parts = vec![format!("## {}", tool.name), prose(&tool.about)];
    if let Some(deprecated) = &tool.deprecated {
        parts.push(format!("**Deprecated.** {}", prose(deprecated)));
    }
    if tool.extra {
        parts.push(BEYOND.to_owned());
    }
    if tool.credits {
        parts.push("*Each call costs credits that the company has bought.*".to_owned());
    }
    if tool.effect == Effect::Destructive {
        parts.push(confirmed(tool));
    }
    parts.push(facts(spec, group, tool));
    parts.push(format!("### Parameters\n\n{}", parameters(types, tool)));
    if !tool.rules.is_empty() {
        let rules = tool.rules.iter().map(|rule| prose(&words::rule(&tool.params, rule)));
        parts.push(format!("What must hold:\n\n{}", points(rules)));
    }
    parts.push(format!("### Examples\n\n{}", examples(spec, group, tool)));
    parts.push(format!("### What is sent\n\n{}", sent::section(types, tool)));
    parts.push(format!("### What comes back\n\n{}", answer(types, tool)));
    if !tool.notes.is_empty() {
        parts.push(format!("### Notes\n\n{}", points(tool.notes.iter().map(|note| prose(note)))));
    }
    parts.join("\n\n")
}

/// What a call by name wants of a tool that removes something.
fn confirmed(tool: &Tool) -> String {
    let (what, flag) = match &tool.confirm {
        Some(param) => (format!("the value of `{param}`"), "`--confirm` with that value or `--yes`"),
        None => (format!("`{}`", tool.name), "`--yes`"),
    };
    format!(
        "**Destructive.** A call by name wants a confirmation outside of the input: {what}. A shell asks for it, or \
         takes {flag}. A typed call needs none."
    )
}

fn facts(spec: &Spec, group: &Group, tool: &Tool) -> String {
    let effect = match tool.effect {
        Effect::Read => "reads only",
        Effect::Write => "adds or changes",
        Effect::Destructive => "removes",
    };
    let variable = client::variable(&spec.service);
    let rust = format!("{variable}.{}().{}(…)", field_ident(&group.name), field_ident(&tool.method));
    let schemas = format!("../../{}", client::generated(spec, &format!("schemas/{}", tool.name)));
    points([
        format!("Effect: {effect}"),
        format!("{}: {}", if tool.scopes.len() == 1 { "Scope" } else { "Scopes" }, words::names(&tool.scopes, "and")),
        format!("Rust: `{rust}`"),
        format!("JSON Schema: [input]({schemas}.input.json), [output]({schemas}.output.json)"),
    ])
}

fn parameters(types: Types<'_>, tool: &Tool) -> String {
    if tool.params.is_empty() {
        return "None.".to_owned();
    }
    let row = |param: &Param| {
        let required = if param.required { "yes" } else { "" };
        [format!("`{}`", param.name), types.one(&param.ty), required.to_owned(), parameter(types, param)]
    };
    table(&["Name", "Type", "Required", "Description"], tool.params.iter().map(row))
}

fn parameter(types: Types<'_>, param: &Param) -> String {
    let mut sentences = vec![prose(&param.about)];
    sentences.extend(one_of(types.spec, &param.ty));
    sentences.extend(words::limits(&param.limits).iter().map(|phrase| words::sentence(phrase)));
    sentences.extend(param.default.as_ref().map(|source| format!("Default: {}.", words::source(source))));
    sentences.extend(param.notice.as_ref().map(|notice| words::noticed(notice)).map(|text| prose(&text)));
    if param.extra {
        sentences.push(BEYOND.to_owned());
    }
    sentences.join(" ")
}

/// The values to choose from, if the type is an enum or a list of one.
fn one_of(spec: &Spec, ty: &Ty) -> Option<String> {
    match ty {
        Ty::Enum(name) => {
            let values: Vec<&str> = spec.values(name).iter().map(|value| value.name.as_str()).collect();
            Some(format!("One of {}.", words::names(&values, "or")))
        }
        Ty::List(of) | Ty::Csv(of) => one_of(spec, of).map(|text| text.replacen("One of", "Each is one of", 1)),
        _ => None,
    }
}

fn examples(spec: &Spec, group: &Group, tool: &Tool) -> String {
    let mut rust = example::rust_uses(spec, tool).join("\n");
    if !rust.is_empty() {
        rust += "\n\n";
    }
    let call = example::rust_call(spec, group, tool);
    rust += &format!("let answer = {call};");
    let input = tool.example.to_string();
    let shell = format!("{} call {} --input '{}'", spec.service.name, tool.name, input.replace('\'', r"'\''"));
    let by_name = template::plain(&serde_json::json!({"name": tool.name, "arguments": tool.example}));
    format!(
        "In Rust:\n\n{}\n\nAt a shell:\n\n{}\n\nBy name, as an agent calls it:\n\n{}",
        block("rust", &rust),
        block("sh", &shell),
        block("json", &by_name)
    )
}

fn answer(types: Types<'_>, tool: &Tool) -> String {
    let mut parts = vec![format!("{}, with these fields:", types.declared(&tool.answer))];
    let row = |field: &Field| [format!("`{}`", field.name), types.one(&field.ty), prose(&field.about)];
    parts.push(table(&["Name", "Type", "Description"], types.spec.fields(&tool.answer).iter().map(row)));
    let service = &types.spec.service;
    let next = tool.paging.as_ref().map(|param| {
        let (envelope, cursor) = (&service.paging_envelope, &service.paging_cursor);
        format!(
            "It is one page. To get the next, call again with `{envelope}.{cursor}` as `{param}`; the last page \
        has none."
        )
    });
    let all = tool.items.as_ref().map(|items| match &next {
        Some(_) => {
            format!("In Rust `.items()` goes through the `{}` of all pages, and at a shell `--all` does.", items.field)
        }
        None => format!("All `{}` come in one answer.", items.field),
    });
    parts.extend(next.into_iter().chain(all).reduce(|next, all| format!("{next} {all}")));
    parts.extend(
        tool.items.as_ref().zip(tool.newest_first.as_ref()).map(|(items, timeline)| newest_first(items, timeline)),
    );
    parts.extend(tool.wait.as_ref().map(wait));
    for Expected { param, path } in &tool.expects {
        parts.push(format!(
            "Elements of `{param}` that no item has as its `{}` are named in `notices`, if all items came in one \
            answer.",
            path.join(".")
        ));
    }
    if !tool.notices.is_empty() {
        let notices = points(tool.notices.iter().map(|notice| prose(notice)));
        parts.push(format!("Every answer says in `notices`:\n\n{notices}"));
    }
    parts.join("\n\n")
}

fn wait(wait: &Wait) -> String {
    let Wait { until, done, failed } = wait;
    let ends = |what: &str, values: &[String]| match values {
        [] => String::new(),
        values => format!("{what} with {}", words::names(values, "or")),
    };
    let ends: Vec<String> =
        [ends("it is done", done), ends("it failed", failed)].into_iter().filter(|end| !end.is_empty()).collect();
    format!(
        "`{}` says how the job stands: {}. In Rust and by name `.wait()` asks until then, and at a shell `--wait` \
         does.",
        until.field,
        ends.join(", ")
    )
}

fn newest_first(items: &Items, timeline: &Timeline) -> String {
    let Timeline { from, to, time } = timeline;
    format!(
        "In Rust `.newest_first()` goes through the `{}` from the newest to the oldest by `{}`, and at a shell \
         `--all --newest-first` does: it asks for one window of time after another with `{from}` and `{to}`.",
        items.field, time.field
    )
}
