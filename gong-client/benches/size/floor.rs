//! The same three calls with nothing but `reqwest` and `serde_json`. Like the client's list of calls, this one can also
//! look for ids, which takes another endpoint and its models.

mod details;
#[path = "../ratios/floor.rs"]
mod floor;

use serde::de::DeserializeOwned;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

fn main() -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let http = reqwest::Client::builder().build()?;
        let users = fetch::<floor::UsersPage>(http.get(at("/v2/users"))).await?.users.len();
        let calls = calls(&http, &std::env::args().skip(1).collect::<Vec<_>>()).await?.calls.len();
        let request = post(&http, "/v2/calls/transcript", &["7782342274025937895".to_owned()])?;
        let transcripts = fetch::<floor::TranscriptsPage>(request).await?.call_transcripts.len();
        std::process::exit(i32::try_from(users + calls + transcripts).unwrap_or(1));
    })
}

async fn calls(http: &reqwest::Client, ids: &[String]) -> Result<floor::CallsPage> {
    if ids.is_empty() {
        return fetch(http.get(at("/v2/calls"))).await;
    }
    let page: details::CallDetailsPage = fetch(post(http, "/v2/calls/extensive", ids)?).await?;
    let calls = page.calls.into_iter().filter_map(|call| call.meta_data).collect();
    Ok(floor::CallsPage { request_id: page.request_id, records: page.records, calls })
}

fn at(path: &str) -> String {
    format!("https://api.gong.io{path}")
}

fn post(http: &reqwest::Client, path: &str, ids: &[String]) -> Result<reqwest::RequestBuilder> {
    let body = format!(r#"{{"filter":{{"callIds":{}}}}}"#, serde_json::to_string(ids)?);
    Ok(http.post(at(path)).header("content-type", "application/json").body(body))
}

async fn fetch<T: DeserializeOwned>(request: reqwest::RequestBuilder) -> Result<T> {
    let response = request.basic_auth("key", Some("secret")).header("accept", "application/json").send().await?;
    Ok(serde_json::from_slice(&response.error_for_status()?.bytes().await?)?)
}
