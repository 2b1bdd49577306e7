//! The limit that all processes share.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use gong_client::{AcquireError, Environment as _, RateLimit, RateLimiter};
use gong_connect::{Connection, Connections, SharedLimit, World};

use crate::gong::Gong;
use crate::places::{Place, connect, on_each_store};
use crate::worlds::Fake;

on_each_store! {
    requests_are_evenly_spaced
    a_company_has_a_limit_of_its_own
    a_day_has_an_end
    everybody_holds_when_gong_asks_for_it
    who_stops_waiting_has_taken_nothing
    any_number_of_callers_wait
    a_clock_that_was_ahead_holds_nobody_up
    a_key_and_a_sign_in_of_one_company_count_together
}

mod of_several_processes {
    use super::{on_each_store, processes_share_one_limit};
    on_each_store! { shared: processes_share_one_limit }
}

async fn open(place: &Place, world: &Arc<Fake>, limit: RateLimit) -> Connections {
    let world = Arc::clone(world) as Arc<dyn World>;
    let connections = Connections::builder(place.store()).world(world).rate_limit(limit).open().await.unwrap();
    for (name, host) in [("acme", "https://acme.api.gong.io"), ("globex", "https://globex.api.gong.io")] {
        connections.register(Connection::api_key(name).base_url(host)).await.unwrap();
        connections.connect_api_key(name, "ann", "key", "secret").await.unwrap();
        connections.connect_api_key(name, "bob", "other-key", "secret").await.unwrap();
    }
    connections
}

async fn refused_until(limit: &SharedLimit) -> SystemTime {
    match limit.acquire().await.unwrap_err() {
        AcquireError::NotBefore { retry_at, .. } => retry_at,
        other => panic!("{other}"),
    }
}

/// No second has more requests than the limit allows.
fn assert_within(mut times: Vec<SystemTime>, per_second: usize) {
    times.sort();
    for window in times.windows(per_second + 1) {
        let time = window[per_second].duration_since(window[0]).unwrap();
        assert!(time >= Duration::from_secs(1), "{} requests in {time:?}", per_second + 1);
    }
}

async fn requests_are_evenly_spaced(place: Place) {
    let world = Fake::new();
    let connections = open(&place, &world, RateLimit::default()).await;
    let mut times = Vec::new();
    for nth in 0..30 {
        let identifier = if nth % 2 == 0 { "ann" } else { "bob" };
        connections.shared_limit("acme", identifier).await.unwrap().acquire().await.unwrap();
        times.push(world.now());
    }
    let took = times[29].duration_since(times[0]).unwrap();
    assert!(took < Duration::from_millis(29 * 342 + 1), "and no more than needed: {took:?}");
    assert_within(times, 3);
}

async fn a_company_has_a_limit_of_its_own(place: Place) {
    let world = Fake::new();
    let connections = open(&place, &world, RateLimit::new(1, 10)).await;
    let before = world.now();
    connections.shared_limit("acme", "ann").await.unwrap().acquire().await.unwrap();
    connections.shared_limit("globex", "ann").await.unwrap().acquire().await.unwrap();
    assert_eq!(world.now(), before);
    connections.shared_limit("acme", "bob").await.unwrap().acquire().await.unwrap();
    assert!(world.now() > before);
}

async fn a_day_has_an_end(place: Place) {
    let world = Fake::new();
    let connections = open(&place, &world, RateLimit::new(3, 11)).await;
    let limit = connections.shared_limit("acme", "ann").await.unwrap();
    for _ in 0..11 {
        limit.acquire().await.unwrap();
    }
    let end = refused_until(&limit).await;
    assert!(end > world.now() + Duration::from_secs(86_300) && end <= world.now() + Duration::from_secs(86_460));
    world.advance(end.duration_since(world.now()).unwrap());
    limit.acquire().await.unwrap();
}

async fn everybody_holds_when_gong_asks_for_it(place: Place) {
    let world = Fake::new();
    let connections = open(&place, &world, RateLimit::default()).await;
    let limit = connections.shared_limit("acme", "ann").await.unwrap();
    for _ in 0..5 {
        limit.acquire().await.unwrap();
    }
    let until = world.now() + Duration::from_secs(20);
    limit.pause_until(until).await.unwrap();
    limit.pause_until(until - Duration::from_secs(10)).await.unwrap();
    limit.acquire().await.unwrap();
    assert!(world.now() >= until);
    let hours = world.now() + Duration::from_secs(7200);
    limit.pause_until(hours).await.unwrap();
    assert_eq!(refused_until(&limit).await, hours, "nobody waits for hours");
}

async fn who_stops_waiting_has_taken_nothing(place: Place) {
    let world = Fake::new();
    let connections = open(&place, &world, RateLimit::new(1, 3)).await;
    let limit = connections.shared_limit("acme", "ann").await.unwrap();
    limit.acquire().await.unwrap();
    for _ in 0..10 {
        let mut attempt = limit.acquire();
        // It gets its permit and waits for the moment, once or twice.
        while world.now() < Fake::new().now() + Duration::from_secs(1) {
            let _ = std::future::poll_fn(|context| std::task::Poll::Ready(attempt.as_mut().poll(context))).await;
            tokio::task::yield_now().await;
        }
        drop(attempt);
    }
    limit.acquire().await.unwrap();
    limit.acquire().await.unwrap();
    refused_until(&limit).await;
}

async fn any_number_of_callers_wait(place: Place) {
    let world = Fake::new();
    let connections = open(&place, &world, RateLimit::default()).await;
    let limit = connections.shared_limit("acme", "ann").await.unwrap();
    let callers: Vec<_> =
        (0..260).map(|_| Arc::clone(&limit)).map(|limit| tokio::spawn(async move { limit.acquire().await })).collect();
    for caller in callers {
        caller.await.unwrap().unwrap();
    }
    let took = world.now().duration_since(Fake::new().now()).unwrap();
    assert!(took <= Duration::from_millis(260 * 342), "{took:?}");
}

async fn a_clock_that_was_ahead_holds_nobody_up(place: Place) {
    let (world, ahead) = (Fake::new(), Fake::at(Fake::new().now() + Duration::from_secs(40 * 86_400)));
    let wrong = open(&place, &ahead, RateLimit::default()).await.shared_limit("acme", "ann").await.unwrap();
    for _ in 0..7 {
        wrong.acquire().await.unwrap();
    }
    wrong.pause_until(ahead.now() + Duration::from_secs(1)).await.unwrap();
    let right = open(&place, &world, RateLimit::default()).await.shared_limit("acme", "ann").await.unwrap();
    right.acquire().await.unwrap();
    right.acquire().await.unwrap();
    let took = world.now().duration_since(Fake::new().now()).unwrap();
    assert!(took < Duration::from_secs(3), "{took:?}");
}

async fn a_key_and_a_sign_in_of_one_company_count_together(place: Place) {
    let (gong, world) = (Gong::start().await, Fake::new());
    let limit = RateLimit::new(3, 2);
    let connections = Connections::builder(place.store()).world(world).rate_limit(limit).open().await.unwrap();
    connections.register(gong.app()).await.unwrap();
    connect(&connections, &gong, "ann").await;
    for (name, host) in [("keys", gong.url.replace("http:", "HTTP:")), ("others", "https://api.gong.io".to_owned())] {
        connections.register(Connection::api_key(name).base_url(format!("{host}/"))).await.unwrap();
        connections.connect_api_key(name, "bob", "key", "secret").await.unwrap();
    }
    let of = async |connection, who| connections.shared_limit(connection, who).await.unwrap();
    of("gong", "ann").await.acquire().await.unwrap();
    of("keys", "bob").await.acquire().await.unwrap();
    refused_until(&*of("gong", "ann").await).await;
    of("others", "bob").await.acquire().await.unwrap();
}

async fn processes_share_one_limit(place: Place) {
    let world = Fake::new();
    let one = open(&place, &world, RateLimit::default()).await;
    let other = open(&place, &world, RateLimit::default()).await;
    let (one, other) =
        (one.shared_limit("acme", "ann").await.unwrap(), other.shared_limit("acme", "bob").await.unwrap());
    let mut times = Vec::new();
    for _ in 0..15 {
        one.acquire().await.unwrap();
        times.push(world.now());
        other.acquire().await.unwrap();
        times.push(world.now());
    }
    assert_within(times, 3);
}
