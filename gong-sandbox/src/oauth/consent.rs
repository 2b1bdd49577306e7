//! The first half of OAuth's code flow: an app asks in a browser, a person decides, a code goes back.

use form_urlencoded::Serializer;

use super::{OAuth, page, scopes};
use crate::{
    clock::{HOUR, Seconds},
    record::RecordedRequest,
    reply::Reply,
};

/// How long a consent page may be answered, and how long a code is good.
pub(super) const CODE_LIFETIME: Seconds = HOUR / 6;

/// What an app asks for, checked.
#[derive(Debug, Clone)]
pub(super) struct Authorization {
    pub(super) client_id: String,
    app_name: String,
    pub(super) redirect_uri: String,
    pub(super) scopes: Vec<String>,
    /// The PKCE challenge, always S256.
    pub(super) challenge: Option<String>,
    state: Option<String>,
}

/// A consent page that was shown and not yet answered.
#[derive(Debug)]
pub(super) struct Shown {
    authorization: Authorization,
    at: Seconds,
}

#[derive(Debug)]
pub(super) struct Code {
    pub(super) authorization: Authorization,
    pub(super) at: Seconds,
    /// The family of tokens it was turned into, if it was.
    pub(super) family: Option<usize>,
}

impl OAuth {
    /// `GET /oauth2/authorize`: the consent page, or one that says what is wrong. It never redirects:
    /// as long as something is wrong, nobody knows to whom.
    pub(super) fn ask(&mut self, request: &RecordedRequest, now: Seconds) -> Reply {
        let authorization = match self.read_authorization(&request.query) {
            Ok(authorization) => authorization,
            Err(problem) => return page::problem("This link does not work", &problem),
        };
        let scopes: Vec<_> = authorization.scopes.iter().map(|name| (name.as_str(), scopes::find(name))).collect();
        let once = self.random_token("once", 32);
        let reply = page::consent(&authorization.app_name, &authorization.redirect_uri, &scopes, &once);
        self.shown.insert(once, Shown { authorization, at: now });
        reply
    }

    /// `POST /oauth2/authorize`: the answer to a consent page. Any page takes one answer.
    pub(super) fn decide(&mut self, request: &RecordedRequest, now: Seconds) -> (Reply, bool) {
        let once = request.parameter("once").unwrap_or_default();
        let shown = self.shown.remove(&once).filter(|shown| now - shown.at <= CODE_LIFETIME);
        let Some(shown) = shown else {
            let text = "It was answered before or has waited for too long. Go back to the app and start again.";
            return (page::problem("This page is used up", text), false);
        };
        match request.parameter("decision").as_deref() {
            Some("allow") => (redirect(&self.allow(shown.authorization, now)), true),
            Some("deny") => (redirect(&deny(&shown.authorization)), true),
            _ => (page::problem("Nothing was decided", "Go back to the app and start again."), false),
        }
    }

    /// Reads what stands behind `/oauth2/authorize?`; the error is a sentence for the person.
    pub(super) fn read_authorization(&self, query: &[(String, String)]) -> Result<Authorization, String> {
        let param = |name: &str| {
            let found = query.iter().find(|(known, value)| known == name && !value.is_empty());
            found.map(|(_, value)| value.clone())
        };
        let id = param("client_id").unwrap_or_default();
        let app = self.apps.iter().find(|app| app.client_id == id);
        let app = app.ok_or("No app is registered under this client id (client_id).")?;
        let redirect_uri = param("redirect_uri").ok_or("It does not say where to return to (redirect_uri).")?;
        if !app.may_return_to(&redirect_uri) {
            return Err(format!("The app did not register the address to return to: {redirect_uri}"));
        }
        if param("response_type").as_deref() != Some("code") {
            return Err("It does not ask for a code (response_type=code).".to_string());
        }
        let scopes: Vec<String> = param("scope").unwrap_or_default().split_whitespace().map(str::to_string).collect();
        if scopes.is_empty() {
            return Err("It asks for nothing (scope).".to_string());
        }
        if let Some(scope) = app.unregistered_scope(&scopes) {
            return Err(format!("It asks for a scope that is unknown or that the app did not register: {scope}"));
        }
        let challenge = param("code_challenge");
        if challenge.is_some() && param("code_challenge_method").as_deref() != Some("S256") {
            return Err("Its proof key is not of the kind S256 (code_challenge_method).".to_string());
        }
        let (client_id, app_name) = (app.client_id.clone(), app.name.clone());
        Ok(Authorization { client_id, app_name, redirect_uri, scopes, challenge, state: param("state") })
    }

    /// Gives out a code, and the address that the browser takes it to.
    pub(super) fn allow(&mut self, authorization: Authorization, now: Seconds) -> String {
        let code = self.random_token("code", 40);
        let location = authorization.location(&[("code", &code)]);
        self.codes.insert(code, Code { authorization, at: now, family: None });
        location
    }
}

/// Where the browser goes after a denial.
pub(super) fn deny(authorization: &Authorization) -> String {
    authorization.location(&[("error", "access_denied"), ("error_description", "The request was denied by the user")])
}

impl Authorization {
    fn location(&self, pairs: &[(&str, &str)]) -> String {
        let state = self.state.as_deref().map(|state| ("state", state));
        let query = Serializer::new(String::new()).extend_pairs(pairs.iter().copied().chain(state)).finish();
        let separator = if self.redirect_uri.contains('?') { '&' } else { '?' };
        format!("{}{separator}{query}", self.redirect_uri)
    }
}

/// A form was sent, what follows is to be fetched: that is a 303.
fn redirect(location: &str) -> Reply {
    let reply = Reply::new(303, "");
    reply.with_header("location", location).with_header("cache-control", "no-store")
}
