//! Authorizations that were begun: one row for each link that was given out.

use std::time::{Duration, SystemTime};

use gong_client::Secret;
use serde::{Deserialize, Serialize};

use super::value::values;
use super::{Row, Value, Vault};
use crate::connection::Settings;
use crate::error::Result;
use crate::origin::{self, AppId};
use crate::sealed;
use crate::who::Who;
use crate::world::{millis, time};

/// How long a row is kept after its time, so that a late or a repeated callback is told so and not that nobody knows
/// it.
const REMEMBERED: Duration = Duration::from_secs(24 * 60 * 60);

#[derive(Debug)]
pub(crate) struct Pending {
    /// The half of the state that finds this row.
    pub(crate) selector: String,
    /// The hash of the half that proves that the state is ours.
    pub(crate) verifier: Vec<u8>,
    pub(crate) who: Who,
    /// The app that the code will be for. None for a link from before this was kept.
    pub(crate) app: Option<AppId>,
    /// The connection that is registered once the link has led to an account.
    pub(crate) registers: Option<Registration>,
    /// What turns the code into tokens, if the connection uses PKCE: the proof that it was us who began.
    pub(crate) proof: Option<Secret>,
    pub(crate) expires_at: SystemTime,
    pub(crate) used: bool,
}

/// A connection that is to be registered.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Registration {
    pub(crate) settings: Settings,
    /// Whether accounts of another app keep it from that.
    pub(crate) replaces_another_app: bool,
}

#[derive(Serialize, Deserialize)]
struct Sealed {
    #[serde(with = "sealed::text")]
    proof: Secret,
    #[serde(default)]
    registers: Option<Registration>,
}

impl Vault {
    /// Stores an authorization that begins, and forgets those that are long past.
    pub(crate) async fn put_pending(&self, pending: &Pending, now: SystemTime) -> Result<()> {
        let long_ago = now.checked_sub(REMEMBERED).map_or(0, millis);
        self.run("DELETE FROM gong_pending WHERE expires_at < $1", values![long_ago]).await?;
        let proof = pending.proof.clone().unwrap_or_else(|| Secret::new(""));
        let record = Sealed { proof, registers: pending.registers.clone() };
        let bound_to = pending.app.as_ref().map(origin::text);
        let Pending { selector, verifier, who: Who { connection, identifier }, .. } = pending;
        let sealed = self.seal(&place(selector, &pending.who, bound_to.as_deref()), &record)?;
        let (expires_at, used) = (millis(pending.expires_at), i64::from(pending.used));
        let values = values![selector, verifier, connection, identifier, sealed, bound_to, expires_at, used];
        let statement = "INSERT INTO gong_pending \
             (selector, verifier, connection, identifier, sealed, bound_to, expires_at, used) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
        self.run(statement, values).await.map(drop)
    }

    pub(crate) async fn pending(&self, selector: &str) -> Result<Option<Pending>> {
        let statement = "SELECT selector, verifier, connection, identifier, sealed, bound_to, expires_at, used \
             FROM gong_pending WHERE selector = $1";
        let row = self.first(statement, values![selector]).await?;
        row.map(|row| self.read_pending(row)).transpose()
    }

    fn read_pending(&self, mut row: Row) -> Result<Pending> {
        let (selector, verifier): (String, _) = (row.get()?, row.get()?);
        let who = Who::read(&mut row)?;
        let (sealed, bound_to) = (row.get::<Vec<u8>>()?, row.get::<Option<String>>()?);
        let Sealed { proof, registers } = self.unseal(&place(&selector, &who, bound_to.as_deref()), &sealed)?;
        let app = origin::read(bound_to);
        let proof = Some(proof).filter(|proof| !proof.reveal().is_empty());
        let (expires_at, used) = (time(row.get()?), row.get()?);
        Ok(Pending { selector, verifier, who, app, registers, proof, expires_at, used })
    }

    /// Uses an authorization up. Of several callbacks with one state a single one gets `true`.
    pub(crate) async fn use_pending(&self, selector: &str) -> Result<bool> {
        let statement = "UPDATE gong_pending SET used = 1 WHERE selector = $1 AND used = 0 RETURNING selector";
        self.changed(statement, values![selector]).await
    }

    /// For whom a link is out that can still be used.
    pub(crate) async fn all_pending(&self, now: SystemTime) -> Result<Vec<Who>> {
        let statement = "SELECT DISTINCT connection, identifier FROM gong_pending WHERE used = 0 AND expires_at > $1 \
             ORDER BY connection, identifier";
        let rows = self.run(statement, values![millis(now)]).await?;
        rows.into_iter().map(|mut row| Who::read(&mut row)).collect()
    }
}

fn place<'a>(selector: &'a str, who: &'a Who, bound_to: Option<&'a str>) -> Vec<&'a str> {
    ["pending", selector, &who.connection, &who.identifier].into_iter().chain(bound_to).collect()
}
