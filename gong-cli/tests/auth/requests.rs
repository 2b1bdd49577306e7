//! Raw requests: any body, and no other host.

use crate::shell::Shell;

#[test]
fn a_file_is_uploaded_as_a_form() {
    let shell = Shell::in_sandbox();
    let calls = shell.run(&["call", "gong_calls_list"]).json();
    let path = format!("/v2/calls/{}/media", calls["calls"][0]["id"].as_str().unwrap());
    let file = shell.home().join("media.mp3");
    std::fs::write(&file, [0xFF, 0xFB, 0x90, 0x00]).unwrap();
    let part = format!("mediaFile=@{}", file.display());
    let answer = shell.run(&["request", "PUT", &path, "--form", &part]);
    assert_eq!(answer.code, 0, "{} {}", answer.out, answer.err);
    assert!(answer.out.contains("callId"), "{}", answer.out);
}

#[test]
fn bytes_and_dry_runs() {
    let shell = Shell::in_sandbox();
    let sent = ["request", "POST", "/v2/calls/extensive", "--raw", "-", "--content-type", "application/json"];
    let answer = shell.run_with(&sent, "{\"filter\": {}}");
    assert_eq!(answer.code, 0, "{} {}", answer.out, answer.err);
    let planned = shell.run(&["request", "GET", "/v2/users", "--query", "a=b c", "--dry-run"]).json();
    assert!(planned[0]["url"].as_str().unwrap().ends_with("/v2/users?a=b%20c"), "{planned}");
}

#[test]
fn no_request_leads_elsewhere() {
    let shell = Shell::in_sandbox();
    for path in [
        "https://evil.example/v2",
        "//evil.example/v2",
        "/v2/../x",
        "/v2/%2e%2e/x",
        "/v2/%252e%252e",
        "/\\evil",
        "/@evil",
    ] {
        assert_eq!(shell.run(&["request", "GET", path]).code, 2, "{path}");
    }
}
