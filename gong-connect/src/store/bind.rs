//! Accounts from before accounts were bound to their apps are bound when a store is opened.
//!
//! Which app such an account came from was not kept. It is taken for its connection's, where the account's host and the
//! app's token endpoint belong together; where they don't, the connection has had another app since, and the account's
//! user must authorize again.

use super::accounts::{Credential, Who};
use super::value::values;
use super::{Row, Value, Vault};
use crate::connection::Settings;
use crate::error::Result;
use crate::host::Domains;
use crate::origin::{self, AppId, Bond, Origin};

const UNKNOWN_APP: &str = "an earlier version of this program kept the account and not the app that it came from, and the connection has another one";

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
        let before = row.bytes()?;
        let Ok(credential) = self.unseal::<Credential>(&who.place(None), &before) else { return Ok(()) };
        let host = credential.base_url().to_owned();
        let origin = match &credential {
            Credential::ApiKey { .. } => Origin::ApiKey,
            Credential::Tokens { .. } => {
                self.likely_app(&who, &host, domains).await.map_or(Origin::Unknown, Origin::App)
            }
        };
        let trouble = (origin == Origin::Unknown).then_some(UNKNOWN_APP);
        let bound_to = origin::text(&Bond { origin, host });
        let after = self.seal(&who.place(Some(&bound_to)), &credential)?;
        let statement = "UPDATE gong_accounts SET sealed = $4, bound_to = $5, trouble = COALESCE($6, trouble) \
             WHERE connection = $1 AND identifier = $2 AND sealed = $3 AND bound_to IS NULL";
        let values = values![&who.connection, &who.identifier, before, after, &bound_to, trouble];
        self.run(statement, values).await.map(drop)
    }

    async fn likely_app(&self, who: &Who, host: &str, domains: &Domains) -> Option<AppId> {
        let connection = self.connection(&who.connection).await.ok()??;
        let Settings::OAuth(app) = connection.settings() else { return None };
        domains.belong_together(&app.token_url, host).then(|| AppId::of(app))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::connection::Connection;
    use crate::keys::Keys;
    use crate::store::Sqlite;
    use crate::world::System;

    /// A store of the first version, with accounts in a connection: `ann` by tokens for this host, and `key` by an API
    /// key.
    async fn old_store(connection: &Connection, host: &str) -> Vault {
        let engine = Sqlite::of_first_version();
        let vault = Vault::over(Arc::new(engine), Keys::random().unwrap(), Arc::new(System)).await.unwrap();
        vault.put_connection(connection).await.unwrap();
        let base_url = host.to_owned();
        let tokens = Credential::Tokens { access: "a".into(), refresh: Some("r".into()), base_url: base_url.clone() };
        let key = Credential::ApiKey { key: "k".into(), secret: "s".into(), base_url };
        for (name, credential) in [("ann", tokens), ("key", key)] {
            let who = Who::new("gong", name);
            let sealed = vault.seal(&who.place(None), &credential).unwrap();
            let statement = "INSERT INTO gong_accounts (connection, identifier, version, sealed, obtained_at) \
                 VALUES ($1, $2, 1, $3, 0)";
            vault.run(statement, values![&who.connection, &who.identifier, sealed]).await.unwrap();
        }
        vault
    }

    fn app(at: &str) -> Connection {
        let app = Connection::oauth("gong", "id", "secret", "https://platform.example/cb").scopes(["api:x"]);
        if at.is_empty() { app } else { app.authorize_at(at) }
    }

    #[tokio::test]
    async fn old_accounts_are_bound_where_it_is_plain_to_what() {
        let domains = Domains::with(Vec::new()).unwrap();
        for (at, host, is_plain) in [
            ("", "https://us-1.api.gong.io", true),
            ("http://127.0.0.1:1", "http://127.0.0.1:1", true),
            ("http://127.0.0.1:1", "http://127.0.0.1:2", false),
            ("http://127.0.0.1:1", "https://us-1.api.gong.io", false),
            ("", "https://evil.example", false),
        ] {
            let vault = old_store(&app(at), host).await;
            for _ in 0..2 {
                vault.bind_accounts(&domains).await.unwrap();
            }
            let ann = vault.account(&Who::new("gong", "ann")).await.unwrap().unwrap();
            assert_eq!(app(at).is_origin(&ann.kept.origin), is_plain, "{at} {host}");
            assert_eq!(ann.trouble.is_none(), is_plain, "{at} {host}");
            let key = vault.account(&Who::new("gong", "key")).await.unwrap().unwrap();
            assert_eq!((key.kept.origin, key.trouble), (Origin::ApiKey, None));
        }
    }

    #[tokio::test]
    async fn an_old_account_without_its_connection_must_authorize_again() {
        let vault = old_store(&Connection::api_key("gong"), "https://us-1.api.gong.io").await;
        vault.bind_accounts(&Domains::with(Vec::new()).unwrap()).await.unwrap();
        let ann = vault.account(&Who::new("gong", "ann")).await.unwrap().unwrap();
        assert_eq!((ann.kept.origin, ann.trouble.as_deref()), (Origin::Unknown, Some(UNKNOWN_APP)));
    }
}
