//! The content selector of the extensive list: what is asked for beside the basic record of a call.

use serde_json::Value;

use crate::{
    access::MEDIA_SCOPE,
    input::{Fields, Input},
    refusal::Refusal,
};

/// How much of the CRM an answer holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Context {
    None,
    /// Which objects are linked.
    Basic,
    /// Their fields too.
    Extended,
}

/// What is asked for beside the basic record.
#[derive(Debug)]
pub(super) struct Selector<'a> {
    pub(super) context: Context,
    pub(super) timings: Vec<String>,
    exposed: Option<&'a Value>,
}

impl<'a> Selector<'a> {
    pub(super) fn read(input: &'a Input) -> Result<Self, Refusal> {
        let none = Self { context: Context::None, timings: Vec::new(), exposed: None };
        let Some(selector) = input.fields()?.value("contentSelector") else {
            return Ok(none);
        };
        let fields = Fields::of(selector)?;
        let context = match fields.one_of("context", &["None", "Basic", "Extended"])? {
            Some("Extended") => Context::Extended,
            Some("Basic") => Context::Basic,
            _ => Context::None,
        };
        let timings = fields.texts("contextTiming")?.unwrap_or_else(|| vec!["Now".to_string()]);
        let selector = Self { context, timings, exposed: fields.value("exposedFields") };
        if selector.wants("/media") {
            input.grant.demand(MEDIA_SCOPE)?;
        }
        Ok(selector)
    }

    /// Whether the field at this JSON pointer below `exposedFields` is switched on.
    pub(super) fn wants(&self, pointer: &str) -> bool {
        self.exposed.and_then(|exposed| exposed.pointer(pointer)).is_some_and(|flag| flag == true)
    }
}
