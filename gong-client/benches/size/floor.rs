//! The same three calls with nothing but `reqwest` and `serde_json`.

#[path = "../ratios/floor.rs"]
mod floor;

use serde::de::DeserializeOwned;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

fn main() -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let http = reqwest::Client::builder().build()?;
        let at = |path: &str| format!("https://api.gong.io{path}");
        let users = fetch::<floor::UsersPage>(http.get(at("/v2/users"))).await?.users.len();
        let calls = fetch::<floor::CallsPage>(http.get(at("/v2/calls"))).await?.calls.len();
        let body = r#"{"filter":{"callIds":["7782342274025937895"]}}"#;
        let request = http.post(at("/v2/calls/transcript")).header("content-type", "application/json").body(body);
        let transcripts = fetch::<floor::TranscriptsPage>(request).await?.call_transcripts.len();
        std::process::exit(i32::try_from(users + calls + transcripts).unwrap_or(1));
    })
}

async fn fetch<T: DeserializeOwned>(request: reqwest::RequestBuilder) -> Result<T> {
    let response = request.basic_auth("key", Some("secret")).header("accept", "application/json").send().await?;
    Ok(serde_json::from_slice(&response.error_for_status()?.bytes().await?)?)
}
