use super::*;

const GONG: &str = "https://app.gong.io/oauth2/generate-customer-token";

#[test]
fn an_account_is_at_a_host_of_the_service() {
    let domains = Domains::with(Vec::new()).unwrap();
    for good in ["https://us-1.api.gong.io/", "https://gong.io", "https://API.GONG.IO", "https://eu-2.api.gong.io:8443"]
    {
        assert!(domains.read(GONG, good).is_ok(), "{good}");
    }
    for bad in [
        "https://evil.example",
        "https://evilgong.io",
        "https://gong.io.evil.example",
        "https://us-1.api.gong.io./",
        "https://10.0.0.1",
        "https://[fd00::1]",
        "https://169.254.169.254",
        "https://us-1.api.gong.io/v2",
        "https://us-1.api.gong.io//",
        "http://us-1.api.gong.io",
        "http://127.0.0.1:1234",
        "https://127.0.0.1",
        "https://localhost",
    ] {
        assert!(domains.read(GONG, bad).is_err(), "{bad}");
    }
}

#[test]
fn domains_can_be_added() {
    let domains = Domains::with(vec!["gateway.example".to_owned(), "10.0.0.1".to_owned()]).unwrap();
    for good in ["https://a.gateway.example", "https://gateway.example", "https://10.0.0.1", "https://us-1.api.gong.io"]
    {
        assert!(domains.read(GONG, good).is_ok(), "{good}");
    }
    assert!(domains.read(GONG, "https://other.example").is_err());
    for bad in ["https://a.example", "*.example", "a b", "a/b", ""] {
        assert_eq!(Domains::with(vec![bad.to_owned()]).unwrap_err(), bad);
    }
}

#[test]
fn a_place_that_gives_tokens_may_take_them() {
    let domains = Domains::with(Vec::new()).unwrap();
    assert!(domains.read("http://127.0.0.1:9/token", "http://127.0.0.1:1234").is_ok());
    assert!(domains.read("http://127.0.0.1:9/token", "HTTP://LocalHost:1234").is_ok());
    assert!(domains.read("https://stage.example/token", "https://stage.example").is_ok());
    assert!(domains.read("https://stage.example/token", "https://stage.example:81").is_err());
    for clear in ["http://127.0.0.1:9/token", "HTTP://127.0.0.1:9/token", " hTTp://localhost/"] {
        assert!(is_clear(clear) && domains.read(clear, "http://127.0.0.1:1234").is_ok(), "{clear}");
    }
    assert!(!is_clear("HTTPS://app.gong.io") && !is_clear("") && !is_clear("httpx://x"));
    assert_eq!(unless_told(GONG), "https://api.gong.io");
    assert_eq!(unless_told("http://127.0.0.1:9/token"), "http://127.0.0.1:9");
}
