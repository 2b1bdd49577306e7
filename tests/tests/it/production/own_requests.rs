//! Raw requests: anything on the account's host, and nothing anywhere else.

use gong_client::{ErrorKind, Method};
use serde_json::json;

use crate::support::World;

#[tokio::test]
async fn any_path_of_the_host_can_be_asked() {
    let world = World::new().await;
    let answer = world.gong.request(Method::Get, "/v2/users").query("includeAvatars", "true").send().await.unwrap();
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.json().unwrap()["users"].as_array().unwrap().len(), 100);
    let body = json!({"filter": {"userIds": [world.company().users[0].id]}});
    let answer = world.gong.request(Method::Post, "/v2/users/extensive").json(body).send().await.unwrap();
    assert_eq!(answer.json().unwrap()["users"][0]["id"], json!(world.company().users[0].id));
}

#[tokio::test]
async fn a_refusal_keeps_its_answer() {
    let world = World::new().await;
    let error = world.gong.request(Method::Get, "/v2/flows/prospects/bulk-assignments/12345").send().await.unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::NotFound, Some(404)));
    assert!(error.answer().unwrap().json().unwrap()["errors"].is_array());
}

#[tokio::test]
async fn the_credentials_cannot_be_led_elsewhere() {
    let world = World::new().await;
    for path in [
        "https://evil.example/v2/users",
        "//evil.example/v2/users",
        "/\\evil.example",
        "v2/users",
        "",
        "/v2/../../etc",
        "/v2/%2e%2e/users",
        "/v2/%2E./users",
        "/v2%2fusers",
        "/v2%5cusers",
        "/@evil.example",
        "/v2/users#x",
        "/v2/\u{0}users",
        "/v2/\r\nhost: evil.example",
    ] {
        let error = world.gong.request(Method::Get, path).send().await.unwrap_err();
        assert!(!error.may_have_been_sent(), "{path:?}: {error}");
    }
    assert_eq!(world.sent(), [] as [&str; 0]);
}

#[tokio::test]
async fn the_credentials_are_no_header_to_set() {
    let world = World::new().await;
    for name in ["authorization", "Authorization", "host"] {
        let request = world.gong.request(Method::Get, "/v2/users").header(name, "x");
        assert!(request.send().await.is_err(), "{name}");
    }
    assert_eq!(world.sent(), [] as [&str; 0]);
}
