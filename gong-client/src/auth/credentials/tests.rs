//! Tests of `credentials`.

use super::*;

fn own(host: &str) -> Endpoint {
    Endpoint::read(host).unwrap()
}

#[test]
fn nothing_is_shown() {
    let key = Credentials::api_key(Secret::copied("visible-key"), Secret::copied("visible-secret"));
    let token = Credentials::AccessToken(Secret::copied("visible-token"));
    let lent = Signer::of(Ok(AccessToken::new("visible-token")), &own("https://x.io")).unwrap();
    assert!(!format!("{key:?} {token:?} {lent:?}").contains("visible"));
}

#[test]
fn what_no_header_can_carry_is_a_fault() {
    for token in ["", "  ", "Bearer ", "ab\nc", "tökén"] {
        assert!(Credentials::AccessToken(Secret::token(token)).fault().is_some(), "{token:?}");
        assert!(Signer::of(Ok(AccessToken::new(token)), &own("https://x.io")).is_err(), "{token:?}");
    }
    assert!(Credentials::api_key(Secret::copied("a:b"), Secret::copied("c")).fault().is_some());
    assert!(Credentials::api_key(Secret::copied("a"), Secret::copied("b")).fault().is_none());
}

#[test]
fn a_token_goes_where_it_is_good_and_never_in_the_clear() {
    let lent = |host: &str, ours: &str| Signer::of(Ok(AccessToken::new("t").at(host)), &own(ours));
    let signer = lent("https://us-1.api.gong.io/", "https://api.gong.io").unwrap();
    assert_eq!(signer.host().map(Endpoint::as_str), Some("https://us-1.api.gong.io"));
    assert!(lent("http://127.0.0.1:1", "http://127.0.0.1:2").is_ok());
    assert!(lent("http://127.0.0.1:1", "https://api.gong.io").is_err());
    assert!(lent("http://us-1.api.gong.io", "https://api.gong.io").is_err());
}
