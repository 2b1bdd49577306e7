//! The handlers, one module for each group of operations as Gong groups them.

pub(crate) mod activity;
pub(crate) mod assign;
pub(crate) mod bulk;
pub(crate) mod call_access;
pub(crate) mod calls;
pub(crate) mod coaching;
pub(crate) mod content;
pub(crate) mod content_events;
pub(crate) mod crm;
pub(crate) mod engagement;
pub(crate) mod entities;
pub(crate) mod extensive;
pub(crate) mod flows;
pub(crate) mod integration_settings;
pub(crate) mod library;
pub(crate) mod logs;
pub(crate) mod meetings;
pub(crate) mod permissions;
pub(crate) mod privacy;
pub(crate) mod recording;
mod selector;
pub(crate) mod settings;
pub(crate) mod stats;
pub(crate) mod targets;
pub(crate) mod tasks;
pub(crate) mod users;

/// Whether a value passes a filter that may be absent.
fn passes(wanted: Option<&str>, value: &str) -> bool {
    wanted.is_none_or(|wanted| wanted == value)
}

/// Whether a value is among those asked for; an absent list asks for all.
fn among(wanted: Option<&[String]>, value: &str) -> bool {
    wanted.is_none_or(|wanted| wanted.iter().any(|known| known == value))
}

/// Whether an instant lies in a range of which either end may be open; the end is excluded.
fn within(from: Option<i64>, to: Option<i64>, at: i64) -> bool {
    from.is_none_or(|from| at >= from) && to.is_none_or(|to| at < to)
}
