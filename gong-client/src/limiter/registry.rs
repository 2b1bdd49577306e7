//! The limiters of this process, one an account, for as long as a client of the account lives.

use std::collections::HashMap;
use std::hash::{BuildHasher, Hash, RandomState};
use std::sync::{Arc, LazyLock, Mutex, PoisonError, Weak};

use super::{Inner, Limiter, RateLimit};
use crate::environment::Environment;

/// What is known of an account without keeping its secrets.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Account {
    host: String,
    fingerprint: u64,
    /// The environment's address, where it is not the system's: accounts in worlds of their own have nothing to share.
    world: Option<usize>,
}

impl Account {
    /// The account at this host that shows these credentials.
    pub(crate) fn new(host: &str, credentials: impl Hash, environment: Option<&Arc<dyn Environment>>) -> Self {
        // Keyed by chance, so that nothing can be learnt from it.
        static KEYS: LazyLock<RandomState> = LazyLock::new(RandomState::new);
        let world = environment.map(|environment| Arc::as_ptr(environment).cast::<()>().addr());
        Account { host: host.to_owned(), fingerprint: KEYS.hash_one(credentials), world }
    }
}

static KNOWN: LazyLock<Mutex<HashMap<Account, Weak<Inner>>>> = LazyLock::new(Mutex::default);

/// The limiter of an account. The strictest limit that any of its clients wants holds for all.
pub(crate) fn limiter(account: Account, limit: RateLimit, environment: &Arc<dyn Environment>) -> Limiter {
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(inner) = known.get(&account).and_then(Weak::upgrade) {
        let limiter = Limiter(inner);
        limiter.ledger().restrict(limit);
        return limiter;
    }
    known.retain(|_, inner| inner.strong_count() > 0);
    let limiter = Limiter::with_environment(limit, environment.clone());
    known.insert(account, Arc::downgrade(&limiter.0));
    limiter
}
