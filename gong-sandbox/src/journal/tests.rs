use std::time::Duration;

use super::*;

fn request(body: usize) -> RecordedRequest {
    RecordedRequest {
        method: "POST".to_string(),
        path: "/v2/calls".to_string(),
        query: Vec::new(),
        headers: Vec::new(),
        body: vec![b'x'; body],
        parts: Vec::new(),
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
