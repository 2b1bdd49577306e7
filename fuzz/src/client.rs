//! What the client reads from outside: an answer, the input of a call by name, and how long to wait.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::{Duration, SystemTime};

use gong_client::{Answer, BoxFuture, Client, Environment, ErrorKind, catalog, models};
use gong_sandbox::{Chaos, Fault, Sandbox};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use tokio::runtime::{Builder, Runtime};

/// Longer than any retry policy waits between the tries of one call.
const PATIENCE: Duration = Duration::from_secs(120);

/// Longer than `Retry-After` can be meant.
const LONGEST: Duration = Duration::from_secs(25 * 60 * 60);

thread_local! {
    static SETTING: Setting = Setting::new();
}

/// A client, and the sandbox that it talks to.
struct Setting {
    runtime: Runtime,
    sandbox: Sandbox,
    gong: Client,
    clock: Arc<Clock>,
}

impl Setting {
    fn new() -> Self {
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        let sandbox = runtime.block_on(Sandbox::start()).unwrap();
        let clock = Arc::new(Clock::default());
        let builder = Client::builder().api_key(sandbox.access_key(), sandbox.access_key_secret());
        let builder = builder.base_url(sandbox.base_url()).rate_limit(None).environment(clock.clone());
        Setting { gong: builder.build().unwrap(), runtime, sandbox, clock }
    }

    /// Calls a tool while the sandbox gives this answer to every request.
    fn call(&self, fault: Fault, tool: &str, input: &str) -> gong_client::Result<String> {
        self.sandbox.set_chaos(Some(Chaos::mixed(1.0, 0).among([fault])));
        self.sandbox.clear_requests();
        self.clock.waited.store(0, Relaxed);
        self.runtime.block_on(self.gong.call_text(tool, input).into_future()).map(Answer::into_inner)
    }
}

/// A clock that waiting moves on, and nothing else.
#[derive(Debug, Default)]
struct Clock {
    waited: AtomicU64,
}

impl Clock {
    fn waited(&self) -> Duration {
        Duration::from_millis(self.waited.load(Relaxed))
    }
}

impl Environment for Clock {
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(1_795_000_000) + self.waited()
    }

    fn random(&self) -> u64 {
        7
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        self.waited.fetch_add(u64::try_from(duration.as_millis()).unwrap(), Relaxed);
        Box::pin(std::future::ready(()))
    }
}

/// The tool that the first byte chooses, and the rest as text.
fn tool(data: &[u8]) -> Option<(&'static catalog::Tool, String)> {
    let (which, rest) = data.split_first()?;
    let tools = catalog::tools();
    Some((tools[usize::from(*which) % tools.len()], String::from_utf8_lossy(rest).into_owned()))
}

/// Any bytes for an answer: they are understood, or the error says what is wrong. What was understood reads as itself
/// when it is shown as JSON.
pub fn answer(data: &[u8]) {
    let Some((tool, body)) = tool(data) else { return };
    let fault = Fault::page(200, "application/json", body);
    if let Err(error) = SETTING.with(|setting| setting.call(fault, tool.name, tool.example)) {
        super::assert_presentable(&error.to_string());
    }
    reads::<models::CallDetailsPage>(&data[1..]);
    reads::<models::TranscriptsPage>(&data[1..]);
    reads::<models::UserActionsPage>(&data[1..]);
    reads::<models::UsersPage>(&data[1..]);
}

/// Bytes as a model, without a client around it.
fn reads<T: DeserializeOwned + Serialize>(bytes: &[u8]) {
    let Ok(model) = serde_json::from_slice::<T>(bytes) else { return };
    let shown = serde_json::to_string(&model).unwrap();
    let again: T = serde_json::from_str(&shown).unwrap_or_else(|error| panic!("{shown} cannot be read: {error}"));
    assert_eq!(serde_json::to_string(&again).unwrap(), shown);
}

/// Any text for the input of a tool: it is taken, or refused with every fault. JSON that was read before is judged as
/// the text of it is.
pub fn input(data: &[u8]) {
    let Some((tool, text)) = tool(data) else { return };
    let empty = Fault::page(200, "application/json", "{}");
    let called = SETTING.with(|setting| setting.call(empty, tool.name, &text));
    // A text may begin with the mark of its encoding, which is no part of the JSON.
    let Ok(value) = serde_json::from_str::<Value>(text.strip_prefix('\u{feff}').unwrap_or(&text)) else {
        let error = called.expect_err("it is no JSON");
        assert_eq!(error.kind(), ErrorKind::InvalidInput, "{error}");
        return super::assert_presentable(&error.to_string());
    };
    match SETTING.with(|setting| setting.runtime.block_on(setting.gong.dry_run(tool.name, value))) {
        Ok(planned) => assert!(!planned.is_empty(), "a call without a request"),
        Err(error) => {
            super::assert_presentable(&error.to_string());
            error.violations().iter().for_each(|violation| super::assert_presentable(&violation.to_string()));
        }
    }
}

/// Any words for `Retry-After`: nobody waits for longer than the retry policy allows, and the error tells of no wait
/// that cannot be meant.
pub fn retry_after(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let text: String = text.chars().filter(|letter| (' '..='~').contains(letter)).collect();
    SETTING.with(|setting| {
        let fault = Fault::too_many_requests_saying(text.as_str());
        let error = setting.call(fault, "gong_users_list", "{}").expect_err("every answer is a 429");
        assert_eq!(error.kind(), ErrorKind::RateLimited, "{error}");
        assert!(error.retry_after().is_none_or(|wait| wait <= LONGEST), "{text}: {error}");
        let waited = setting.clock.waited();
        assert!(waited <= PATIENCE, "{text}: waited for {waited:?}");
        super::assert_presentable(&error.to_string());
    });
}
