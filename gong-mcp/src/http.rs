//! The same over HTTP, for many users: a bearer token stands for a user, and each user has a server of their own, with
//! sessions that no other user's token leads to.

use std::collections::HashMap;
use std::fmt;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get};
use gong_client::BoxFuture;
use rmcp::transport::streamable_http_server::session::local::LocalSessionManager;
use rmcp::transport::streamable_http_server::{StreamableHttpServerConfig, StreamableHttpService};
use serde_json::json;

use crate::server::Server;

/// Where the protocol is served.
pub const PATH: &str = "/mcp";
const METADATA: &str = "/.well-known/oauth-protected-resource";

/// Those who may use a server over HTTP.
pub trait Users: Send + Sync + 'static {
    /// The name of the user whose token this is; `None` if it is nobody's, or was revoked. It is asked with every
    /// request.
    fn of_token(&self, token: &str) -> Option<String>;

    /// What the user of a token gets; `None` if there is none any more. It is asked once for each user.
    fn server<'a>(&'a self, token: &'a str) -> BoxFuture<'a, Option<Server>>;
}

/// Who is let in.
#[derive(Clone)]
pub enum Access {
    /// Whoever reaches the address, which should be a loopback one.
    Everybody(Server),
    /// Whoever has a token.
    Tokens(Arc<dyn Users>),
}

impl fmt::Debug for Access {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Access::Everybody(_) => "Everybody",
            Access::Tokens(_) => "Tokens",
        })
    }
}

/// Names by which a browser or a proxy may call the server, beside those of the loopback.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// Hosts, with their ports if they have one: `gong.example` or `gong.example:8443`.
    pub hosts: Vec<String>,
    /// Origins of pages that may call it: `https://app.example`.
    pub origins: Vec<String>,
}

type Service = StreamableHttpService<Server, LocalSessionManager>;

struct Door {
    access: Access,
    config: StreamableHttpServerConfig,
    services: Mutex<HashMap<String, Service>>,
}

/// The routes of the protocol: [`PATH`], and what a host needs to know to get in.
pub fn router(access: Access, listen: SocketAddr, names: Names) -> Router {
    let port = listen.port();
    let own = ["127.0.0.1", "localhost", "[::1]"].map(|host| format!("{host}:{port}"));
    let origins = own.iter().map(|host| format!("http://{host}")).chain(names.origins);
    let config = StreamableHttpServerConfig::default()
        .with_allowed_hosts(own.iter().cloned().chain([listen.to_string()]).chain(names.hosts))
        .with_allowed_origins(origins);
    let door = Arc::new(Door { access, config, services: Mutex::default() });
    Router::new()
        .route(PATH, any(enter))
        .route(METADATA, get(metadata))
        .route(&format!("{METADATA}{PATH}"), get(metadata))
        .with_state(door)
}

async fn enter(State(door): State<Arc<Door>>, request: Request) -> Response {
    match door.service(request.headers()).await {
        Some(service) => service.handle(request).await.map(Body::new),
        None => challenge(request.headers()),
    }
}

impl Door {
    /// The service of whoever asks, if they may. It is the user's own: its sessions are in no other one, so that an id
    /// of a session is worth nothing with another user's token.
    async fn service(&self, headers: &HeaderMap) -> Option<Service> {
        match &self.access {
            Access::Everybody(server) => {
                Some(self.kept("").unwrap_or_else(|| self.keep(String::new(), server.clone())))
            }
            Access::Tokens(users) => {
                let token = bearer(headers)?;
                let user = users.of_token(token)?;
                match self.kept(&user) {
                    Some(service) => Some(service),
                    None => Some(self.keep(user, users.server(token).await?)),
                }
            }
        }
    }

    fn kept(&self, user: &str) -> Option<Service> {
        self.services.lock().unwrap_or_else(PoisonError::into_inner).get(user).cloned()
    }

    /// Keeps a service for a user. Of two requests that made one, the first one's is kept.
    fn keep(&self, user: String, server: Server) -> Service {
        let sessions = Arc::new(LocalSessionManager::default());
        let service = StreamableHttpService::new(move || Ok(server.clone()), sessions, self.config.clone());
        self.services.lock().unwrap_or_else(PoisonError::into_inner).entry(user).or_insert(service).clone()
    }
}

/// The token of the Authorization header.
fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// Where the server lies, as the one who asks calls it.
fn origin(headers: &HeaderMap) -> String {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost");
    let is_local = ["127.0.0.1", "localhost", "[::1]"].iter().any(|local| host.starts_with(local));
    format!("{}://{host}", if is_local { "http" } else { "https" })
}

fn challenge(headers: &HeaderMap) -> Response {
    let wanted = format!("Bearer resource_metadata=\"{}{METADATA}{PATH}\"", origin(headers));
    let told = json!({"error": "invalid_token", "error_description": "give a token of this server as Bearer token."});
    (StatusCode::UNAUTHORIZED, [(header::WWW_AUTHENTICATE, wanted)], axum::Json(told)).into_response()
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
