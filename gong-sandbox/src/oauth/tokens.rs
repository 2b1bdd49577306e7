//! The second half of OAuth's code flow: a code is turned into tokens, and a refresh token into new ones.
//!
//! All tokens that go back to one consent are a family. A code or refresh token that comes a second
//! time was copied by somebody, so its whole family is revoked. That a refresh token works once is
//! known of Gong; that reuse revokes the family is a guess.

use std::fmt;

use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{OAuth, consent::CODE_LIFETIME};
use crate::{
    access::Access,
    clock::{Seconds, stamp},
    record::RecordedRequest,
    reply::{JSON, Reply},
};

/// A pair of tokens the sandbox gave to an app. `Debug` leaves the tokens out.
#[derive(Clone, PartialEq, Eq)]
pub struct IssuedTokens {
    /// The access token.
    pub access_token: String,
    /// The refresh token, good for one use.
    pub refresh_token: String,
    /// Who they were given to.
    pub client_id: String,
    /// What they allow.
    pub scopes: Vec<String>,
    /// When the access token expires, RFC 3339.
    pub expires: String,
    /// Whether they came of a refresh rather than a code.
    pub refreshed: bool,
}

impl fmt::Debug for IssuedTokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IssuedTokens")
            .field("client_id", &self.client_id)
            .field("scopes", &self.scopes)
            .field("expires", &self.expires)
            .field("refreshed", &self.refreshed)
            .finish_non_exhaustive()
    }
}

/// The tokens that go back to one consent.
#[derive(Debug)]
pub(super) struct Family {
    client_id: String,
    scopes: Vec<String>,
    access_tokens: Vec<String>,
    revoked: bool,
}

/// A refresh token that was given out.
#[derive(Debug)]
pub(super) struct RefreshToken {
    family: usize,
    used: bool,
}

/// An error of the token endpoint: status, code, and a sentence.
#[derive(Debug)]
struct Failure(u16, &'static str, &'static str);

const fn invalid_grant(text: &'static str) -> Failure {
    Failure(400, "invalid_grant", text)
}

const fn missing(text: &'static str) -> Failure {
    Failure(400, "invalid_request", text)
}

impl OAuth {
    /// `POST /oauth2/generate-customer-token`; says too whether tokens were given out.
    pub(super) fn token(
        &mut self,
        request: &RecordedRequest,
        request_id: &str,
        now: Seconds,
        access: &mut Access,
    ) -> (Reply, bool) {
        match self.exchange(request, now, access) {
            Ok(answer) => (reply(200, &answer), true),
            Err(Failure(status, error, text)) => {
                let body = if self.errors_in_envelope {
                    json!({"requestId": request_id, "errors": [text]})
                } else {
                    json!({"error": error, "error_description": text})
                };
                let mut reply = reply(status, &body);
                if status == 401 {
                    reply = reply.with_header("www-authenticate", "Basic realm=\"gong\"");
                }
                (reply, false)
            }
        }
    }

    fn exchange(&mut self, request: &RecordedRequest, now: Seconds, access: &mut Access) -> Result<Value, Failure> {
        let client_id = self.authenticate(request)?;
        if request.parameter("client_id").is_some_and(|named| named != client_id) {
            return Err(missing("client_id is not the one of the Authorization header"));
        }
        let lifetime = match request.parameter("validity_duration") {
            None => self.token_lifetime,
            Some(seconds) => seconds
                .parse::<u32>()
                .map(Seconds::from)
                .map_err(|_| missing("validity_duration is no number of seconds"))?,
        };
        let (family, refreshed) = match request.parameter("grant_type").as_deref() {
            Some("authorization_code") => (self.redeem(request, &client_id, now, access)?, false),
            Some("refresh_token") => (self.rotate(request, &client_id, access)?, true),
            Some(_) => return Err(Failure(400, "unsupported_grant_type", "The grant type is not supported")),
            None => return Err(missing("grant_type is missing")),
        };
        Ok(self.issue(family, refreshed, now, lifetime, access))
    }

    /// The client that the Basic header proves.
    fn authenticate(&self, request: &RecordedRequest) -> Result<String, Failure> {
        let given = request.header("authorization").and_then(|header| header.strip_prefix("Basic "));
        let proves = |id: &str, secret: &str| given == Some(STANDARD.encode(format!("{id}:{secret}")).as_str());
        let app = self.apps.iter().find(|app| proves(&app.client_id, &app.client_secret));
        let app = app.ok_or(Failure(401, "invalid_client", "Client authentication failed"))?;
        Ok(app.client_id.clone())
    }

    /// Takes a code and founds a family.
    fn redeem(
        &mut self,
        request: &RecordedRequest,
        client_id: &str,
        now: Seconds,
        access: &mut Access,
    ) -> Result<usize, Failure> {
        let code = request.parameter("code").ok_or(missing("code is missing"))?;
        let redirect_uri = request.parameter("redirect_uri").ok_or(missing("redirect_uri is missing"))?;
        let next = self.families.len();
        let known = self.codes.get_mut(&code).filter(|code| code.authorization.client_id == client_id);
        let known = known.ok_or(invalid_grant("Authorization code is invalid"))?;
        if let Some(family) = known.family {
            self.revoke_family(family, access);
            return Err(invalid_grant("Authorization code was used before"));
        }
        if now - known.at > CODE_LIFETIME {
            return Err(invalid_grant("Authorization code has expired"));
        }
        if known.authorization.redirect_uri != redirect_uri {
            return Err(invalid_grant("redirect_uri is not the one of the authorization"));
        }
        if let Some(challenge) = &known.authorization.challenge {
            let verifier = request.parameter("code_verifier").unwrap_or_default();
            if URL_SAFE_NO_PAD.encode(Sha256::digest(verifier)) != *challenge {
                return Err(invalid_grant("code_verifier does not match the code_challenge"));
            }
        }
        known.family = Some(next);
        let scopes = known.authorization.scopes.clone();
        let client_id = client_id.to_string();
        self.families.push(Family { client_id, scopes, access_tokens: Vec::new(), revoked: false });
        Ok(next)
    }

    /// Takes a refresh token out of use.
    fn rotate(&mut self, request: &RecordedRequest, client_id: &str, access: &mut Access) -> Result<usize, Failure> {
        let refused = || invalid_grant("Refresh token code is invalid");
        let token = request.parameter("refresh_token").ok_or(missing("refresh_token is missing"))?;
        let known = self.refresh_tokens.get_mut(&token).ok_or_else(refused)?;
        let family = self.families.get(known.family).ok_or_else(refused)?;
        if family.client_id != client_id || family.revoked {
            return Err(refused());
        }
        let family = known.family;
        if std::mem::replace(&mut known.used, true) {
            self.revoke_family(family, access);
            return Err(refused());
        }
        self.refreshes += 1;
        Ok(family)
    }

    /// Gives out the next pair of a family. The access token before it lives on until it expires;
    /// whether it does at Gong is not known.
    fn issue(&mut self, number: usize, refreshed: bool, now: Seconds, lifetime: Seconds, access: &mut Access) -> Value {
        let refresh_token = self.random_token("refresh", 48);
        let Some(family) = self.families.get_mut(number) else {
            return Value::Null;
        };
        let expires = now.saturating_add(lifetime);
        let access_token = access.issue(family.scopes.clone(), Some(expires));
        family.access_tokens.push(access_token.clone());
        let answer = json!({
            "access_token": access_token,
            "refresh_token": refresh_token,
            "expires_in": lifetime,
            "token_type": "bearer",
            "scope": family.scopes.join(" "),
            "api_base_url_for_customer": self.customer_base_url,
        });
        self.refresh_tokens.insert(refresh_token.clone(), RefreshToken { family: number, used: false });
        self.issued.push(IssuedTokens {
            access_token,
            refresh_token,
            client_id: family.client_id.clone(),
            scopes: family.scopes.clone(),
            expires: stamp(expires),
            refreshed,
        });
        answer
    }

    fn revoke_family(&mut self, number: usize, access: &mut Access) {
        if let Some(family) = self.families.get_mut(number) {
            family.revoked = true;
            family.access_tokens.iter().for_each(|token| access.revoke(token));
        }
    }

    /// Takes back everything any app was given, as an administrator can.
    pub(crate) fn revoke_everything(&mut self, access: &mut Access) {
        (0..self.families.len()).for_each(|family| self.revoke_family(family, access));
    }
}

fn reply(status: u16, body: &Value) -> Reply {
    let reply = Reply::new(status, body.to_string());
    reply.with_header("content-type", JSON).with_header("cache-control", "no-store")
}
