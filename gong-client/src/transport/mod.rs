//! One request on the network, sent as often as it takes, and what its answer means. It never sends credentials to
//! another host than theirs, never repeats what could be done twice, and knows no tool and no model.

mod envelope;
pub(crate) mod event;
pub(crate) mod exchange;
pub(crate) mod form;
pub(crate) mod plan;
pub(crate) mod prepared;
pub(crate) mod received;
pub(crate) mod repeated;
pub(crate) mod retry;
mod retry_after;
pub(crate) mod send;
pub(crate) mod shared;
pub(crate) mod verdict;
