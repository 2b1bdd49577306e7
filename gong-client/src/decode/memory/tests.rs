//! Tests of `memory`.

use super::*;

#[test]
fn room_is_taken_until_there_is_none() {
    assert_eq!(within(100, || take(60)), Some((true, 60)));
    assert_eq!(within(100, || take(60) && take(60)), None);
    assert!(within(100, || take(usize::MAX) || take(1)).is_none(), "full is full");
    assert!(take(usize::MAX), "outside it is endless");
}

#[test]
fn a_room_within_a_room_is_its_own() {
    let outer = within(100, || (take(10), within(5, || take(10)), take(10)));
    assert_eq!(outer, Some(((true, None, true), 20)));
}
