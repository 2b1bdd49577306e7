//! How far the transfer of a file has come.

/// How far the transfer of a file has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// The bytes that are through. A transfer that begins again counts from the start.
    pub bytes: u64,
    /// How many there are, where that is known.
    pub total: Option<u64>,
}
