//! How far the transfer of a file has come.

use std::fmt;
use std::sync::Arc;

/// How far the transfer of a file has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// The bytes that are through. A transfer that begins again counts from the start.
    pub bytes: u64,
    /// How many there are, where that is known.
    pub total: Option<u64>,
}

/// The function that is told of it.
#[derive(Clone)]
pub(crate) struct Teller(Arc<dyn Fn(Progress) + Send + Sync>);

impl Teller {
    pub(crate) fn new(tell: impl Fn(Progress) + Send + Sync + 'static) -> Self {
        Teller(Arc::new(tell))
    }

    pub(crate) fn tell(&self, bytes: u64, total: Option<u64>) {
        (self.0)(Progress { bytes, total });
    }
}

impl fmt::Debug for Teller {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Teller")
    }
}
