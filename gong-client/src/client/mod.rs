//! The client that users hold, and how it is made.

pub(crate) mod builder;
pub(crate) mod entry;
#[cfg(test)]
mod exchange_tests;
pub(crate) mod handle;
pub(crate) mod invocation;
pub(crate) mod raw_request;
#[cfg(test)]
mod transport_tests;
