//! The account of a user over HTTP: how it stands, a link to connect it, what came back from the link, and its end.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use gong_connect::AccountStatus;
use serde_json::{Map, Value, json};

use super::calls::{Caller, Desk, wrong};
use crate::account::{Connected, Refusal};
use crate::toolbox::Outcome;

/// The connected account of whoever asks.
pub(super) struct Owned(Arc<Connected>);

impl FromRequestParts<Arc<Desk>> for Owned {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, desk: &Arc<Desk>) -> Result<Self, Response> {
        let Caller(toolbox) = Caller::from_request_parts(parts, desk).await?;
        toolbox.account().connected_one().map(Owned).ok_or_else(|| {
            let why = "this server has one account of its own for everybody, which is not connected or forgotten here.";
            (StatusCode::NOT_FOUND, axum::Json(json!({"error": "NotFound", "message": why}))).into_response()
        })
    }
}

/// How the account stands.
pub(super) async fn status(Owned(account): Owned) -> Result<Response, Response> {
    let status = account.connections.status(&account.connection, &account.identifier).await;
    status.map(|status| shown(&status)).map_err(refused)
}

/// A link by which the user connects it. It works once, for ten minutes.
pub(super) async fn link(Owned(account): Owned) -> Result<Response, Response> {
    let link = account.connections.authorization_link(&account.connection, &account.identifier).await;
    link.map(|link| axum::Json(json!({"authorization_link": link.as_str()})).into_response()).map_err(refused)
}

/// What came back from the link: the address that Gong led the user to.
pub(super) async fn complete(Owned(account): Owned, body: String) -> Result<Response, Response> {
    let given: Map<String, Value> = serde_json::from_str(&body).unwrap_or_default();
    let Some(Value::String(callback)) = given.get("callback_url") else {
        return Err(wrong("give the address that Gong led the user to, as {\"callback_url\": \"…\"}.".to_owned()));
    };
    let completed = account.connections.complete_as(&account.connection, &account.identifier, callback).await;
    account.forget_client();
    completed.map(|status| shown(&status)).map_err(refused)
}

/// Forgets the account.
pub(super) async fn disconnect(Owned(account): Owned) -> Result<Response, Response> {
    let done = account.connections.disconnect(&account.connection, &account.identifier).await;
    account.forget_client();
    done.map(|was_there| axum::Json(json!({"disconnected": was_there})).into_response()).map_err(refused)
}

fn refused(error: gong_connect::Error) -> Response {
    Outcome::from(Refusal::of(&error)).into_response()
}

fn shown(status: &AccountStatus) -> Response {
    let granted: Vec<&str> = status.granted_scopes().collect();
    axum::Json(json!({
        "connection": status.connection(),
        "identifier": status.identifier(),
        "state": format!("{:?}", status.state()),
        "scopes": granted,
        "missing_scopes": status.missing_scopes(),
        "trouble": status.trouble(),
    }))
    .into_response()
}
