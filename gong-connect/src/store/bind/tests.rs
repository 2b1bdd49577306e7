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
