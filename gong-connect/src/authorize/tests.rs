use super::*;
use crate::world::System;

fn begun(pkce: bool) -> (Pending, AuthorizationLink) {
    let connection = crate::Connection::oauth("gong", "the id", "visible-secret", "https://platform.example/cb");
    let connection = connection.scopes(["api:b", "api:a", "api:b"]).pkce(pkce);
    begin(connection.app().unwrap(), &Who::new("gong", "ann"), None, &System).unwrap()
}

fn parameter(link: &AuthorizationLink, name: &str) -> Option<String> {
    let url = url::Url::parse(link.as_str()).unwrap();
    url.query_pairs().find(|(known, _)| known == name).map(|(_, value)| value.into_owned())
}

#[test]
fn the_link_says_who_asks_for_what() {
    let (_, link) = begun(false);
    assert!(link.as_str().starts_with("https://app.gong.io/oauth2/authorize?client_id=the+id&response_type=code&"));
    assert_eq!(parameter(&link, "scope").unwrap(), "api:a api:b");
    assert_eq!(parameter(&link, "redirect_uri").unwrap(), "https://platform.example/cb");
    assert_eq!(parameter(&link, "code_challenge"), None);
}

#[test]
fn the_challenge_is_the_hash_of_the_proof_and_the_proof_is_not_in_the_link() {
    let (pending, link) = begun(true);
    let proof = pending.proof.unwrap();
    assert_eq!(parameter(&link, "code_challenge").unwrap(), BASE64.encode(Sha256::digest(proof.reveal())));
    assert!(!link.as_str().contains(proof.reveal()) && proof.reveal().len() == 43);
}

#[test]
fn only_its_own_state_proves_a_row() {
    let ((pending, link), (_, other)) = (begun(true), begun(true));
    let state = State::parse(&parameter(&link, "state").unwrap()).unwrap();
    let mut forged = State::parse(&parameter(&other, "state").unwrap()).unwrap();
    assert!(state.proves(&pending) && state.selector == pending.selector);
    forged.selector.clone_from(&pending.selector);
    assert!(!forged.proves(&pending));
    for text in ["", ".", "abc", "abc.def", &format!("{}x", state.text())] {
        assert!(State::parse(text).is_none(), "{text}");
    }
}

#[test]
fn the_state_is_in_no_debug_print() {
    let (pending, link) = begun(true);
    let state = parameter(&link, "state").unwrap();
    let verifier = state.split_once('.').unwrap().1.to_owned();
    assert!(!format!("{link:?} {pending:?}").contains(&verifier));
}
