//! One call of a tool: its defaults, its checks, its requests and its answer. It never talks to the network itself, and
//! knows no tool by name.

// What of the language a spec uses is the spec's affair; the specs of the tests together use all of it.
#![allow(dead_code)]

pub(crate) mod answer;
pub(crate) mod expected;
pub(crate) mod facts;
pub(crate) mod fill;
pub(crate) mod from_json;
pub(crate) mod job;
pub(crate) mod nested;
pub(crate) mod perform;
pub(crate) mod request;
pub(crate) mod run;
pub(crate) mod tool;
pub(crate) mod values;
