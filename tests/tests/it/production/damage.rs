//! Whatever comes back is read or is an error, and never a panic: real answers of every tool that reads, damaged,
//! and JSON that is no such answer.

use std::sync::{Arc, Mutex};

use gong_client::{Backoff, Client, catalog};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::support::World;
use crate::tools::{any_json, inputs};

/// What the server answers to everything.
type Reply = Arc<Mutex<(u16, &'static str, Vec<u8>)>>;

/// A server that knows one answer; gives its address.
async fn serve(reply: Reply) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((connection, _)) = listener.accept().await {
            let (status, kind, body) = reply.lock().unwrap().clone();
            tokio::spawn(answer(connection, status, kind, body));
        }
    });
    address
}

async fn answer(mut connection: TcpStream, status: u16, kind: &str, body: Vec<u8>) {
    // Requests here fit into one read; what they say makes no difference.
    let _ = connection.read(&mut [0; 64 * 1024]).await;
    let length = body.len();
    let head = format!("HTTP/1.1 {status} X\r\ncontent-type: {kind}\r\ncontent-length: {length}\r\n");
    let _ = connection.write_all(format!("{head}connection: close\r\n\r\n").as_bytes()).await;
    let _ = connection.write_all(&body).await;
}

/// A tool that reads, an input of it, and what Gong answers.
type Sample = (&'static str, Value, Vec<u8>);

async fn samples() -> Vec<Sample> {
    let world = World::new().await;
    let mut samples = Vec::new();
    for (name, input) in inputs(&world.company()) {
        if catalog::tool(name).unwrap().effect == catalog::Effect::Read && !input.is_null() {
            let answer = world.gong.call(name, input.clone()).await.unwrap();
            samples.push((name, input, answer.raw().last().unwrap().bytes().to_vec()));
        }
    }
    samples
}

/// One thing that can happen to bytes.
#[derive(Clone, Debug)]
enum Damage {
    Cut(usize),
    Drop(usize, usize),
    Put(usize, Vec<u8>),
    Instead(Vec<u8>),
}

fn any_damage() -> impl Strategy<Value = Damage> {
    let bits: &[&[u8]] = &[
        b"null",
        b"{}",
        b"[]",
        b"-1",
        b"1e999",
        b"\"",
        b"}",
        b"]",
        b",",
        b"{\"id\":",
        b"\\ud800",
        b"\xff\xfe",
        b"\x00",
        b"9223372036854775808",
        b"\"\\u0000\"",
        b"<html>",
    ];
    let bits: Vec<Vec<u8>> = bits.iter().map(|bytes| bytes.to_vec()).collect();
    prop_oneof![
        1 => any::<usize>().prop_map(Damage::Cut),
        3 => (any::<usize>(), 1..40_usize).prop_map(|(place, length)| Damage::Drop(place, length)),
        6 => (any::<usize>(), select(bits)).prop_map(|(place, bytes)| Damage::Put(place, bytes)),
        2 => (any::<usize>(), any::<u8>()).prop_map(|(place, byte)| Damage::Put(place, vec![byte])),
        1 => prop::collection::vec(any::<u8>(), 0..60).prop_map(Damage::Instead),
        1 => ".{0,80}".prop_map(|text| Damage::Instead(text.into())),
        6 => any_users().prop_map(|json| Damage::Instead(json.to_string().into())),
    ]
}

/// JSON where users should be, and around.
fn any_users() -> impl Strategy<Value = Value> {
    prop_oneof![
        any_json(),
        any_json().prop_map(|users| json!({"users": users, "records": users})),
        any_json().prop_map(|user| json!({"users": [user]})),
    ]
}

fn damaged(good: &[u8], damage: Damage) -> Vec<u8> {
    let mut bytes = good.to_vec();
    match damage {
        Damage::Cut(place) => bytes.truncate(place % good.len()),
        Damage::Drop(place, length) => {
            let begin = place % good.len();
            bytes.drain(begin..(begin + length).min(good.len()));
        }
        // In place of as many bytes as there are: a value that becomes another, more often than a syntax error.
        Damage::Put(place, new) => {
            let begin = place % good.len();
            bytes.splice(begin..(begin + new.len()).min(good.len()), new);
        }
        Damage::Instead(new) => return new,
    }
    bytes
}

#[test]
fn damaged_answers_of_every_tool_are_read_or_told_apart() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let reply = Reply::default();
    let (address, samples) = runtime.block_on(async { (serve(reply.clone()).await, samples().await) });
    let gong = Client::builder().access_token("t").base_url(address).rate_limit(None).retry(Arc::new(Backoff::never()));
    let gong = gong.build().unwrap();
    let cases = ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() };
    let statuses = prop_oneof![
        4 => Just(200_u16),
        1 => select(&[202_u16, 204, 302, 400, 401, 403, 404, 409, 418, 429, 500][..]),
    ];
    let kinds = prop_oneof![4 => Just("application/json"), 1 => select(&["text/html", "application/octet-stream"][..])];
    proptest!(cases, |(at in 0..samples.len(), status in statuses, kind in kinds, damage in any_damage())| {
        let (tool, input, good) = &samples[at];
        *reply.lock().unwrap() = (status, kind, damaged(good, damage));
        match runtime.block_on(gong.call(tool, input.clone()).into_future()) {
            Ok(answer) => prop_assert!(answer.is_object()),
            Err(error) => {
                let told = [error.to_string(), format!("{error:?}")];
                prop_assert!(told.iter().all(|text| !text.is_empty()));
            }
        }
        match runtime.block_on(gong.users().list().send()) {
            Ok(page) => prop_assert!((200..300).contains(&page.raw()[0].status()) || page.users.is_empty()),
            Err(error) => prop_assert!(!error.to_string().is_empty()),
        }
    });
}
