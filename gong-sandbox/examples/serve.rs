//! Runs a sandbox until it is interrupted: `cargo run -p gong-sandbox --example serve`.
#![allow(clippy::print_stdout)]

use gong_sandbox::{OWNER_EMAIL, Sandbox};

#[tokio::main(flavor = "current_thread")]
async fn main() -> std::io::Result<()> {
    let sandbox = Sandbox::start().await?;
    let (key, secret) = (sandbox.access_key(), sandbox.access_key_secret());
    println!("{} is Gong, and it is {} there.", sandbox.base_url(), sandbox.now());
    println!("curl -u {key}:{secret} '{}/v2/users'", sandbox.base_url());
    println!(
        "{}/oauth2/authorize?response_type=code&client_id={}&redirect_uri=http%3A%2F%2Flocalhost%2F\
         &scope=api:users:read+api:calls:read:transcript+api:flows:write asks for consent.",
        sandbox.base_url(),
        sandbox.client_id(),
    );
    println!("{OWNER_EMAIL} has calls, flows and tasks.");
    std::future::pending().await
}
