//! One call of a tool: its defaults, its checks, its requests and its answer.

pub(crate) mod answer;
pub(crate) mod by_name;
pub(crate) mod expected;
pub(crate) mod fill;
pub(crate) mod nested;
pub(crate) mod request;
pub(crate) mod run;
pub(crate) mod tool;
pub(crate) mod values;
