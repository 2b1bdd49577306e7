//! A client of Gong's public API: calls, transcripts, users, statistics, the library and Engage.
//!
//! Every tool is a typed method, and can be called by its name with JSON besides, as agents and shells do. What a tool
//! is comes from one YAML spec: the methods, their parameters and models are generated, and this crate's own code is
//! the runtime that they stand on.
//!
//! ```
//! use gong_client::{Client, DateTime};
//! use serde_json::json;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> gong_client::Result<()> {
//! let gong = Client::builder().api_key("key", "secret").build()?;
//! let monday: DateTime = "2026-11-16T00:00:00Z".parse()?;
//!
//! // What would be sent, without sending it. `.await` sends it, `.items()` streams what comes back.
//! let typed = gong.calls().list().from_date_time(monday).dry_run().await?;
//! let by_name = gong.dry_run("gong_calls_list", json!({"from_date_time": "2026-11-16T00:00:00Z"})).await?;
//! assert_eq!(typed, by_name);
//! assert_eq!(typed[0].url, "https://api.gong.io/v2/calls?fromDateTime=2026-11-16T00:00:00Z");
//!
//! // An input with faults is refused with all of them, before anything is sent.
//! let error = gong.call("gong_calls_list", json!({"fromDateTime": 1, "cursor": []})).await.unwrap_err();
//! assert_eq!(error.violations().len(), 2);
//! # Ok(())
//! # }
//! ```
//!
//! # The path of a call
//!
//! ```text
//! caller ─ params ─> fill (defaults) ─> check (every limit) ─> run (look-ups, chunks, steps)
//!        ─> request ─> exchange (permit, sign, send, judge, decode; again if need be) ─> answer, page or stream
//! ```
//!
//! Each folder is a room that can be read alone. A room knows those before it in this list and none behind it:
//!
//! * `base`: errors, ids, times, secrets, the endpoints that these may go to, and the clock behind a seam
//! * `input`: what a caller gives, read from JSON, held to its limits and written into a request
//! * `decode`: answers read into models, and saved from single broken items
//! * `auth`: how a request is signed
//! * `limiter`: how much may be sent, and when
//! * `transport`: a request sent as often as it takes, and what its answer means. Nothing else talks to the network
//! * `call`: a tool's requests from its parameters to its answer
//! * `page`: pages and items as streams, and what one tool looks up with another
//! * `client`: [`Client`], how it is made, and the requests that callers make themselves
//! * `runtime`: what generated code may name; and `generated`, which is made of it
//! * `catalog` and `by_name`: tools that are found at run time; [`transcripts`]: names put to who speaks in a call
//! * `download`: a call's recording into a file
//!
//! # Tests of your own code
//!
//! The page "Test your own code" of the guide (`docs/guide/testing.md`) has whole examples: against the embedded Gong
//! of the crate `gong-sandbox`, and without a server by [`ToolCall::dry_run`], models read from JSON,
//! [`Answer::from`], [`Error::from`] and [`ClientBuilder::environment`].
//!
//! # What it never does
//!
//! * It never sends the credentials to another host than the account's own: redirects are not followed, and a request
//!   of the caller's own making takes a path, not an address.
//! * It never shows a secret: not in `Debug`, not in an error, not in a dry run.
//! * It never drops anything in silence: a parameter that Gong has no place for is named in [`Answer::notices`], one
//!   that is unknown is refused, a value that an enum does not know is kept ([`Other`]), an item that cannot be read is
//!   in [`Answer::unreadable`], and the answer as it came is in [`Answer::raw`].
//! * No module of the runtime knows a tool or a parameter by name. Only what is generated does, and `transcripts`,
//!   which stands on the typed methods as a caller would.

pub mod catalog;
pub mod transcripts;

mod auth;
mod base;
mod by_name;
#[cfg(test)]
mod by_name_tests;
mod call;
mod client;
mod decode;
mod download;
#[rustfmt::skip]
mod generated;
mod input;
mod limiter;
mod page;
mod runtime;
#[cfg(test)]
mod testing;
mod transport;

/// The examples of `docs/production.md`, which compile.
#[cfg(doctest)]
#[doc = include_str!("../../docs/production.md")]
mod production {}

/// The examples of `docs/guide/files.md`, likewise.
#[cfg(doctest)]
#[doc = include_str!("../../docs/guide/files.md")]
mod files {}

pub use auth::token_source::{AccessToken, TokenSource};
pub use base::endpoint::Endpoint;
pub use base::environment::{BoxFuture, Environment, System};
pub use base::error::BoxError;
pub use base::error::{Error, ErrorKind, Phase, Result};
pub use base::id::{Id, Kind};
pub use base::method::Method;
pub use base::progress::Progress;
pub use base::raw_answer::RawAnswer;
pub use base::secret::Secret;
pub use base::text;
pub use base::time::{Date, DateTime, Timestamp};
pub use base::violation::Violation;
pub use by_name::NamedCall;
pub use call::answer::Answer;
pub use client::builder::ClientBuilder;
pub use client::handle::Client;
pub use client::invocation::ToolCall;
pub use client::raw_request::RawRequest;
pub use client::wait::Wait;
pub use decode::excerpt::{Excerpt, Fields, Wanted};
pub use decode::open_enum::Other;
pub use decode::salvage::Unreadable;
pub use download::{Download, Track};
pub use generated::*;
pub use input::upload::Upload;
pub use limiter::rate_limiter::{AcquireError, RateLimiter};
pub use limiter::{Ledger, Limiter, Quota, RateLimit, Turn, Usage};
pub use page::{Items, NewestFirst, Pages};
pub use transport::event::Event;
pub use transport::plan::PlannedRequest;
pub use transport::retry::{Backoff, FailedTry, Retry, RetryPolicy};
