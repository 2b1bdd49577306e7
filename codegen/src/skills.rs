//! What agents read before they have any tool: a `SKILL.md` for the service and one a group, by which an agent with a
//! shell calls the tools, and an `llms.txt` that says what there is and where it is told.

use crate::Output;
use crate::words;
use tool_spec::display::joined;
use tool_spec::model::{Effect, Group, Param, Spec, Tool};

/// The folder of the skills.
pub const FOLDER: &str = "skills";
/// What language models are shown of a site first.
pub const LLMS: &str = "llms.txt";
/// The longest description of a skill that agents take.
const LONGEST: usize = 1024;

/// The skills and the `llms.txt`.
#[must_use]
pub fn emit(spec: &Spec) -> Vec<Output> {
    let name = &spec.service.name;
    let groups = spec.groups.iter().map(|group| {
        let description = format!("{} Use it to: {}.", group.about, titles(group));
        skill(&of_group(spec, group), &description, &group.source, &group_page(spec, group))
    });
    let about = &spec.service.about;
    let all = format!("{about} Use it for any question about {} that a tool can answer.", spec.service.title);
    let whole = skill(name, &all, "spec/", &service_page(spec));
    groups.chain([whole, Output { path: LLMS.to_owned(), contents: llms(spec) }]).collect()
}

fn of_group(spec: &Spec, group: &Group) -> String {
    format!("{}-{}", spec.service.name, group.name).replace('_', "-")
}

fn titles(group: &Group) -> String {
    let begun_small = |title: &str| {
        let mut letters = title.chars();
        letters.next().map(|first| format!("{}{}", first.to_lowercase(), letters.as_str())).unwrap_or_default()
    };
    joined(group.tools.iter().map(|tool| begun_small(&tool.title)), ", ")
}

fn skill(name: &str, description: &str, source: &str, body: &str) -> Output {
    let short: String = description.chars().take(LONGEST).collect();
    // A quoted text of YAML takes the same escapes as one of JSON.
    let quoted = serde_json::Value::from(short);
    let head = format!("---\nname: {name}\ndescription: {quoted}\n---");
    let contents = format!("{head}\n\n<!-- {} -->\n\n{}\n", words::generated_from(source), body.trim_end());
    Output { path: format!("{FOLDER}/{name}/SKILL.md"), contents }
}

fn service_page(spec: &Spec) -> String {
    let (service, title) = (&spec.service.name, &spec.service.title);
    let rows = spec.groups.iter().map(|group| {
        let tools = joined(group.tools.iter().map(|tool| format!("`{}`", tool.name)), ", ");
        format!("- **{}** ({}): {tools}", words::title(&group.name), group.about.trim_end_matches('.'))
    });
    format!(
        "# {title}\n\n{about}\n\n{how}\n\nFind a tool with `{service} tools`, see what one takes with `{service} \
         describe TOOL`, and send any other request with `{service} request METHOD PATH`. The groups and their \
         tools:\n\n{rows}",
        about = spec.service.about,
        how = how(spec),
        rows = joined(rows, "\n")
    )
}

/// How tools are called, for an agent that has a shell.
fn how(spec: &Spec) -> String {
    let service = &spec.service.name;
    format!(
        "Call a tool with `{service} call TOOL --PARAMETER VALUE`, or with all parameters as JSON: `{service} call \
         TOOL --input '{{…}}'`. The answer is JSON on standard output. `--all` goes through every page, an item a \
         line; `--dry-run` shows what would be sent and sends nothing: use it first for what changes something. Exit \
         code 2 says that the input is wrong (every fault is told at once), 3 that the account lacks something, 4 \
         that there is no such thing, 5 that the limit is reached."
    )
}

fn group_page(spec: &Spec, group: &Group) -> String {
    format!(
        "# {}: {}\n\n{}\n\n{}\n\n{}",
        spec.service.title,
        words::title(&group.name),
        group.about,
        how(spec),
        joined(group.tools.iter().map(|tool| section(spec, tool)), "\n\n")
    )
}

fn section(spec: &Spec, tool: &Tool) -> String {
    let effect = match tool.effect {
        Effect::Read => "It only reads.",
        Effect::Write => "It adds or changes something: ask before you call it.",
        Effect::Destructive => "It removes something: call it only if you were told to, and confirm it.",
    };
    let mut parts = vec![format!("## {}\n\n{} {effect}", tool.name, tool.about)];
    if let Some(deprecated) = &tool.deprecated {
        parts.push(format!("Deprecated. {deprecated}"));
    }
    if !tool.params.is_empty() {
        parts.push(joined(tool.params.iter().map(parameter), "\n"));
    }
    let input = tool.example.to_string().replace('\'', r"'\''");
    parts.push(format!("```sh\n{} call {} --input '{input}'\n```", spec.service.name, tool.name));
    if !tool.notes.is_empty() {
        parts.push(joined(tool.notes.iter().map(|note| format!("- {note}")), "\n"));
    }
    parts.join("\n\n")
}

fn parameter(param: &Param) -> String {
    let required = if param.required { ", required" } else { "" };
    format!("- `{}` (`{}`{required}): {}", param.name, param.ty, param.about)
}

fn llms(spec: &Spec) -> String {
    let title = &spec.service.title;
    let groups = spec
        .groups
        .iter()
        .map(|group| format!("- [{}](docs/reference/{}.md): {}", words::title(&group.name), group.name, group.about));
    let skills = spec.groups.iter().map(|group| {
        let name = of_group(spec, group);
        format!("- [{name}](skills/{name}/SKILL.md): {}", titles(group))
    });
    format!(
        "# {title}\n\n> {}\n\n## Tools\n\n{}\n\n## Skills\n\n- [{name}](skills/{name}/SKILL.md): how to call every \
         tool at a shell\n{}\n",
        spec.service.about,
        joined(groups, "\n"),
        joined(skills, "\n"),
        name = spec.service.name,
    )
}
