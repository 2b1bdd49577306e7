//! The client that callers hold, how it is made, calls as they are put together, and requests of the caller's own
//! making. It never sends by itself: what it is asked for goes to the rooms below, which do not know it.

pub(crate) mod builder;
pub(crate) mod entry;
#[cfg(test)]
mod exchange_tests;
pub(crate) mod handle;
pub(crate) mod invocation;
pub(crate) mod raw_request;
#[cfg(test)]
mod repeat_tests;
#[cfg(test)]
mod transport_tests;
#[cfg(test)]
mod upload_tests;
pub(crate) mod wait;
