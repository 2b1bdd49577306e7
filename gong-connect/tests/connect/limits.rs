//! The limit that all processes share.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use gong_client::{NoPermit, Permits, RateLimit};
use gong_connect::{Connection, Connections, SharedLimit, World};

use crate::places::{Place, on_each_store};
use crate::worlds::Fake;

on_each_store! {
    requests_are_evenly_spaced
    a_company_has_a_limit_of_its_own
    a_day_has_an_end
    everybody_holds_when_gong_asks_for_it
    who_stops_waiting_has_taken_nothing
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
    match limit.take().await.unwrap_err() {
        NoPermit::NotBefore { retry_at, .. } => retry_at,
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
        connections.shared_limit("acme", identifier).await.unwrap().take().await.unwrap();
        times.push(world.now());
    }
    let took = times[29].duration_since(times[0]).unwrap();
    assert!(took < Duration::from_millis(29 * 334 + 1), "and no more than needed: {took:?}");
    assert_within(times, 3);
}

async fn a_company_has_a_limit_of_its_own(place: Place) {
    let world = Fake::new();
    let connections = open(&place, &world, RateLimit::new(1, 10)).await;
    let before = world.now();
    connections.shared_limit("acme", "ann").await.unwrap().take().await.unwrap();
    connections.shared_limit("globex", "ann").await.unwrap().take().await.unwrap();
    assert_eq!(world.now(), before);
    connections.shared_limit("acme", "bob").await.unwrap().take().await.unwrap();
    assert!(world.now() > before);
}

async fn a_day_has_an_end(place: Place) {
    let world = Fake::new();
    let connections = open(&place, &world, RateLimit::new(3, 11)).await;
    let limit = connections.shared_limit("acme", "ann").await.unwrap();
    for _ in 0..11 {
        limit.take().await.unwrap();
    }
    let midnight = refused_until(&limit).await;
    assert!(midnight > world.now() && midnight < world.now() + Duration::from_secs(86_400));
    world.advance(midnight.duration_since(world.now()).unwrap());
    limit.take().await.unwrap();
}

async fn everybody_holds_when_gong_asks_for_it(place: Place) {
    let world = Fake::new();
    let connections = open(&place, &world, RateLimit::default()).await;
    let limit = connections.shared_limit("acme", "ann").await.unwrap();
    for _ in 0..5 {
        limit.take().await.unwrap();
    }
    let until = world.now() + Duration::from_secs(20);
    limit.hold_until(until).await.unwrap();
    limit.hold_until(until - Duration::from_secs(10)).await.unwrap();
    limit.take().await.unwrap();
    assert!(world.now() >= until);
    let hours = world.now() + Duration::from_secs(7200);
    limit.hold_until(hours).await.unwrap();
    assert_eq!(refused_until(&limit).await, hours, "nobody waits for hours");
}

async fn who_stops_waiting_has_taken_nothing(place: Place) {
    let world = Fake::new();
    let connections = open(&place, &world, RateLimit::new(1, 3)).await;
    let limit = connections.shared_limit("acme", "ann").await.unwrap();
    limit.take().await.unwrap();
    for _ in 0..10 {
        let mut attempt = limit.take();
        // It gets its permit and waits for the moment, once or twice.
        while world.now() < Fake::new().now() + Duration::from_secs(1) {
            let _ = std::future::poll_fn(|context| std::task::Poll::Ready(attempt.as_mut().poll(context))).await;
            tokio::task::yield_now().await;
        }
        drop(attempt);
    }
    limit.take().await.unwrap();
    limit.take().await.unwrap();
    refused_until(&limit).await;
}

#[tokio::test]
async fn a_busy_process_asks_the_store_for_few_of_its_requests() {
    let (place, world) = (Place::sqlite().unwrap(), Fake::new());
    let connections = open(&place, &world, RateLimit::default()).await;
    let limit = connections.shared_limit("acme", "ann").await.unwrap();
    let watcher = rusqlite::Connection::open(place.file().unwrap()).unwrap();
    let version = || watcher.query_row("PRAGMA data_version", [], |row| row.get::<_, i64>(0)).unwrap();
    let (mut asked, mut before) = (0, version());
    for _ in 0..60 {
        limit.take().await.unwrap();
        let after = version();
        asked += usize::from(after != before);
        before = after;
    }
    assert_eq!(asked, 12, "1, 2, 4, and then 6 at a time");
}

async fn processes_share_one_limit(place: Place) {
    let world = Fake::new();
    let one = open(&place, &world, RateLimit::default()).await;
    let other = open(&place, &world, RateLimit::default()).await;
    let (one, other) =
        (one.shared_limit("acme", "ann").await.unwrap(), other.shared_limit("acme", "bob").await.unwrap());
    let mut times = Vec::new();
    for _ in 0..15 {
        one.take().await.unwrap();
        times.push(world.now());
        other.take().await.unwrap();
        times.push(world.now());
    }
    assert_within(times, 3);
}
