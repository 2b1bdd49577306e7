//! The part of `app.gong.io` the sandbox plays: apps ask for access, people consent, tokens are
//! given out, refreshed and taken back.
//!
//! `consent` leads up to the code, `tokens` from there on; `page` is what a person sees.

mod apps;
mod consent;
mod page;
mod scopes;
mod tokens;

use std::collections::HashMap;

pub(crate) use self::apps::App;
pub use self::tokens::IssuedTokens;
use self::{
    consent::{Code, Shown},
    tokens::{Family, RefreshToken},
};
use crate::{
    access::Access, builder::Settings, clock::Seconds, prng::Prng, record::RecordedRequest, refusal::Refusal,
    reply::Reply,
};

const AUTHORIZE: &str = "/oauth2/authorize";
pub(crate) const TOKEN: &str = "/oauth2/generate-customer-token";
const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/// Everything the OAuth server remembers.
pub(crate) struct OAuth {
    /// The registered apps, the sandbox's own first.
    apps: Vec<App>,
    /// The consent pages waiting for an answer, by their one-time tokens.
    shown: HashMap<String, Shown>,
    codes: HashMap<String, Code>,
    refresh_tokens: HashMap<String, RefreshToken>,
    families: Vec<Family>,
    pub(crate) issued: Vec<IssuedTokens>,
    pub(crate) refreshes: usize,
    token_lifetime: Seconds,
    /// Whether errors of the token endpoint come in the envelope of the API.
    errors_in_envelope: bool,
    customer_base_url: String,
    prng: Prng,
}

impl OAuth {
    pub(crate) fn new(settings: &Settings, apps: Vec<App>, customer_base_url: String) -> Self {
        Self {
            apps,
            shown: HashMap::new(),
            codes: HashMap::new(),
            refresh_tokens: HashMap::new(),
            families: Vec::new(),
            issued: Vec::new(),
            refreshes: 0,
            token_lifetime: Seconds::try_from(settings.token_lifetime.as_secs()).unwrap_or(Seconds::MAX),
            errors_in_envelope: settings.token_errors_in_envelope,
            customer_base_url,
            prng: Prng::new(settings.seed, "grants"),
        }
    }

    /// Answers a request; says too whether it changed anything.
    pub(crate) fn answer(
        &mut self,
        request: &RecordedRequest,
        request_id: &str,
        now: Seconds,
        access: &mut Access,
    ) -> (Reply, bool) {
        match (request.method.as_str(), request.path.as_str()) {
            ("GET", AUTHORIZE) => (self.ask(request, now), false),
            ("POST", AUTHORIZE) => self.decide(request, now),
            ("POST", TOKEN) => self.token(request, request_id, now, access),
            (_, AUTHORIZE | TOKEN) => (Reply::refusal(request_id, &Refusal::new(405, "Method Not Allowed")), false),
            _ => (Reply::refusal(request_id, &Refusal::not_found("Not Found")), false),
        }
    }

    /// Decides about an authorization link without a browser: where that would have gone next, or
    /// the sentence the page would have shown.
    pub(crate) fn follow(&mut self, link: &str, allow: bool, now: Seconds) -> Result<String, String> {
        let query = link.split_once('?').map(|(_, query)| query).unwrap_or_default();
        let authorization =
            self.read_authorization(&form_urlencoded::parse(query.as_bytes()).into_owned().collect::<Vec<_>>())?;
        Ok(if allow { self.allow(authorization, now) } else { consent::deny(&authorization) })
    }

    fn random_token(&mut self, kind: &str, length: usize) -> String {
        format!("{kind}-{}", self.prng.letters(ALPHABET, length))
    }
}
