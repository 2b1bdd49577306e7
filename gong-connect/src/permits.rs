//! The limit that everything of a company shares: permits to send a request, leased from the store a few at a time.
//!
//! Gong lets three requests a second through and ten thousand a day, for all keys, apps and processes of a company together. A
//! permit is a moment at which one request may go. The store hands them out one after the other, evenly spaced, to whichever
//! process asks, in a single statement; a busy process asks for several at once, so that most requests ask no store at all.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::{Duration, SystemTime};

use sha2::{Digest as _, Sha256};

use gong_client::{BoxError, BoxFuture, NoPermit, Permits, RateLimit};

use crate::connections::Inner;
use crate::error::{Error, Result};
use crate::store::{Ask, Credential, Leased};

/// How long a request may wait for its turn.
const PATIENCE: Duration = Duration::from_secs(60);

/// The limit of one company, as this process takes part in it.
#[derive(Debug)]
pub struct SharedLimit {
    company: String,
    limit: RateLimit,
    inner: Weak<Inner>,
    /// Tasks get their permits in the order they come.
    queue: tokio::sync::Mutex<()>,
    held: Mutex<Held>,
}

/// The permits that this process has leased and not used.
#[derive(Debug)]
struct Held {
    moments: VecDeque<SystemTime>,
    /// How many to ask for next.
    ask: u32,
    /// Gong asked to send nothing before this time.
    not_before: Option<SystemTime>,
}

/// A permit until it is used. Dropped unused, it goes back.
struct Permit<'a> {
    of: &'a SharedLimit,
    moment: Option<SystemTime>,
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        if let Some(moment) = self.moment {
            let mut held = self.of.held();
            let place = held.moments.partition_point(|other| *other < moment);
            held.moments.insert(place, moment);
        }
    }
}

impl Permits for SharedLimit {
    fn take(&self) -> BoxFuture<'_, Result<(), NoPermit>> {
        Box::pin(async move {
            let inner = self.inner().map_err(failed)?;
            loop {
                let mut permit = self.next(&inner).await?;
                let wait = permit.moment.and_then(|moment| moment.duration_since(inner.world.now()).ok());
                if let Some(wait) = wait.filter(|wait| !wait.is_zero()) {
                    inner.world.sleep(wait).await;
                }
                // Gong may have asked for a pause meanwhile.
                if permit.moment.take() >= self.held().not_before {
                    return Ok(());
                }
            }
        })
    }

    fn hold_until(&self, time: SystemTime) -> BoxFuture<'_, Result<(), BoxError>> {
        Box::pin(async move {
            let inner = self.inner()?;
            {
                let mut held = self.held();
                held.not_before = held.not_before.max(Some(time));
                held.moments.clear();
            }
            Ok(inner.vault.hold_permits(&self.company, inner.world.now(), time).await?)
        })
    }
}

impl SharedLimit {
    fn inner(&self) -> Result<Arc<Inner>> {
        self.inner.upgrade().ok_or_else(|| Error::store("the connections that this limit belongs to are gone."))
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next permit: one that is held, or the first of a new lease.
    async fn next(&self, inner: &Inner) -> Result<Permit<'_>, NoPermit> {
        let _turn = self.queue.lock().await;
        let moment = match self.next_held(inner.world.now()) {
            Some(moment) => moment,
            None => self.lease(inner).await?,
        };
        Ok(Permit { of: self, moment: Some(moment) })
    }

    /// The next moment that is held. Those that have passed belong to the past: used now, they would come too near to somebody
    /// else's.
    fn next_held(&self, now: SystemTime) -> Option<SystemTime> {
        let mut held = self.held();
        let before = held.moments.len();
        let (spacing, not_before) = (spacing(self.limit), held.not_before);
        held.moments.retain(|moment| *moment + spacing > now && Some(*moment) >= not_before);
        if held.moments.len() < before {
            held.ask = 1;
        }
        held.moments.pop_front()
    }

    /// Leases permits, more of them each time that the ones before were all used. Gives the first.
    async fn lease(&self, inner: &Inner) -> Result<SystemTime, NoPermit> {
        let spacing = spacing(self.limit);
        let mut count = self.held().ask;
        loop {
            let ask = Ask {
                company: &self.company,
                now: inner.world.now(),
                count,
                spacing: i64::try_from(spacing.as_millis()).unwrap_or(i64::MAX),
                per_day: i64::from(self.limit.per_day),
                patience: i64::try_from(PATIENCE.as_millis()).unwrap_or(i64::MAX),
            };
            match inner.vault.lease_permits(ask).await.map_err(failed)? {
                Leased::From(first) => {
                    let mut held = self.held();
                    held.moments.extend((1..count).map(|nth| first + spacing * nth));
                    held.ask = count.saturating_mul(2).min(largest_lease(self.limit));
                    return Ok(first);
                }
                Leased::DayIsUsedUp { left, .. } if left > 0 && count > 1 => count = left.min(count - 1),
                Leased::NotBefore(time) => return Err(reached("a second, or what Gong asked to wait,", time)),
                Leased::DayIsUsedUp { until, .. } => return Err(reached("a day", until)),
            }
        }
    }
}

/// The time from one request to the next.
fn spacing(limit: RateLimit) -> Duration {
    Duration::from_millis(1000_u64.div_ceil(u64::from(limit.per_second.max(1))))
}

/// No more than two seconds' worth at once, lest one process keep the others waiting.
fn largest_lease(limit: RateLimit) -> u32 {
    limit.per_second.max(1).saturating_mul(2)
}

fn reached(of: &str, retry_at: SystemTime) -> NoPermit {
    let why = format!("the limit of requests {of} that the company's processes share lets nothing through for now.");
    NoPermit::not_before(retry_at, why)
}

fn failed(error: Error) -> NoPermit {
    NoPermit::Failed(error.into())
}

/// The limits of this process, one a company.
#[derive(Debug)]
pub(crate) struct SharedLimits {
    limit: RateLimit,
    known: Mutex<HashMap<String, Arc<SharedLimit>>>,
}

impl SharedLimits {
    pub(crate) fn new(limit: RateLimit) -> Self {
        SharedLimits { limit, known: Mutex::default() }
    }

    pub(crate) fn of(&self, credential: &Credential, inner: &Arc<Inner>) -> Arc<SharedLimit> {
        let company = company(credential);
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let limit = known.entry(company.clone()).or_insert_with(|| {
            let held = Mutex::new(Held { moments: VecDeque::new(), ask: 1, not_before: None });
            let (inner, queue) = (Arc::downgrade(inner), tokio::sync::Mutex::default());
            Arc::new(SharedLimit { company, limit: self.limit, inner, queue, held })
        });
        Arc::clone(limit)
    }
}

/// What stands for the company of an account: its host, which it has to itself. Only an API key may come without one; then the
/// key stands for itself, by its hash.
fn company(credential: &Credential) -> String {
    match credential {
        Credential::ApiKey { key, base_url, .. } if base_url == gong_client::catalog::service().base_url => {
            let hash = Sha256::digest(key.reveal());
            hash.iter().take(16).fold(String::from("key "), |text, byte| format!("{text}{byte:02x}"))
        }
        Credential::ApiKey { base_url, .. } | Credential::Tokens { base_url, .. } => base_url.clone(),
    }
}
