//! Accounts from before accounts were bound to their apps are bound when a store is opened.
//!
//! Which app such an account came from was not kept. It is taken for its connection's, where the account's host and the
//! app's token endpoint belong together; where they don't, the connection has had another app since, and the account's
//! user must authorize again.

use super::accounts::Credential;
use super::value::values;
use super::{Row, Value, Vault};
use crate::connection::Settings;
use crate::error::Result;
use crate::host::Domains;
use crate::origin::{self, AppId, Bond, Origin};
use crate::who::Who;

const UNKNOWN_APP: &str = "an earlier version of this program kept the account and not the app that it came from, \
and the connection has another one";

impl Vault {
    /// Binds every account that is bound to nothing. One that cannot be read stays as it is, and says so when it is
    /// used.
    pub(crate) async fn bind_accounts(&self, domains: &Domains) -> Result<()> {
        let unbound = "SELECT connection, identifier, sealed FROM gong_accounts WHERE bound_to IS NULL";
        for row in self.run(unbound, Vec::new()).await? {
            self.bind_account(row, domains).await?;
        }
        Ok(())
    }

    async fn bind_account(&self, mut row: Row, domains: &Domains) -> Result<()> {
        let who = Who::read(&mut row)?;
        let before: Vec<u8> = row.get()?;
        let Ok(credential) = self.unseal::<Credential>(&who.place(None), &before) else { return Ok(()) };
        let host = credential.base_url().to_owned();
        let origin = match &credential {
            Credential::ApiKey { .. } => Origin::ApiKey,
            Credential::Tokens { .. } => {
                self.likely_app(&who, &host, domains).await.map_or(Origin::Unknown, Origin::App)
            }
        };
        let trouble = (origin == Origin::Unknown).then_some(UNKNOWN_APP.to_owned());
        let bound_to = origin::text(&Bond { origin, host });
        let after = self.seal(&who.place(Some(&bound_to)), &credential)?;
        let statement = "UPDATE gong_accounts SET sealed = $4, bound_to = $5, trouble = COALESCE($6, trouble) \
             WHERE connection = $1 AND identifier = $2 AND sealed = $3 AND bound_to IS NULL";
        let values = values![who.connection, who.identifier, before, after, bound_to, trouble];
        self.run(statement, values).await.map(drop)
    }

    async fn likely_app(&self, who: &Who, host: &str, domains: &Domains) -> Option<AppId> {
        let connection = self.connection(&who.connection).await.ok()??;
        let Settings::OAuth(app) = connection.settings() else { return None };
        domains.belong_together(&app.token_url, host).then(|| AppId::of(app))
    }
}

#[cfg(test)]
mod tests;
