//! The limit of an account: never exceeded, well used, first come, first served, and shared.

use std::time::Duration;

use gong_client::{Client, ClientBuilder, Environment, ErrorKind, Limiter, Method, RateLimit};
use gong_sandbox::{Chaos, Fault, RateLimit as GongsLimit, Sandbox};
use tokio::task::{JoinSet, yield_now};
use tokio::time::{Instant, sleep};

use super::{ask, over_the_limit};
use crate::support::World;

/// Long enough for any request that does not wait for its turn.
const SOON: Duration = Duration::from_millis(300);

/// An account that the world's own client is not of.
fn by_token(world: &World) -> ClientBuilder {
    world.client().access_token(world.sandbox.access_token())
}

async fn limited() -> World {
    World::by_tokios_clock(Sandbox::builder().rate_limit(Some(GongsLimit::GONG))).await
}

/// Sends `requests` from several workers, and returns the share of the allowed rate that they used.
async fn used_share(gong: &Client, workers: usize, requests: usize) -> f64 {
    let begun = Instant::now();
    let mut jobs = JoinSet::new();
    for _ in 0..workers {
        let gong = gong.clone();
        jobs.spawn(async move {
            for _ in 0..requests / workers {
                ask(&gong).await.unwrap();
            }
        });
    }
    jobs.join_all().await;
    requests as f64 / (begun.elapsed().as_secs_f64() * 3.0)
}

#[allow(clippy::print_stdout)] // the figures, for whoever asks for them with --nocapture
#[tokio::test(start_paused = true)]
async fn ten_thousand_requests_meet_no_refusal_and_use_the_rate() {
    let roomy = GongsLimit { per_second: 3, per_day: 20_000 };
    let world = World::by_tokios_clock(Sandbox::builder().rate_limit(Some(roomy))).await;
    let gong = by_token(&world).rate_limit(RateLimit::new(3, 20_000)).build().unwrap();
    let share = used_share(&gong, 5, 10_000).await;
    println!("{:.2} % of the rate used, {} refusals", share * 100.0, over_the_limit(&world));
    assert!((0.97..=1.0).contains(&share), "{share}");
    assert_eq!(over_the_limit(&world), 0);
    assert_eq!(gong.quota().unwrap().day.used, 10_000);
}

#[tokio::test(start_paused = true)]
async fn requests_that_arrive_closer_than_they_left_are_still_within_the_limit() {
    let world = limited().await;
    world.sandbox.set_chaos(Some(Chaos::mixed(0.5, 3).among([Fault::delay(Duration::from_millis(20))])));
    let share = used_share(&world.gong, 4, 600).await;
    assert!(share > 0.97, "{share}");
    assert_eq!(over_the_limit(&world), 0);
}

#[tokio::test(start_paused = true)]
async fn a_burst_is_smoothed_and_served_in_order() {
    let world = limited().await;
    let gong = world.gong.clone();
    let begun = Instant::now();
    let mut jobs = JoinSet::new();
    for number in 0..10 {
        let gong = gong.clone();
        jobs.spawn(async move {
            let request = gong.request(Method::Get, "/v2/workspaces").header("number", number.to_string());
            request.send().await.unwrap();
        });
        yield_now().await;
    }
    jobs.join_all().await;
    let order: Vec<String> =
        world.sandbox.requests().iter().map(|request| request.header("number").unwrap().to_owned()).collect();
    assert_eq!(order, (0..10).map(|number| number.to_string()).collect::<Vec<_>>());
    assert!(begun.elapsed() >= Duration::from_millis(9 * 333), "{:?}", begun.elapsed());
}

#[tokio::test(start_paused = true)]
async fn a_waiter_that_goes_away_gives_its_place_back() {
    let world = limited().await;
    let gong = world.gong.clone();
    ask(&gong).await.unwrap();
    let begun = Instant::now();
    let waiting = |gong: &Client| {
        let gong = gong.clone();
        tokio::spawn(async move { ask(&gong).await.map(drop) })
    };
    let (first, second, last) = (waiting(&gong), waiting(&gong), waiting(&gong));
    sleep(Duration::from_millis(10)).await;
    first.abort();
    second.abort();
    last.await.unwrap().unwrap();
    assert!(begun.elapsed() < Duration::from_millis(400), "{:?}", begun.elapsed());
    assert_eq!(world.sandbox.requests().len(), 2);
    assert_eq!(gong.quota().unwrap().day.used, 2);
}

#[tokio::test(start_paused = true)]
async fn clients_of_one_account_count_together_and_others_do_not() {
    let world = limited().await;
    let [one, same] = [(); 2].map(|()| by_token(&world).build().unwrap());
    ask(&one).await.unwrap();
    ask(&same.clone()).await.unwrap();
    let quota = one.quota().unwrap();
    assert_eq!((quota.second.used, quota.second.left(), quota.day.used), (2, 1, 2));
    assert_eq!(world.gong.quota().unwrap().day.used, 0);
    drop((one, same));
    let later = || by_token(&world).build().unwrap();
    assert_eq!(later().quota().unwrap().day.used, 2, "what was sent counts, though its clients are gone");
    sleep(Duration::from_secs(86_460)).await;
    assert_eq!(later().quota().unwrap().day.used, 0);
}

#[tokio::test(start_paused = true)]
async fn a_limiter_can_be_shared_by_clients_of_different_credentials() {
    let world = limited().await;
    let limiter = Limiter::with_environment(RateLimit::default(), world.clock.clone());
    let key = world.keyed().limiter(limiter.clone()).build().unwrap();
    let token = by_token(&world).limiter(limiter).build().unwrap();
    for _ in 0..5 {
        ask(&key).await.unwrap();
        ask(&token).await.unwrap();
    }
    assert_eq!((key.quota(), over_the_limit(&world)), (token.quota(), 0));
    assert_eq!(key.quota().unwrap().day.used, 10);
}

#[tokio::test(start_paused = true)]
async fn the_strictest_limit_of_an_accounts_clients_holds() {
    let world = limited().await;
    let default = by_token(&world).build().unwrap();
    let slow = by_token(&world).rate_limit(RateLimit::new(1, 100)).build().unwrap();
    assert_eq!(default.quota().unwrap().second.limit, 1);
    let begun = Instant::now();
    for _ in 0..3 {
        ask(&default).await.unwrap();
    }
    assert!(begun.elapsed() >= Duration::from_secs(2), "{:?}", begun.elapsed());
    drop((default, slow));
    assert_eq!(
        by_token(&world).build().unwrap().quota().unwrap().second.limit,
        3,
        "a limit goes with those who wanted it"
    );
}

#[tokio::test(start_paused = true)]
async fn a_day_that_is_used_up_is_an_error_that_says_when_to_come_back() {
    let world = limited().await;
    let gong = by_token(&world).rate_limit(RateLimit::new(3, 4)).build().unwrap();
    for _ in 0..4 {
        ask(&gong).await.unwrap();
    }
    let begun = Instant::now();
    let error = ask(&gong).await.unwrap_err();
    assert!(begun.elapsed() < SOON, "no long sleep");
    assert_eq!((error.kind(), error.may_have_been_sent()), (ErrorKind::RateLimited, false));
    assert_eq!(
        error.to_string(),
        "The account's requests of a day are used up. The next request may go at 2026-11-21T19:01:00Z. \
         Nothing was sent."
    );
    let wait = error.retry_after().unwrap();
    assert!(wait > Duration::from_secs(86_300) && wait <= Duration::from_secs(86_460), "{wait:?}");
    assert_eq!(gong.quota().unwrap().day.left(), 0);
    assert_eq!(world.sandbox.requests().len(), 4);
    sleep(wait).await;
    ask(&gong).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_pause_that_gong_asks_for_holds_for_every_caller_of_the_account() {
    let world = limited().await;
    let (one, other) = (world.gong.clone(), world.keyed().build().unwrap());
    world.sandbox.inject(Fault::too_many_requests(5));
    let begun = Instant::now();
    let first = tokio::spawn(async move { ask(&one).await.map(drop) });
    sleep(Duration::from_millis(50)).await;
    assert!(other.quota().unwrap().paused_until.is_some());
    ask(&other).await.unwrap();
    assert!(begun.elapsed() >= Duration::from_secs(5), "{:?}", begun.elapsed());
    first.await.unwrap().unwrap();
    assert_eq!(over_the_limit(&world), 0);
}

#[tokio::test(start_paused = true)]
async fn a_pause_of_hours_is_an_error_for_every_caller_and_nobody_asks_again() {
    let world = limited().await;
    let (one, other) = (world.gong.clone(), world.keyed().build().unwrap());
    world.sandbox.inject(Fault::too_many_requests(7200));
    let begun = Instant::now();
    for gong in [&one, &other] {
        let error = ask(gong).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::RateLimited);
        assert!(error.retry_after().unwrap() > Duration::from_secs(7190), "{error}");
        assert!(error.to_string().contains(" at 2026-11-20T21:00:0"), "{error}");
    }
    assert!(begun.elapsed() < SOON);
    assert_eq!(world.sandbox.requests().len(), 1);
    world.clock.sleep(Duration::from_secs(7200)).await;
    ask(&other).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn without_a_limit_nobody_waits() {
    let world = World::by_tokios_clock(Sandbox::builder()).await;
    let gong = world.keyed().rate_limit(None).build().unwrap();
    let begun = Instant::now();
    for _ in 0..20 {
        ask(&gong).await.unwrap();
    }
    assert!(begun.elapsed() < SOON);
    assert_eq!(gong.quota(), None);
}
