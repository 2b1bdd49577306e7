//! The Model Context Protocol over HTTP.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes, HttpBody};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get};
use http_body_util::BodyExt as _;
use rmcp::transport::streamable_http_server::session::local::LocalSessionManager;
use rmcp::transport::streamable_http_server::{StreamableHttpServerConfig, StreamableHttpService};
use serde_json::json;

use super::{Access, Kept, METADATA, Names, challenge, origin};
use crate::server::Server;
use crate::structure;

/// Where the protocol is served.
pub const PATH: &str = "/mcp";

/// A user's own service: its sessions are in no other one, so that an id of a session is worth nothing with another
/// user's token.
type Service = StreamableHttpService<Server, LocalSessionManager>;

/// The routes of the protocol: [`PATH`], and what a host needs to know to get in.
pub fn router(access: Access, listen: SocketAddr, names: Names) -> Router {
    let (hosts, origins) = names.all(listen);
    let config = StreamableHttpServerConfig::default().with_allowed_hosts(hosts).with_allowed_origins(origins);
    let wants_tokens = matches!(access, Access::Tokens(_));
    let services = Kept::new(access, move |server| {
        let sessions = Arc::new(LocalSessionManager::default());
        StreamableHttpService::new(move || Ok(server.for_session()), sessions, config.clone())
    });
    let routes = Router::new().route(PATH, any(enter)).with_state(Arc::new(services));
    if !wants_tokens {
        // A host that found it would ask its user to sign in, where nobody need.
        return routes;
    }
    routes.route(METADATA, get(metadata)).route(&format!("{METADATA}{PATH}"), get(metadata))
}

async fn enter(State(services): State<Arc<Kept<Service>>>, request: Request) -> Response {
    let Some(service) = services.of(request.headers()).await else { return challenge(request.headers()) };
    let ends_session = request.method() == Method::DELETE;
    let mut response = service.handle(request).await.map(filled);
    // The session has ended by now. Python's client takes "accepted" for a failure, and warns of it.
    if ends_session && response.status() == StatusCode::ACCEPTED {
        *response.status_mut() = StatusCode::NO_CONTENT;
    }
    response
}

/// A body with the structure of each result filled in: a frame is a whole event.
fn filled<B>(body: B) -> Body
where
    B: HttpBody<Data = Bytes, Error = Infallible> + Send + 'static,
{
    Body::new(body.map_frame(|frame| frame.map_data(|data| structure::filled(&data).map_or(data, Bytes::from))))
}

/// What this server is to OAuth: a resource whose tokens its operator hands out.
async fn metadata(headers: HeaderMap) -> Response {
    let told = json!({
        "resource": format!("{}{PATH}", origin(&headers)),
        "resource_name": "Gong",
        "bearer_methods_supported": ["header"],
    });
    axum::Json(told).into_response()
}
