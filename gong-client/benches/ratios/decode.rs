//! Decoding alone, from bytes in memory.

use std::hint::black_box;

use gong_client::models;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::{Side, answers, floor, server};

/// Decodes so many times and gives the number of bytes read.
pub(crate) fn run(work: &str, side: Side, count: usize) -> usize {
    match (work, side) {
        ("decode", Side::Ours) => each::<models::TranscriptsPage>(&transcript(), count),
        ("decode", Side::Floor) => each::<floor::TranscriptsPage>(&transcript(), count),
        (_, Side::Ours) => each::<models::UsersPage>(&answers::users(100), count),
        (_, Side::Floor) => each::<floor::UsersPage>(&answers::users(100), count),
    }
}

/// By way of a tree of values: what is not to be done.
pub(crate) fn as_value(count: usize) -> usize {
    let json = transcript();
    for _ in 0..count {
        let value: Value = serde_json::from_slice(json.as_bytes()).unwrap();
        black_box(serde_json::from_value::<floor::TranscriptsPage>(value).unwrap());
    }
    json.len() * count
}

/// By way of a reader: what is not to be done either.
pub(crate) fn from_reader(count: usize) -> usize {
    let json = transcript();
    for _ in 0..count {
        let reader = std::io::BufReader::new(json.as_bytes());
        black_box(serde_json::from_reader::<_, floor::TranscriptsPage>(reader).unwrap());
    }
    json.len() * count
}

pub(crate) fn transcript() -> String {
    answers::transcript(server::TRANSCRIPT)
}

fn each<T: DeserializeOwned>(json: &str, count: usize) -> usize {
    for _ in 0..count {
        black_box(serde_json::from_slice::<T>(black_box(json.as_bytes())).unwrap());
    }
    json.len() * count
}
