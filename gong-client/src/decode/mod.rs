//! What an answer says: JSON read into models and written out of them again. It never sees a request, never takes more
//! memory than it is given, and never loses an answer because one of its items is broken.

mod any_json;
pub(crate) mod excerpt;
mod fields;
pub(crate) mod memory;
pub(crate) mod open_enum;
pub(crate) mod read;
pub(crate) mod record;
pub(crate) mod salvage;
pub(crate) mod scan;
pub(crate) mod slot;
pub(crate) mod text;
pub(crate) mod wire;
