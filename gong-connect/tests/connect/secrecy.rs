//! Nothing secret is shown, and none is in the bytes of a store.

use std::fmt::Write as _;
use std::time::Duration;

use axum::http::StatusCode;
use gong_connect::{Connection, Connections};
use serde_json::json;

use crate::gong::{CLIENT_SECRET, Gong};
use crate::places::{KEY, Place, connect, on_each_store};
use crate::worlds::Fake;

on_each_store! { nothing_secret_is_shown }

async fn nothing_secret_is_shown(place: Place) {
    let (gong, world) = (Gong::start().await, Fake::new());
    let mut shown = format!("{:?}", place.store());
    let connections = place.connections(&gong, &world).await;
    connections.register(Connection::api_key("keys")).await.unwrap();
    connections.connect_api_key("keys", "ann", "visible-api-key", "visible-api-secret").await.unwrap();
    connect(&connections, &gong, "ann").await;
    let source = connections.token_source("gong", "ann").await.unwrap();
    let limit = connections.shared_limit("keys", "ann").await.unwrap();
    let token = source.token().await.unwrap();
    write!(shown, "{source:?} {token:?} {limit:?} {:?}", connections.list().await.unwrap()).unwrap();
    write!(shown, "{:?} {:?}", connections.registered().await.unwrap(), gong.app()).unwrap();
    world.advance(Duration::from_secs(86_400));
    // An endpoint that repeats what it was sent.
    let refresh = gong.inside().given.iter().rfind(|text| text.contains("refresh")).cloned().unwrap();
    let repeats = json!({"error": "oh", "error_description": format!("{refresh} {CLIENT_SECRET}")});
    gong.inside().trip = Some((StatusCode::BAD_REQUEST, repeats));
    write_error(&mut shown, source.token().await.unwrap_err().as_ref());
    gong.inside().trip = Some((StatusCode::OK, json!({"access_token": ["visible-array"]})));
    write_error(&mut shown, source.token().await.unwrap_err().as_ref());
    let link = connections.authorization_link("gong", "bob").await.unwrap();
    let state = link.as_str().split("state=").nth(1).unwrap().split('&').next().unwrap().to_owned();
    write!(shown, "{link:?} {connections:?}").unwrap();
    gong.codes_expire();
    let callback = gong.consent(link.as_str());
    gong.codes_expire();
    write_error(&mut shown, &connections.complete(&callback).await.unwrap_err());
    gong.revoke();
    write_error(&mut shown, source.token().await.unwrap_err().as_ref());

    assert!(!shown.contains("visible"), "{shown}");
    assert!(!shown.contains(&state) && !shown.contains(KEY), "{shown}");
    if let Some(file) = place.file() {
        let folder = file.parent().unwrap();
        let mut files = 0;
        for entry in std::fs::read_dir(folder).unwrap() {
            let bytes = std::fs::read(entry.unwrap().path()).unwrap();
            files += 1;
            for secret in ["visible", KEY, state.split('.').nth(1).unwrap()] {
                let found = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
                assert!(!found, "{secret} is in the store's bytes");
            }
        }
        assert_eq!(files, 4, "the file, its log, its index and the room that is kept free");
    }
}

#[tokio::test]
async fn an_endpoint_that_cannot_be_reached_is_told_without_the_code() {
    let gong = Gong::start().await;
    let connections = Connections::open(crate::places::store("memory", KEY)).await.unwrap();
    connections.register(gong.app().authorize_at("http://127.0.0.1:1")).await.unwrap();
    let link = connections.authorization_link("gong", "ann").await.unwrap();
    let error = connections.complete(&gong.consent(link.as_str())).await.unwrap_err();
    let mut shown = String::new();
    write_error(&mut shown, &error);
    assert_eq!(error.kind(), gong_connect::ErrorKind::Network);
    assert!(!shown.contains("visible"), "{shown}");
}

fn write_error(shown: &mut String, error: &dyn std::error::Error) {
    write!(shown, "{error} {error:?}").unwrap();
    let mut cause = error.source();
    while let Some(error) = cause {
        write!(shown, " {error} {error:?}").unwrap();
        cause = error.source();
    }
}
