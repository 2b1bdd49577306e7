//! Secrets never print: not in what is shown of a client, a request, a plan or an error, whatever goes wrong.

use std::error::Error as _;

use gong_client::{Client, Error, Method};
use gong_sandbox::Fault;
use serde_json::json;

use crate::support::{Stage, client};

/// No part of a secret, nor what signs a request with it.
#[track_caller]
fn hidden(stage: &Stage, shown: &str) {
    let (key, secret) = (stage.sandbox.access_key(), stage.sandbox.access_key_secret());
    let token = stage.sandbox.access_token();
    for private in [secret, token, &secret[..24], &encoded(&format!("{key}:{secret}"))[..40]] {
        assert!(!shown.contains(private), "{shown}");
    }
}

/// Base64, as far as it is needed here: the beginning.
fn encoded(text: &str) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let triples = text.as_bytes().as_chunks::<3>().0;
    let letters = triples.iter().flat_map(|[one, two, three]| {
        let bits = u32::from_be_bytes([0, *one, *two, *three]);
        [18, 12, 6, 0].map(|shift| char::from(LETTERS[usize::try_from(bits >> shift & 63).unwrap()]))
    });
    letters.collect()
}

fn everything_of(error: &Error) -> String {
    let mut shown = format!("{error} {error:?} {error:#?} {:?} {:?}", error.answer(), error.completed());
    let mut cause = error.source();
    while let Some(source) = cause {
        shown.push_str(&format!(" {source} {source:?}"));
        cause = source.source();
    }
    shown
}

/// Both ways to sign.
fn clients(stage: &Stage) -> [Client; 2] {
    let token = client(&stage.sandbox, &stage.clock).access_token(stage.sandbox.access_token());
    [stage.gong.clone(), token.build().unwrap()]
}

#[tokio::test]
async fn clients_and_their_builders_show_none() {
    let stage = Stage::new().await;
    let (key, secret) = (stage.sandbox.access_key(), stage.sandbox.access_key_secret());
    hidden(&stage, &format!("{:?}", Client::builder().api_key(key, secret)));
    hidden(&stage, &format!("{:#?}", Client::builder().access_token(stage.sandbox.access_token())));
    for gong in clients(&stage) {
        hidden(&stage, &format!("{gong:?} {gong:#?} {:?}", gong.users().list()));
        hidden(&stage, &format!("{:?}", gong.request(Method::Get, "/v2/users")));
    }
    let unfit = Client::builder().api_key(key, secret).access_token("x").base_url("nowhere").build().unwrap_err();
    hidden(&stage, &everything_of(&unfit));
}

#[tokio::test]
async fn dry_runs_show_none() {
    let stage = Stage::new().await;
    for gong in clients(&stage) {
        let planned = gong.dry_run("gong_users_list", json!({})).await.unwrap().remove(0);
        assert!(planned.headers.contains(&("authorization".to_owned(), "<hidden>".to_owned())));
        hidden(&stage, &format!("{planned:?} {}", planned.to_json()));
        hidden(&stage, &format!("{:?}", gong.request(Method::Get, "/v2/users").dry_run().unwrap()));
    }
    assert_eq!(stage.sent(), [] as [&str; 0]);
}

#[tokio::test]
async fn errors_show_none_whatever_goes_wrong() {
    let quick = |fault: &Fault| !["delay", "slow drip"].contains(&fault.name());
    for fault in Fault::every().into_iter().filter(quick) {
        for signed_by in [0, 1] {
            let stage = Stage::new().await;
            stage.sandbox.inject(fault.clone().times(99));
            if let Err(error) = clients(&stage)[signed_by].users().list().send().await {
                hidden(&stage, &everything_of(&error));
            }
        }
    }
}

#[tokio::test]
async fn what_arrives_is_signed_all_the_same() {
    let stage = Stage::new().await;
    for gong in clients(&stage) {
        gong.users().list().send().await.unwrap();
    }
    let signed: Vec<String> =
        stage.sandbox.requests().iter().map(|one| one.header("authorization").unwrap().to_owned()).collect();
    let basic = encoded(&format!("{}:{}", stage.sandbox.access_key(), stage.sandbox.access_key_secret()));
    assert!(signed[0].starts_with(&format!("Basic {basic}")), "this test looks for the right text");
    assert_eq!(signed[1], format!("Bearer {}", stage.sandbox.access_token()));
}
