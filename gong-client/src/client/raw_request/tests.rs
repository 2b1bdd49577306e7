//! Tests of `raw_request`.

use super::*;

#[test]
fn paths_that_may_lead_elsewhere_are_refused() {
    for bad in [
        "",
        "v2/users",
        "https://evil.example/v2",
        "http:/evil",
        "//evil.example/v2",
        "/\\evil.example",
        "\\\\evil",
        "@evil.example/",
        "/@evil.example",
        "/v2/../x",
        "/v2/./x",
        "/v2/%2e%2e/x",
        "/v2/%2E./x",
        "/v2/.%2e",
        "/v2%2f..%2fx",
        "/v2/%5cx",
        "/v2/%252e%252e/x",
        "/v2/%25252e%25252e",
        "/v2/%2525252fx",
        "/v2/..;a/x",
        "/v2/..",
        "/v2//x",
        "/v2/x y",
        "/v2/x\n",
        "/v2/x\r\nHost: evil",
        "/v2/x#y",
        "/v2/x%00",
        "/v2/x%3f",
        "/v2/%40evil",
        "/\tv2",
        "/\u{3000}v2",
        ":@evil",
        "/.",
        "/%2e",
    ] {
        assert!(path_fault(bad).is_some(), "{bad:?}");
    }
}

#[test]
fn plain_paths_pass() {
    for good in [
        "/v2/users",
        "/v2/calls/7782342274025937895/media",
        "/v2/flows?flowOwnerEmail=a@b.co",
        "/v2/x%20y",
        "/v2/a.b..c",
        "/v2/100%25",
    ] {
        assert_eq!(path_fault(good), None, "{good:?}");
    }
}

#[test]
fn the_clients_own_headers_stay() {
    for (name, value) in [("Authorization", "x"), ("HOST", "evil"), ("x y", "1"), ("x", "a\r\nb"), ("", "")] {
        assert!(header_fault(name, value).is_some(), "{name:?}");
    }
    assert_eq!(header_fault("X-Request-Note", "hello"), None);
}
