//! The life of an access token: used while it is good, refreshed ahead of its end by one task of one process.
//!
//! A refresh token works once, so a refresh goes like this, and each arrow is a place where the process may die:
//!
//! ```text
//! lease the account ──> ask Gong ──> store the new pair, which ends the lease ──> use it
//! ```
//!
//! Dead before Gong was asked: the lease runs out and another process refreshes. Dead after Gong answered and before the pair
//! was stored: the pair is lost, the next attempt is told that the old refresh token is spent, and the account says that its
//! user must authorize again. Dead after that: nothing is lost. A caller that goes away changes nothing, because a refresh runs
//! in a task of its own.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use gong_client::AccessToken;

use crate::connection::OAuthApp;
use crate::connections::Inner;
use crate::error::{Error, ErrorKind, Result};
use crate::keys::no_randomness;
use crate::oauth::{self, Refusal, Show, in_brackets};
use crate::slots::Slot;
use crate::store::{Account, Credential, Life, Who};
use crate::world::Step;

/// How long a process may take for one refresh. Longer than an HTTP request may take and the store may be tried, with room for
/// clocks that disagree.
const LEASE: Duration = Duration::from_secs(60);

/// How long to wait for another process's refresh. Longer than a lease, so that a dead process holds nobody up for good.
const PATIENCE: Duration = Duration::from_secs(90);

/// How often to look whether another process has ended its refresh.
const LOOK: Duration = Duration::from_millis(100);

/// How long the store is tried with a new pair, in all some six seconds.
const WAITS_FOR_STORE: [Duration; 5] = [
    Duration::from_millis(200),
    Duration::from_millis(400),
    Duration::from_millis(800),
    Duration::from_millis(1600),
    Duration::from_secs(3),
];

/// A token that Gong refuses so soon after it gave it won't be bettered by another.
const FRESH: Duration = Duration::from_secs(60);

const INTERRUPTED: &str =
    "a refresh was interrupted before its new tokens were stored, and the refresh token works once only";
const ANOTHER_APP: &str = "it came from another app than the one that its connection is now, and its refresh token is shown to that app alone";
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
        if let Some(token) = &present
            && account.life(now) == Life::Good
        {
            slot.keep_token(token, now, account.due_at());
            return Ok(token.clone());
        }
        if refused.is_some() && present.is_none() {
            refuse_if_fresh(&account, now)?;
        }
        let renewal = Renewal { who: who.clone(), refused: refused.cloned(), wait: present.is_none() };
        let renewed = tokio::spawn(Arc::clone(self).renew(renewal)).await;
        let renewed = renewed.map_err(|cause| Error::store("the refresh was stopped.").because(cause))?;
        match (renewed, present) {
            (Ok(Some(token)), _) | (Ok(None), Some(token)) => Ok(token),
            // It could not be refreshed ahead of time. There will be other times.
            (Err(error), Some(token)) if error.is_retryable() => Ok(token),
            (Err(error), _) => Err(error),
            (Ok(None), None) => Err(busy(who)),
        }
    }

    /// The account, if it is one that can be used.
    pub(crate) async fn account_in_order(&self, who: &Who) -> Result<Account> {
        let unknown = || Error::new(ErrorKind::UnknownAccount, format!("there is no account for {who}."));
        let account = self.vault.account(who).await?.ok_or_else(unknown)?;
        match &account.trouble {
            Some(trouble) => Err(self.needs_authorization(who, trouble).await),
            None => Ok(account),
        }
    }

    /// That the user must authorize again, with the link to do so.
    pub(crate) async fn needs_authorization(&self, who: &Who, trouble: &str) -> Error {
        let message = format!("{who} must authorize again: {trouble}.");
        Error::new(ErrorKind::NeedsAuthorization, message).with_link(self.link_again(who).await)
    }

    /// Gets another token: its own refresh, or the outcome of another process's. None if it would have to wait and may not.
    async fn renew(self: Arc<Self>, renewal: Renewal) -> Result<Option<AccessToken>> {
        let Renewal { who, refused, wait } = renewal;
        let slot = self.slots.of(&who);
        let _turn = match slot.turn.try_lock() {
            Ok(turn) => turn,
            Err(_) if wait => slot.turn.lock().await,
            Err(_) => return Ok(None),
        };
        self.save_unsaved(&slot, &who).await?;
        let owner = self.owner()?;
        let give_up = self.world.now() + PATIENCE;
        loop {
            let account = self.account_in_order(&who).await?;
            let now = self.world.now();
            if account.life(now) == Life::Good
                && let Some(token) = account.usable(now, refused.as_ref())?
            {
                slot.keep_token(&token, now, account.due_at());
                return Ok(Some(token));
            }
            let app = self.app_of(&account).await?;
            if self.vault.lease_account(&account, &owner, now, now + LEASE).await? {
                return self.refresh(&slot, &account, &app, &owner).await.map(Some);
            }
            if !wait {
                return Ok(None);
            }
            if now >= give_up {
                return Err(busy(&who));
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
    async fn refresh(&self, slot: &Slot, account: &Account, app: &OAuthApp, owner: &str) -> Result<AccessToken> {
        self.world.reached(Step::Leased);
        let who = &account.who;
        let Credential::Tokens { refresh: Some(refresh), .. } = &account.kept.credential else {
            return self.give_up_on(account, NO_REFRESH_TOKEN).await;
        };
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
                self.vault.release_account(who, owner).await?;
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
                (Err(_), Some(wait)) => self.world.sleep(wait).await,
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

/// What a task that refreshes has to know.
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
