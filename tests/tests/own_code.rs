//! A user's test of their own code, as docs/guide/testing.md shows it.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use gong_client::{BoxFuture, Client, Environment};
use gong_sandbox::{Fault, Sandbox};

/// The code under test: who has left, as far as Gong knows.
async fn who_left(gong: &Client) -> gong_client::Result<Vec<String>> {
    let mut users = gong.users().list().items();
    let mut left = Vec::new();
    while let Some(user) = users.next().await {
        let user = user?;
        if user.active == Some(false) {
            left.push(user.id.to_string());
        }
    }
    Ok(left)
}

/// A clock that stands still, the same number for every random one, and no waiting between tries.
#[derive(Debug)]
struct Still;

impl Environment for Still {
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(1_795_000_000)
    }

    fn random(&self) -> u64 {
        7
    }

    fn sleep(&self, _duration: Duration) -> BoxFuture<'static, ()> {
        Box::pin(std::future::ready(()))
    }
}

#[tokio::test]
async fn everybody_who_left_is_found_though_gong_fails_for_a_moment() {
    // A company of 250 users whose pages hold 100. Fields that Gong would ignore become violations.
    let sandbox = Sandbox::builder().seed(7).page_size(100).strict(true).start().await.unwrap();
    let gong = Client::builder()
        .api_key(sandbox.access_key(), sandbox.access_key_secret())
        .base_url(sandbox.base_url())
        .rate_limit(None)
        .environment(Arc::new(Still))
        .build()
        .unwrap();
    // The first request gets a 503, once.
    sandbox.inject(Fault::unavailable().on("GET", "/v2/users"));

    let left = who_left(&gong).await.unwrap();

    // `company` has the truth, `requests` what arrived and what became of it.
    let company = sandbox.company();
    let truth: Vec<&str> = company.users.iter().filter(|user| !user.active).map(|user| user.id.as_str()).collect();
    assert_eq!(left, truth);
    let statuses: Vec<Option<u16>> = sandbox.requests().iter().map(|request| request.status).collect();
    assert_eq!(statuses, [503, 200, 200, 200].map(Some));
    assert_eq!(sandbox.violations(), []);
}
