//! Keeping, listing, and the keys of a store.

use gong_connect::{AccountState, Connection, Connections, ErrorKind, Store};

use crate::gong::Gong;
use crate::places::{KEY, Place, connect, on_each_store, store};
use crate::worlds::Fake;

on_each_store! {
    accounts_are_listed_by_name
    a_connection_that_is_registered_again_keeps_its_accounts
    a_name_that_cannot_be_one_is_refused
}

mod that_outlive_a_process {
    use super::{
        a_key_is_rotated, another_key_reads_nothing, many_openings_at_once_make_one_store, on_each_store,
        what_is_kept_is_found_again,
    };
    on_each_store! { shared:
        many_openings_at_once_make_one_store
        what_is_kept_is_found_again
        another_key_reads_nothing
        a_key_is_rotated
    }
}

const OTHER_KEY: &str = "CAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAg=";

async fn accounts_are_listed_by_name(place: Place) {
    let (gong, world) = (Gong::start().await, Fake::new());
    let connections = place.connections(&gong, &world).await;
    connections.register(Connection::api_key("a key")).await.unwrap();
    connections.connect_api_key("a key", "zoe", "key", "secret").await.unwrap();
    connect(&connections, &gong, "bob").await;
    connect(&connections, &gong, "ann").await;
    connections.authorization_link("gong", "cyd").await.unwrap();
    connections.authorization_link("gong", "ann").await.unwrap();
    let list = connections.list().await.unwrap();
    let seen: Vec<_> = list.iter().map(|one| (one.connection(), one.identifier(), one.state())).collect();
    let expected = [
        ("a key", "zoe", AccountState::Active),
        ("gong", "ann", AccountState::Active),
        ("gong", "bob", AccountState::Active),
        ("gong", "cyd", AccountState::Pending),
    ];
    assert_eq!(seen, expected);
    let registered = connections.registered().await.unwrap();
    assert_eq!(Vec::from_iter(registered.iter().map(Connection::name)), ["a key", "gong"]);
}

async fn a_connection_that_is_registered_again_keeps_its_accounts(place: Place) {
    let (gong, world) = (Gong::start().await, Fake::new());
    let connections = place.connections(&gong, &world).await;
    connect(&connections, &gong, "ann").await;
    connections.register(gong.app().scopes(["api:flows:read"])).await.unwrap();
    let status = connections.status("gong", "ann").await.unwrap();
    assert_eq!((status.state(), status.missing_scopes()), (AccountState::Active, vec!["api:flows:read"]));
}

async fn a_name_that_cannot_be_one_is_refused(place: Place) {
    let (gong, world) = (Gong::start().await, Fake::new());
    let connections = place.connections(&gong, &world).await;
    for name in ["", " ", "a\0b", "a\nb", &"x".repeat(256)] {
        let error = connections.authorization_link("gong", name).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Config, "{name:?}");
        let error = connections.register(Connection::api_key(name)).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Config, "{name:?}");
    }
    for name in ["ünï'--\"; DROP TABLE gong_accounts", "a/b:c@d"] {
        connect(&connections, &gong, name).await;
        assert_eq!(connections.status("gong", name).await.unwrap().identifier(), name);
    }
}

async fn many_openings_at_once_make_one_store(place: Place) {
    let opening = |nth: u32| {
        let store = place.store();
        tokio::spawn(async move {
            let connections = Connections::open(store).await.unwrap();
            connections.register(Connection::api_key(format!("key {nth}"))).await.unwrap();
        })
    };
    let openings: Vec<_> = (0..16).map(opening).collect();
    for opening in openings {
        opening.await.unwrap();
    }
    assert_eq!(Connections::open(place.store()).await.unwrap().registered().await.unwrap().len(), 16);
}

async fn what_is_kept_is_found_again(place: Place) {
    let (gong, world) = (Gong::start().await, Fake::new());
    let connections = place.connections(&gong, &world).await;
    connect(&connections, &gong, "ann").await;
    let link = connections.authorization_link("gong", "bob").await.unwrap();
    drop(connections);
    let again = place.open(world).await.unwrap();
    again.token_source("gong", "ann").await.unwrap().token().await.unwrap();
    again.complete(&gong.consent(link.as_str())).await.unwrap();
}

async fn another_key_reads_nothing(place: Place) {
    let (gong, world) = (Gong::start().await, Fake::new());
    let connections = place.connections(&gong, &world).await;
    connect(&connections, &gong, "ann").await;
    let error = Connections::open(store(&place.named(), OTHER_KEY)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::WrongKey);
    assert!(error.to_string().contains("GONG_STORE_KEY"), "{error}");
    Connections::open(store(&place.named(), KEY)).await.unwrap();
}

async fn a_key_is_rotated(place: Place) {
    let (gong, world) = (Gong::start().await, Fake::new());
    let connections = place.connections(&gong, &world).await;
    connect(&connections, &gong, "ann").await;
    connections.register(Connection::api_key("keys")).await.unwrap();
    let link = connections.authorization_link("gong", "bob").await.unwrap();

    let both = store(&place.named(), &format!("{OTHER_KEY},{KEY}"));
    let both = Connections::builder(both).world(world.clone()).open().await.unwrap();
    let new = || Connections::builder(store(&place.named(), OTHER_KEY)).world(world.clone()).open();
    assert_eq!(new().await.unwrap_err().kind(), ErrorKind::WrongKey, "not before it is done");
    // Two connections, one account, two links that were begun, and the check.
    assert_eq!(both.rotate_keys().await.unwrap(), 6);
    assert_eq!(both.rotate_keys().await.unwrap(), 0);

    let new = new().await.unwrap();
    new.token_source("gong", "ann").await.unwrap().token().await.unwrap();
    new.complete(&gong.consent(link.as_str())).await.unwrap();
    let old = Connections::open(store(&place.named(), KEY)).await.unwrap_err();
    assert_eq!(old.kind(), ErrorKind::WrongKey);
}

#[tokio::test]
async fn a_store_file_and_its_key_are_for_their_owner_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("gong.db");
    let connections = Connections::open(Store::sqlite(&path)).await.unwrap();
    connections.register(Connection::api_key("keys")).await.unwrap();
    let files: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap()).collect();
    assert!(files.len() >= 2, "{files:?}");
    for file in files {
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600, "{file:?}");
    }
    drop(connections);
    Connections::open(Store::sqlite(&path)).await.unwrap();
    let key = folder.path().join("gong.db.key");
    let text = std::fs::read(&key).unwrap();
    std::fs::remove_file(&key).unwrap();
    let error = Connections::open(Store::sqlite(&path)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::WrongKey);
    assert!(error.to_string().contains("gong.db.key is missing") && !key.exists(), "{error}");
    std::fs::write(&key, text).unwrap();
    std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o600)).unwrap();
    Connections::open(Store::sqlite(&path)).await.unwrap();
}

#[cfg(unix)]
#[tokio::test]
async fn a_store_that_others_can_read_or_replace_is_not_used() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("gong.db");
    let mode = |path: &std::path::Path, mode| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    };
    let opened = async || Connections::open(store(&path.display().to_string(), KEY)).await.map(drop);
    opened().await.unwrap();
    for (what, wrong, right, remedy) in [
        (path.as_path(), 0o644, 0o600, "chmod 600"),
        (path.as_path(), 0o620, 0o600, "chmod 600"),
        (folder.path(), 0o777, 0o755, "chmod o-w"),
    ] {
        mode(what, wrong);
        let error = opened().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Store);
        assert!(error.to_string().contains(remedy), "{error}");
        mode(what, right);
        opened().await.unwrap();
    }
    mode(folder.path(), 0o1777);
    opened().await.unwrap();
}

#[tokio::test]
async fn an_account_that_cannot_be_read_is_one_bad_account() {
    let (gong, world) = (Gong::start().await, Fake::new());
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("gong.db");
    let connections = Connections::builder(store(&path.display().to_string(), KEY)).world(world).open().await.unwrap();
    connections.register(gong.app()).await.unwrap();
    connections.register(gong.app_named("other")).await.unwrap();
    for name in ["ann", "bob", "cyd"] {
        connect(&connections, &gong, name).await;
    }
    let attacker = rusqlite::Connection::open(&path).unwrap();
    let broken = "UPDATE gong_accounts SET sealed = x'00', scopes = CAST(x'ff' AS TEXT) WHERE identifier = 'ann'";
    attacker.execute(broken, []).unwrap();
    attacker.execute("UPDATE gong_accounts SET obtained_at = 'noon' WHERE identifier = 'bob'", []).unwrap();
    attacker.execute("UPDATE gong_connections SET sealed = x'01' WHERE name = 'other'", []).unwrap();
    let states = async || {
        let list = connections.list().await.unwrap();
        list.iter().map(|one| (one.identifier().to_owned(), one.state())).collect::<Vec<_>>()
    };
    let expected = [AccountState::Unreadable, AccountState::Unreadable, AccountState::Active];
    assert_eq!(states().await.into_iter().map(|(_, state)| state).collect::<Vec<_>>(), expected);
    let error = connections.client("gong", "ann").await.unwrap_err();
    assert!(error.to_string().contains("`ann` of connection `gong` cannot be read"), "{error}");
    connections.client("gong", "cyd").await.unwrap();
    connections.register(gong.app_named("other")).await.unwrap();
    assert_eq!(connections.registered().await.unwrap().len(), 2, "what is given anew is mended");
    assert!(connections.disconnect("gong", "ann").await.unwrap());
    connect(&connections, &gong, "bob").await;
    assert_eq!(states().await, [("bob".to_owned(), AccountState::Active), ("cyd".to_owned(), AccountState::Active)]);
}

#[tokio::test]
async fn a_key_is_rotated_past_records_that_cannot_be_read_and_each_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("gong.db");
    let place = path.display().to_string();
    let connections = Connections::open(store(&place, KEY)).await.unwrap();
    connections.register(Connection::api_key("keys")).await.unwrap();
    connections.register(Connection::api_key("others")).await.unwrap();
    for name in ["ann", "bob", "cyd"] {
        connections.connect_api_key("keys", name, "key", "secret").await.unwrap();
    }
    let attacker = rusqlite::Connection::open(&path).unwrap();
    attacker.execute("UPDATE gong_accounts SET sealed = x'00' WHERE identifier IN ('ann', 'cyd')", []).unwrap();
    attacker.execute("UPDATE gong_connections SET sealed = x'01' WHERE name = 'others'", []).unwrap();

    let both = Connections::open(store(&place, &format!("{OTHER_KEY},{KEY}"))).await.unwrap();
    let error = both.rotate_keys().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Store);
    let said = error.to_string();
    for part in ["`ann` of connection `keys`", "`cyd` of connection `keys`", "connection `others`", "3 records"] {
        assert!(said.contains(part), "{part}: {said}");
    }
    let new = Connections::open(store(&place, OTHER_KEY)).await.unwrap();
    new.client("keys", "bob").await.unwrap();
    new.disconnect("keys", "ann").await.unwrap();
    new.disconnect("keys", "cyd").await.unwrap();
    new.register(Connection::api_key("others")).await.unwrap();
    assert_eq!(new.rotate_keys().await.unwrap(), 0);
}

#[tokio::test]
async fn a_store_of_a_later_version_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("gong.db");
    Connections::open(store(&path.display().to_string(), KEY)).await.unwrap();
    let later = rusqlite::Connection::open(&path).unwrap();
    later.execute("INSERT INTO gong_schema (version) VALUES (99)", []).unwrap();
    let error = Connections::open(store(&path.display().to_string(), KEY)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Store);
    assert!(error.to_string().contains("version 99"), "{error}");
}

#[tokio::test]
async fn a_record_that_was_moved_or_changed_is_not_used() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("gong.db");
    let connections = Connections::open(store(&path.display().to_string(), KEY)).await.unwrap();
    connections.register(Connection::api_key("keys")).await.unwrap();
    connections.connect_api_key("keys", "ann", "key", "secret").await.unwrap();
    connections.connect_api_key("keys", "bob", "other", "secret").await.unwrap();
    let attacker = rusqlite::Connection::open(&path).unwrap();
    let swap = "UPDATE gong_accounts SET sealed = (SELECT sealed FROM gong_accounts WHERE identifier = 'bob')";
    attacker.execute(swap, []).unwrap();
    let error = connections.status("keys", "ann").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Store);
    connections.status("keys", "bob").await.unwrap();
}

#[tokio::test]
async fn a_database_is_reached_by_tls_where_it_has_it() {
    let Some(url) = crate::postgres::database_with_tls() else { return };
    for (mode, expected) in [("", "true"), ("?sslmode=prefer", "true"), ("?sslmode=disable", "false")] {
        Connections::open(store(&format!("{url}{mode}"), KEY)).await.unwrap();
        let seen = crate::postgres::uses_tls(&url, &format!("{url}{mode}")).await;
        assert_eq!(seen, expected, "{mode}");
    }
    let error = Connections::open(store(&format!("{url}?sslmode=require"), KEY)).await.unwrap_err();
    assert!(format!("{error:?}").contains("certificate"), "its certificate is its own: {error:?}");
}

#[tokio::test]
async fn a_database_without_tls_is_not_used_where_tls_is_required() {
    let Some(place) = Place::postgres() else { return };
    let error = Connections::open(store(&format!("{}?sslmode=require", place.named()), KEY)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Store);
    assert!(format!("{error:?}").contains("TLS") && !format!("{error:?}").contains("visible"), "{error:?}");
}

#[tokio::test]
async fn a_store_that_cannot_be_opened_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let error = Connections::open(store(&folder.path().join("no/such/gong.db").display().to_string(), KEY)).await;
    assert_eq!(error.unwrap_err().kind(), ErrorKind::Store);
    let path = folder.path().join("text");
    std::fs::write(&path, "this is no database, and long enough to be sure of that: ".repeat(20)).unwrap();
    let error = Connections::open(store(&path.display().to_string(), KEY)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Store);
    let error = Connections::open(store("postgres://user:visible-password@127.0.0.1:1/none", KEY)).await.unwrap_err();
    assert_eq!((error.kind(), error.is_retryable()), (ErrorKind::Store, true));
    let error = Connections::open(store("postgres://user:visible-password@127.0.0.1:x/none", KEY)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config);
    assert!(!format!("{error} {error:?}").contains("visible"));
}
