//! What an app got is shown to that app and to no other.

use std::time::Duration;

use gong_connect::{AccountState, Connection, ErrorKind};

use crate::gong::{CLIENT_ID, CLIENT_SECRET, Gong, SCOPES};
use crate::places::{KEY, Place, connect, on_each_store, store};
use crate::worlds::Fake;

const DAY: Duration = Duration::from_secs(86_400);

on_each_store! {
    a_connection_with_accounts_stays_the_app_that_it_is
    an_account_of_another_app_is_not_refreshed
    a_link_is_for_its_own_app
    an_app_is_registered_when_its_link_has_led_to_an_account
    of_two_apps_that_log_in_at_once_the_second_is_refused
}

async fn a_connection_with_accounts_stays_the_app_that_it_is(place: Place) {
    let (gong, other, world) = (Gong::start().await, Gong::start().await, Fake::new());
    let connections = place.connections(&gong, &world).await;
    connections.register(other.app()).await.unwrap();
    connections.register(gong.app()).await.unwrap();
    connect(&connections, &gong, "ann").await;
    let elsewhere = |id: &str, back: &str| Connection::oauth("gong", id, CLIENT_SECRET, back).scopes(SCOPES);
    for changed in [
        other.app(),
        elsewhere("another", crate::gong::REDIRECT).authorize_at(&gong.url),
        elsewhere(CLIENT_ID, "https://platform.example/elsewhere").authorize_at(&gong.url),
        Connection::api_key("gong"),
    ] {
        let error = connections.register(changed).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::AnotherApp);
        assert!(error.to_string().contains("`ann`") && error.to_string().contains(&gong.url), "{error}");
    }
    let error = connections.authorization_link_for(other.app(), "bob").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::AnotherApp);
    let rotated = Connection::oauth("gong", CLIENT_ID, "another-secret", crate::gong::REDIRECT).scopes(["api:x"]);
    connections.register(rotated.authorize_at(&gong.url).pkce(false)).await.unwrap();
    assert!(connections.disconnect("gong", "ann").await.unwrap());
    connections.register(other.app()).await.unwrap();
}

async fn an_account_of_another_app_is_not_refreshed(place: Place) {
    let (gong, other, world) = (Gong::start().await, Gong::start().await, Fake::new());
    let connections = place.connections(&gong, &world).await;
    connect(&connections, &gong, "ann").await;
    connections.register(other.app().replaces_another_app(true)).await.unwrap();
    let source = connections.token_source("gong", "ann").await.unwrap();
    let before = source.token().await.unwrap();
    world.advance(DAY - Duration::from_secs(100));
    assert_eq!(source.token().await.unwrap(), before, "it is good for as long as it lives");
    connections.settled().await;
    world.advance(DAY);
    let error = connections.token_source("gong", "ann").await.unwrap().token().await.unwrap_err();
    let error = error.downcast::<gong_connect::Error>().unwrap();
    assert_eq!((error.kind(), error.account()), (ErrorKind::NeedsAuthorization, Some(("gong", "ann"))));
    assert!(error.to_string().contains("another app"), "{error}");
    assert_eq!(connections.status("gong", "ann").await.unwrap().state(), AccountState::NeedsAuthorization);
    assert_eq!((other.inside().refreshes, gong.inside().refreshes), (0, 0));
    connections.complete(&other.consent(error.authorization_link().unwrap().as_str())).await.unwrap();
    source.token().await.unwrap();
}

async fn a_link_is_for_its_own_app(place: Place) {
    let (gong, other, world) = (Gong::start().await, Gong::start().await, Fake::new());
    let connections = place.connections(&gong, &world).await;
    let link = connections.authorization_link("gong", "ann").await.unwrap();
    connections.register(other.app()).await.unwrap();
    let error = connections.complete(&gong.consent(link.as_str())).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::AnotherApp);
    assert_eq!((gong.inside().exchanges, other.inside().exchanges), (0, 0), "the code was shown to nobody");
    connections.complete(&other.consent(error.authorization_link().unwrap().as_str())).await.unwrap();
}

async fn an_app_is_registered_when_its_link_has_led_to_an_account(place: Place) {
    let (gong, world) = (Gong::start().await, Fake::new());
    let connections = place.open(world).await.unwrap();
    let link = connections.authorization_link_for(gong.app(), "ann").await.unwrap();
    connections.complete(&gong.deny(link.as_str(), "access_denied")).await.unwrap_err();
    let link = connections.authorization_link_for(gong.app(), "ann").await.unwrap();
    let callback = gong.consent(link.as_str());
    gong.codes_expire();
    let error = connections.complete(&callback).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ExpiredCode);
    assert!(connections.registered().await.unwrap().is_empty());
    let again = error.authorization_link().unwrap();
    connections.complete(&gong.consent(again.as_str())).await.unwrap();
    assert!(connections.connection("gong").await.unwrap().is_some());
}

async fn of_two_apps_that_log_in_at_once_the_second_is_refused(place: Place) {
    let (gong, other, world) = (Gong::start().await, Gong::start().await, Fake::new());
    let connections = place.open(world).await.unwrap();
    let ann = connections.authorization_link_for(gong.app(), "ann").await.unwrap();
    let bob = connections.authorization_link_for(other.app(), "bob").await.unwrap();
    connections.complete(&gong.consent(ann.as_str())).await.unwrap();
    let error = connections.complete(&other.consent(bob.as_str())).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::AnotherApp);
    assert_eq!((gong.inside().exchanges, other.inside().exchanges), (1, 0));
}

#[tokio::test]
async fn what_an_account_is_bound_to_cannot_be_changed_in_the_store() {
    let (gong, other) = (Gong::start().await, Gong::start().await);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("gong.db");
    let connections = gong_connect::Connections::open(store(&path.display().to_string(), KEY)).await.unwrap();
    connections.register(gong.app()).await.unwrap();
    connect(&connections, &gong, "ann").await;
    let link = connections.authorization_link("gong", "bob").await.unwrap();
    let attacker = rusqlite::Connection::open(&path).unwrap();
    for table in ["gong_accounts", "gong_pending"] {
        let change = format!("UPDATE {table} SET bound_to = replace(bound_to, ?1, ?2)");
        assert!(attacker.execute(&change, [&gong.url, &other.url]).unwrap() > 0);
    }
    assert_eq!(connections.client("gong", "ann").await.unwrap_err().kind(), ErrorKind::Store);
    assert_eq!(connections.complete(&gong.consent(link.as_str())).await.unwrap_err().kind(), ErrorKind::Store);
    assert_eq!((gong.inside().exchanges, other.inside().exchanges), (1, 0));
}
