//! The first half of an authorization: the link that a person opens, and the state in it that makes the callback ours.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use gong_client::Secret;
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;
use url::form_urlencoded::Serializer;

use crate::connection::OAuthApp;
use crate::error::Result;
use crate::keys::no_randomness;
use crate::link::AuthorizationLink;
use crate::origin::AppId;
use crate::store::{Pending, Registration};
use crate::who::Who;
use crate::world::World;

/// How long Gong's codes live, and so our states.
pub(crate) const LIFETIME: Duration = Duration::from_secs(10 * 60);

/// The two halves of a state: one finds the row, the other proves that whoever brings it got it from us.
///
/// The store holds the second as a hash, so that neither its owner nor the time a comparison takes gives a state away.
pub(crate) struct State {
    pub(crate) selector: String,
    verifier: [u8; 32],
}

impl State {
    fn random(world: &dyn World) -> Result<Self> {
        let (mut selector, mut verifier) = ([0; 16], [0; 32]);
        world.fill(&mut selector).and_then(|()| world.fill(&mut verifier)).map_err(no_randomness)?;
        Ok(State { selector: BASE64.encode(selector), verifier })
    }

    /// Reads one; none if it cannot be one of ours.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (selector, verifier) = text.split_once('.')?;
        Some(State { selector: selector.to_owned(), verifier: BASE64.decode(verifier).ok()?.try_into().ok()? })
    }

    fn text(&self) -> String {
        format!("{}.{}", self.selector, BASE64.encode(self.verifier))
    }

    fn hash(&self) -> Vec<u8> {
        Sha256::digest(self.verifier).to_vec()
    }

    /// Whether it is the state of this row.
    pub(crate) fn proves(&self, pending: &Pending) -> bool {
        self.hash().ct_eq(&pending.verifier).into()
    }
}

/// Begins an authorization: what to keep of it, and the link.
pub(crate) fn begin(
    app: &OAuthApp,
    who: &Who,
    registers: Option<Registration>,
    world: &dyn World,
) -> Result<(Pending, AuthorizationLink)> {
    let state = State::random(world)?;
    let proof = app.pkce.then(|| proof(world)).transpose()?;
    let expires_at = world.now() + LIFETIME;
    let url = url(app, &state, proof.as_ref());
    let (selector, verifier) = (state.selector.clone(), state.hash());
    let (who, app) = (who.clone(), Some(AppId::of(app)));
    let pending = Pending { selector, verifier, who, app, registers, proof, expires_at, used: false };
    Ok((pending, AuthorizationLink::new(url, expires_at)))
}

/// PKCE's verifier: 256 bits of chance as text.
fn proof(world: &dyn World) -> Result<Secret> {
    let mut bytes = zeroize::Zeroizing::new([0; 32]);
    world.fill(bytes.as_mut()).map_err(no_randomness)?;
    Ok(Secret::new(BASE64.encode(bytes.as_ref())))
}

fn url(app: &OAuthApp, state: &State, proof: Option<&Secret>) -> String {
    let scopes = Vec::from_iter(app.scopes.iter().map(String::as_str)).join(" ");
    let address = format!("{}?", app.authorize_url);
    let end = address.len();
    let mut query = Serializer::for_suffix(address, end);
    query.append_pair("client_id", &app.client_id).append_pair("response_type", "code");
    query.append_pair("scope", &scopes).append_pair("redirect_uri", &app.redirect_uri);
    query.append_pair("state", &state.text());
    if let Some(proof) = proof {
        let challenge = BASE64.encode(Sha256::digest(proof.reveal()));
        query.append_pair("code_challenge", &challenge).append_pair("code_challenge_method", "S256");
    }
    query.finish()
}

#[cfg(test)]
mod tests;
