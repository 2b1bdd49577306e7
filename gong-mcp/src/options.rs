//! What an agent may say of any call beside the tool's own input. The names begin with `_`, as no parameter's does.

use std::time::Duration;

use gong_client::Fields;
use gong_client::catalog::{self, Tool};
use serde_json::{Map, Value};

use crate::fields;

/// How many pages one call reads at the most. An answer for a context is full long before; one over plain HTTP need not
/// be.
pub(crate) const ALL_PAGES: u32 = 100;

/// How long a job is waited for if nothing else is said: most hosts give a call a minute.
const WAIT: Duration = Duration::from_secs(50);
/// How long it can be waited for. A host that is told of progress may give a call that long.
const LONGEST_WAIT: Duration = Duration::from_secs(600);

/// What is said beside the input of a tool.
#[derive(Debug, Default)]
pub(crate) struct Options {
    /// `_fields`: of every item, these only.
    pub(crate) fields: Fields,
    /// `_skip`: how many items are passed over.
    pub(crate) skip: usize,
    /// `_pages`: how many pages are read, if it is not one.
    pub(crate) pages: Option<u32>,
    /// `_wait`: how long a job is waited for, if it is.
    pub(crate) wait: Option<Duration>,
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
                "_fields" => picked(tool, value).map(|fields| options.fields = fields),
                "_skip" => count(value).map(|skip| options.skip = skip),
                "_pages" => pages(tool, value).map(|pages| options.pages = Some(pages)),
                "_wait" => wait(tool, value).map(|wait| options.wait = wait),
                "_max_tokens" => count(value).map(|tokens| options.max_tokens = Some(tokens)),
                "_confirm" => text(value).map(|text| options.confirm = Some(text)),
                _ => Err("is not known; there are _fields, _skip, _pages, _wait, _max_tokens and _confirm.".to_owned()),
            };
            wrong.extend(read.err().map(|fault| format!("`{name}` {fault}")));
        }
        arguments.retain(|name, _| !name.starts_with('_'));
        if wrong.is_empty() { Ok(options) } else { Err(wrong) }
    }
}

fn picked(tool: &Tool, value: &Value) -> Result<Fields, String> {
    fields::read(tool, &paths(value)?).map_err(|faults| faults.join(" "))
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

fn pages(tool: &Tool, value: &Value) -> Result<u32, String> {
    if !tool.paged {
        return Err(format!("is for tools with pages, and {} has none.", tool.name));
    }
    if value == "all" {
        return Ok(ALL_PAGES);
    }
    let pages = count(value).ok().and_then(|pages| u32::try_from(pages).ok());
    pages
        .filter(|pages| (1..=ALL_PAGES).contains(pages))
        .ok_or_else(|| format!("must be a whole number from 1 to {ALL_PAGES}, or \"all\" for as many as fit."))
}

fn wait(tool: &Tool, value: &Value) -> Result<Option<Duration>, String> {
    if tool.job.is_none() {
        let tools = catalog::tools().iter().filter(|tool| tool.job.is_some());
        let tools: Vec<&str> = tools.map(|tool| tool.name).collect();
        return Err(format!("is for tools that tell how a job stands: {}.", tools.join(", ")));
    }
    if let Value::Bool(waits) = value {
        return Ok(waits.then_some(WAIT));
    }
    let seconds = count(value).ok().and_then(|seconds| u64::try_from(seconds).ok()).map(Duration::from_secs);
    seconds
        .filter(|wait| !wait.is_zero() && *wait <= LONGEST_WAIT)
        .map(Some)
        .ok_or_else(|| format!("must be true, or seconds from 1 to {}.", LONGEST_WAIT.as_secs()))
}

/// A number of something; models write it as text too.
pub(crate) fn count(value: &Value) -> Result<usize, String> {
    let number = value.as_u64().or_else(|| value.as_str()?.trim().parse().ok());
    number.and_then(|number| usize::try_from(number).ok()).ok_or_else(|| "must be a whole number from 0.".to_owned())
}
