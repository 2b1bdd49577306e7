//! How a chore ends.

use std::io;

/// Nothing, or else what is wrong.
pub(crate) type Ended = Result<(), Failed>;

/// What is wrong, and the exit code that says so.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Failed {
    /// What is told; nothing where it was told already.
    pub(crate) told: String,
    pub(crate) code: u8,
}

impl Failed {
    /// A failure that was told already.
    pub(crate) fn silently(code: u8) -> Self {
        Failed { told: String::new(), code }
    }
}

impl From<String> for Failed {
    fn from(told: String) -> Self {
        Failed { told, code: 1 }
    }
}

impl From<io::Error> for Failed {
    fn from(error: io::Error) -> Self {
        Failed::from(format!("error: {error}"))
    }
}
