//! A user who has to connect their account: where the host can open links for its user, the link goes that way, and a
//! model never sees it.
//!
//! Up to the version of 2025-11-25 the server asks the host while the call goes on; from that of 2026-07-28 on the
//! call's answer asks, and the host calls again with what the user said.

use rmcp::RoleServer;
use rmcp::model::{
    ClientResult, ElicitRequest, ElicitRequestParams, ElicitationAction, InputRequest, InputRequiredResult,
    InputResponses, ProtocolVersion, ServerRequest,
};
use rmcp::service::RequestContext;

/// What the host's answer to the question is called.
const NAME: &str = "authorization";
const MESSAGE: &str = "Connect your Gong account, so that its tools can be used for you.";

/// How a host is asked for something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// By a request to the host.
    Request,
    /// By the answer of the call.
    Answer,
}

/// What the user said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Asked {
    Accepted,
    Declined,
    /// The host did not ask them after all.
    Unknown,
}

impl Way {
    /// How the host of a request is asked, if it can open links.
    pub(crate) fn of(context: &RequestContext<RoleServer>) -> Option<Self> {
        context.client_capabilities()?.elicitation?.url?;
        Way::of_version(context)
    }

    /// How the version of a request has it that hosts are asked.
    pub(crate) fn of_version(context: &RequestContext<RoleServer>) -> Option<Self> {
        let version = context.protocol_version()?;
        Some(if version >= ProtocolVersion::V_2026_07_28 { Way::Answer } else { Way::Request })
    }
}

/// The answer of a call that wants the user to open this link.
pub(crate) fn wanted(link: &str) -> InputRequiredResult {
    // This version knows a question by its name, and has no id for it.
    let question = InputRequest::Elicitation(question(link, String::new()));
    InputRequiredResult::from_input_requests([(NAME.to_owned(), question)].into())
}

/// What the user said to that.
pub(crate) fn response(responses: &InputResponses) -> Asked {
    let action = responses.get(NAME).and_then(|response| response.get("action"));
    action.and_then(|action| serde_json::from_value(action.clone()).ok()).map_or(Asked::Unknown, Asked::of)
}

/// Asks the host for it while the call goes on.
pub(crate) async fn ask(context: &RequestContext<RoleServer>, link: &str) -> Asked {
    let question = question(link, format!("{NAME}-{}", context.id));
    match context.peer.send_request(ServerRequest::ElicitRequest(question)).await {
        Ok(ClientResult::ElicitResult(result)) => Asked::of(result.action),
        _ => Asked::Unknown,
    }
}

fn question(link: &str, id: String) -> ElicitRequest {
    ElicitRequest::new(ElicitRequestParams::UrlElicitationParams {
        meta: None,
        message: MESSAGE.to_owned(),
        url: link.to_owned(),
        elicitation_id: id,
    })
}

impl Asked {
    fn of(action: ElicitationAction) -> Self {
        match action {
            ElicitationAction::Accept => Asked::Accepted,
            // No, or not now.
            _ => Asked::Declined,
        }
    }
}
