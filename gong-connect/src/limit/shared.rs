//! The limits of this process, one a company.

use std::collections::HashMap;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, PoisonError};

use gong_client::RateLimit;
use sha2::{Digest as _, Sha256};
use url::Url;

use super::{Mine, SharedLimit};
use crate::error::Result;
use crate::keys::no_randomness;
use crate::store::{Credential, LimitStore, Store};
use crate::world::System;

/// The limits that a store keeps, one a company, shared by everybody who opens it.
///
/// [`Connections`](crate::Connections) have theirs in their own store. For clients whose credentials come from
/// elsewhere, a store may be opened for its limits alone. It needs no key then.
///
/// ```no_run
/// use gong_client::Client;
/// use gong_connect::{SharedLimits, Store};
///
/// # async fn example(key: String, secret: String) -> Result<(), Box<dyn std::error::Error>> {
/// let limits = SharedLimits::open(Store::sqlite("limits.db")).await?;
/// let host = "https://us-12345.api.gong.io";
/// let gong = Client::builder().rate_limiter(limits.of(host, &key)).api_key(key, secret).base_url(host).build()?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct SharedLimits {
    limit: RateLimit,
    store: LimitStore,
    process: String,
    known: Mutex<HashMap<String, Arc<SharedLimit>>>,
}

impl SharedLimits {
    /// Opens a store for its limits: as much as Gong allows a company.
    ///
    /// # Errors
    /// When the store cannot be opened.
    pub async fn open(store: Store) -> Result<Self> {
        SharedLimits::new(LimitStore::open(store, Arc::new(System)).await?, RateLimit::default())
    }

    pub(crate) fn new(store: LimitStore, limit: RateLimit) -> Result<Self> {
        let mut name = [0; 8];
        store.world.fill(&mut name).map_err(no_randomness)?;
        Ok(SharedLimits { limit, store, process: hex(&name), known: Mutex::default() })
    }

    /// The limit of the company that has this host to itself. At the host that all companies have in common it is not
    /// known which company a key or a token is of: there each stands for itself.
    #[must_use]
    pub fn of(&self, base_url: &str, key_or_token: &str) -> Arc<SharedLimit> {
        self.of_company(match host(base_url) {
            Some(host) if Some(&host) != self::host(gong_client::catalog::service().base_url).as_ref() => host,
            _ => format!("key {}", hex(Sha256::digest(key_or_token).get(..16).unwrap_or_default())),
        })
    }

    pub(crate) fn of_account(&self, credential: &Credential) -> Arc<SharedLimit> {
        match credential {
            Credential::ApiKey { key, base_url, .. } => self.of(base_url, key.reveal()),
            // Gong tells each account's host, which is the company's.
            Credential::Tokens { base_url, .. } => self.of_company(host(base_url).unwrap_or_else(|| base_url.clone())),
        }
    }

    fn of_company(&self, company: String) -> Arc<SharedLimit> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let limit = known.entry(company.clone()).or_insert_with(|| {
            Arc::new(SharedLimit {
                company,
                process: self.process.clone(),
                limit: self.limit,
                store: self.store.clone(),
                mine: tokio::sync::Mutex::new(Mine::default()),
                paused: AtomicBool::new(false),
            })
        });
        Arc::clone(limit)
    }
}

/// The host of a base URL, and the port where it has one.
fn host(base_url: &str) -> Option<String> {
    let url = Url::parse(base_url).ok()?;
    let host = url.host_str()?;
    Some(url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}")))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
