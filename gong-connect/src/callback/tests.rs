use super::*;

#[test]
fn a_callback_is_read_from_a_url_its_path_or_its_query() {
    for url in ["https://a.example/cb?x=1&code=c%2F1&state=s", "/cb?state=s&code=c%2F1#top", "code=c%2F1&state=s"] {
        let callback = Callback::parse(url).unwrap();
        assert_eq!(callback.state.reveal(), "s");
        assert!(matches!(callback.outcome, Outcome::Code(code) if code.reveal() == "c/1"), "{url}");
    }
}

#[test]
fn what_is_no_callback_is_refused() {
    for url in ["", "/cb", "?code=c", "?state=s", "?state=s&state=t&code=c", "?state=s&code=c&error=e"] {
        assert_eq!(Callback::parse(url).unwrap_err().kind(), ErrorKind::BadCallback, "{url}");
    }
}

#[test]
fn a_refusal_is_told_in_one_line() {
    let error = refused("access_denied", "the admin\nsaid no");
    assert_eq!(error.kind(), ErrorKind::Denied);
    assert_eq!(error.to_string(), "Gong was not opened to the platform (access_denied: the admin said no).");
    assert_eq!(refused("invalid_scope", "").kind(), ErrorKind::ScopeMismatch);
}
