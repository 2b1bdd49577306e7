//! Defaults that need no request: constants, fresh and repeatable keys, instants.

use std::time::SystemTime;

use crate::base::environment::Environment;
use crate::base::time::DateTime;
use crate::base::violation::Faults;
use crate::call::facts::Facts;
use crate::call::values::unless_blank;
use crate::input::json::{FromJson, ToJson};

/// The namespace of the keys that repeat with their inputs; any constant will do, as long as it never changes.
const KEYS: uuid::Uuid = uuid::Uuid::from_u128(0x6b0f_4f1e_91c5_4a53_8d0b_3a8e_5c64_d2a7);

/// Supplies what the caller did not give.
#[derive(Debug)]
pub(crate) struct Fill<'a> {
    environment: &'a dyn Environment,
    tool: &'static Facts,
    /// `None` is the clock's.
    now: Option<SystemTime>,
}

impl<'a> Fill<'a> {
    pub(crate) fn new(environment: &'a dyn Environment, tool: &'static Facts) -> Self {
        Fill { environment, tool, now: None }
    }

    /// At this time, whatever the clock says.
    pub(crate) fn at(environment: &'a dyn Environment, tool: &'static Facts, now: SystemTime) -> Self {
        Fill { environment, tool, now: Some(now) }
    }

    /// Text with nothing in it is what many write for none.
    pub(crate) fn blank(&mut self, slot: &mut Option<String>) {
        if unless_blank(slot).is_none() {
            *slot = None;
        }
    }

    /// A constant of the spec, as JSON.
    pub(crate) fn constant<T: FromJson>(&mut self, slot: &mut Option<T>, json: &str) {
        if slot.is_none() {
            let constant = serde_json::from_str(json);
            debug_assert!(constant.is_ok(), "{json} is not JSON");
            *slot = constant.ok().and_then(|constant| T::from_json(&constant, &mut Faults::default()));
        }
    }

    /// A new random UUID.
    pub(crate) fn fresh_uuid<T: From<String>>(&mut self, slot: &mut Option<T>) {
        if slot.is_none() {
            let halves = u128::from(self.environment.random()) << 64 | u128::from(self.environment.random());
            *slot = Some(uuid::Builder::from_random_bytes(halves.to_be_bytes()).into_uuid().to_string().into());
        }
    }

    /// A UUID that is the same for the same values of the same tool.
    pub(crate) fn hash(&self, values: &[&dyn ToJson]) -> String {
        let mut bytes = Vec::new();
        let mut add = |part: Option<&[u8]>| {
            // With its length before it no part can pass for two, nor an absent one for an empty one.
            let length = part.map_or(u64::MAX, |part| part.len() as u64);
            bytes.extend(length.to_be_bytes());
            bytes.extend(part.unwrap_or_default());
        };
        add(Some(self.tool.name.as_bytes()));
        for value in values {
            let text = value.to_json().map(|value| value.to_string());
            add(text.as_ref().map(String::as_bytes));
        }
        uuid::Uuid::new_v5(&KEYS, &bytes).to_string()
    }

    /// The instant that many days of 24 hours ago.
    pub(crate) fn days_ago(&self, days: u32) -> DateTime {
        DateTime::from(self.now.unwrap_or_else(|| self.environment.now())).days_earlier(days)
    }
}

#[cfg(test)]
mod tests;
