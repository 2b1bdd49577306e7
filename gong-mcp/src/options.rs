//! What an agent may say of any call beside the tool's own input. The names begin with `_`, as no parameter's does.

use serde_json::{Map, Value};

use gong_client::catalog::Tool;

use crate::fields::Fields;

/// What is said beside the input of a tool.
#[derive(Debug, Default)]
pub(crate) struct Options {
    /// `_fields`: of every item, these only.
    pub(crate) fields: Option<Fields>,
    /// `_skip`: how many items are passed over.
    pub(crate) skip: usize,
    /// `_max_tokens`: how large the answer may be.
    pub(crate) max_tokens: Option<usize>,
    /// `_confirm`: the confirmation that a destructive tool wants.
    pub(crate) confirm: Option<String>,
}

impl Options {
    /// Takes them out of the arguments.
    ///
    /// # Errors
    ///
    /// A sentence for each that is wrong.
    pub(crate) fn take(tool: &Tool, arguments: &mut Map<String, Value>) -> Result<Self, Vec<String>> {
        let (mut options, mut wrong) = (Options::default(), Vec::new());
        for (name, value) in arguments.iter().filter(|(name, _)| name.starts_with('_')) {
            let read = match name.as_str() {
                "_fields" => picked(tool, value).map(|fields| options.fields = Some(fields)),
                "_skip" => count(value).map(|skip| options.skip = skip),
                "_max_tokens" => count(value).map(|tokens| options.max_tokens = Some(tokens)),
                "_confirm" => text(value).map(|text| options.confirm = Some(text)),
                _ => Err("is not known; there are _fields, _skip, _max_tokens and _confirm.".to_owned()),
            };
            wrong.extend(read.err().map(|fault| format!("`{name}` {fault}")));
        }
        arguments.retain(|name, _| !name.starts_with('_'));
        if wrong.is_empty() { Ok(options) } else { Err(wrong) }
    }
}

fn picked(tool: &Tool, value: &Value) -> Result<Fields, String> {
    Fields::read(tool, &paths(value)?).map_err(|faults| faults.join(" "))
}

fn text(value: &Value) -> Result<String, String> {
    value.as_str().map(str::to_owned).ok_or_else(|| "must be text.".to_owned())
}

/// A list of texts, or one text with commas, as models write both.
fn paths(value: &Value) -> Result<Vec<String>, String> {
    let split =
        |text: &str| text.split(',').map(|path| path.trim().to_owned()).filter(|path| !path.is_empty()).collect();
    let paths: Option<Vec<String>> = match value {
        Value::String(text) => Some(split(text)),
        Value::Array(list) => list.iter().map(|path| path.as_str().map(str::to_owned)).collect(),
        _ => None,
    };
    paths
        .filter(|paths| !paths.is_empty())
        .ok_or_else(|| "must be a list of fields, such as [\"id\", \"title\"].".to_owned())
}

fn count(value: &Value) -> Result<usize, String> {
    let number = value.as_u64().or_else(|| value.as_str()?.trim().parse().ok());
    number.and_then(|number| usize::try_from(number).ok()).ok_or_else(|| "must be a whole number from 0.".to_owned())
}
