//! What an answer says: JSON read into models and written out of them. It never sees a request, and never fails because
//! of one broken item alone.

mod any_json;
mod fields;
pub(crate) mod memory;
pub(crate) mod open_enum;
pub(crate) mod read;
pub(crate) mod record;
pub(crate) mod salvage;
pub(crate) mod scan;
pub(crate) mod slot;
pub(crate) mod wire;
