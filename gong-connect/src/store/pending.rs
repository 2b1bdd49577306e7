//! Authorizations that were begun: one row for each link that was given out.

use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

use super::accounts::{Who, sealed_text};
use super::{Row, Value, Vault};
use crate::error::Result;
use crate::secret::Secret;
use crate::world::{millis, time};

/// How long a row is kept after its time, so that a late or a repeated callback is told so and not that nobody knows it.
const REMEMBERED: Duration = Duration::from_secs(24 * 60 * 60);

/// An authorization that was begun.
#[derive(Debug)]
pub(crate) struct Pending {
    /// The half of the state that finds this row.
    pub(crate) selector: String,
    /// The hash of the half that proves that the state is ours.
    pub(crate) verifier: Vec<u8>,
    pub(crate) who: Who,
    /// What turns the code into tokens, if the connection uses PKCE: the proof that it was us who began.
    pub(crate) proof: Option<Secret>,
    pub(crate) expires_at: SystemTime,
    pub(crate) used: bool,
}

#[derive(Serialize, Deserialize)]
struct Sealed {
    #[serde(with = "sealed_text")]
    proof: Secret,
}

impl Vault {
    /// Stores an authorization that begins, and forgets those that are long past.
    pub(crate) async fn put_pending(&self, pending: &Pending, now: SystemTime) -> Result<()> {
        let long_ago = now.checked_sub(REMEMBERED).map_or(0, millis);
        self.run("DELETE FROM gong_pending WHERE expires_at < $1", vec![long_ago.into()]).await?;
        let proof = Sealed { proof: pending.proof.clone().unwrap_or_else(|| Secret::new("")) };
        let values = vec![
            pending.selector.as_str().into(),
            pending.verifier.clone().into(),
            pending.who.connection.as_str().into(),
            pending.who.identifier.as_str().into(),
            self.seal(&place(&pending.selector, &pending.who), &proof)?.into(),
            millis(pending.expires_at).into(),
            i64::from(pending.used).into(),
        ];
        let statement = "INSERT INTO gong_pending (selector, verifier, connection, identifier, sealed, expires_at, used) \
             VALUES ($1, $2, $3, $4, $5, $6, $7)";
        self.run(statement, values).await.map(drop)
    }

    pub(crate) async fn pending(&self, selector: &str) -> Result<Option<Pending>> {
        let statement = "SELECT selector, verifier, connection, identifier, sealed, expires_at, used FROM gong_pending \
             WHERE selector = $1";
        let row = self.first(statement, vec![selector.into()]).await?;
        row.map(|row| self.read_pending(row)).transpose()
    }

    fn read_pending(&self, mut row: Row) -> Result<Pending> {
        let (selector, verifier) = (row.text()?, row.bytes()?);
        let who = Who { connection: row.text()?, identifier: row.text()? };
        let Sealed { proof } = self.unseal(&place(&selector, &who), &row.bytes()?)?;
        let proof = Some(proof).filter(|proof| !proof.reveal().is_empty());
        Ok(Pending { selector, verifier, who, proof, expires_at: time(row.int()?), used: row.int()? != 0 })
    }

    /// Uses an authorization up. Of several callbacks with one state a single one gets `true`.
    pub(crate) async fn use_pending(&self, selector: &str) -> Result<bool> {
        let statement = "UPDATE gong_pending SET used = 1 WHERE selector = $1 AND used = 0 RETURNING selector";
        self.changed(statement, vec![selector.into()]).await
    }

    /// For whom a link is out that can still be used.
    pub(crate) async fn all_pending(&self, now: SystemTime) -> Result<Vec<Who>> {
        let statement = "SELECT DISTINCT connection, identifier FROM gong_pending WHERE used = 0 AND expires_at > $1 \
             ORDER BY connection, identifier";
        let rows = self.run(statement, vec![millis(now).into()]).await?;
        rows.into_iter().map(|mut row| Ok(Who { connection: row.text()?, identifier: row.text()? })).collect()
    }

    pub(super) async fn reseal_pending(&self) -> Result<u64> {
        let mut renewed = 0;
        for mut row in self.run("SELECT selector, connection, identifier, sealed FROM gong_pending", Vec::new()).await?
        {
            let selector = row.text()?;
            let who = Who { connection: row.text()?, identifier: row.text()? };
            let before = row.bytes()?;
            let Some(after) = self.resealed(&place(&selector, &who), &before)? else { continue };
            let statement =
                "UPDATE gong_pending SET sealed = $3 WHERE selector = $1 AND sealed = $2 RETURNING selector";
            let values: Vec<Value> = vec![selector.as_str().into(), before.into(), after.into()];
            renewed += u64::from(self.changed(statement, values).await?);
        }
        Ok(renewed)
    }
}

fn place<'a>(selector: &'a str, who: &'a Who) -> [&'a str; 4] {
    ["pending", selector, &who.connection, &who.identifier]
}
