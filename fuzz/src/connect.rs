//! What a user's browser brings back from a consent page, and what the token endpoint says next.

use std::io;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use gong_connect::{
    BoxError, BoxFuture, Connection, Connections, Environment, Http, Store, TokenAnswer, TokenRequest, World,
};
use tokio::runtime::{Builder, Runtime};

const CONNECTION: &str = "gong";
const USER: &str = "user";

thread_local! {
    static SETTING: Setting = Setting::new();
}

/// A platform with one app, whose world belongs to the target.
struct Setting {
    runtime: Runtime,
    connections: Connections,
    endpoint: Arc<Endpoint>,
    clock: Arc<Clock>,
}

impl Setting {
    fn new() -> Self {
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let (endpoint, clock) = (Arc::new(Endpoint::default()), Arc::new(Clock::default()));
        let builder = Connections::builder(Store::memory()).http(endpoint.clone()).world(clock.clone());
        let connections = runtime.block_on(builder.open()).unwrap();
        let app = Connection::oauth(CONNECTION, "client-id", "client-secret", "https://platform.example/callback");
        runtime.block_on(connections.register(app.scopes(["api:users:read"]))).unwrap();
        Setting { runtime, connections, endpoint, clock }
    }
}

/// A token endpoint that says what the target wants.
#[derive(Debug, Default)]
struct Endpoint(Mutex<Vec<u8>>);

impl Http for Endpoint {
    fn post(&self, _request: TokenRequest) -> BoxFuture<'_, Result<TokenAnswer, BoxError>> {
        let said = self.0.lock().unwrap().clone();
        let status = if said.starts_with(b"!") { 400 } else { 200 };
        Box::pin(std::future::ready(Ok(TokenAnswer::new(status, said))))
    }
}

/// A clock that is a day on for each input, so that links of earlier ones are forgotten.
#[derive(Debug, Default)]
struct Clock(Mutex<u64>);

impl Clock {
    fn next(&self) -> u64 {
        let mut count = self.0.lock().unwrap();
        *count += 1;
        *count
    }
}

impl Environment for Clock {
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(1_795_000_000 + *self.0.lock().unwrap() * 24 * 60 * 60)
    }

    fn random(&self) -> u64 {
        4
    }

    fn sleep(&self, _duration: Duration) -> BoxFuture<'static, ()> {
        Box::pin(std::future::ready(()))
    }
}

impl World for Clock {
    fn fill(&self, bytes: &mut [u8]) -> io::Result<()> {
        let mut seed = self.next().to_be_bytes().into_iter().cycle();
        bytes.fill_with(|| seed.next().unwrap());
        Ok(())
    }
}

/// Any text for a callback. In its first line `<state>` stands for the state of a link that waits; the rest is what the
/// token endpoint answers, with status 400 if it begins with `!`.
pub fn callback(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let (line, said) = text.split_once('\n').unwrap_or((&text, ""));
    SETTING.with(|setting| {
        setting.clock.next();
        let link = setting.runtime.block_on(setting.connections.authorization_link(CONNECTION, USER)).unwrap();
        let state = link.as_str().split("state=").nth(1).and_then(|rest| rest.split('&').next()).unwrap();
        *setting.endpoint.0.lock().unwrap() = said.as_bytes().to_vec();
        let url = line.replace("<state>", state);
        if let Err(error) = setting.runtime.block_on(setting.connections.complete_as(CONNECTION, USER, &url)) {
            super::assert_presentable(&error.to_string());
        }
    });
}
