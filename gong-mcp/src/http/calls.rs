//! Calls over plain HTTP, for hosts without the protocol and for every language: what tools there are, one call a
//! tool, and any other request to Gong.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Instant;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{FromRequestParts, Path, Query, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware;
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get, post};
use gong_client::ErrorKind;
use serde_json::{Map, Value, json};

use super::metrics::Metrics;
use super::{Access, Kept, Names, accounts, by_right_names, challenge};
use crate::definitions::{Form, definitions};
use crate::toolbox::{End, Outcome, Toolbox};

/// What the routes share.
pub(super) struct Desk {
    toolboxes: Kept<Arc<Toolbox>>,
    metrics: Metrics,
}

/// The tools of whoever asks. Others are told how they get in.
pub(super) struct Caller(pub(super) Arc<Toolbox>);

impl FromRequestParts<Arc<Desk>> for Caller {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, desk: &Arc<Desk>) -> Result<Self, Response> {
        desk.toolboxes.of(&parts.headers).await.map(Caller).ok_or_else(|| challenge(&parts.headers))
    }
}

/// The routes of plain calls: `GET /tools`, `POST /tools/NAME`, any method on `/proxy/…`, the user's account at
/// `/account`, `/openapi.json`, `/healthz` and `/metrics`.
pub fn tools(access: Access, listen: SocketAddr, names: Names) -> Router {
    let names = Arc::new(names.all(listen));
    // A program has room for all of an answer; one that wants less of it says so.
    let toolboxes = Kept::new(access, |server| Arc::new((*server.toolbox()).clone().answer_tokens(usize::MAX)));
    let desk = Arc::new(Desk { toolboxes, metrics: Metrics::default() });
    Router::new()
        .route("/tools", get(list))
        .route("/tools/{name}", post(call))
        .route("/proxy/{*path}", any(proxy))
        .route("/account", get(accounts::status).delete(accounts::disconnect))
        .route("/account/link", post(accounts::link))
        .route("/account/complete", post(accounts::complete))
        .route("/openapi.json", get(openapi))
        .route("/healthz", get(async || "ok\n"))
        .route("/metrics", get(metrics))
        .layer(middleware::from_fn_with_state(names, by_right_names))
        .with_state(desk)
}

/// The tools that the user may call: as the catalog has them, or as definitions in the form of `?format=`.
async fn list(Caller(toolbox): Caller, Query(query): Query<Vec<(String, String)>>) -> Response {
    let tools = toolbox.offer().tools();
    let Some((_, name)) = query.iter().find(|(name, _)| name == "format") else {
        let entries: Value = tools
            .iter()
            .map(|tool| {
                json!({"name": tool.name, "group": tool.group, "title": tool.title, "effect": tool.effect.as_str(),
                       "description": tool.description, "scopes": tool.scopes})
            })
            .collect();
        return axum::Json(json!({"tools": entries, "lacking_scopes": toolbox.offer().lacking()})).into_response();
    };
    match Form::named(name) {
        Some(form) => axum::Json(definitions(tools, form)).into_response(),
        None => {
            let names = Form::ALL.map(|(name, _)| name).join(", ");
            wrong(format!("there is no form `{name}`; there are {names}."))
        }
    }
}

/// Calls a tool with the input in the body, which may be empty for none.
async fn call(
    Caller(toolbox): Caller,
    State(desk): State<Arc<Desk>>,
    Path(name): Path<String>,
    body: Bytes,
) -> Result<Response, Response> {
    let Some(tool) = toolbox.offer().tool(&name) else {
        let told = json!({"message": toolbox.no_such_tool(&name), "what_to_do": "GET /tools."});
        return Err(Outcome::failed(End::Failed(ErrorKind::UnknownTool), told).into_response());
    };
    let input = match body.trim_ascii() {
        [] => Map::new(),
        text => serde_json::from_slice(text).map_err(|fault| wrong(format!("the body is no JSON object: {fault}.")))?,
    };
    let began = Instant::now();
    let outcome = toolbox.call(tool, input).await;
    desk.metrics.called(tool.name, &outcome, began.elapsed());
    Ok(outcome.into_response())
}

/// Sends any request to the host of the user's account, with its authorization.
async fn proxy(
    Caller(toolbox): Caller,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Response> {
    let client = toolbox.account().client().await.map_err(|refusal| Outcome::from(refusal).into_response())?;
    let method = match method {
        Method::GET => gong_client::Method::Get,
        Method::POST => gong_client::Method::Post,
        Method::PUT => gong_client::Method::Put,
        Method::PATCH => gong_client::Method::Patch,
        Method::DELETE => gong_client::Method::Delete,
        other => return Err(wrong(format!("a request of the method {other} is not sent on."))),
    };
    let target = uri.path_and_query().map_or("/", |path| path.as_str());
    let request = client.request(method, target.strip_prefix("/proxy").unwrap_or(target));
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or("application/json");
    let request = if body.is_empty() { request } else { request.body(body, kind) };
    match request.send().await {
        Ok(answer) => Ok(raw(&answer)),
        // What Gong answered is what the caller asked for, whatever its status.
        Err(error) => Ok(match error.answer() {
            Some(answer) => raw(answer),
            None => toolbox.failed(gong_client::catalog::Effect::Write, &error).into_response(),
        }),
    }
}

fn raw(answer: &gong_client::RawAnswer) -> Response {
    let status = StatusCode::from_u16(answer.status()).unwrap_or(StatusCode::BAD_GATEWAY);
    let mut response = (status, Bytes::copy_from_slice(answer.bytes())).into_response();
    for name in [header::CONTENT_TYPE, header::RETRY_AFTER] {
        if let Some(value) = answer.header(name.as_str()).and_then(|value| HeaderValue::from_str(value).ok()) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

async fn openapi(Caller(toolbox): Caller) -> Response {
    axum::Json(definitions(toolbox.offer().tools(), Form::OpenApi)).into_response()
}

async fn metrics(State(desk): State<Arc<Desk>>) -> Response {
    ([(header::CONTENT_TYPE, "application/openmetrics-text; version=1.0.0; charset=utf-8")], desk.metrics.text())
        .into_response()
}

/// A request that is wrong before it is about Gong.
pub(super) fn wrong(why: String) -> Response {
    Outcome::wrong_input(&[why]).into_response()
}

impl IntoResponse for Outcome {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, [(header::CONTENT_TYPE, "application/json")], self.text).into_response();
        if let Some(wait) = self.retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(wait.as_secs()));
        }
        response
    }
}
