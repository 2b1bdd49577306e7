//! Transcripts with names: what was said in a call, joined to who said it.
//!
//! Gong keeps the two apart. A transcript knows its speakers only by ids, and who they are is part of the call's
//! details; a [`Conversation`] is both in one, for people to read and for programs to go through.
//!
//! * [`Client::conversation`](crate::Client::conversation) gets one,
//!   [`Client::conversations`](crate::Client::conversations) many;
//! * [`Conversation::join`] joins what is there already;
//! * a [`Conversation`] is written as text, Markdown, WebVTT or SRT ([`Format`]).
//!
//! `conversation` holds the types, `fetch` asks Gong, `join` joins; `label` and `time` settle names and times so that
//! everything after them can rely on both; `text`, `markdown`, `webvtt` and `srt` write, the last two by way of `cue`.

mod conversation;
mod cue;
mod fetch;
mod format;
mod join;
mod label;
mod markdown;
mod srt;
mod text;
mod time;
mod webvtt;

pub use conversation::{Conversation, Participant, Sentence, Turn};
pub use fetch::Conversations;
pub use format::Format;

/// Compiles the examples of the guide.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/transcripts.md")]
struct Guide;
