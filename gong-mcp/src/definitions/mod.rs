//! Definitions of tools in the forms that models' vendors and other programs take. Each keeps to what its vendor
//! documents of schemas, and where there is a strict form, by which a model cannot write anything else, has that.

mod gemini;
mod openai;
mod openapi;

use gong_client::catalog::Tool;
use serde_json::{Value, json};

use crate::{schema, server};

/// A form of definitions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Functions of OpenAI's Responses API, strict where the input allows it.
    OpenAi,
    /// Tools of Anthropic's Messages API.
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
    match form {
        Form::OpenAi => tools.iter().map(|tool| openai::function(tool)).collect(),
        Form::Anthropic => tools.iter().map(|tool| anthropic(tool)).collect(),
        Form::Gemini => {
            let declarations: Value = tools.iter().map(|tool| gemini::declaration(tool)).collect();
            json!({"functionDeclarations": declarations})
        }
        Form::Mcp => json!({"tools": tools.iter().map(|tool| server::listed(tool, true)).collect::<Vec<_>>()}),
        Form::OpenApi => openapi::document(tools),
    }
}

/// Anthropic takes JSON Schema as it is. Its strict form has no room for as many optional parameters as these tools
/// have, so it is not used; what a model writes is checked before anything is sent either way.
fn anthropic(tool: &Tool) -> Value {
    let mut input = schema::input(tool);
    let description = schema::take_description(&mut input);
    schema::without(&mut input, &["$schema", "$id", "$comment", "title", "examples", "if", "then"]);
    let examples = [schema::example(tool)];
    json!({"name": tool.name, "description": description, "input_schema": input, "input_examples": examples})
}

#[cfg(test)]
mod tests;
