use super::*;

#[test]
fn only_addresses_on_this_machine_are_loopback() {
    for uri in ["http://127.0.0.1:8123/callback", "http://localhost/", "http://[::1]:9", "http://localhost?a=b"] {
        assert!(is_loopback(uri), "{uri}");
    }
    for uri in [
        "https://app.example/callback",
        "http://127.0.0.1.evil.example/",
        "http://127.0.0.1:80@evil.example/",
        "http://localhost@evil.example/",
        "http://localhost/#fragment",
    ] {
        assert!(!is_loopback(uri), "{uri}");
    }
}
