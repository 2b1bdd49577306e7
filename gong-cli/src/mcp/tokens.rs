//! The tokens that let users of a server over HTTP in: each stands for an account, and only its hash is kept.

use std::collections::BTreeMap;

use gong_client::Secret;
use gong_connect::{System, World as _};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::accounts::{Home, Who};
use crate::exit::Failure;

/// What a token begins with, so that people and scanners of leaked secrets know one.
const PREFIX: &str = "gongmcp_";
const FILE: &str = "mcp-tokens.json";
/// What to do about a broken file.
const REMEDY: &str = "Mend it, or remove it and make new tokens";

/// The tokens that are good: whose each is, by its hash.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Tokens(BTreeMap<String, Who>);

impl Tokens {
    pub(crate) fn read(home: &Home) -> Result<Self, Failure> {
        home.read(FILE, REMEDY)
    }

    /// Whose a token is.
    pub(crate) fn who(&self, token: &str) -> Option<&Who> {
        self.0.get(&hash(token))
    }

    /// Makes a token for an account, and keeps its hash.
    pub(crate) fn make(home: &Home, who: &Who) -> Result<Secret, Failure> {
        let mut bytes = [0_u8; 32];
        let no_chance = |error| Failure::Local(format!("the system gives no randomness: {error}."));
        System.fill(&mut bytes).map_err(no_chance)?;
        let token = format!("{PREFIX}{}", hex(&bytes));
        home.change_file(FILE, REMEDY, |tokens: &mut Tokens| {
            tokens.0.insert(hash(&token), who.clone());
        })?;
        Ok(Secret::from(token))
    }

    /// The tokens that there are: the beginning of each one's hash, and whose it is.
    pub(crate) fn list(&self) -> impl Iterator<Item = (&str, &Who)> {
        self.0.iter().map(|(hash, who)| (hash.get(..12).unwrap_or(hash), who))
    }

    /// Revokes the tokens that `is_meant` names by hash or account, and says how many.
    pub(crate) fn revoke(home: &Home, is_meant: impl Fn(&str, &Who) -> bool) -> Result<usize, Failure> {
        let mut revoked = 0;
        home.change_file(FILE, REMEDY, |tokens: &mut Tokens| {
            let before = tokens.0.len();
            tokens.0.retain(|hash, who| !is_meant(hash, who));
            revoked = before - tokens.0.len();
        })?;
        Ok(revoked)
    }
}

fn hash(token: &str) -> String {
    hex(&Sha256::digest(token.as_bytes()))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
