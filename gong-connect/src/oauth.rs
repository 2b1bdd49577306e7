//! The two grants: a code for tokens, and a refresh token for the next ones.
//!
//! By hand and not by the crate `oauth2`: Gong takes the parameters in the query, has error forms of its own, and names
//! the host of the account in its answer.

use std::collections::BTreeSet;
use std::time::{Duration, SystemTime};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use gong_client::text::{Redactor, excerpt};
use gong_client::{Secret, catalog};
use serde_json::{Map, Value};
use url::form_urlencoded::Serializer;

use crate::connection::OAuthApp;
use crate::error::{Error, ErrorKind, Result};
use crate::host::{self, Domains};
use crate::http::{Http, TokenAnswer, TokenRequest};
use crate::origin::{AppId, Origin};
use crate::store::{Credential, NewAccount};

/// How many letters of somebody else's words are shown.
const LONGEST_WORDS: usize = 200;

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
    base_url: Host,
}

/// What it says of the account's host.
#[derive(Debug)]
enum Host {
    Untold,
    Told(String),
    /// What is wrong with the one that it tells, to come after its name.
    Unfit(String),
}

/// Why it gives nothing.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// The code or the refresh token is expired, revoked or used; and what Gong says of it.
    Spent(String),
    /// Anything else, ready to be told.
    Failed(Error),
}

/// Asks the token endpoint.
pub(crate) async fn ask(http: &dyn Http, domains: &Domains, app: &OAuthApp, show: Show<'_>) -> Result<Grant, Refusal> {
    let unreachable = "the token endpoint cannot be reached, or gave no answer in time.";
    let request = TokenRequest { url: url(app, &show), authorization: basic(app) };
    let answer = http.post(request).await;
    let answer =
        answer.map_err(|cause| Refusal::Failed(Error::new(ErrorKind::Network, unreachable).caused_by(cause)))?;
    match answer.status {
        200 => read(app, domains, &answer).map_err(Refusal::Failed),
        _ => Err(refused(app, &show, &answer)),
    }
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

/// Reads an answer. Only the token itself must be there and be what it should: a refresh that is answered has used its
/// refresh token up, so nothing else in the answer is worth losing the new ones.
fn read(app: &OAuthApp, domains: &Domains, answer: &TokenAnswer) -> Result<Grant> {
    let broken = |what: &str| Error::new(ErrorKind::TokenEndpoint, format!("the token endpoint's answer {what}."));
    let not_one = || broken("is not what it should be");
    // serde's message is not passed on: it could repeat a token.
    let mut fields: Map<String, Value> = serde_json::from_slice(&answer.body).map_err(|_| not_one())?;
    let mut token = |name: &str| match fields.remove(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(token)) => Ok(Some(Secret::new(token))),
        Some(_) => Err(not_one()),
    };
    let (access, refresh) = (token("access_token")?, token("refresh_token")?);
    let access = access.ok_or_else(not_one)?;
    if !access.is_sendable() {
        return Err(broken("has an access token that no header can carry"));
    }
    let text = |name: &str| fields.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
    // A number, or digits in a text.
    let expires_in = fields.get("expires_in");
    let seconds = expires_in.and_then(|value| value.as_u64().or_else(|| value.as_str()?.parse().ok()));
    Ok(Grant {
        access,
        refresh: refresh.filter(|token| !token.reveal().is_empty()),
        lifetime: seconds.map_or(USUAL_LIFETIME, Duration::from_secs).min(10 * 365 * USUAL_LIFETIME),
        scopes: text("scope").map(|scopes| scopes.split_whitespace().map(str::to_owned).collect()),
        base_url: match text(catalog::service().base_url_field).map(|url| domains.read(&app.token_url, url)) {
            None => Host::Untold,
            Some(Ok(host)) => Host::Told(host),
            Some(Err(fault)) => Host::Unfit(fault),
        },
    })
}

/// What an error says, in whichever of the two forms: OAuth's own, or that of the service's other errors.
struct Said(Vec<String>);

impl Said {
    fn read(answer: &TokenAnswer) -> Self {
        let body: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
        let listed = body.get(catalog::service().error_messages);
        let texts = [body.get("error"), body.get("error_description"), listed].into_iter().flatten();
        let texts = texts.chain(listed.and_then(Value::as_array).into_iter().flatten());
        let mut said: Vec<String> = texts.filter_map(Value::as_str).map(str::to_owned).collect();
        said.dedup();
        Said(said)
    }

    fn has(&self, part: &str) -> bool {
        self.0.iter().any(|text| text.to_lowercase().contains(&part.to_lowercase()))
    }

    /// Whether it says that the code or the refresh token is expired, revoked or used.
    fn is_spent(&self) -> bool {
        self.has("invalid_grant") || catalog::service().oauth_spent.iter().any(|part| self.has(part))
    }

    /// The words, with something before them.
    fn after(&self, beginning: &str, secrets: &Redactor) -> String {
        let said: Vec<_> = self.0.iter().filter_map(|text| presentable(text, secrets)).collect();
        if said.is_empty() { String::new() } else { format!("{beginning}{}", said.join(", ")) }
    }
}

fn refused(app: &OAuthApp, show: &Show<'_>, answer: &TokenAnswer) -> Refusal {
    let said = Said::read(answer);
    let (shown, proof) = match show {
        Show::Code { code, proof } => (*code, *proof),
        Show::Refresh(token) => (*token, None),
    };
    let both = Secret::new(format!("{}:{}", app.client_id, app.client_secret.reveal()));
    let secrets = [Some(shown), proof, Some(&app.client_secret), Some(&both)];
    let secrets = Redactor::new(secrets.into_iter().flatten().map(Secret::reveal));
    if matches!(answer.status, 400..=403) && said.is_spent() {
        return Refusal::Spent(said.after("", &secrets));
    }
    let kind = match answer.status {
        401 => ErrorKind::ClientRefused,
        _ if said.has("invalid_client") || said.has("unauthorized_client") => ErrorKind::ClientRefused,
        _ if said.has("invalid_scope") => ErrorKind::ScopeMismatch,
        _ => ErrorKind::TokenEndpoint,
    };
    let words = said.after(": ", &secrets);
    let message = match kind {
        ErrorKind::ClientRefused => format!("Gong does not accept the client id and secret of the connection{words}."),
        _ => format!("the token endpoint answered with status {}{words}.", answer.status),
    };
    Refusal::Failed(Error::new(kind, message))
}

/// What somebody said, after a clause of ours; nothing if they said nothing that can be shown.
pub(crate) fn in_brackets(said: &str) -> String {
    if said.is_empty() { String::new() } else { format!(" ({said})") }
}

/// Somebody else's words, fit to be shown: one line, not too long, and without any of these secrets in whatever form.
pub(crate) fn presentable(text: &str, secrets: &Redactor) -> Option<String> {
    let shown = excerpt(&secrets.redact(text), LONGEST_WORDS);
    let shown = shown.trim().trim_end_matches('.');
    (!shown.is_empty()).then(|| shown.to_owned())
}

impl Grant {
    /// The account that it makes, given the scopes that were asked for.
    ///
    /// # Errors
    /// When the host that Gong names for it is not one that its tokens may go to.
    pub(crate) fn into_account(self, app: &OAuthApp, now: SystemTime) -> Result<NewAccount> {
        let base_url = match self.base_url {
            Host::Told(host) => host,
            Host::Untold => host::unless_told(&app.token_url),
            Host::Unfit(fault) => {
                let message = format!("the token endpoint's answer names a host for the account that {fault}.");
                return Err(Error::new(ErrorKind::TokenEndpoint, message));
            }
        };
        Ok(NewAccount {
            origin: Origin::App(AppId::of(app)),
            credential: Credential::Tokens { access: self.access, refresh: self.refresh, base_url },
            // Gong says what it granted. Were it silent, OAuth's own rule is that it granted what was asked for.
            scopes: Some(self.scopes.unwrap_or_else(|| app.scopes.clone())),
            obtained_at: now,
            expires_at: Some(now + self.lifetime),
        })
    }

    /// The account that it makes of an older one. What the answer leaves out stays as it was, and so does the host
    /// where the new one is not fit: these tokens are all that there is, and they go where the ones before them went.
    pub(crate) fn renew(self, old: &NewAccount, now: SystemTime) -> NewAccount {
        let (old_refresh, old_base_url) = match &old.credential {
            Credential::Tokens { refresh, base_url, .. } => (refresh.clone(), base_url.clone()),
            Credential::ApiKey { base_url, .. } => (None, base_url.clone()),
        };
        NewAccount {
            origin: old.origin.clone(),
            credential: Credential::Tokens {
                access: self.access,
                refresh: self.refresh.or(old_refresh),
                base_url: match self.base_url {
                    Host::Told(host) => host,
                    Host::Untold | Host::Unfit(_) => old_base_url,
                },
            },
            scopes: self.scopes.or_else(|| old.scopes.clone()),
            obtained_at: now,
            expires_at: Some(now + self.lifetime),
        }
    }
}

#[cfg(test)]
mod tests;
