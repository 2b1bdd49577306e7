//! What every other room stands on: errors, ids, times, texts, secrets, the endpoints that secrets may go to, and the
//! world outside behind a seam. It sends nothing and knows no tool.

pub(crate) mod cache;
pub(crate) mod endpoint;
pub(crate) mod environment;
pub(crate) mod error;
pub(crate) mod id;
pub(crate) mod json_place;
pub(crate) mod listener;
pub(crate) mod method;
pub(crate) mod progress;
pub(crate) mod raw_answer;
pub(crate) mod secret;
pub(crate) mod service;
pub mod text;
pub(crate) mod time;
pub(crate) mod violation;
