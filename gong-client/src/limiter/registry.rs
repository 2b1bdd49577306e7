//! The limiters of this process, one an account. They outlive the clients of the account for as long as what was sent
//! counts, so that a program may make a client for every request.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use super::local::Limiter;
use super::quota::RateLimit;
use crate::auth::credentials::Credentials;
use crate::base::environment::Environment;

/// What is known of an account without keeping its secrets.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Account {
    host: String,
    fingerprint: u64,
    /// The environment's address, where it is not the system's: accounts in worlds of their own have nothing to share.
    world: Option<usize>,
    /// Whether the fingerprint stays the account's own when nobody uses it.
    lasting: bool,
}

impl Account {
    /// The account at this host that shows these credentials.
    pub(crate) fn new(host: &str, credentials: &Credentials, environment: Option<&Arc<dyn Environment>>) -> Self {
        // Keyed by chance, so that nothing can be learnt from it.
        static KEYS: LazyLock<RandomState> = LazyLock::new(RandomState::new);
        Account {
            host: host.to_owned(),
            fingerprint: KEYS.hash_one(credentials),
            world: environment.map(|environment| Arc::as_ptr(environment).cast::<()>().addr()),
            // A source of tokens is known by its address, which may be another's once it is gone.
            lasting: !matches!(credentials, Credentials::Source(_)),
        }
    }
}

static KNOWN: LazyLock<Mutex<HashMap<Account, Limiter>>> = LazyLock::new(Mutex::default);

/// The limiter of an account. The strictest limit that any of its clients wants holds for all.
pub(crate) fn limiter(account: Account, limit: RateLimit, environment: &Arc<dyn Environment>) -> Limiter {
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    known.retain(|account, limiter| limiter.is_in_use() || (account.lasting && !limiter.is_idle()));
    if let Some(limiter) = known.get(&account) {
        if limiter.is_in_use() {
            limiter.ledger().restrict(limit);
        } else {
            limiter.ledger().allow(limit);
        }
        return limiter.clone();
    }
    let limiter = Limiter::with_environment(limit, environment.clone());
    known.insert(account, limiter.clone());
    limiter
}
