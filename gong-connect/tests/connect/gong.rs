//! A token endpoint that behaves as Gong's: parameters in the query, Basic credentials, codes and refresh tokens that
//! work once, a host for each company; and one operation of the API, to see whether a token works.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard};

use axum::Router;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use gong_connect::Connection;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use url::Url;

pub(crate) const CLIENT_ID: &str = "platform";
pub(crate) const CLIENT_SECRET: &str = "visible-client-secret";
pub(crate) const REDIRECT: &str = "https://platform.example/callback?from=gong";
pub(crate) const SCOPES: [&str; 2] = ["api:calls:read:basic", "api:users:read"];

#[derive(Debug, Default)]
pub(crate) struct Inside {
    codes: HashMap<String, Code>,
    access: HashSet<String>,
    refresh: HashMap<String, String>,
    /// All tokens and codes ever given.
    pub(crate) given: Vec<String>,
    pub(crate) exchanges: usize,
    pub(crate) refreshes: usize,
    pub(crate) calls: usize,
    /// What the next request to the token endpoint is answered with instead.
    pub(crate) trip: Option<(StatusCode, Value)>,
    /// What to change in the answers of the token endpoint.
    pub(crate) patch: Value,
    pub(crate) lifetime: u64,
    /// What the API says to every token.
    pub(crate) refusal: Option<String>,
    pub(crate) host: String,
    count: usize,
}

#[derive(Debug)]
struct Code {
    scope: String,
    redirect: String,
    challenge: Option<String>,
}

/// The server, until it is dropped.
pub(crate) struct Gong {
    pub(crate) url: String,
    inside: Arc<Mutex<Inside>>,
    task: tokio::task::JoinHandle<()>,
}

impl Drop for Gong {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Gong {
    pub(crate) async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let inside = Inside { lifetime: 86_400, patch: json!({}), host: url.clone(), ..Inside::default() };
        let inside = Arc::new(Mutex::new(inside));
        let routes = Router::new()
            .route("/oauth2/generate-customer-token", post(token))
            .route("/v2/users", get(users))
            .with_state(Arc::clone(&inside));
        let task = tokio::spawn(async move { axum::serve(listener, routes).await.unwrap() });
        Gong { url, inside, task }
    }

    pub(crate) fn inside(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap()
    }

    /// The platform's app, as it is registered here.
    pub(crate) fn app(&self) -> Connection {
        Connection::oauth("gong", CLIENT_ID, CLIENT_SECRET, REDIRECT).scopes(SCOPES).authorize_at(&self.url)
    }

    /// The same app under another connection name.
    pub(crate) fn app_named(&self, name: &str) -> Connection {
        Connection::oauth(name, CLIENT_ID, CLIENT_SECRET, REDIRECT).scopes(SCOPES).authorize_at(&self.url)
    }

    pub(crate) fn refreshes_and_calls(&self) -> (usize, usize) {
        let inside = self.inside();
        (inside.refreshes, inside.calls)
    }

    /// What a technical administrator does who opens the link and agrees: the callback's URL.
    pub(crate) fn consent(&self, link: &str) -> String {
        let link = Link::parse(link);
        let mut inside = self.inside();
        let code = inside.new_text("code");
        let challenge = link.parameters.get("code_challenge").cloned();
        let (scope, redirect) = (link.get("scope").to_owned(), link.get("redirect_uri").to_owned());
        inside.codes.insert(code.clone(), Code { scope, redirect, challenge });
        link.back(&[("code", &code)])
    }

    /// What one does who doesn't.
    pub(crate) fn deny(&self, link: &str, error: &str) -> String {
        Link::parse(link).back(&[("error", error), ("error_description", "No, thank you.")])
    }

    /// Ten minutes pass.
    pub(crate) fn codes_expire(&self) {
        self.inside().codes.clear();
    }

    pub(crate) fn access_tokens_expire(&self) {
        self.inside().access.clear();
    }

    /// An administrator removes the app.
    pub(crate) fn revoke(&self) {
        let mut inside = self.inside();
        inside.access.clear();
        inside.refresh.clear();
    }
}

struct Link {
    parameters: HashMap<String, String>,
}

impl Link {
    fn parse(link: &str) -> Self {
        let url = Url::parse(link).unwrap();
        assert_eq!(url.path(), "/oauth2/authorize");
        let link = Link { parameters: url.query_pairs().into_owned().collect() };
        assert_eq!((link.get("client_id"), link.get("response_type")), (CLIENT_ID, "code"));
        link
    }

    fn get(&self, name: &str) -> &str {
        &self.parameters[name]
    }

    fn back(&self, parameters: &[(&str, &str)]) -> String {
        let mut url = Url::parse(self.get("redirect_uri")).unwrap();
        url.query_pairs_mut().extend_pairs(parameters).append_pair("state", self.get("state"));
        url.into()
    }
}

impl Inside {
    fn new_text(&mut self, kind: &str) -> String {
        self.count += 1;
        let text = format!("visible-{kind}-{}", self.count);
        self.given.push(text.clone());
        text
    }

    fn grant(&mut self, scope: &str) -> Response {
        let (access, refresh) = (self.new_text("access"), self.new_text("refresh"));
        self.access.insert(access.clone());
        self.refresh.insert(refresh.clone(), scope.to_owned());
        let mut answer = json!({
            "access_token": access,
            "refresh_token": refresh,
            "expires_in": self.lifetime,
            "token_type": "bearer",
            "scope": scope,
            "api_base_url_for_customer": self.host,
        });
        let fields = answer.as_object_mut().unwrap();
        fields.extend(self.patch.as_object().unwrap().clone());
        fields.retain(|_, value| !value.is_null());
        say(StatusCode::OK, &answer)
    }
}

fn say(status: StatusCode, body: &Value) -> Response {
    (status, [("content-type", "application/json;charset=UTF-8")], body.to_string()).into_response()
}

fn refuse(error: &str, description: &str) -> Response {
    say(StatusCode::BAD_REQUEST, &json!({"error": error, "error_description": description}))
}

async fn token(
    State(inside): State<Arc<Mutex<Inside>>>,
    Query(asked): Query<HashMap<String, String>>,
    headers: HeaderMap,
) -> Response {
    let mut inside = inside.lock().unwrap();
    let get = |name: &str| asked.get(name).map(String::as_str).unwrap_or_default();
    match get("grant_type") {
        "refresh_token" => inside.refreshes += 1,
        _ => inside.exchanges += 1,
    }
    if let Some((status, body)) = inside.trip.take() {
        return say(status, &body);
    }
    let basic = format!("Basic {}", STANDARD.encode(format!("{CLIENT_ID}:{CLIENT_SECRET}")));
    if headers.get("authorization").and_then(|value| value.to_str().ok()) != Some(&basic) {
        return say(StatusCode::UNAUTHORIZED, &json!({"error": "invalid_client"}));
    }
    match get("grant_type") {
        "authorization_code" => {
            let Some(code) = inside.codes.remove(get("code")) else {
                return refuse("invalid_grant", "Authorization code is invalid");
            };
            let proof = URL_SAFE_NO_PAD.encode(Sha256::digest(get("code_verifier")));
            if code.challenge.is_some_and(|challenge| challenge != proof) || code.redirect != get("redirect_uri") {
                return refuse("invalid_grant", "Authorization code is invalid");
            }
            inside.grant(&code.scope)
        }
        "refresh_token" => match inside.refresh.remove(get("refresh_token")) {
            Some(scope) => inside.grant(&scope),
            None => refuse("invalid_grant", "Refresh token code is invalid"),
        },
        _ => refuse("unsupported_grant_type", ""),
    }
}

async fn users(State(inside): State<Arc<Mutex<Inside>>>, headers: HeaderMap) -> Response {
    let mut inside = inside.lock().unwrap();
    inside.calls += 1;
    let header = headers.get("authorization").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let knows = header.strip_prefix("Bearer ").is_some_and(|token| inside.access.contains(token));
    let refusal = inside.refusal.clone().or_else(|| (!knows).then(|| "access token has been revoked".to_owned()));
    match refusal {
        None => say(StatusCode::OK, &json!({"requestId": "r", "users": []})),
        Some(text) => say(StatusCode::UNAUTHORIZED, &json!({"requestId": "r", "errors": [text]})),
    }
}
