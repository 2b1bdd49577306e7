//! What the protocol's conformance suite wants to find on every server: tools, prompts and resources by names of its
//! own, whose answers it looks at. `fixtures.json` says what each of them is, `rounds` how one asks its client first.
//!
//! A server that is asked to ([`crate::Server::with_conformance_fixtures`]) offers them beside its own, so that the
//! suite tries our transports, sessions, names and capabilities. No other server knows them.
#![allow(deprecated, reason = "the suite asks for logs too, which the newest version advises against")]

mod rounds;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, ContentBlock, GetPromptRequestParams, GetPromptResponse,
    GetPromptResult, InputRequests, JsonObject, LoggingLevel, LoggingMessageNotificationParam, Prompt, PromptArgument,
    PromptMessage, ReadResourceResult, Resource, ResourceContents, Role, ServerCapabilities, Tool,
};
use rmcp::service::RequestContext;
use rmcp::{ErrorData, RoleServer};
use serde::Deserialize;
use serde_json::json;

use self::rounds::{Given, Reached, Round};
use crate::elicitation::Way;
use crate::progress::Progress;

/// The fixtures, and what several of them share, each by its name.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fixtures {
    contents: BTreeMap<String, ContentBlock>,
    questions: InputRequests,
    tools: BTreeMap<String, Fixture>,
    prompts: BTreeMap<String, Fixture>,
    resources: Vec<ResourceContents>,
}

/// A tool or a prompt.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Fixture {
    /// The schema of a tool's input; any object if it has none.
    input: Option<Arc<JsonObject>>,
    /// What must be given for a prompt.
    arguments: Vec<String>,
    tells: Option<Tells>,
    rounds: Vec<Round>,
    /// The names of the contents that it answers.
    answer: Vec<String>,
    /// Whether the answer of a tool is an error.
    fails: bool,
}

/// What a tool tells its client three times before it answers.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Tells {
    Log,
    Progress,
}

// The file is a part of this program, and a test reads it.
#[allow(clippy::expect_used)]
static FIXTURES: LazyLock<Fixtures> =
    LazyLock::new(|| serde_json::from_str(include_str!("fixtures.json")).expect("the fixtures are in form"));

/// Adds what the fixtures can to what a server can.
pub(crate) fn enable(capabilities: &mut ServerCapabilities) {
    capabilities.completions.get_or_insert_default();
    capabilities.resources.get_or_insert_default().subscribe = Some(true);
}

pub(crate) fn tools() -> Vec<Tool> {
    let any = Arc::new(JsonObject::from_iter([("type".to_owned(), json!("object"))]));
    let tool = |(name, fixture): (&'static String, &Fixture)| {
        Tool::new(name.as_str(), "A fixture", fixture.input.clone().unwrap_or_else(|| Arc::clone(&any)))
    };
    FIXTURES.tools.iter().map(tool).collect()
}

pub(crate) fn prompts() -> Vec<Prompt> {
    let argument = |name: &String| PromptArgument::new(name).with_required(true);
    let prompt = |(name, fixture): (&String, &Fixture)| {
        Prompt::new(name, Some("A fixture"), Some(fixture.arguments.iter().map(argument).collect()))
    };
    FIXTURES.prompts.iter().map(prompt).collect()
}

pub(crate) fn resources() -> Vec<Resource> {
    FIXTURES.resources.iter().map(|contents| Resource::new(uri(contents), uri(contents))).collect()
}

/// The answer of a tool, if it is a fixture.
pub(crate) async fn call(
    request: &CallToolRequestParams,
    context: &RequestContext<RoleServer>,
    progress: &Progress,
) -> Option<Result<CallToolResponse, ErrorData>> {
    let fixture = FIXTURES.tools.get(&*request.name)?;
    if let Some(tells) = fixture.tells {
        tells.three_times(context, progress).await;
    }
    let given = Given::new(&request.input_responses, &request.request_state);
    Some(fixture.answer(request.arguments.as_ref(), given, context).await.map(|reached| match reached {
        Reached::Asks(input) => CallToolResponse::InputRequired(input),
        Reached::Done(contents) if fixture.fails => CallToolResult::error(contents).into(),
        Reached::Done(contents) => CallToolResult::success(contents).into(),
    }))
}

/// A prompt, if it is a fixture.
pub(crate) async fn prompt(
    request: &GetPromptRequestParams,
    context: &RequestContext<RoleServer>,
) -> Option<Result<GetPromptResponse, ErrorData>> {
    let fixture = FIXTURES.prompts.get(&request.name)?;
    let given = Given::new(&request.input_responses, &request.request_state);
    Some(fixture.answer(request.arguments.as_ref(), given, context).await.map(|reached| match reached {
        Reached::Asks(input) => GetPromptResponse::InputRequired(input),
        Reached::Done(contents) => {
            let messages = contents.into_iter().map(|content| PromptMessage::new(Role::User, content));
            GetPromptResult::new(messages.collect()).into()
        }
    }))
}

/// What a resource holds, if it is a fixture.
pub(crate) fn resource(wanted: &str) -> Option<ReadResourceResult> {
    let found = FIXTURES.resources.iter().find(|contents| uri(contents) == wanted)?;
    Some(ReadResourceResult::new(vec![found.clone()]))
}

fn uri(contents: &ResourceContents) -> &str {
    match contents {
        ResourceContents::TextResourceContents { uri, .. } | ResourceContents::BlobResourceContents { uri, .. } => uri,
        _ => "",
    }
}

impl Fixture {
    /// What it has to ask, or its contents, and after them what it was given, as JSON.
    async fn answer(
        &self,
        arguments: Option<&JsonObject>,
        given: Given<'_>,
        context: &RequestContext<RoleServer>,
    ) -> Result<Reached<Vec<ContentBlock>>, ErrorData> {
        let responses = match rounds::go(&self.rounds, given, context).await? {
            Reached::Asks(input) => return Ok(Reached::Asks(input)),
            Reached::Done(responses) => responses,
        };
        let contents = self.answer.iter().filter_map(|name| FIXTURES.contents.get(name).cloned());
        let given = json!([arguments, responses]);
        let given =
            (!self.rounds.is_empty() || !self.arguments.is_empty()).then(|| ContentBlock::text(given.to_string()));
        Ok(Reached::Done(contents.chain(given).collect()))
    }
}

impl Tells {
    async fn three_times(self, context: &RequestContext<RoleServer>, progress: &Progress) {
        for step in 0..3 {
            match self {
                Tells::Log => log(step, context).await,
                Tells::Progress => progress.tell(step, Some(2), || "A step".to_owned()),
            }
        }
    }
}

/// Since 2026-07-28 a request says whether its logs are wanted.
async fn log(step: u32, context: &RequestContext<RoleServer>) {
    if Way::of_version(context) == Some(Way::Answer) && context.meta.log_level().is_none() {
        return;
    }
    let told = LoggingMessageNotificationParam::new(LoggingLevel::Info, json!(step));
    // Nobody has to hear it: the client may have gone away.
    let _ = context.peer.notify_logging_message(told).await;
}
