//! What happens to a token as time goes by.

use std::sync::Arc;
use std::time::Duration;

use axum::http::StatusCode;
use gong_client::{AccessToken, Client, Method, TokenSource};
use gong_connect::{AccountState, Connection, Connections, Error, ErrorKind};
use serde_json::json;

use crate::gong::Gong;
use crate::places::{Place, connect, on_each_store};
use crate::worlds::{Fake, Running, start};

const DAY: Duration = Duration::from_secs(86_400);

on_each_store! {
    a_good_token_is_not_refreshed
    a_token_is_refreshed_ahead_of_its_end
    ahead_of_the_end_a_failure_does_no_harm
    a_refused_token_is_refreshed_once
    a_token_refused_at_once_is_not_refreshed
    a_spent_refresh_token_needs_authorization
    a_failing_endpoint_marks_nothing
    what_an_answer_leaves_out_stays
    many_tasks_refresh_once
    a_caller_that_goes_away_loses_nothing
    a_disconnected_account_is_gone
    a_client_whose_token_is_revoked_gets_another
    a_missing_scope_refreshes_nothing
    a_client_that_is_always_refused_comes_to_an_end
    a_client_says_that_its_user_must_authorize_again
    a_client_goes_to_the_host_of_its_account
    a_client_outlives_its_connections
}

mod of_several_processes {
    use super::*;
    on_each_store! { shared:
        two_openings_refresh_once
        another_opening_sees_the_new_token
    }
    use super::{another_opening_sees_the_new_token, two_openings_refresh_once};
}

async fn ann(place: &Place, gong: &Gong, world: &Arc<Fake>) -> (Connections, Arc<dyn TokenSource>) {
    let connections = place.connections(gong, world).await;
    connect(&connections, gong, "ann").await;
    let source = connections.token_source("gong", "ann").await.unwrap();
    (connections, source)
}

async fn token(source: &Arc<dyn TokenSource>) -> Result<AccessToken, Error> {
    source.token().await.map_err(|error| *error.downcast::<Error>().unwrap())
}

async fn refused(source: &Arc<dyn TokenSource>, token: &AccessToken) -> Result<AccessToken, Error> {
    source.refused(token).await.map_err(|error| *error.downcast::<Error>().unwrap())
}

async fn a_good_token_is_not_refreshed(place: Place) {
    let (gong, world) = (Gong::start().await, Fake::new());
    let (_connections, source) = ann(&place, &gong, &world).await;
    let first = token(&source).await.unwrap();
    for _ in 0..23 {
        world.advance(Duration::from_secs(3600));
        assert_eq!(token(&source).await.unwrap(), first);
    }
    assert_eq!(gong.inside().refreshes, 0);
}

async fn a_token_is_refreshed_ahead_of_its_end(place: Place) {
    let (gong, world) = (Gong::start().await, Fake::new());
    let (connections, source) = ann(&place, &gong, &world).await;
    let mut before = token(&source).await.unwrap();
    for round in 1..=3 {
        world.advance(DAY - Duration::from_secs(240));
        assert_eq!(token(&source).await.unwrap(), before, "it is good, and used while another one is fetched");
        connections.settled().await;
        let after = token(&source).await.unwrap();
        assert_ne!(after, before);
        assert_eq!(gong.inside().refreshes, round);
        before = after;
    }
    world.advance(DAY * 2);
    assert_eq!(connections.status("gong", "ann").await.unwrap().state(), AccountState::Expired);
    assert_ne!(token(&source).await.unwrap(), before);
    assert_eq!(connections.status("gong", "ann").await.unwrap().state(), AccountState::Active);
}

async fn ahead_of_the_end_a_failure_does_no_harm(place: Place) {
    let (gong, world) = (Gong::start().await, Fake::new());
    let (connections, source) = ann(&place, &gong, &world).await;
    let before = token(&source).await.unwrap();
    world.advance(DAY - Duration::from_secs(240));
    gong.inside().trip = Some((StatusCode::BAD_GATEWAY, json!("")));
    for _ in 0..20 {
        assert_eq!(token(&source).await.unwrap(), before);
        connections.settled().await;
    }
    assert_eq!(gong.inside().refreshes, 1, "an endpoint that fails is left alone for a while");
    world.advance(Duration::from_secs(5));
    assert_eq!(token(&source).await.unwrap(), before);
    connections.settled().await;
    assert_ne!(token(&source).await.unwrap(), before, "and then tried again");
}

async fn a_refused_token_is_refreshed_once(place: Place) {
    let (gong, world) = (Gong::start().await, Fake::new());
    let (_connections, source) = ann(&place, &gong, &world).await;
    let first = token(&source).await.unwrap();
    world.advance(Duration::from_secs(3600));
    let second = refused(&source, &first).await.unwrap();
    assert_ne!(first, second);
    assert_eq!(refused(&source, &first).await.unwrap(), second, "who comes later with the old one gets the new one");
    assert_eq!(token(&source).await.unwrap(), second);
    assert_eq!(gong.inside().refreshes, 1);
}

async fn a_token_refused_at_once_is_not_refreshed(place: Place) {
    let (gong, world) = (Gong::start().await, Fake::new());
    let (_connections, source) = ann(&place, &gong, &world).await;
    let first = token(&source).await.unwrap();
    world.advance(Duration::from_secs(3600));
    let second = refused(&source, &first).await.unwrap();
    for _ in 0..5 {
        assert_eq!(refused(&source, &second).await.unwrap_err().kind(), ErrorKind::TokenRefused);
    }
    assert_eq!(gong.inside().refreshes, 1, "never a loop");
}

async fn a_spent_refresh_token_needs_authorization(place: Place) {
    let (gong, world) = (Gong::start().await, Fake::new());
    let (connections, source) = ann(&place, &gong, &world).await;
    gong.revoke();
    world.advance(DAY);
    let error = token(&source).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NeedsAuthorization);
    let link = error.authorization_link().unwrap().clone();
    for _ in 0..5 {
        let error = token(&source).await.unwrap_err();
        assert_eq!(error.authorization_link(), Some(&link), "the same link again, while there is time");
    }
    assert_eq!(gong.inside().refreshes, 1, "an account that is lost is not tried again");
    let status = connections.status("gong", "ann").await.unwrap();
    assert_eq!(status.state(), AccountState::NeedsAuthorization);
    assert!(status.trouble().unwrap().contains("revoked"));

    connections.complete(&gong.consent(link.as_str())).await.unwrap();
    token(&source).await.unwrap();
    assert_eq!(connections.status("gong", "ann").await.unwrap().state(), AccountState::Active);
}

async fn a_failing_endpoint_marks_nothing(place: Place) {
    let (gong, world) = (Gong::start().await, Fake::new());
    let (connections, source) = ann(&place, &gong, &world).await;
    world.advance(DAY);
    let answers = [
        (StatusCode::INTERNAL_SERVER_ERROR, json!({"errors": ["oh"]}), ErrorKind::TokenEndpoint, true),
        (StatusCode::TOO_MANY_REQUESTS, json!({}), ErrorKind::TokenEndpoint, true),
        (StatusCode::UNAUTHORIZED, json!({"error": "invalid_client"}), ErrorKind::ClientRefused, false),
        (StatusCode::BAD_REQUEST, json!({"error": "invalid_request"}), ErrorKind::TokenEndpoint, true),
    ];
    for (status, body, kind, retryable) in answers {
        gong.inside().trip = Some((status, body));
        let error = token(&source).await.unwrap_err();
        assert_eq!((error.kind(), error.is_retryable()), (kind, retryable), "{error}");
        assert_eq!(connections.status("gong", "ann").await.unwrap().state(), AccountState::Expired);
    }
    token(&source).await.unwrap();
}

async fn what_an_answer_leaves_out_stays(place: Place) {
    let (gong, world) = (Gong::start().await, Fake::new());
    let (connections, source) = ann(&place, &gong, &world).await;
    gong.inside().patch = json!({"api_base_url_for_customer": null, "scope": null, "expires_in": null});
    world.advance(DAY);
    assert_eq!(token(&source).await.unwrap().base_url(), Some(gong.url.as_str()));
    let status = connections.status("gong", "ann").await.unwrap();
    assert_eq!(status.granted_scopes().count(), 2);
    gong.inside().patch = json!({"api_base_url_for_customer": "http://localhost:1"});
    world.advance(DAY);
    assert_eq!(token(&source).await.unwrap().base_url(), Some("http://localhost:1"), "a company may move");
    gong.inside().patch = json!({"refresh_token": null});
    world.advance(DAY);
    token(&source).await.unwrap();
}

async fn many_tasks_refresh_once(place: Place) {
    let (gong, world) = (Gong::start().await, Fake::new());
    let (_connections, source) = ann(&place, &gong, &world).await;
    world.advance(DAY);
    let tasks: Vec<_> = (0..50)
        .map(|_| {
            let source = Arc::clone(&source);
            tokio::spawn(async move { token(&source).await.unwrap() })
        })
        .collect();
    let mut tokens = Vec::new();
    for task in tasks {
        tokens.push(task.await.unwrap());
    }
    assert!(tokens.iter().all(|token| *token == tokens[0]));
    assert_eq!(gong.inside().refreshes, 1);
}

async fn a_caller_that_goes_away_loses_nothing(place: Place) {
    let (gong, world) = (Gong::start().await, Fake::new());
    let (_connections, source) = ann(&place, &gong, &world).await;
    world.advance(DAY);
    // Dropped at its first wait, and at its second, and so on, until it gets through.
    for polls in 0.. {
        let mut attempt = Box::pin(token(&source));
        let mut left = polls;
        let outcome = std::future::poll_fn(|context| match attempt.as_mut().poll(context) {
            std::task::Poll::Ready(outcome) => std::task::Poll::Ready(Some(outcome)),
            std::task::Poll::Pending if left == 0 => std::task::Poll::Ready(None),
            std::task::Poll::Pending => {
                left -= 1;
                std::task::Poll::Pending
            }
        });
        if let Some(outcome) = outcome.await {
            outcome.unwrap();
            break;
        }
    }
    assert_eq!(gong.inside().refreshes, 1);
}

async fn a_disconnected_account_is_gone(place: Place) {
    let (gong, world) = (Gong::start().await, Fake::new());
    let (connections, source) = ann(&place, &gong, &world).await;
    let link = connections.authorization_link("gong", "ann").await.unwrap();
    token(&source).await.unwrap();
    assert!(connections.disconnect("gong", "ann").await.unwrap());
    assert!(!connections.disconnect("gong", "ann").await.unwrap());
    assert_eq!(token(&source).await.unwrap_err().kind(), ErrorKind::UnknownAccount);
    assert_eq!(connections.status("gong", "ann").await.unwrap_err().kind(), ErrorKind::UnknownAccount);
    let error = connections.complete(&gong.consent(link.as_str())).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::UnknownState, "its links are void");
}

/// Ann's client, and the clock in the middle of her token's life.
async fn client(place: &Place, gong: &Gong, world: &Arc<Fake>) -> (Connections, Client) {
    let (connections, _source) = ann(place, gong, world).await;
    world.advance(Duration::from_secs(3600));
    let client = connections.client("gong", "ann").await.unwrap();
    (connections, client)
}

async fn users(client: &Client) -> gong_client::Result<()> {
    client.request(Method::Get, "/v2/users").send().await.map(drop)
}

async fn a_client_whose_token_is_revoked_gets_another(place: Place) {
    let (gong, world) = (Gong::start().await, Fake::new());
    let (_connections, client) = client(&place, &gong, &world).await;
    users(&client).await.unwrap();
    gong.access_tokens_expire();
    users(&client).await.unwrap();
    users(&client).await.unwrap();
    assert_eq!(gong.refreshes_and_calls(), (1, 4));
}

async fn a_missing_scope_refreshes_nothing(place: Place) {
    let (gong, world) = (Gong::start().await, Fake::new());
    let (_connections, client) = client(&place, &gong, &world).await;
    gong.inside().refusal = Some("You don't have permission to use 'api:users:read' in your app.".to_owned());
    let error = users(&client).await.unwrap_err();
    assert_eq!((error.kind(), error.missing_scope()), (gong_client::ErrorKind::MissingScope, Some("api:users:read")));
    assert_eq!(gong.refreshes_and_calls(), (0, 1));
}

async fn a_client_that_is_always_refused_comes_to_an_end(place: Place) {
    let (gong, world) = (Gong::start().await, Fake::new());
    let (_connections, client) = client(&place, &gong, &world).await;
    gong.inside().refusal = Some("access token has been revoked".to_owned());
    for _ in 0..3 {
        assert_eq!(users(&client).await.unwrap_err().kind(), gong_client::ErrorKind::Unauthorized);
    }
    assert_eq!(gong.inside().refreshes, 1);
}

async fn a_client_says_that_its_user_must_authorize_again(place: Place) {
    let (gong, world) = (Gong::start().await, Fake::new());
    let (connections, client) = client(&place, &gong, &world).await;
    gong.revoke();
    let error = users(&client).await.unwrap_err();
    let error = Error::behind(&error).unwrap();
    assert_eq!(error.kind(), ErrorKind::NeedsAuthorization);
    let refused = connections.client("gong", "ann").await.unwrap_err();
    assert_eq!(refused.authorization_link(), error.authorization_link());
    connections.complete(&gong.consent(error.authorization_link().unwrap().as_str())).await.unwrap();
    users(&client).await.unwrap();
}

async fn a_client_goes_to_the_host_of_its_account(place: Place) {
    let (gong, elsewhere, world) = (Gong::start().await, Gong::start().await, Fake::new());
    let connections = place.connections(&gong, &world).await;
    gong.inside().host.clone_from(&elsewhere.url);
    connect(&connections, &gong, "ann").await;
    let client = connections.client("gong", "ann").await.unwrap();
    assert_eq!(client.base_url(), elsewhere.url);
    elsewhere.inside().refusal = Some("You don't have permission to use 'api:users:read' in your app.".to_owned());
    users(&client).await.unwrap_err();
    assert_eq!((elsewhere.refreshes_and_calls(), gong.refreshes_and_calls()), ((0, 1), (0, 0)));

    connections.register(Connection::api_key("keys").base_url(&gong.url)).await.unwrap();
    connections.connect_api_key("keys", "ann", "key", "secret").await.unwrap();
    let client = connections.client("keys", "ann").await.unwrap();
    assert_eq!(users(&client).await.unwrap_err().kind(), gong_client::ErrorKind::Unauthorized);
    assert_eq!(gong.refreshes_and_calls(), (0, 1), "a key is not refreshed");
}

async fn a_client_outlives_its_connections(place: Place) {
    let (gong, world) = (Gong::start().await, Fake::new());
    let connections = place.connections(&gong, &world).await;
    connect(&connections, &gong, "ann").await;
    connections.register(Connection::api_key("keys").base_url(&gong.url)).await.unwrap();
    connections.connect_api_key("keys", "ann", "key", "secret").await.unwrap();
    let by_token = connections.client("gong", "ann").await.unwrap();
    let by_key = connections.client("keys", "ann").await.unwrap();
    drop(connections);
    users(&by_token).await.unwrap();
    assert_eq!(users(&by_key).await.unwrap_err().kind(), gong_client::ErrorKind::Unauthorized, "Gong was asked");
    assert_eq!(gong.refreshes_and_calls(), (0, 2));
}

async fn two_openings_refresh_once(place: Place) {
    let gong = Gong::start().await;
    let world = Fake::new();
    let (_connections, _source) = ann(&place, &gong, &world).await;
    let later = || Running::from(start() + DAY, None);
    let (one, other) = (place.open(later()).await.unwrap(), place.open(later()).await.unwrap());
    let one = one.token_source("gong", "ann").await.unwrap();
    let other = other.token_source("gong", "ann").await.unwrap();
    let (one, other) = tokio::join!(token(&one), token(&other));
    assert_eq!(one.unwrap(), other.unwrap());
    assert_eq!(gong.inside().refreshes, 1);
}

async fn another_opening_sees_the_new_token(place: Place) {
    let (gong, world) = (Gong::start().await, Fake::new());
    let (_connections, source) = ann(&place, &gong, &world).await;
    let other = place.open(Arc::clone(&world) as Arc<_>).await.unwrap();
    let other_source = other.token_source("gong", "ann").await.unwrap();
    let first = token(&other_source).await.unwrap();
    world.advance(Duration::from_secs(3600));
    let second = refused(&source, &first).await.unwrap();
    assert_eq!(token(&other_source).await.unwrap(), second);
    assert!(other.disconnect("gong", "ann").await.unwrap());
    world.advance(Duration::from_secs(31));
    assert_eq!(token(&source).await.unwrap_err().kind(), ErrorKind::UnknownAccount, "seen within half a minute");
}
