//! Resources: a call as Markdown, its transcript, and how much of the company's limit is left.

use std::time::SystemTime;

use gong_client::catalog::Effect;
use gong_client::{Client, ErrorKind};
use rmcp::ErrorData;
use rmcp::model::{ReadResourceResult, Resource, ResourceContents, ResourceTemplate};
use serde_json::{Value, json};

use crate::toolbox::{Outcome, Toolbox};

const QUOTA: &str = "gong://quota";
const CALL: &str = "gong://calls/";
const TRANSCRIPT: &str = "/transcript";

pub(crate) fn listed() -> Vec<Resource> {
    vec![
        Resource::new(QUOTA, "quota")
            .with_title("Requests used and left")
            .with_description("What of the company's limit this server has used, a second and a day")
            .with_mime_type("application/json"),
    ]
}

pub(crate) fn templates() -> Vec<ResourceTemplate> {
    vec![
        ResourceTemplate::new("gong://calls/{call_id}", "call")
            .with_title("A call")
            .with_description("Who took part, and what was said, as Markdown")
            .with_mime_type("text/markdown"),
        ResourceTemplate::new("gong://calls/{call_id}/transcript", "transcript")
            .with_title("A transcript")
            .with_description("What was said, as text with names and times")
            .with_mime_type("text/plain"),
    ]
}

/// Reads a resource.
///
/// # Errors
///
/// If there is no such resource, or Gong does not give it. The error has what a tool's would have.
pub(crate) async fn read(toolbox: &Toolbox, uri: &str) -> Result<ReadResourceResult, ErrorData> {
    let content = |text: String, kind: &str| {
        ReadResourceResult::new(vec![ResourceContents::text(text, uri).with_mime_type(kind)])
    };
    let client = async || toolbox.account().client().await.map_err(|refusal| failed(&refusal.into()));
    if uri == QUOTA {
        return Ok(content(quota(&client().await?), "application/json"));
    }
    let nothing = || {
        let there_is = format!("there is {QUOTA}, {CALL}ID and {CALL}ID{TRANSCRIPT}, where ID is a call's of digits");
        ErrorData::resource_not_found(format!("there is no resource {uri}; {there_is}."), Some(json!({"uri": uri})))
    };
    let path = uri.strip_prefix(CALL).ok_or_else(nothing)?;
    let (id, as_text) = match path.strip_suffix(TRANSCRIPT) {
        Some(id) => (id, true),
        None => (path, false),
    };
    if id.is_empty() || !id.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(nothing());
    }
    match client().await?.conversation(id).await {
        Ok(conversation) if as_text => Ok(content(conversation.to_text(), "text/plain")),
        Ok(conversation) => Ok(content(conversation.to_markdown(), "text/markdown")),
        Err(error) if error.kind() == ErrorKind::NotFound => Err(nothing()),
        Err(error) => Err(failed(&toolbox.failed(Effect::Read, &error))),
    }
}

/// What went wrong, in a sentence, with all that is to be said of it beside.
fn failed(outcome: &Outcome) -> ErrorData {
    let told: Value = serde_json::from_str(&outcome.text).unwrap_or_default();
    let message = told.get("message").and_then(Value::as_str).unwrap_or_default().to_owned();
    ErrorData::internal_error(message, Some(told))
}

fn quota(client: &Client) -> String {
    let Some(quota) = client.quota() else { return json!({"limit": null}).to_string() };
    let usage = |usage: gong_client::Usage| json!({"used": usage.used, "limit": usage.limit});
    let paused = quota.paused_until.and_then(|until| until.duration_since(SystemTime::UNIX_EPOCH).ok());
    json!({
        "second": usage(quota.second),
        "day": usage(quota.day),
        "paused_until_unix_seconds": paused.map(|time| time.as_secs()),
    })
    .to_string()
}
