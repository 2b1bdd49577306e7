//! A program of three calls with the client; `cargo xtask bench` compares its size.

use gong_client::{Client, Result};

fn main() -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let Ok(runtime) = runtime else { return Ok(()) };
    runtime.block_on(async {
        let gong = Client::builder().api_key("key", "secret").build()?;
        let users = gong.users().list().send().await?.users.len();
        let calls = gong.calls().list().send().await?.calls.len();
        let transcripts =
            gong.calls().transcripts().call_ids(["7782342274025937895"]).send().await?.call_transcripts.len();
        std::process::exit(i32::try_from(users + calls + transcripts).unwrap_or(1));
    })
}
