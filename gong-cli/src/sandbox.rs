//! `gong sandbox`: an embedded Gong that runs until Ctrl-C.

use clap::ArgMatches;
use gong_sandbox::Sandbox;

use crate::exit::Failure;
use crate::{environment, output};

/// Starts it, prints what a shell needs to talk to it, and waits.
pub(crate) async fn run(args: &ArgMatches) -> Result<(), Failure> {
    let port = args.get_one::<u16>("port").copied().unwrap_or_default();
    let seed = args.get_one::<u64>("seed").copied().unwrap_or(1);
    let sandbox = Sandbox::builder()
        .port(port)
        .seed(seed)
        .start()
        .await
        .map_err(|error| Failure::Local(format!("the sandbox did not start on port {port}: {error}")))?;
    // Lines that a shell can evaluate. The keys open this sandbox and nothing else.
    output::line(&format!("export GONG_BASE_URL={}", sandbox.base_url()))?;
    let [key, secret] = environment::api_key();
    output::line(&format!("export {key}={}", sandbox.access_key()))?;
    output::line(&format!("export {secret}={}", sandbox.access_key_secret()))?;
    output::say(&format!("A sandbox is at {} until Ctrl-C.", sandbox.base_url()));
    tokio::signal::ctrl_c().await.map_err(|error| Failure::Local(format!("Ctrl-C cannot be heard: {error}")))
}
