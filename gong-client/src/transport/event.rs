//! What a client reports of each request, for metrics.

use std::time::Duration;

use crate::base::error::ErrorKind;
use crate::base::method::Method;

/// A request that is over, with all its tries. It holds no secret and nothing of what was sent or answered.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Event {
    /// The tool that sent it; none for a request of the caller's own making.
    pub tool: Option<&'static str>,
    /// Its method.
    pub method: Method,
    /// Its path, without the query.
    pub path: String,
    /// The status of the last answer.
    pub status: Option<u16>,
    /// What went wrong in the end, if anything.
    pub error: Option<ErrorKind>,
    /// How often it was sent.
    pub tries: u32,
    /// How long it waited: for its turn, and between tries.
    pub waited: Duration,
    /// How long all of it took.
    pub took: Duration,
    /// How many bytes the answer has, decompressed.
    pub bytes: usize,
    /// Gong's id of the last try.
    pub request_id: Option<String>,
}
