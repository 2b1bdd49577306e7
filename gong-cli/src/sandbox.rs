//! An embedded Gong: for a single command, and as `gong sandbox` until Ctrl-C.

use std::time::{Duration, SystemTime};

use clap::ArgMatches;
use gong_sandbox::{RateLimit, Sandbox};

use crate::exit::Failure;
use crate::{environment, output};

/// What a token of the sandbox lives for: its account is there to try things, and shall not run out meanwhile.
const TOKEN_LIFETIME: Duration = Duration::from_secs(10 * 365 * 24 * 60 * 60);

/// A sandbox for this process. Its day is today.
pub(crate) async fn embedded(seed: u64) -> Result<Sandbox, Failure> {
    let sandbox = Sandbox::builder().seed(seed).now_at(SystemTime::now()).token_lifetime(TOKEN_LIFETIME);
    sandbox.start().await.map_err(|error| Failure::Local(format!("the sandbox did not start: {error}")))
}

/// Runs `gong sandbox`: starts it, prints what a shell needs to talk to it, and waits.
pub(crate) async fn run(args: &ArgMatches) -> Result<(), Failure> {
    let port = args.get_one::<u16>("port").copied().unwrap_or_default();
    let seed = args.get_one::<u64>("seed").copied().unwrap_or(1);
    let mut sandbox = Sandbox::builder().port(port).seed(seed);
    let limit = args.get_flag("rate-limit").then_some(RateLimit::GONG);
    sandbox = sandbox.rate_limit(limit);
    if args.get_flag("real-clock") {
        sandbox = sandbox.now_at(SystemTime::now()).running(true);
    }
    let sandbox = sandbox
        .start()
        .await
        .map_err(|error| Failure::Local(format!("the sandbox did not start on port {port}: {error}")))?;
    // Lines that a shell can evaluate. The keys open this sandbox and nothing else.
    output::line(&format!("export GONG_BASE_URL={}", sandbox.base_url()))?;
    let [key, secret] = environment::api_key();
    output::line(&format!("export {key}={}", sandbox.access_key()))?;
    output::line(&format!("export {secret}={}", sandbox.access_key_secret()))?;
    let limited = limit.map(|limit| format!(", and {} requests a second are served", limit.per_second));
    output::say(&format!(
        "A sandbox is at {} until Ctrl-C. It is {} there{}.",
        sandbox.base_url(),
        sandbox.now(),
        limited.unwrap_or_default()
    ));
    tokio::signal::ctrl_c().await.map_err(|error| Failure::Local(format!("Ctrl-C cannot be heard: {error}")))
}
