//! Tests of `builder`.

use super::*;

#[test]
fn every_fault_is_told() {
    let error = Client::builder()
        .api_key("", "hunter2")
        .access_token("t")
        .base_url("http://x.io")
        .timeout(Duration::ZERO)
        .user_agent("\n")
        .build()
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config);
    let told = error.to_string();
    assert_eq!(told.matches(';').count(), 4, "{told}");
    assert!(!told.contains("hunter2"));
}

#[test]
fn the_slash_at_the_end_goes() {
    let client = Client::builder().access_token("t").base_url("https://x.io/gong/").build().unwrap();
    assert_eq!(client.base_url(), "https://x.io/gong");
}
