//! The link and the callback.

use std::time::Duration;

use axum::http::StatusCode;
use gong_connect::{AccountState, Connection, ErrorKind};
use serde_json::json;

use crate::gong::{Gong, SCOPES};
use crate::places::{Place, connect, on_each_store};
use crate::worlds::Fake;

on_each_store! {
    a_link_leads_to_an_account
    a_callback_works_once
    of_two_callbacks_at_once_one_works
    an_authorization_that_fails_says_how
    a_callback_is_taken_for_its_own_user_only
    fewer_scopes_are_refused_or_named
    api_keys_are_accounts_too
}

async fn a_link_leads_to_an_account(place: Place) {
    let (gong, world) = (Gong::start().await, Fake::new());
    let connections = place.connections(&gong, &world).await;
    for (identifier, pkce) in [("with pkce", true), ("without", false)] {
        connections.register(gong.app().pkce(pkce)).await.unwrap();
        let link = connections.authorization_link("gong", identifier).await.unwrap();
        assert_eq!(link.as_str().contains("code_challenge_method=S256"), pkce);
        assert_eq!(connections.status("gong", identifier).await.unwrap().state(), AccountState::Pending);

        let status = connections.complete(&gong.consent(link.as_str())).await.unwrap();
        assert_eq!((status.connection(), status.identifier()), ("gong", identifier));
        assert_eq!(status.state(), AccountState::Active);
        assert_eq!(status.base_url(), Some(gong.url.as_str()));
        assert_eq!(Vec::from_iter(status.granted_scopes()), SCOPES);
        let token = connections.token_source("gong", identifier).await.unwrap().token().await.unwrap();
        assert_eq!(token.base_url(), Some(gong.url.as_str()));
        assert!(gong.inside().given.contains(&token.reveal().to_owned()));
    }
}

async fn a_callback_works_once(place: Place) {
    let (gong, world) = (Gong::start().await, Fake::new());
    let connections = place.connections(&gong, &world).await;
    let link = connections.authorization_link("gong", "ann").await.unwrap();
    let callback = gong.consent(link.as_str());
    connections.complete(&callback).await.unwrap();
    assert_eq!(connections.complete(&callback).await.unwrap_err().kind(), ErrorKind::UsedState);
    assert_eq!(gong.inside().exchanges, 1, "the code was not shown twice");
}

async fn of_two_callbacks_at_once_one_works(place: Place) {
    let (gong, world) = (Gong::start().await, Fake::new());
    let connections = place.connections(&gong, &world).await;
    let link = connections.authorization_link("gong", "ann").await.unwrap();
    let callback = gong.consent(link.as_str());
    let (one, other) = tokio::join!(connections.complete(&callback), connections.complete(&callback));
    let refused = one.err().into_iter().chain(other.err()).collect::<Vec<_>>();
    assert_eq!(refused.len(), 1);
    assert_eq!(refused[0].kind(), ErrorKind::UsedState);
}

async fn an_authorization_that_fails_says_how(place: Place) {
    let (gong, world) = (Gong::start().await, Fake::new());
    let connections = place.connections(&gong, &world).await;
    let link = async || connections.authorization_link("gong", "ann").await.unwrap().as_str().to_owned();
    let kind = async |callback: &str| connections.complete(callback).await.unwrap_err().kind();

    assert_eq!(kind(&gong.deny(&link().await, "access_denied")).await, ErrorKind::Denied);
    assert_eq!(kind(&gong.deny(&link().await, "invalid_scope")).await, ErrorKind::ScopeMismatch);

    let forged = gong.consent(&link().await).replace("state=", "state=A");
    assert_eq!(kind(&forged).await, ErrorKind::UnknownState);
    assert_eq!(kind("/callback?code=x&state=y").await, ErrorKind::UnknownState);
    assert_eq!(kind("/callback?code=x").await, ErrorKind::BadCallback);

    let late = gong.consent(&link().await);
    world.advance(Duration::from_secs(600));
    let error = connections.complete(&late).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ExpiredState);
    assert!(error.authorization_link().is_some_and(|again| !late.contains(again.as_str())));

    let stale = gong.consent(&link().await);
    gong.codes_expire();
    let error = connections.complete(&stale).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ExpiredCode);
    let again = gong.consent(error.authorization_link().unwrap().as_str());

    gong.inside().trip = Some((StatusCode::UNAUTHORIZED, json!({"error": "invalid_client"})));
    assert_eq!(kind(&again).await, ErrorKind::ClientRefused);
    gong.inside().trip = Some((StatusCode::INTERNAL_SERVER_ERROR, json!("oh")));
    assert_eq!(kind(&gong.consent(&link().await)).await, ErrorKind::TokenEndpoint);
    gong.inside().trip = Some((StatusCode::OK, json!({"token": "visible"})));
    assert_eq!(kind(&gong.consent(&link().await)).await, ErrorKind::TokenEndpoint);

    assert_eq!(connections.authorization_link("other", "ann").await.unwrap_err().kind(), ErrorKind::UnknownConnection);
    assert_eq!(connections.authorization_link("gong", "").await.unwrap_err().kind(), ErrorKind::Config);
    let error = connections.token_source("gong", "ann").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::UnknownAccount, "no failure left an account behind");
}

async fn a_callback_is_taken_for_its_own_user_only(place: Place) {
    let (gong, world) = (Gong::start().await, Fake::new());
    let connections = place.connections(&gong, &world).await;
    let link = connections.authorization_link("gong", "ann").await.unwrap();
    let callback = gong.consent(link.as_str());
    for (connection, identifier) in [("gong", "bob"), ("other", "ann")] {
        let error = connections.complete_as(connection, identifier, &callback).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::WrongAccount);
    }
    connections.complete_as("gong", "ann", &callback).await.unwrap();
}

async fn fewer_scopes_are_refused_or_named(place: Place) {
    let (gong, world) = (Gong::start().await, Fake::new());
    let connections = place.connections(&gong, &world).await;
    gong.inside().patch = json!({"scope": "api:users:read"});
    let link = connections.authorization_link("gong", "ann").await.unwrap();
    let error = connections.complete(&gong.consent(link.as_str())).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ScopeMismatch);
    assert_eq!(error.missing_scopes(), ["api:calls:read:basic"]);

    connections.register(gong.app().accept_fewer_scopes(true)).await.unwrap();
    connect(&connections, &gong, "ann").await;
    let status = connections.status("gong", "ann").await.unwrap();
    assert_eq!(status.missing_scopes(), ["api:calls:read:basic"]);
    assert!(status.missing_for("gong_calls_list").unwrap().contains(&"api:calls:read:basic"));
    assert_eq!(status.missing_for("gong_users_list").unwrap(), [""; 0]);
    assert!(status.missing_for("gong_user_list").unwrap_err().to_string().contains("gong_users_list"));

    let by_tool =
        Connection::oauth("by tool", "id", "secret", "https://platform.example").scopes_for(["gong_users_list"]);
    assert_eq!(Vec::from_iter(by_tool.wanted_scopes()), ["api:users:read"]);
    let unknown = gong.app().scopes_for(["gong_user_list"]);
    assert!(connections.register(unknown).await.unwrap_err().to_string().contains("gong_users_list"));
}

async fn api_keys_are_accounts_too(place: Place) {
    let (gong, world) = (Gong::start().await, Fake::new());
    let connections = place.connections(&gong, &world).await;
    connections.register(Connection::api_key("keys").base_url("https://us-1.api.gong.io/")).await.unwrap();
    let status = connections.connect_api_key("keys", "ann", "visible-key", "visible-secret").await.unwrap();
    assert_eq!((status.state(), status.base_url()), (AccountState::Active, Some("https://us-1.api.gong.io")));
    assert_eq!(status.missing_for("gong_calls_list").unwrap(), [""; 0], "scopes don't bind a key");

    for (connection, key) in [("gong", "key"), ("keys", ""), ("keys", "a:b"), ("keys", "a\nb")] {
        let error = connections.connect_api_key(connection, "bob", key, "secret").await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Config, "{connection} {key:?}");
    }
    assert_eq!(connections.authorization_link("keys", "bob").await.unwrap_err().kind(), ErrorKind::Config);
    assert_eq!(connections.token_source("keys", "ann").await.unwrap_err().kind(), ErrorKind::Config);
}
