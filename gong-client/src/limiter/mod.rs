//! How much may be sent, and when. It counts requests and never sees one.

mod ledger;
mod local;
pub(crate) mod permits;
mod quota;
pub(crate) mod registry;

pub use ledger::{Ledger, Turn};
pub use local::Limiter;
pub use quota::{Quota, RateLimit, Usage};
