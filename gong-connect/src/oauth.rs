//! The two grants: a code for tokens, and a refresh token for the next ones.

use std::collections::BTreeSet;
use std::time::{Duration, SystemTime};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde_json::Value;
use url::form_urlencoded::Serializer;

use crate::connection::OAuthApp;
use crate::error::{Error, ErrorKind, Result};
use crate::host;
use crate::http::{Http, TokenAnswer, TokenRequest};
use crate::secret::Secret;
use crate::store::{Credential, NewAccount};

/// What an access token lives for where Gong doesn't say.
const USUAL_LIFETIME: Duration = Duration::from_secs(24 * 60 * 60);

/// What to show for new tokens.
#[derive(Debug)]
pub(crate) enum Show<'a> {
    /// The code of a callback, and PKCE's proof.
    Code { code: &'a Secret, proof: Option<&'a Secret> },
    /// A refresh token, which works once.
    Refresh(&'a Secret),
}

/// What the token endpoint gives.
#[derive(Debug)]
pub(crate) struct Grant {
    access: Secret,
    refresh: Option<Secret>,
    lifetime: Duration,
    pub(crate) scopes: Option<BTreeSet<String>>,
    base_url: Option<String>,
}

/// Why it gives nothing.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// The code or the refresh token is expired, revoked or used.
    Spent,
    /// Anything else, ready to be told.
    Failed(Error),
}

/// Asks the token endpoint.
pub(crate) async fn ask(http: &dyn Http, app: &OAuthApp, show: Show<'_>) -> Result<Grant, Refusal> {
    let unreachable = "the token endpoint cannot be reached, or gave no answer in time.";
    let request = TokenRequest { url: url(app, &show), authorization: basic(app) };
    let answer = http.post(request).await;
    let answer =
        answer.map_err(|cause| Refusal::Failed(Error::new(ErrorKind::Network, unreachable).caused_by(cause)))?;
    if answer.status == 200 { read(app, &answer).map_err(Refusal::Failed) } else { Err(refused(app, &show, &answer)) }
}

fn url(app: &OAuthApp, show: &Show<'_>) -> Secret {
    let address = format!("{}?", app.token_url);
    let end = address.len();
    let mut query = Serializer::for_suffix(address, end);
    match show {
        Show::Code { code, proof } => {
            query.append_pair("grant_type", "authorization_code").append_pair("code", code.reveal());
            query.append_pair("client_id", &app.client_id).append_pair("redirect_uri", &app.redirect_uri);
            if let Some(proof) = proof {
                query.append_pair("code_verifier", proof.reveal());
            }
        }
        Show::Refresh(token) => {
            query.append_pair("grant_type", "refresh_token").append_pair("refresh_token", token.reveal());
        }
    }
    Secret::new(query.finish())
}

fn basic(app: &OAuthApp) -> Secret {
    let both = Secret::new(format!("{}:{}", app.client_id, app.client_secret.reveal()));
    Secret::new(format!("Basic {}", STANDARD.encode(both.reveal())))
}

/// The answer's fields. `expires_in` may come as a number or as digits in a string.
#[derive(Deserialize)]
struct Fields {
    access_token: String,
    refresh_token: Option<String>,
    expires_in: Option<Value>,
    scope: Option<String>,
    api_base_url_for_customer: Option<String>,
}

fn read(app: &OAuthApp, answer: &TokenAnswer) -> Result<Grant> {
    let broken = |what: &str| Error::new(ErrorKind::TokenEndpoint, format!("the token endpoint's answer {what}."));
    // serde's message is not passed on: it could repeat a token.
    let fields: Fields = serde_json::from_slice(&answer.body).map_err(|_| broken("is not what it should be"))?;
    let seconds = fields.expires_in.as_ref().and_then(|value| match value {
        Value::String(digits) => digits.parse().ok(),
        other => other.as_u64(),
    });
    let access = Secret::new(fields.access_token);
    let refresh = fields.refresh_token.map(Secret::new).filter(|token| !token.reveal().is_empty());
    if !access.is_sendable() {
        return Err(broken("has an access token that no header can carry"));
    }
    let base_url = fields.api_base_url_for_customer.map(|url| host::told_by(&app.token_url, &url)).transpose();
    Ok(Grant {
        access,
        refresh,
        lifetime: seconds.map_or(USUAL_LIFETIME, Duration::from_secs).min(10 * 365 * USUAL_LIFETIME),
        scopes: fields.scope.map(|scopes| scopes.split_whitespace().map(str::to_owned).collect()),
        base_url: base_url.map_err(|fault| broken(&format!("names a host for the account that {fault}")))?,
    })
}

/// OAuth's own form of an error.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Fault {
    error: String,
    error_description: String,
}

fn refused(app: &OAuthApp, show: &Show<'_>, answer: &TokenAnswer) -> Refusal {
    let fault: Fault = serde_json::from_slice(&answer.body).unwrap_or_default();
    if answer.status == 400 && fault.error == "invalid_grant" {
        return Refusal::Spent;
    }
    let kind = match (answer.status, fault.error.as_str()) {
        (401, _) | (_, "invalid_client" | "unauthorized_client") => ErrorKind::ClientRefused,
        (_, "invalid_scope") => ErrorKind::ScopeMismatch,
        _ => ErrorKind::TokenEndpoint,
    };
    let shown = match show {
        Show::Code { code, .. } => code,
        Show::Refresh(token) => token,
    };
    let said = [&fault.error, &fault.error_description].map(|text| presentable(text, &[shown, &app.client_secret]));
    let said: Vec<_> = said.into_iter().flatten().collect();
    let said = if said.is_empty() { String::new() } else { format!(": {}", said.join(", ")) };
    let message = match kind {
        ErrorKind::ClientRefused => format!("Gong does not accept the client id and secret of the connection{said}."),
        _ => format!("the token endpoint answered with status {}{said}.", answer.status),
    };
    Refusal::Failed(Error::new(kind, message))
}

/// Somebody else's words, fit to be shown: one line, not too long, and without any of these secrets.
pub(crate) fn presentable(text: &str, secrets: &[&Secret]) -> Option<String> {
    let repeats = |secret: &&Secret| !secret.reveal().is_empty() && text.contains(secret.reveal());
    if text.trim().is_empty() || secrets.iter().any(repeats) {
        return None;
    }
    let line: String = text.chars().map(|char| if char.is_control() { ' ' } else { char }).take(200).collect();
    Some(line.trim().trim_end_matches('.').to_owned())
}

impl Grant {
    /// The account that it makes, given the scopes that were asked for.
    pub(crate) fn into_account(self, asked: &BTreeSet<String>, now: SystemTime) -> NewAccount {
        let base_url = self.base_url.unwrap_or_else(|| crate::connection::API.to_owned());
        NewAccount {
            credential: Credential::Tokens { access: self.access, refresh: self.refresh, base_url },
            // Gong says what it granted. Were it silent, OAuth's own rule is that it granted what was asked for.
            scopes: Some(self.scopes.unwrap_or_else(|| asked.clone())),
            obtained_at: now,
            expires_at: Some(now + self.lifetime),
        }
    }

    /// The account that it makes of an older one. What the answer leaves out stays as it was.
    pub(crate) fn renew(self, old: &NewAccount, now: SystemTime) -> NewAccount {
        let (old_refresh, old_base_url) = match &old.credential {
            Credential::Tokens { refresh, base_url, .. } => (refresh.clone(), base_url.clone()),
            Credential::ApiKey { base_url, .. } => (None, base_url.clone()),
        };
        NewAccount {
            credential: Credential::Tokens {
                access: self.access,
                refresh: self.refresh.or(old_refresh),
                base_url: self.base_url.unwrap_or(old_base_url),
            },
            scopes: self.scopes.or_else(|| old.scopes.clone()),
            obtained_at: now,
            expires_at: Some(now + self.lifetime),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn app() -> OAuthApp {
        let connection = crate::Connection::oauth("gong", "id", "visible-secret", "https://platform.example/cb?a=1");
        connection.app().unwrap().clone()
    }

    #[test]
    fn parameters_are_in_the_url() {
        let (code, proof) = (Secret::new("c/d"), Secret::new("proof"));
        let with_code = url(&app(), &Show::Code { code: &code, proof: Some(&proof) });
        let expected = "https://app.gong.io/oauth2/generate-customer-token?grant_type=authorization_code&code=c%2Fd\
                        &client_id=id&redirect_uri=https%3A%2F%2Fplatform.example%2Fcb%3Fa%3D1&code_verifier=proof";
        assert_eq!(with_code.reveal(), expected);
        let with_token = url(&app(), &Show::Refresh(&Secret::new("r")));
        assert!(with_token.reveal().ends_with("?grant_type=refresh_token&refresh_token=r"), "{}", with_token.reveal());
    }

    #[test]
    fn the_header_has_no_line_break_however_long_the_secret() {
        let mut app = app();
        app.client_secret = Secret::new("x".repeat(300));
        assert!(basic(&app).reveal().bytes().skip(6).all(|byte| byte.is_ascii_graphic()));
    }

    #[test]
    fn an_answer_is_read_leniently() {
        let answer = TokenAnswer::new(200, br#"{"access_token":"a","expires_in":"60","extra":[1]}"#.to_vec());
        let grant = read(&app(), &answer).unwrap();
        assert_eq!(grant.lifetime, Duration::from_secs(60));
        assert!(grant.refresh.is_none() && grant.scopes.is_none());
    }

    #[test]
    fn an_answer_with_an_unsafe_host_is_refused() {
        let answer = br#"{"access_token":"visible","api_base_url_for_customer":"http://evil.example"}"#;
        let error = read(&app(), &TokenAnswer::new(200, answer.to_vec())).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::TokenEndpoint);
        assert!(!format!("{error} {error:?}").contains("visible"));
    }

    #[test]
    fn words_of_others_are_shown_without_secrets() {
        let token = Secret::new("visible-token");
        assert_eq!(presentable("no such visible-token", &[&token]), None);
        assert_eq!(presentable("two\nlines.", &[&token]).unwrap(), "two lines");
    }
}
