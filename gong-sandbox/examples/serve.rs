//! Runs a sandbox until it is interrupted: `cargo run -p gong-sandbox --example serve`.
#![allow(clippy::print_stdout)]

use gong_sandbox::{OWNER_EMAIL, Sandbox};

#[tokio::main(flavor = "current_thread")]
async fn main() -> std::io::Result<()> {
    let sandbox = Sandbox::start().await?;
    let (key, secret) = (sandbox.access_key(), sandbox.access_key_secret());
    println!("{} is Gong, and it is {} there.", sandbox.base_url(), sandbox.now());
    println!("curl -u {key}:{secret} '{}/v2/users'", sandbox.base_url());
    println!("{OWNER_EMAIL} has calls, flows and tasks.");
    std::future::pending().await
}
