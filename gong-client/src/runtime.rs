//! What generated code stands on. A generated tool is a short declarative chain of these; nothing here knows a tool's
//! or a parameter's name.

/// Everything that a generated file uses, what Rust has of itself too: a file calls it by this module, so that no type
/// that an author declares can hide it.
#[allow(unused_imports)] // which of it a spec needs is the spec's affair
pub(crate) mod prelude {
    pub(crate) use crate::base::environment::BoxFuture;
    pub(crate) use crate::base::error::{Error, Result, failed};
    pub(crate) use crate::base::id::{Id, Kind, id_kinds};
    pub(crate) use crate::base::service::Service;
    pub(crate) use crate::base::time::{Date, DateTime, Timestamp};
    pub(crate) use crate::call::expected::Expected;
    pub(crate) use crate::call::facts::{Effect, Facts};
    pub(crate) use crate::call::fill::Fill;
    pub(crate) use crate::call::job::Job;
    pub(crate) use crate::call::nested::{Nested, nested};
    pub(crate) use crate::call::request::Request;
    pub(crate) use crate::call::run::{ElementPage, Run};
    pub(crate) use crate::call::tool::{Join, Listing, Timeline, Tool, TypedTool};
    pub(crate) use crate::call::values::{
        chunks, constant_if, converted, date, day_between, elements, end_date, has, has_then, is_default, list_of,
        map_of, of_json, offset_of, only, recast, same_email, same_text, sent_as, unless_blank,
    };
    pub(crate) use crate::client::entry::Handler;
    pub(crate) use crate::client::handle::Client;
    pub(crate) use crate::client::invocation::{Invocation, items, newest_first, pages, tool_call, wait};
    pub(crate) use crate::decode::open_enum::{Other, open_enum};
    pub(crate) use crate::decode::record::{AnyAnswer, of_type, record};
    pub(crate) use crate::input::body::Body;
    pub(crate) use crate::input::check::Check;
    pub(crate) use crate::input::json::{FromJson, ToJson};
    pub(crate) use crate::input::object::Input;
    pub(crate) use crate::input::text::shown;
    pub(crate) use crate::input::upload::Upload;
    pub(crate) use serde_json::Value as Json;
    pub(crate) use std::{
        boxed::Box,
        collections::BTreeMap,
        convert::{Into, TryInto},
        default::Default,
        iter::IntoIterator,
        option::Option,
        string::String,
        vec::Vec,
    };
}
