//! Tests of `endpoint`.

use super::*;

fn fault(url: &str) -> Option<String> {
    Endpoint::base_url(url).err()
}

#[test]
fn the_clear_is_for_this_machine() {
    for good in
        ["https://api.gong.io/", "http://localhost:1", "http://127.0.0.2", "http://[::1]:8080", "https://x.io/gong"]
    {
        assert_eq!(fault(good), None, "{good}");
    }
    for bad in [
        "",
        "api.gong.io",
        "http://api.gong.io",
        "http://localhost.evil.io",
        "ftp://x.io",
        "https://u:p@x.io",
        "https://x.io?a",
        "https://x.io#a",
        "https://x.io/v2/",
        "file:///x",
        "http://10.0.0.1",
    ] {
        assert!(fault(bad).is_some(), "{bad}");
    }
    assert!(!fault("https://user:hunter2@x.io").unwrap().contains("hunter2"));
}

#[test]
fn whatever_the_path_the_address_is_on_the_host() {
    let at = |base: &str, target: &str| Endpoint::read(base).unwrap().url(target).to_string();
    for (base, target, address) in [
        ("https://x.io", "/v2/users", "https://x.io/v2/users"),
        (
            "https://x.io/",
            "/v2/users?from=2026-01-01T00:00:00%2B01:00&q=%C3%BC",
            "https://x.io/v2/users?from=2026-01-01T00:00:00%2B01:00&q=%C3%BC",
        ),
        ("https://x.io/gong/", "/v2/a%2Fb?a=?", "https://x.io/gong/v2/a%2Fb?a=?"),
        ("https://x.io", "//evil.io/v2", "https://x.io//evil.io/v2"),
        ("https://x.io", "\\\\evil.io", "https://x.io//evil.io"),
        ("https://x.io", "@evil.io/", "https://x.io/@evil.io/"),
        ("https://x.io", ":1/", "https://x.io/:1/"),
        ("https://x.io", "https://evil.io/", "https://x.io/https://evil.io/"),
        ("https://x.io/gong", ".evil.io", "https://x.io/gong.evil.io"),
        ("https://x.io", "", "https://x.io/"),
    ] {
        assert_eq!(at(base, target), address, "{base} {target}");
    }
}
