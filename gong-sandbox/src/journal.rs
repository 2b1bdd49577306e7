//! The requests that arrived, as far back as there is room for them.

use std::collections::BTreeMap;

use crate::record::RecordedRequest;

/// How many requests are kept.
const REQUESTS: usize = 10_000;
/// How many bytes of bodies are kept. The last request is kept however long it is.
const BYTES: usize = 64 * 1024 * 1024;

/// The last requests, by their numbers.
#[derive(Debug, Default)]
pub(crate) struct Journal {
    requests: BTreeMap<u64, RecordedRequest>,
    bytes: usize,
}

impl Journal {
    pub(crate) fn add(&mut self, number: u64, request: RecordedRequest) {
        self.bytes += request.body.len();
        self.requests.insert(number, request);
        while self.requests.len() > 1 && (self.requests.len() > REQUESTS || self.bytes > BYTES) {
            if let Some((_, oldest)) = self.requests.pop_first() {
                self.bytes -= oldest.body.len();
            }
        }
    }

    /// A request that is under way, unless there was no room for it.
    pub(crate) fn get_mut(&mut self, number: u64) -> Option<&mut RecordedRequest> {
        self.requests.get_mut(&number)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &RecordedRequest> {
        self.requests.values()
    }

    pub(crate) fn clear(&mut self) {
        *self = Self::default();
    }
}

#[cfg(test)]
mod tests;
