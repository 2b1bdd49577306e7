//! The same over HTTP, for many users: a bearer token stands for a user, and each user has what is theirs kept apart.
//!
//! [`router`] serves the Model Context Protocol (`protocol`), [`tools`] plain calls for hosts and languages without it
//! (`calls`, `accounts`, `metrics`). Who is let in, and by which names, is settled here for both.

mod accounts;
mod calls;
mod metrics;
mod protocol;

use std::collections::HashMap;
use std::fmt;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use gong_client::BoxFuture;
use serde_json::json;

use crate::server::Server;

pub use calls::tools;
pub use protocol::{PATH, router};

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

/// The hosts and the origins by which a server may be called.
type ByNames = (Vec<String>, Vec<String>);

impl Names {
    /// These, and those of a server that listens there.
    fn all(self, listen: SocketAddr) -> ByNames {
        let own = ["127.0.0.1", "localhost", "[::1]"].map(|host| format!("{host}:{}", listen.port()));
        let origins = own.iter().map(|host| format!("http://{host}")).chain(self.origins).collect();
        (own.into_iter().chain([listen.to_string()]).chain(self.hosts).collect(), origins)
    }
}

/// What is kept for each user, made of their server when they first come.
struct Kept<T> {
    access: Access,
    of_users: Mutex<HashMap<String, T>>,
    make: Box<dyn Fn(Server) -> T + Send + Sync>,
}

impl<T: Clone> Kept<T> {
    fn new(access: Access, make: impl Fn(Server) -> T + Send + Sync + 'static) -> Self {
        Kept { access, of_users: Mutex::default(), make: Box::new(make) }
    }

    /// What whoever asks has, if they may come in.
    async fn of(&self, headers: &HeaderMap) -> Option<T> {
        match &self.access {
            Access::Everybody(server) => {
                Some(self.found("").unwrap_or_else(|| self.keep(String::new(), server.clone())))
            }
            Access::Tokens(users) => {
                let token = bearer(headers)?;
                let user = users.of_token(token)?;
                match self.found(&user) {
                    Some(found) => Some(found),
                    None => Some(self.keep(user, users.server(token).await?)),
                }
            }
        }
    }

    fn found(&self, user: &str) -> Option<T> {
        self.of_users.lock().unwrap_or_else(PoisonError::into_inner).get(user).cloned()
    }

    /// Keeps it for a user. Of two requests that made one, the first one's is kept.
    fn keep(&self, user: String, server: Server) -> T {
        let made = (self.make)(server);
        self.of_users.lock().unwrap_or_else(PoisonError::into_inner).entry(user).or_insert(made).clone()
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

/// Refuses what came by a name that the server does not go by, or from a page that may not call it: a page elsewhere
/// could otherwise reach a server of its visitor's own machine.
async fn by_right_names(State(names): State<Arc<ByNames>>, request: Request, next: Next) -> Response {
    match wrong_name(&names, request.headers(), request.uri()) {
        Some(why) => (StatusCode::FORBIDDEN, axum::Json(json!({"error": "Forbidden", "message": why}))).into_response(),
        None => next.run(request).await,
    }
}

fn wrong_name((hosts, origins): &ByNames, headers: &HeaderMap, uri: &Uri) -> Option<&'static str> {
    let header = |name| headers.get(name).map(|value| value.to_str().unwrap_or_default().to_owned());
    let is_known = |known: &[String], name: &str| known.iter().any(|one| one.eq_ignore_ascii_case(name));
    let host = header(header::HOST).or_else(|| uri.authority().map(ToString::to_string));
    if !host.is_some_and(|host| is_known(hosts, &host)) {
        return Some("this server does not go by that name; its operator can add it with --host.");
    }
    let is_foreign = header(header::ORIGIN).is_some_and(|origin| !is_known(origins, &origin));
    is_foreign.then_some("pages of that origin may not call this server; its operator can let them with --origin.")
}
