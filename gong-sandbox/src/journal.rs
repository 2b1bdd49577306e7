//! The requests that arrived, as far back as there is room for them.

use std::collections::BTreeMap;

use crate::record::RecordedRequest;

/// How many requests are kept, …
const REQUESTS: usize = 10_000;
/// … and how many bytes of their bodies. The last request is kept however long it is.
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
mod tests {
    use std::time::Duration;

    use super::*;

    fn request(body: usize) -> RecordedRequest {
        RecordedRequest {
            method: "POST".to_string(),
            path: "/v2/calls".to_string(),
            query: Vec::new(),
            headers: Vec::new(),
            body: vec![b'x'; body],
            arrived: Duration::ZERO,
            carried_out: false,
            status: None,
            fault: None,
        }
    }

    #[test]
    fn the_oldest_make_room_for_the_newest() {
        let mut journal = Journal::default();
        (0..REQUESTS as u64 + 5).for_each(|number| journal.add(number, request(1)));
        assert_eq!((journal.iter().count(), journal.bytes), (REQUESTS, REQUESTS));
        assert!(journal.get_mut(4).is_none() && journal.get_mut(5).is_some());
        (0..5).for_each(|number| journal.add(20_000 + number, request(BYTES / 3)));
        assert_eq!(journal.iter().map(|request| request.body.len()).collect::<Vec<_>>(), [BYTES / 3; 3]);
        journal.add(30_000, request(BYTES + 1));
        assert_eq!(journal.iter().count(), 1, "the last is there whatever its length");
        journal.add(30_001, request(1));
        assert_eq!((journal.iter().count(), journal.bytes), (1, 1));
        journal.clear();
        assert_eq!((journal.iter().count(), journal.bytes), (0, 0));
    }
}
