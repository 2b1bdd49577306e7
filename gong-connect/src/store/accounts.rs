//! Accounts: what is kept of each, and the statements that keep it.

use std::collections::BTreeSet;
use std::time::{Duration, SystemTime};

use gong_client::Secret;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::value::values;
use super::{Lock, Row, Value, Vault};
use crate::error::{Error, Result};
use crate::keys::no_randomness;
use crate::origin::{self, Bond, Origin};
use crate::sealed;
use crate::who::Who;
use crate::world::{millis, time};

impl Who {
    /// The place of its record. What that is bound to is a part of it, but for one from before there was such a thing.
    pub(super) fn place<'a>(&'a self, bound_to: Option<&'a str>) -> Vec<&'a str> {
        ["account", &self.connection, &self.identifier].into_iter().chain(bound_to).collect()
    }

    /// A name that says nothing of it and that a file can have.
    fn lock_name(&self) -> String {
        let hash = Sha256::digest(origin::text(&[&self.connection, &self.identifier]));
        hash.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
    }

    /// Reads the two columns that name it.
    pub(super) fn read(row: &mut Row) -> Result<Self> {
        Ok(Who { connection: row.get()?, identifier: row.get()? })
    }

    fn values(&self) -> Vec<Value> {
        values![&self.connection, &self.identifier]
    }
}

/// What an account shows to Gong, and the host it shows it to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum Credential {
    Tokens {
        #[serde(with = "sealed::text")]
        access: Secret,
        #[serde(with = "sealed::maybe_text")]
        refresh: Option<Secret>,
        base_url: String,
    },
    ApiKey {
        #[serde(with = "sealed::text")]
        key: Secret,
        #[serde(with = "sealed::text")]
        secret: Secret,
        base_url: String,
    },
}

impl Credential {
    pub(crate) fn base_url(&self) -> &str {
        let (Credential::Tokens { base_url, .. } | Credential::ApiKey { base_url, .. }) = self;
        base_url
    }
}

/// An account as it is to be stored.
#[derive(Clone, Debug)]
pub(crate) struct NewAccount {
    pub(crate) origin: Origin,
    pub(crate) credential: Credential,
    pub(crate) scopes: Option<BTreeSet<String>>,
    pub(crate) obtained_at: SystemTime,
    pub(crate) expires_at: Option<SystemTime>,
}

/// An account as it was stored.
#[derive(Clone, Debug)]
pub(crate) struct Account {
    pub(crate) who: Who,
    /// Changes with every pair of tokens.
    pub(crate) version: i64,
    pub(crate) kept: NewAccount,
    /// Why the user must authorize again.
    pub(crate) trouble: Option<String>,
    /// Whether somebody refreshes it, or began to and never ended.
    pub(crate) leased: bool,
}

/// The right to refresh an account.
pub(crate) struct Lease {
    owner: String,
    _lock: Option<Lock>,
}

/// How near to its end an access token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Life {
    /// Nothing to do.
    Good,
    /// Still good, and time to refresh.
    Due,
    /// Expired, or too near to it to be sent.
    Spent,
}

impl Account {
    /// When it is time to refresh.
    pub(crate) fn due_at(&self) -> Option<SystemTime> {
        self.before_expiry(Duration::from_secs(300), 5)
    }

    /// When the token is too near to its end to be sent.
    fn spent_at(&self) -> Option<SystemTime> {
        self.before_expiry(Duration::from_secs(30), 20)
    }

    /// This long before it expires, or this part of its lifetime if that is less.
    fn before_expiry(&self, time: Duration, part: u32) -> Option<SystemTime> {
        let expires_at = self.kept.expires_at?;
        let lifetime = expires_at.duration_since(self.kept.obtained_at).unwrap_or_default();
        expires_at.checked_sub(time.min(lifetime / part))
    }

    pub(crate) fn life(&self, now: SystemTime) -> Life {
        let is_past = |time: Option<SystemTime>| time.is_some_and(|time| time <= now);
        match (is_past(self.spent_at()), is_past(self.due_at())) {
            (true, _) => Life::Spent,
            (false, true) => Life::Due,
            (false, false) => Life::Good,
        }
    }
}

/// A query for accounts, with the columns that [`Vault::read_account`] reads.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT connection, identifier, version, sealed, bound_to, scopes, obtained_at, expires_at, trouble, ",
            "lease_until ",
            "FROM gong_accounts ",
            $rest
        )
    };
}

impl Vault {
    /// Stores an account, in place of the one before it.
    pub(crate) async fn put_account(&self, who: &Who, account: &NewAccount) -> Result<()> {
        // Random, so that a refresh under way for an earlier account of this name cannot store its pair here.
        let mut version = [0; 8];
        self.world.fill(&mut version).map_err(no_randomness)?;
        let version = i64::from_be_bytes(version) >> 2;
        let statement = "INSERT INTO gong_accounts \
             (connection, identifier, version, sealed, bound_to, scopes, obtained_at, expires_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8) \
             ON CONFLICT (connection, identifier) DO UPDATE SET version = excluded.version, sealed = excluded.sealed, \
             bound_to = excluded.bound_to, scopes = excluded.scopes, obtained_at = excluded.obtained_at, \
             expires_at = excluded.expires_at, trouble = NULL, lease_owner = NULL, lease_until = NULL";
        self.run(statement, self.account_values(who, version, account)?).await.map(drop)
    }

    /// Stores a new pair of tokens, if the account is still the one that it was refreshed from.
    pub(crate) async fn renew_account(&self, who: &Who, version: i64, account: &NewAccount) -> Result<bool> {
        let statement = "UPDATE gong_accounts SET version = version + 1, sealed = $4, bound_to = $5, scopes = $6, \
             obtained_at = $7, expires_at = $8, trouble = NULL, lease_owner = NULL, lease_until = NULL \
             WHERE connection = $1 AND identifier = $2 AND version = $3 RETURNING version";
        self.changed(statement, self.account_values(who, version, account)?).await
    }

    fn account_values(&self, who: &Who, version: i64, account: &NewAccount) -> Result<Vec<Value>> {
        let scopes = account.scopes.as_ref().map(|scopes| Vec::from_iter(scopes.iter().map(String::as_str)).join(" "));
        let bond = Bond { origin: account.origin.clone(), host: account.credential.base_url().to_owned() };
        let bound_to = origin::text(&bond);
        let sealed = self.seal(&who.place(Some(&bound_to)), &account.credential)?;
        let (obtained_at, expires_at) = (millis(account.obtained_at), account.expires_at.map(millis));
        let Who { connection, identifier } = who;
        Ok(values![connection, identifier, version, sealed, bound_to, scopes, obtained_at, expires_at])
    }

    pub(crate) async fn account(&self, who: &Who) -> Result<Option<Account>> {
        let row = self.first(select!("WHERE connection = $1 AND identifier = $2"), who.values()).await?;
        let Some(mut row) = row else { return Ok(None) };
        let who = Who::read(&mut row)?;
        self.read_account(who, row).map(Some)
    }

    /// All accounts, in the order of their names. One that cannot be read is one bad account.
    pub(crate) async fn accounts(&self) -> Result<Vec<(Who, Result<Account>)>> {
        let rows = self.run(select!("ORDER BY connection, identifier"), Vec::new()).await?;
        let read = |mut row: Row| {
            let who = Who::read(&mut row)?;
            Ok((who.clone(), self.read_account(who, row)))
        };
        rows.into_iter().map(read).collect()
    }

    /// What each account of a connection comes from, by its identifier.
    pub(crate) async fn origins(&self, connection: &str) -> Result<Vec<(String, Origin)>> {
        let statement = "SELECT identifier, bound_to FROM gong_accounts WHERE connection = $1 ORDER BY identifier";
        let rows = self.run(statement, values![connection]).await?;
        let read = |mut row: Row| {
            let (identifier, bond) = (row.get()?, origin::read::<Bond>(row.get()?));
            Ok((identifier, bond.map_or(Origin::Unknown, |bond| bond.origin)))
        };
        rows.into_iter().map(read).collect()
    }

    fn read_account(&self, who: Who, row: Row) -> Result<Account> {
        let unreadable = |cause: Error| {
            let message = format!("what is kept of {who} cannot be read. Disconnect it, and connect it again.");
            Error::new(cause.kind(), message).because(cause)
        };
        self.read_rest(who.clone(), row).map_err(unreadable)
    }

    fn read_rest(&self, who: Who, mut row: Row) -> Result<Account> {
        let (version, sealed, bound_to) = (row.get()?, row.get::<Vec<u8>>()?, row.get::<Option<String>>()?);
        let credential: Credential = self.unseal(&who.place(bound_to.as_deref()), &sealed)?;
        let bond = origin::read::<Bond>(bound_to).filter(|bond| bond.host == credential.base_url());
        let Bond { origin, .. } = bond.ok_or_else(|| Error::store("an account of the store is bound to nothing."))?;
        let scopes: Option<String> = row.get()?;
        let scopes = scopes.map(|scopes| scopes.split_whitespace().map(str::to_owned).collect());
        let (obtained_at, expires_at) = (time(row.get()?), row.get::<Option<i64>>()?.map(time));
        let kept = NewAccount { origin, credential, scopes, obtained_at, expires_at };
        Ok(Account { who, version, kept, trouble: row.get()?, leased: row.get::<Option<i64>>()?.is_some() })
    }

    /// Forgets an account and what is pending for it.
    pub(crate) async fn remove_account(&self, who: &Who) -> Result<bool> {
        let pending = "DELETE FROM gong_pending WHERE connection = $1 AND identifier = $2";
        self.run(pending, who.values()).await?;
        let account = "DELETE FROM gong_accounts WHERE connection = $1 AND identifier = $2 RETURNING identifier";
        self.changed(account, who.values()).await
    }

    /// Takes the right to refresh this version of an account, unless somebody has it who lives.
    ///
    /// Whoever refreshes has a lock, which ends with its process, and a lease in the row, which ends with time. A lock
    /// that is free says that the holder of a lease is gone. A lease that has run out says that its holder is stuck, or
    /// is on a machine that is gone and that the database still waits for.
    pub(crate) async fn lease_account(
        &self,
        account: &Account,
        owner: &str,
        now: SystemTime,
        until: SystemTime,
    ) -> Result<Option<Lease>> {
        let lock = self.engine.try_lock(account.who.lock_name()).await?;
        let statement = if lock.is_some() {
            "UPDATE gong_accounts SET lease_owner = $4, lease_until = $5 \
             WHERE connection = $1 AND identifier = $2 AND version = $3 AND trouble IS NULL RETURNING version"
        } else {
            "UPDATE gong_accounts SET lease_owner = $4, lease_until = $5 \
             WHERE connection = $1 AND identifier = $2 AND version = $3 AND trouble IS NULL \
             AND lease_until <= CAST($6 AS BIGINT) RETURNING version"
        };
        let Who { connection, identifier } = &account.who;
        let mut values = values![connection, identifier, account.version, owner, millis(until)];
        if lock.is_none() {
            values.push(millis(now).into());
        }
        let is_ours = self.changed(statement, values).await?;
        Ok(is_ours.then(|| Lease { owner: owner.to_owned(), _lock: lock }))
    }

    /// Gives the lease back.
    pub(crate) async fn release_account(&self, who: &Who, lease: Lease) -> Result<()> {
        let statement = "UPDATE gong_accounts SET lease_owner = NULL, lease_until = NULL \
             WHERE connection = $1 AND identifier = $2 AND lease_owner = $3";
        self.run(statement, values![&who.connection, &who.identifier, &lease.owner]).await.map(drop)
    }

    /// Says of this version of an account that its user must authorize again. A pair that still comes in for it undoes
    /// that.
    pub(crate) async fn mark_account(&self, account: &Account, trouble: &str) -> Result<bool> {
        let statement = "UPDATE gong_accounts SET trouble = $4, lease_owner = NULL, lease_until = NULL \
             WHERE connection = $1 AND identifier = $2 AND version = $3 RETURNING version";
        let Who { connection, identifier } = &account.who;
        self.changed(statement, values![connection, identifier, account.version, trouble]).await
    }
}
