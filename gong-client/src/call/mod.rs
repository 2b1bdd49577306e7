//! One call of a tool: its defaults, its checks, its requests and its answer.

pub(crate) mod answer;
pub(crate) mod expected;
pub(crate) mod facts;
pub(crate) mod fill;
pub(crate) mod from_json;
pub(crate) mod nested;
pub(crate) mod perform;
pub(crate) mod request;
pub(crate) mod run;
pub(crate) mod tool;
pub(crate) mod values;
