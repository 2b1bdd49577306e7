//! The life of an access token: used while it is good, refreshed ahead of its end by one task of one process.
//!
//! A refresh token works once, so a refresh goes like this, and each arrow is a place where the process may die:
//!
//! ```text
//! lock and lease the account ──> make sure of room ──> ask Gong ──> store the new pair, and end the lease ──> use it
//! ```
//!
//! Dead before Gong was asked: the lock is free, and the next process refreshes. Dead after Gong answered and before
//! the pair was stored: the pair is lost, the next attempt is told that the old refresh token is spent, and the account
//! says at once that its user must authorize again. Dead after that: nothing is lost. Only a process that is killed can
//! die there: a caller that goes away, and a program that ends, leave a refresh to its end (see [`crate::background`]).
//!
//! A token that is due and still good is used, while its renewal goes on beside it.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use gong_client::AccessToken;
use tokio::task::JoinHandle;

use crate::background;
use crate::connection::OAuthApp;
use crate::connections::Inner;
use crate::error::{Error, ErrorKind, Result};
use crate::keys::no_randomness;
use crate::oauth::{self, Refusal, Show, in_brackets};
use crate::renewals::UnderWay;
use crate::slots::Slot;
use crate::status::ANOTHER_APP;
use crate::store::{Account, Credential, Lease, Life};
use crate::who::Who;
use crate::world::Step;

/// How long a process may take for one refresh before another may think it stuck. Longer than an HTTP request may take
/// and the store may be tried. It is waited for only where the lock does not tell that its holder is gone.
const LEASE: Duration = Duration::from_secs(30);

/// How long to wait for another process's refresh. Longer than a lease, so that nobody is held up for good.
const PATIENCE: Duration = Duration::from_secs(45);

/// How often to look whether another process has ended its refresh.
const LOOK: Duration = Duration::from_millis(50);

/// After how many looks, which take a second, [`Step::Waiting`] is reached.
const LOOKS_BEFORE_WAITING: u32 = 20;

/// How long no other renewal begins, after one failed while the token was still good.
const REST: Duration = Duration::from_secs(5);

/// How long the store is tried with a new pair, in all some six seconds.
const WAITS_FOR_STORE: [Duration; 5] = [
    Duration::from_millis(200),
    Duration::from_millis(400),
    Duration::from_millis(800),
    Duration::from_millis(1600),
    Duration::from_secs(3),
];

/// A token that Gong refuses this soon after it gave it is not refreshed: another would be refused too.
const FRESH: Duration = Duration::from_secs(60);

const INTERRUPTED: &str =
    "a refresh was interrupted before its new tokens were stored, and the refresh token works once only";
const NO_REFRESH_TOKEN: &str = "the access token has run out and Gong gave no refresh token";

impl Inner {
    /// A token that is good for now, and other than the one that was refused.
    pub(crate) async fn access_token(
        self: &Arc<Self>,
        who: &Who,
        refused: Option<&AccessToken>,
    ) -> Result<AccessToken> {
        let slot = self.slots.of(who);
        let now = self.world.now();
        if refused.is_some() {
            slot.forget_token();
        } else if let Some(token) = slot.token(now) {
            return Ok(token);
        }
        let account = self.account_in_order(who).await?;
        let present = account.usable(now, refused)?;
        if let Some(token) = present {
            if account.life(now) == Life::Good {
                slot.keep_token(&token, now, account.due_at());
            } else if slot.may_renew(now) {
                self.begin_renewal(Renewal { who: who.clone(), refused: refused.cloned(), wait: false });
            }
            return Ok(token);
        }
        if refused.is_some() {
            refuse_if_fresh(&account, now)?;
        }
        let renewal = Renewal { who: who.clone(), refused: refused.cloned(), wait: true };
        let renewed = self.begin_renewal(renewal).await;
        let renewed = renewed.map_err(|cause| Error::store("the refresh was stopped.").because(cause))?;
        renewed?.ok_or_else(|| busy(who))
    }

    /// Renews in a task of its own, which goes on without whoever waits for it.
    fn begin_renewal(self: &Arc<Self>, renewal: Renewal) -> JoinHandle<Result<Option<AccessToken>>> {
        tokio::spawn(Arc::clone(self).renew(renewal, self.renewals.begin()))
    }

    /// The account, if it is one that can be used.
    pub(crate) async fn account_in_order(&self, who: &Who) -> Result<Account> {
        let account = self.account(who).await?;
        match &account.trouble {
            Some(trouble) => Err(self.needs_authorization(who, trouble).await),
            None => Ok(account),
        }
    }

    /// That the user must authorize again, with the link to do so.
    pub(crate) async fn needs_authorization(&self, who: &Who, trouble: &str) -> Error {
        let message = format!("{who} must authorize again: {trouble}.");
        Error::new(ErrorKind::NeedsAuthorization, message).of_account(who).with_link(self.link_again(who).await)
    }

    /// Gets another token: its own refresh, or the outcome of another process's. None if it would have to wait and may
    /// not.
    async fn renew(self: Arc<Self>, renewal: Renewal, under_way: UnderWay) -> Result<Option<AccessToken>> {
        let Renewal { who, refused, wait } = renewal;
        // Counted until its turn is over, since the next renewal begins then.
        let mut under_way = Some(under_way);
        let slot = self.slots.of(&who);
        let _turn = match slot.turn.try_lock() {
            Ok(turn) => turn,
            Err(_) if wait => slot.turn.lock().await,
            Err(_) => return Ok(None),
        };
        let renewed = self.renew_in_turn(&slot, &who, refused, wait, &mut under_way).await;
        if renewed.is_err() && !wait {
            // Nobody waits for it. A later caller begins another one, but not every one of many at once.
            slot.rest_until(self.world.now() + REST);
        }
        renewed
    }

    async fn renew_in_turn(
        self: &Arc<Self>,
        slot: &Arc<Slot>,
        who: &Who,
        refused: Option<AccessToken>,
        wait: bool,
        under_way: &mut Option<UnderWay>,
    ) -> Result<Option<AccessToken>> {
        self.save_unsaved(slot, who).await?;
        let (owner, give_up) = (self.owner()?, self.world.now() + PATIENCE);
        let mut looks = 0;
        loop {
            let account = self.account_in_order(who).await?;
            let now = self.world.now();
            if account.life(now) == Life::Good
                && let Some(token) = account.usable(now, refused.as_ref())?
            {
                slot.keep_token(&token, now, account.due_at());
                return Ok(Some(token));
            }
            let app = self.app_of(&account).await?;
            under_way.get_or_insert_with(|| self.renewals.begin());
            if let Some(lease) = self.vault.lease_account(&account, &owner, now, now + LEASE).await? {
                let (inner, slot) = (Arc::clone(self), Arc::clone(slot));
                let refresh = background::begin(async move { inner.refresh(&slot, &account, &app, lease).await });
                let refresh =
                    refresh.map_err(|cause| Error::store("there is no thread to refresh on.").because(cause))?;
                let refreshed =
                    refresh.await.map_err(|cause| Error::store("the refresh was stopped.").because(cause))?;
                return refreshed.map(Some);
            }
            if !wait {
                return Ok(None);
            }
            if now >= give_up {
                return Err(busy(who));
            }
            // Another process refreshes, so this one may end at any time.
            *under_way = None;
            looks += 1;
            if looks == LOOKS_BEFORE_WAITING {
                self.world.reached(Step::Waiting);
            }
            self.world.sleep(LOOK).await;
        }
    }

    /// The app that an account came from, if its connection still is that app.
    async fn app_of(&self, account: &Account) -> Result<OAuthApp> {
        let connection = self.connection(&account.who.connection).await?;
        if !connection.is_origin(&account.kept.origin) {
            return Err(self.needs_authorization(&account.who, ANOTHER_APP).await);
        }
        connection.app().cloned()
    }

    /// Refreshes an account that this task alone may refresh.
    async fn refresh(&self, slot: &Slot, account: &Account, app: &OAuthApp, lease: Lease) -> Result<AccessToken> {
        self.world.reached(Step::Leased);
        let who = &account.who;
        let Credential::Tokens { refresh: Some(refresh), .. } = &account.kept.credential else {
            return self.give_up_on(account, NO_REFRESH_TOKEN).await;
        };
        if let Err(no_room) = self.vault.keep_room().await {
            self.vault.release_account(who, lease).await?;
            return Err(no_room);
        }
        match oauth::ask(self.http.as_ref(), &self.domains, app, Show::Refresh(refresh)).await {
            Ok(grant) => {
                self.world.reached(Step::Answered);
                slot.set_unsaved(Some((account.version, grant.renew(&account.kept, self.world.now()))));
                self.save_unsaved(slot, who).await?;
                self.world.reached(Step::Stored);
                self.stored_token(slot, who).await
            }
            Err(Refusal::Spent(said)) => self.refresh_token_is_spent(slot, account, &said).await,
            Err(Refusal::Failed(error)) => {
                self.vault.release_account(who, lease).await?;
                Err(error)
            }
        }
    }

    /// Stores the pair that this process has and the store has not, if there is one. It is not used before.
    async fn save_unsaved(&self, slot: &Slot, who: &Who) -> Result<()> {
        let Some((version, account)) = slot.unsaved() else { return Ok(()) };
        let mut waits = WAITS_FOR_STORE.into_iter();
        loop {
            match (self.vault.renew_account(who, version, &account).await, waits.next()) {
                // Either way the store now has the newest: this pair, or that of a later authorization.
                (Ok(_), _) => {
                    slot.set_unsaved(None);
                    return Ok(());
                }
                (Err(_), Some(wait)) => {
                    self.vault.give_room_up().await;
                    self.world.sleep(wait).await;
                }
                (Err(error), None) => return Err(error),
            }
        }
    }

    async fn stored_token(&self, slot: &Slot, who: &Who) -> Result<AccessToken> {
        let account = self.account_in_order(who).await?;
        let now = self.world.now();
        let token = account.token().ok_or_else(|| busy(who))?;
        slot.keep_token(&token, now, account.due_at());
        Ok(token)
    }

    /// The refresh token is spent: another process was faster, or the account is lost.
    async fn refresh_token_is_spent(&self, slot: &Slot, account: &Account, said: &str) -> Result<AccessToken> {
        let now = self.account_in_order(&account.who).await?;
        if now.version != account.version {
            return self.stored_token(slot, &account.who).await;
        }
        let trouble = if account.leased {
            INTERRUPTED.to_owned()
        } else {
            let said = in_brackets(said);
            format!("Gong takes the refresh token no more{said}: access was revoked, or the token was used elsewhere")
        };
        self.give_up_on(account, &trouble).await
    }

    async fn give_up_on(&self, account: &Account, trouble: &str) -> Result<AccessToken> {
        self.vault.mark_account(account, trouble).await?;
        Err(self.needs_authorization(&account.who, trouble).await)
    }

    /// A name for whoever holds a lease: another one each time.
    fn owner(&self) -> Result<String> {
        let mut bytes = [0; 16];
        self.world.fill(&mut bytes).map_err(no_randomness)?;
        Ok(format!("{:032x}", u128::from_be_bytes(bytes)))
    }
}

/// What a task that refreshes needs.
struct Renewal {
    who: Who,
    refused: Option<AccessToken>,
    wait: bool,
}

impl Account {
    fn token(&self) -> Option<AccessToken> {
        match &self.kept.credential {
            Credential::Tokens { access, base_url, .. } => Some(AccessToken::new(access.reveal()).at(base_url)),
            Credential::ApiKey { .. } => None,
        }
    }

    /// Its token, unless that is spent or the one that was refused.
    fn usable(&self, now: SystemTime, refused: Option<&AccessToken>) -> Result<Option<AccessToken>> {
        let has_a_key = || Error::config(format!("{} has an API key, and so no token.", self.who));
        let token = self.token().ok_or_else(has_a_key)?;
        let spent = self.life(now) == Life::Spent;
        Ok((!spent && Some(&token) != refused).then_some(token))
    }
}

fn refuse_if_fresh(account: &Account, now: SystemTime) -> Result<()> {
    if account.life(now) != Life::Spent && now < account.kept.obtained_at + FRESH {
        let who = &account.who;
        let message =
            format!("Gong refuses a token that it gave {who} a moment ago, so another one would fare no better.");
        return Err(Error::new(ErrorKind::TokenRefused, message));
    }
    Ok(())
}

fn busy(who: &Who) -> Error {
    Error::new(ErrorKind::Busy, format!("another process is refreshing the account of {who} and comes to no end."))
}

#[cfg(test)]
mod tests;
