//! A first draft of a tool: from a few facts about it, or from an operation of an OpenAPI document, to lines in the
//! files of the spec. Its sentences are made of names, never of another's text, and are listed for a person to better.

mod entry;
mod example;
mod openapi;
mod parts;
mod service;
mod words;
mod write;

pub(crate) use openapi::from_openapi;
pub(crate) use parts::{Draft, Param};
pub(crate) use write::{Written, shown, write};

#[cfg(test)]
mod tests;
