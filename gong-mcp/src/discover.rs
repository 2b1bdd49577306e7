//! Three tools in place of all: an agent looks for a tool, has it described, and calls it. The list costs next to
//! nothing; each question costs a turn more.

use std::sync::Arc;

use gong_client::catalog::{Effect, Tool};
use rmcp::model::Tool as Listed;
use serde_json::{Map, Value, json};

use crate::brief;
use crate::progress::Progress;
use crate::schema;
use crate::server::annotations;
use crate::toolbox::{Outcome, Toolbox};

/// How many tools a search finds at most.
const FOUND: usize = 8;

pub(crate) fn listed() -> Vec<Listed> {
    let tool = |name: &'static str, about: &'static str, effect, schema: Value| {
        let schema = schema.as_object().cloned().unwrap_or_default();
        Listed::new(name, about, Arc::new(schema)).with_annotations(annotations(effect))
    };
    let name = json!({"type": "string", "description": "A tool's name, from gong_tools_search"});
    vec![
        tool(
            "gong_tools_search",
            "Finds tools by words of what they do",
            Effect::Read,
            json!({
                "type": "object",
                "properties": {"words": {"type": "string", "description": "Such as: transcript of a call"}},
                "required": ["words"],
            }),
        ),
        tool(
            "gong_tool_describe",
            "Says what a tool takes and answers, with an example",
            Effect::Read,
            json!({"type": "object", "properties": {"tool": name}, "required": ["tool"]}),
        ),
        tool(
            "gong_tool_call",
            "Calls a tool",
            // It may be any of them.
            Effect::Destructive,
            json!({
                "type": "object",
                "properties": {"tool": name, "input": {"type": "object", "description": "As described"}},
                "required": ["tool"],
            }),
        ),
    ]
}

/// Answers one of the three; `None` if it is another tool.
pub(crate) async fn call(
    toolbox: &Toolbox,
    name: &str,
    arguments: &Map<String, Value>,
    progress: &Progress,
) -> Option<Outcome> {
    let text = |name: &str| arguments.get(name).and_then(Value::as_str).unwrap_or_default();
    let found = || toolbox.offer().tool(text("tool")).ok_or_else(|| nowhere(toolbox, text("tool")));
    Some(match name {
        "gong_tools_search" => search(toolbox, text("words")),
        "gong_tool_describe" => found().map_or_else(|outcome| outcome, describe),
        "gong_tool_call" => match (found(), input(arguments)) {
            (Ok(tool), Some(input)) => toolbox.call_telling(tool, input, progress).await,
            (Ok(_), None) => Outcome::wrong_input(&["`input` must be an object.".to_owned()]),
            (Err(outcome), _) => outcome,
        },
        _ => return None,
    })
}

/// The input of the tool that is called, if it is one.
fn input(arguments: &Map<String, Value>) -> Option<Map<String, Value>> {
    match arguments.get("input") {
        None | Some(Value::Null) => Some(Map::new()),
        Some(Value::Object(input)) => Some(input.clone()),
        // Some models write JSON as text where an object is wanted.
        Some(Value::String(text)) => serde_json::from_str(text).ok(),
        Some(_) => None,
    }
}

fn nowhere(toolbox: &Toolbox, name: &str) -> Outcome {
    let near = ranked(toolbox, &name.replace('_', " ")).into_iter().take(3).map(|tool| tool.name);
    let near: Vec<&str> = near.collect();
    Outcome::wrong_input(&[format!("there is no tool `{name}` here; near it are {}.", near.join(", "))])
}

fn search(toolbox: &Toolbox, words: &str) -> Outcome {
    let tools = ranked(toolbox, words).into_iter().take(FOUND);
    let found: Vec<Value> =
        tools.map(|tool| json!({"tool": tool.name, "about": brief::first_clause(tool.description)})).collect();
    Outcome::done(json!({"tools": found}).to_string())
}

/// The tools that have most of the words, in their names first of all.
fn ranked(toolbox: &Toolbox, words: &str) -> Vec<&'static Tool> {
    let words: Vec<String> = words.split(|c: char| !c.is_alphanumeric()).map(stem).filter(|w| !w.is_empty()).collect();
    let score = |tool: &Tool| {
        let in_text =
            |text: &str, word: &String| text.split(|c: char| !c.is_alphanumeric()).any(|one| stem(one) == *word);
        let one = |word: &String| {
            let params = tool.params.iter().any(|param| in_text(param.name, word));
            3 * usize::from(in_text(tool.name, word))
                + 2 * usize::from(in_text(tool.title, word))
                + usize::from(in_text(tool.description, word))
                + usize::from(params)
        };
        words.iter().map(one).sum::<usize>()
    };
    let mut found: Vec<(usize, &Tool)> = toolbox.offer().tools().iter().map(|tool| (score(tool), *tool)).collect();
    found.retain(|(score, _)| *score > 0);
    found.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    found.into_iter().map(|(_, tool)| tool).collect()
}

/// A word without what only tells one from many.
fn stem(word: &str) -> String {
    let word = word.to_lowercase();
    word.strip_suffix('s').map_or_else(|| word.clone(), str::to_owned)
}

fn describe(tool: &'static Tool) -> Outcome {
    let described = json!({
        "tool": tool.name,
        "effect": tool.effect.as_str(),
        "about": tool.description,
        "input": brief::input_schema(tool),
        "example": schema::example(tool),
        "notes": tool.notes,
    });
    Outcome::done(described.to_string())
}
