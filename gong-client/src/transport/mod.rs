//! One request on the network, as often as it takes, and what its answer means. It knows no tool and no type of an
//! answer.

mod envelope;
pub(crate) mod event;
pub(crate) mod exchange;
pub(crate) mod plan;
pub(crate) mod prepared;
pub(crate) mod received;
pub(crate) mod repeated;
pub(crate) mod retry;
mod retry_after;
pub(crate) mod send;
pub(crate) mod shared;
pub(crate) mod verdict;
