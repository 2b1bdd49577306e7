//! What generated code stands on. A generated tool is a short declarative chain of these; nothing here knows a tool's
//! or a parameter's name.

pub(crate) mod ask;
pub(crate) mod body;
pub(crate) mod check;
pub(crate) mod expected;
pub(crate) mod fill;
pub(crate) mod given;
pub(crate) mod input;
pub(crate) mod json;
pub(crate) mod nested;
pub(crate) mod open_enum;
pub(crate) mod record;
pub(crate) mod repeated;
pub(crate) mod request;
pub(crate) mod room;
pub(crate) mod run;
pub(crate) mod slot;
pub(crate) mod tool;
pub(crate) mod values;
pub(crate) mod wire;

/// Everything that a generated file uses, what Rust has of itself too: a file calls it by this module, so that no type
/// that an author declares can hide it.
#[allow(unused_imports)] // which of it a spec needs is the spec's affair
pub(crate) mod prelude {
    pub(crate) use super::body::Body;
    pub(crate) use super::check::Check;
    pub(crate) use super::expected::Expected;
    pub(crate) use super::fill::Fill;
    pub(crate) use super::input::Input;
    pub(crate) use super::json::{FromJson, ToJson};
    pub(crate) use super::nested::{Nested, nested};
    pub(crate) use super::open_enum::{Other, open_enum};
    pub(crate) use super::record::record;
    pub(crate) use super::request::Request;
    pub(crate) use super::run::{ElementPage, Run};
    pub(crate) use super::tool::{Facts, Join, Listing, Paged, Timeline, Tool};
    pub(crate) use super::values::{
        Constant, Only, True, chunks, constant_if, converted, date, day_between, elements, end_date, has, has_then,
        is_default, list_of, map_of, of_json, offset_of, only, recast, same_email, same_text, sent_as, shown,
        unless_blank,
    };
    pub(crate) use crate::catalog::{self, Effect, Handler, Param, Route};
    pub(crate) use crate::client::Client;
    pub(crate) use crate::environment::BoxFuture;
    pub(crate) use crate::error::{Error, Result, failed};
    pub(crate) use crate::id::{Id, Kind, id_kinds};
    pub(crate) use crate::invocation::Invocation;
    pub(crate) use crate::service::Service;
    pub(crate) use crate::time::{Date, DateTime, Timestamp};
    pub(crate) use serde_json::Value as Json;
    pub(crate) use std::{
        boxed::Box, collections::BTreeMap, convert::Into, default::Default, iter::IntoIterator, option::Option,
        string::String, vec::Vec,
    };
}
