//! How much may be sent, and when: one count for all clients of an account. It never sees a request.

mod ledger;
mod local;
mod quota;
pub(crate) mod rate_limiter;
pub(crate) mod registry;

pub use ledger::{Ledger, Turn};
pub use local::Limiter;
pub use quota::{Quota, RateLimit, Usage};
