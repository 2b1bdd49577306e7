//! Definitions of tools in the forms that models' vendors and other programs take. Each keeps to what its vendor
//! documents of schemas, and where there is a strict form, by which a model cannot write anything else, has that.

mod anthropic;
mod gemini;
mod openai;
mod openapi;
mod strict;

use gong_client::catalog::{Effect, Tool};
use serde_json::{Value, json};

use crate::{schema, server};

/// A form of definitions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Functions of OpenAI's Responses API, strict where the input allows it.
    OpenAi,
    /// Tools of Anthropic's Messages API, as many of them strict as one request has room for.
    Anthropic,
    /// Function declarations of Google's Gemini API.
    Gemini,
    /// Tools of the Model Context Protocol.
    Mcp,
    /// An OpenAPI 3.1 document of the tools as calls over HTTP.
    OpenApi,
}

impl Form {
    /// All forms, each with its name.
    pub const ALL: [(&'static str, Form); 5] = [
        ("openai", Form::OpenAi),
        ("anthropic", Form::Anthropic),
        ("gemini", Form::Gemini),
        ("mcp", Form::Mcp),
        ("openapi", Form::OpenApi),
    ];

    /// The form of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Form::ALL.iter().find(|(known, _)| *known == name).map(|(_, form)| *form)
    }
}

/// The definitions of these tools.
#[must_use]
pub fn definitions(tools: &[&'static Tool], form: Form) -> Value {
    let inputs = tools.iter().map(|tool| Input::of(tool));
    match form {
        Form::OpenAi => inputs.map(openai::function).collect(),
        Form::Anthropic => anthropic::tools(inputs.collect()),
        Form::Gemini => json!({"functionDeclarations": inputs.map(gemini::declaration).collect::<Value>()}),
        Form::Mcp => json!({"tools": tools.iter().map(|tool| server::listed(tool, true)).collect::<Vec<_>>()}),
        Form::OpenApi => openapi::document(tools),
    }
}

/// What a definition is made of.
struct Input {
    name: String,
    schema: Value,
    example: Value,
    /// Whether the tool changes or removes something.
    changes: bool,
}

impl Input {
    fn of(tool: &Tool) -> Self {
        Input {
            name: tool.name.to_owned(),
            schema: schema::input(tool),
            example: schema::example(tool),
            changes: tool.effect != Effect::Read,
        }
    }
}

#[cfg(test)]
mod tests;
