//! Secrets never print: not in what is shown of a client, a request, a plan or an error, whatever goes wrong.

use std::error::Error as _;

use gong_client::{Client, Error, Method};
use gong_sandbox::Fault;
use serde_json::json;

use crate::support::World;

/// No part of a secret, nor what signs a request with it.
#[track_caller]
fn hidden(world: &World, shown: &str) {
    let (key, secret) = (world.sandbox.access_key(), world.sandbox.access_key_secret());
    let token = world.sandbox.access_token();
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
fn clients(world: &World) -> [Client; 2] {
    let token = world.client().access_token(world.sandbox.access_token());
    [world.gong.clone(), token.build().unwrap()]
}

#[tokio::test]
async fn clients_and_their_builders_show_none() {
    let world = World::new().await;
    let (key, secret) = (world.sandbox.access_key(), world.sandbox.access_key_secret());
    hidden(&world, &format!("{:?}", Client::builder().api_key(key, secret)));
    hidden(&world, &format!("{:#?}", Client::builder().access_token(world.sandbox.access_token())));
    for gong in clients(&world) {
        hidden(&world, &format!("{gong:?} {gong:#?} {:?}", gong.users().list()));
        hidden(&world, &format!("{:?}", gong.request(Method::Get, "/v2/users")));
    }
    let unfit = Client::builder().api_key(key, secret).access_token("x").base_url("nowhere").build().unwrap_err();
    hidden(&world, &everything_of(&unfit));
}

#[tokio::test]
async fn dry_runs_show_none() {
    let world = World::new().await;
    for gong in clients(&world) {
        let planned = gong.dry_run("gong_users_list", json!({})).await.unwrap().remove(0);
        assert!(planned.headers.contains(&("authorization".to_owned(), "<hidden>".to_owned())));
        hidden(&world, &format!("{planned:?} {}", planned.to_json()));
        hidden(&world, &format!("{:?}", gong.request(Method::Get, "/v2/users").dry_run().unwrap()));
    }
    assert_eq!(world.sent(), [] as [&str; 0]);
}

#[tokio::test]
async fn errors_show_none_whatever_goes_wrong() {
    let quick = |fault: &Fault| !["delay", "slow drip"].contains(&fault.name());
    for fault in Fault::every().into_iter().filter(quick) {
        for signed_by in [0, 1] {
            let world = World::new().await;
            world.sandbox.inject(fault.clone().times(99));
            if let Err(error) = clients(&world)[signed_by].users().list().send().await {
                hidden(&world, &everything_of(&error));
            }
        }
    }
}

#[tokio::test]
async fn what_arrives_is_signed_all_the_same() {
    let world = World::new().await;
    for gong in clients(&world) {
        gong.users().list().send().await.unwrap();
    }
    let signed: Vec<String> =
        world.sandbox.requests().iter().map(|one| one.header("authorization").unwrap().to_owned()).collect();
    let basic = encoded(&format!("{}:{}", world.sandbox.access_key(), world.sandbox.access_key_secret()));
    assert!(signed[0].starts_with(&format!("Basic {basic}")), "this test looks for the right text");
    assert_eq!(signed[1], format!("Bearer {}", world.sandbox.access_token()));
}

#[tokio::test]
async fn what_an_answer_repeats_of_a_secret_is_not_shown() {
    for (index, status) in [0, 1].into_iter().flat_map(|index| [400, 401, 403, 404, 500].map(|status| (index, status)))
    {
        for kind in ["application/json", "text/html"] {
            let world = World::new().await;
            let gong = clients(&world).into_iter().nth(index).unwrap();
            gong.users().list().send().await.unwrap();
            let sent = world.last().header("authorization").unwrap().to_owned();
            let signature = sent.split_once(' ').unwrap().1;
            let bare = [world.sandbox.access_key_secret(), world.sandbox.access_token()][index];
            let echo = json!({"requestId": signature, "errors": [format!("not {sent}, nor {bare}")]}).to_string();
            world.sandbox.inject(Fault::page(status, kind, echo).times(20));
            let error = gong.users().list().send().await.unwrap_err();
            let shown = everything_of(&error);
            assert!(!shown.contains(bare) && !shown.contains(signature), "{status} {kind}: {shown}");
            assert!(!error.answer().unwrap().text().contains(signature), "nor in the answer that is kept");
        }
    }
}
