//! How a fixture asks its client for something before it answers. Since 2026-07-28 it returns what it asks, and the
//! client calls again with the responses; before, it sends requests while the call waits.

use std::collections::BTreeMap;

use rmcp::model::{
    ClientCapabilities, InputRequest, InputRequests, InputRequiredResult, InputResponses, ServerRequest,
};
use rmcp::service::RequestContext;
use rmcp::{ErrorData, RoleServer};
use serde::Deserialize;
use serde_json::{Value, json};

use super::FIXTURES;
use crate::elicitation::Way;

/// What is asked at once.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Round {
    /// The key of each question, and the question's name.
    asks: BTreeMap<String, String>,
    /// What the client has to give back together with the responses.
    #[serde(default)]
    state: Option<String>,
}

/// What the client gave in answer to an earlier round.
#[derive(Clone, Copy)]
pub(super) struct Given<'a> {
    responses: Option<&'a InputResponses>,
    state: Option<&'a str>,
}

/// How far a fixture has come.
pub(super) enum Reached<T> {
    Asks(InputRequiredResult),
    Done(T),
}

impl<'a> Given<'a> {
    pub(super) fn new(responses: &'a Option<InputResponses>, state: &'a Option<String>) -> Self {
        Given { responses: responses.as_ref(), state: state.as_deref() }
    }
}

/// Asks what the next round asks; done are the responses to the last.
///
/// # Errors
///
/// If the client can answer nothing of it, or gives a state back that it did not get.
pub(super) async fn go(
    rounds: &[Round],
    given: Given<'_>,
    context: &RequestContext<RoleServer>,
) -> Result<Reached<InputResponses>, ErrorData> {
    if Way::of_version(context) != Some(Way::Answer) {
        return send(rounds, context).await.map(Reached::Done);
    }
    let at = match given.state {
        None => 0,
        Some(state) => rounds
            .iter()
            .position(|round| round.state.as_deref() == Some(state))
            .ok_or_else(|| ErrorData::invalid_params("the requestState is not what this server gave.", None))?,
    };
    let none = InputResponses::new();
    let responses = given.responses.unwrap_or(&none);
    let Some(round) = rounds.get(at) else { return Ok(Reached::Done(none)) };
    let asked = round.questions(context)?;
    let is_answered = asked.keys().all(|key| responses.get(key).is_some_and(Value::is_object));
    let next = if is_answered { rounds.get(at + 1) } else { Some(round) };
    match next {
        None => Ok(Reached::Done(responses.clone())),
        Some(round) => {
            let asked = round.questions(context)?;
            Ok(Reached::Asks(InputRequiredResult::new(Some(asked), round.state.clone())))
        }
    }
}

/// Sends the questions of every round, one by one.
async fn send(rounds: &[Round], context: &RequestContext<RoleServer>) -> Result<InputResponses, ErrorData> {
    let mut responses = InputResponses::new();
    for round in rounds {
        for (key, question) in round.questions(context)? {
            let request = match question {
                InputRequest::CreateMessage(request) => ServerRequest::from(request),
                InputRequest::Elicitation(request) => request.into(),
                InputRequest::ListRoots(request) => request.into(),
                _ => continue,
            };
            let failed = |error: rmcp::ServiceError| ErrorData::internal_error(error.to_string(), None);
            responses.insert(key, json!(context.peer.send_request(request).await.map_err(failed)?));
        }
    }
    Ok(responses)
}

impl Round {
    /// The names of its questions.
    #[cfg(test)]
    pub(super) fn names(&self) -> impl Iterator<Item = &String> {
        self.asks.values()
    }

    /// Those of its questions that the client says it can answer.
    ///
    /// # Errors
    ///
    /// If that is none.
    fn questions(&self, context: &RequestContext<RoleServer>) -> Result<InputRequests, ErrorData> {
        let can = json!(context.client_capabilities());
        let question = |(key, name): (&String, &String)| Some((key.clone(), FIXTURES.questions.get(name)?.clone()));
        let (asked, lacking): (InputRequests, InputRequests) =
            self.asks.iter().filter_map(question).partition(|(_, question)| can.get(capability(question)).is_some());
        if asked.is_empty() {
            let needed = lacking.values().map(|question| (capability(question).to_owned(), json!({}))).collect();
            let needed: ClientCapabilities = serde_json::from_value(Value::Object(needed)).unwrap_or_default();
            return Err(ErrorData::missing_required_client_capability(needed));
        }
        Ok(asked)
    }
}

/// What a client must be able to do to answer a question.
fn capability(question: &InputRequest) -> &'static str {
    match question {
        InputRequest::CreateMessage(_) => "sampling",
        InputRequest::ListRoots(_) => "roots",
        _ => "elicitation",
    }
}
