//! Refreshes that go wrong at the worst moment: a store that fails, and a lease that runs out while its holder lives.

use std::io;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};

use gong_client::{BoxError, Environment, RateLimit};
use tokio::sync::Semaphore;

use super::*;
use crate::connection::Connection;
use crate::host::Domains;
use crate::http::{Http, TokenAnswer, TokenRequest};
use crate::keys::Keys;
use crate::limit::SharedLimits;
use crate::origin::{AppId, Origin};
use crate::renewals::Renewals;
use crate::slots::Slots;
use crate::store::{Engine, LimitStore, Lock, NewAccount, Row, Sqlite, Value, Vault};
use crate::world::{BoxFuture, World};

/// A clock that moves when somebody waits.
#[derive(Debug, Default)]
struct Clock(AtomicU64);

impl Clock {
    fn advance(&self, time: Duration) {
        self.0.fetch_add(u64::try_from(time.as_millis()).unwrap(), Ordering::SeqCst);
    }
}

impl Environment for Clock {
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_millis(self.0.load(Ordering::SeqCst))
    }

    fn random(&self) -> u64 {
        crate::world::System.random()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        self.advance(duration);
        Box::pin(tokio::task::yield_now())
    }
}

impl World for Clock {
    fn fill(&self, bytes: &mut [u8]) -> io::Result<()> {
        crate::world::System.fill(bytes)
    }
}

/// A store that fails to take new pairs, so many times.
#[derive(Debug)]
struct Flaky {
    engine: Sqlite,
    failures: Arc<AtomicU32>,
    is_full: Arc<AtomicBool>,
}

impl Engine for Flaky {
    fn run(&self, statement: &'static str, values: Vec<Value>) -> BoxFuture<'_, Result<Vec<Row>>> {
        let fails = statement.contains("version + 1")
            && self.failures.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1)).is_ok();
        if fails {
            Box::pin(async { Err(Error::store("the disk is full.")) })
        } else {
            self.engine.run(statement, values)
        }
    }

    fn migrate(&self) -> BoxFuture<'_, Result<()>> {
        self.engine.migrate()
    }

    fn try_lock(&self, name: String) -> BoxFuture<'_, Result<Option<Lock>>> {
        self.engine.try_lock(name)
    }

    fn keep_room(&self, world: Arc<dyn World>) -> BoxFuture<'_, Result<()>> {
        if self.is_full.load(Ordering::SeqCst) {
            return Box::pin(async { Err(Error::store("the disk is full.")) });
        }
        self.engine.keep_room(world)
    }

    fn give_room_up(&self) -> BoxFuture<'_, ()> {
        self.engine.give_room_up()
    }
}

/// Refresh tokens that work once, wherever they are shown, and answers that come when the test lets them.
#[derive(Debug)]
struct Endpoint {
    valid: Mutex<u32>,
    asked: AtomicU32,
    /// What each request needs before it reaches Gong, and what its answer needs to come back.
    gates: Mutex<Vec<(Arc<Semaphore>, Arc<Semaphore>)>>,
}

impl Http for Endpoint {
    fn post(&self, request: TokenRequest) -> BoxFuture<'_, Result<TokenAnswer, BoxError>> {
        Box::pin(async move {
            let open = || Arc::new(Semaphore::new(1));
            let (before, after) = self.gates.lock().unwrap().pop().unwrap_or_else(|| (open(), open()));
            self.asked.fetch_add(1, Ordering::SeqCst);
            let _before = before.acquire().await?;
            let answer = {
                let mut valid = self.valid.lock().unwrap();
                let spent = TokenAnswer::new(400, br#"{"error":"invalid_grant"}"#.to_vec());
                let shown = request.url().reveal().rsplit("refresh-").next().and_then(|nth| nth.parse().ok());
                if shown == Some(*valid) {
                    *valid += 1;
                    let given = format!(
                        r#"{{"access_token":"access-{valid}","refresh_token":"refresh-{valid}","expires_in":3600}}"#
                    );
                    TokenAnswer::new(200, given.into_bytes())
                } else {
                    spent
                }
            };
            let _after = after.acquire().await?;
            Ok(answer)
        })
    }
}

struct Scene {
    clock: Arc<Clock>,
    endpoint: Arc<Endpoint>,
    failures: Arc<AtomicU32>,
    is_full: Arc<AtomicBool>,
    engine: Sqlite,
    keys: Keys,
}

impl Scene {
    /// Ann has an account whose token is about to expire.
    async fn new() -> Self {
        let clock = Arc::new(Clock::default());
        let endpoint = Endpoint { valid: Mutex::new(1), asked: AtomicU32::new(0), gates: Mutex::default() };
        let scene = Scene {
            clock,
            endpoint: Arc::new(endpoint),
            failures: Arc::default(),
            is_full: Arc::default(),
            engine: Sqlite::memory().unwrap(),
            keys: Keys::random().unwrap(),
        };
        let inner = scene.process().await;
        inner.vault.put_connection(&app()).await.unwrap();
        let (access, refresh) = ("access-1".into(), Some("refresh-1".into()));
        let credential = Credential::Tokens { access, refresh, base_url: "https://us-1.api.gong.io".into() };
        let (obtained_at, expires_at) = (scene.clock.now(), Some(scene.clock.now() + Duration::from_secs(3600)));
        inner
            .vault
            .put_account(&ann(), &NewAccount { origin: origin(), credential, scopes: None, obtained_at, expires_at })
            .await
            .unwrap();
        scene.clock.advance(Duration::from_secs(3600));
        scene
    }

    /// A process that works on the store.
    async fn process(&self) -> Arc<Inner> {
        let engine = Flaky {
            engine: self.engine.clone(),
            failures: Arc::clone(&self.failures),
            is_full: Arc::clone(&self.is_full),
        };
        let world: Arc<dyn World> = Arc::clone(&self.clock) as Arc<dyn World>;
        let vault = Vault::over(Arc::new(engine), self.keys.clone(), Arc::clone(&world)).await.unwrap();
        let http = Arc::clone(&self.endpoint) as Arc<dyn Http>;
        let limits = SharedLimits::new(LimitStore::of(&vault), RateLimit::default()).unwrap();
        Arc::new(Inner {
            vault,
            world,
            http,
            domains: Domains::with(Vec::new()).unwrap(),
            slots: Slots::default(),
            renewals: Renewals::default(),
            limits,
        })
    }

    /// The next request waits before it reaches Gong, or its answer on the way back.
    fn hold_next(&self, before: &Arc<Semaphore>, after: &Arc<Semaphore>) {
        self.endpoint.gates.lock().unwrap().push((Arc::clone(before), Arc::clone(after)));
    }

    fn asked(&self) -> u32 {
        self.endpoint.asked.load(Ordering::SeqCst)
    }

    /// Waits, without a clock, until Gong was asked so often.
    async fn until_asked(&self, times: u32) {
        while self.asked() < times {
            tokio::task::yield_now().await;
        }
    }
}

fn app() -> Connection {
    Connection::oauth("gong", "id", "secret", "https://platform.example")
}

fn origin() -> Origin {
    Origin::App(AppId::of(app().app().unwrap()))
}

fn ann() -> Who {
    Who::new("gong", "ann")
}

async fn token(process: &Arc<Inner>) -> Result<String> {
    Ok(process.access_token(&ann(), None).await?.reveal().to_owned())
}

#[tokio::test]
async fn a_store_that_fails_for_a_while_is_tried_again() {
    let scene = Scene::new().await;
    let process = scene.process().await;
    scene.failures.store(3, Ordering::SeqCst);
    assert_eq!(token(&process).await.unwrap(), "access-2");
    assert_eq!(scene.asked(), 1);
}

#[tokio::test]
async fn a_pair_that_cannot_be_stored_is_not_used_and_not_lost() {
    let scene = Scene::new().await;
    let process = scene.process().await;
    scene.failures.store(7, Ordering::SeqCst);
    assert_eq!(token(&process).await.unwrap_err().kind(), ErrorKind::Store);
    assert_eq!(token(&process).await.unwrap(), "access-2", "stored at last");
    assert_eq!(scene.asked(), 1, "and Gong was asked no second time");
    assert_eq!(token(&scene.process().await).await.unwrap(), "access-2");
}

#[tokio::test]
async fn a_holder_that_comes_too_late_with_a_pair_saves_the_account() {
    let scene = Scene::new().await;
    let (slow, quick) = (scene.process().await, scene.process().await);
    let (open, shut) = (Arc::new(Semaphore::new(1)), Arc::new(Semaphore::new(0)));
    scene.hold_next(&open, &shut);
    let late = tokio::spawn(async move { token(&slow).await });
    scene.until_asked(1).await;
    // It has the pair and is stuck with it. Its lease runs out, and another process is told that the refresh token is
    // spent.
    let error = token(&quick).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NeedsAuthorization);
    assert!(error.to_string().contains("interrupted"), "{error}");
    shut.add_permits(1);
    assert_eq!(late.await.unwrap().unwrap(), "access-2");
    assert_eq!(token(&quick).await.unwrap(), "access-2");
}

#[tokio::test]
async fn a_holder_that_comes_too_late_to_ask_takes_what_the_other_got() {
    let scene = Scene::new().await;
    let (slow, quick) = (scene.process().await, scene.process().await);
    let (open, shut) = (Arc::new(Semaphore::new(1)), Arc::new(Semaphore::new(0)));
    scene.hold_next(&shut, &open);
    let late = tokio::spawn(async move { token(&slow).await });
    scene.until_asked(1).await;
    assert_eq!(token(&quick).await.unwrap(), "access-2");
    shut.add_permits(1);
    assert_eq!(late.await.unwrap().unwrap(), "access-2", "and it marks nothing");
    assert_eq!(token(&quick).await.unwrap(), "access-2");
    assert_eq!(scene.asked(), 2);
}

#[tokio::test]
async fn a_refresh_that_ends_after_a_new_authorization_changes_nothing() {
    let scene = Scene::new().await;
    let (slow, quick) = (scene.process().await, scene.process().await);
    let (open, shut) = (Arc::new(Semaphore::new(1)), Arc::new(Semaphore::new(0)));
    scene.hold_next(&open, &shut);
    let late = tokio::spawn(async move { token(&slow).await });
    scene.until_asked(1).await;
    let credential = Credential::Tokens { access: "anew".into(), refresh: None, base_url: "https://x.io".into() };
    let obtained_at = scene.clock.now();
    let anew = NewAccount { origin: origin(), credential, scopes: None, obtained_at, expires_at: None };
    quick.vault.put_account(&ann(), &anew).await.unwrap();
    shut.add_permits(1);
    assert_eq!(late.await.unwrap().unwrap(), "anew");
    assert_eq!(token(&quick).await.unwrap(), "anew");
}

#[tokio::test]
async fn a_token_without_a_refresh_token_ends_in_a_new_authorization() {
    let scene = Scene::new().await;
    let process = scene.process().await;
    let credential = Credential::Tokens { access: "alone".into(), refresh: None, base_url: "https://x.io".into() };
    let (obtained_at, expires_at) = (scene.clock.now(), Some(scene.clock.now() + Duration::from_secs(100)));
    process
        .vault
        .put_account(&ann(), &NewAccount { origin: origin(), credential, scopes: None, obtained_at, expires_at })
        .await
        .unwrap();
    assert_eq!(token(&process).await.unwrap(), "alone");
    scene.clock.advance(Duration::from_secs(100));
    assert_eq!(token(&process).await.unwrap_err().kind(), ErrorKind::NeedsAuthorization);
    assert_eq!(scene.asked(), 0);
}

#[tokio::test]
async fn a_token_that_is_good_is_used_while_its_renewal_hangs() {
    let scene = Scene::new().await;
    let process = scene.process().await;
    let (open, shut) = (Arc::new(Semaphore::new(1)), Arc::new(Semaphore::new(0)));
    scene.clock.0.store(3_600_000 - 100_000, Ordering::SeqCst);
    scene.hold_next(&open, &shut);
    for _ in 0..10 {
        assert_eq!(token(&process).await.unwrap(), "access-1");
    }
    scene.until_asked(1).await;
    assert_eq!(token(&process).await.unwrap(), "access-1");
    shut.add_permits(1);
    process.renewals.settled().await;
    assert_eq!(token(&process).await.unwrap(), "access-2");
    assert_eq!(scene.asked(), 1);
}

#[test]
fn a_program_that_ends_waits_for_a_refresh_under_way() {
    let runtime = || tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let (main, shut) = (runtime(), Arc::new(Semaphore::new(0)));
    let scene = main.block_on(async {
        let scene = Scene::new().await;
        scene.hold_next(&Arc::new(Semaphore::new(1)), &shut);
        let process = scene.process().await;
        tokio::spawn(async move { token(&process).await });
        scene.until_asked(1).await;
        scene
    });
    std::thread::scope(|threads| {
        threads.spawn(|| drop(main));
        shut.add_permits(1);
    });
    runtime().block_on(async {
        assert_eq!(token(&scene.process().await).await.unwrap(), "access-2");
        assert_eq!(scene.asked(), 1);
    });
}

#[tokio::test]
async fn a_full_disk_is_noticed_before_gong_is_asked() {
    let scene = Scene::new().await;
    let process = scene.process().await;
    scene.is_full.store(true, Ordering::SeqCst);
    assert_eq!(token(&process).await.unwrap_err().kind(), ErrorKind::Store);
    assert_eq!(scene.asked(), 0);
    scene.is_full.store(false, Ordering::SeqCst);
    assert_eq!(token(&process).await.unwrap(), "access-2");
}
