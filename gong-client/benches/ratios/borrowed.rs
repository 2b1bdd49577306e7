//! Decoding in bulk without owning the text.

use crate::Side;

/// Decodes so many times and gives the number of bytes read; the client has no borrowed form yet.
pub(crate) fn run(_: Side, _: usize) -> usize {
    0
}
