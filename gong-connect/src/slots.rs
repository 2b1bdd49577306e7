//! What this process knows of each account: the token it uses, and who of its tasks is refreshing.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use gong_client::AccessToken;

use crate::authorize::LIFETIME;
use crate::link::AuthorizationLink;
use crate::store::NewAccount;
use crate::who::Who;

/// How long a token is used without a look at the store, where another process may have replaced or removed it.
const LOOK_AGAIN: Duration = Duration::from_secs(30);

/// The slots, one for each account, made when it is first used.
#[derive(Debug, Default)]
pub(crate) struct Slots(Mutex<HashMap<Who, Arc<Slot>>>);

/// What this process knows of an account.
#[derive(Debug, Default)]
pub(crate) struct Slot {
    /// Held by the task that refreshes.
    pub(crate) turn: tokio::sync::Mutex<()>,
    known: Mutex<Known>,
}

#[derive(Debug, Default)]
struct Known {
    token: Option<(AccessToken, SystemTime)>,
    link: Option<AuthorizationLink>,
    unsaved: Option<Unsaved>,
    /// Until when no renewal is begun beside a token that is good.
    rests_until: Option<SystemTime>,
}

/// A pair of tokens that the store would not take yet, and the version of the account that it follows.
pub(crate) type Unsaved = (i64, NewAccount);

impl Slots {
    pub(crate) fn of(&self, who: &Who) -> Arc<Slot> {
        let mut slots = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(slots.entry(who.clone()).or_default())
    }
}

impl Slot {
    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn token(&self, now: SystemTime) -> Option<AccessToken> {
        self.known().token.as_ref().filter(|(_, until)| now < *until).map(|(token, _)| token.clone())
    }

    /// Uses the token for a while, but not beyond the time when it is due.
    pub(crate) fn keep_token(&self, token: &AccessToken, now: SystemTime, due_at: Option<SystemTime>) {
        let until = now + LOOK_AGAIN;
        self.known().token = Some((token.clone(), due_at.map_or(until, |due_at| until.min(due_at))));
    }

    /// A link that was given out and has half of its time left at least.
    pub(crate) fn link(&self, now: SystemTime) -> Option<AuthorizationLink> {
        self.known().link.clone().filter(|link| link.expires_at() > now + LIFETIME / 2)
    }

    pub(crate) fn keep_link(&self, link: &AuthorizationLink) {
        self.known().link = Some(link.clone());
    }

    /// Whether a renewal may be begun that nobody waits for.
    pub(crate) fn may_renew(&self, now: SystemTime) -> bool {
        self.known().rests_until.is_none_or(|until| until <= now)
    }

    pub(crate) fn rest_until(&self, time: SystemTime) {
        self.known().rests_until = Some(time);
    }

    pub(crate) fn unsaved(&self) -> Option<Unsaved> {
        self.known().unsaved.clone()
    }

    pub(crate) fn set_unsaved(&self, unsaved: Option<Unsaved>) {
        self.known().unsaved = unsaved;
    }

    /// Forgets everything: the account was replaced or removed.
    pub(crate) fn forget(&self) {
        *self.known() = Known::default();
    }

    /// Forgets the token: it is refused, or not to be used any more.
    pub(crate) fn forget_token(&self) {
        self.known().token = None;
    }
}
