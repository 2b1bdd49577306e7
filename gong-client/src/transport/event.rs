//! What a client reports of each request, for metrics.

use std::fmt;
use std::sync::Arc;
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

/// The function that is called with each event.
#[derive(Clone)]
pub(crate) struct Observer(Arc<dyn Fn(&Event) + Send + Sync>);

impl Observer {
    pub(crate) fn new(tell: impl Fn(&Event) + Send + Sync + 'static) -> Self {
        Observer(Arc::new(tell))
    }

    pub(crate) fn tell(&self, event: &Event) {
        (self.0)(event);
    }
}

impl fmt::Debug for Observer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Observer")
    }
}
