use super::*;
use crate::world::System;

const PLACE: &[&str] = &["account", "gong", "ann"];

#[test]
fn a_record_opens_at_its_place_only() {
    let keys = Keys::random().unwrap();
    let sealed = seal(&keys, &System, PLACE, b"visible").unwrap();
    assert!(!sealed.windows(7).any(|window| window == b"visible"));
    assert_eq!(open(&keys, PLACE, &sealed).unwrap().as_slice(), b"visible");
    for other in [&["account", "gong", "bob"][..], &["account", "gongann", ""], &["account", "gong"]] {
        assert_eq!(open(&keys, other, &sealed).unwrap_err().kind(), ErrorKind::Store);
    }
}

#[test]
fn a_changed_record_does_not_open() {
    let keys = Keys::random().unwrap();
    let sealed = seal(&keys, &System, PLACE, b"visible").unwrap();
    for at in 0..sealed.len() {
        let mut changed = sealed.clone();
        changed[at] ^= 1;
        assert!(open(&keys, PLACE, &changed).is_err(), "byte {at}");
        assert!(open(&keys, PLACE, &sealed[..at]).is_err(), "the first {at} bytes");
    }
}

#[test]
fn another_key_is_told_apart_from_a_changed_record() {
    let sealed = seal(&Keys::random().unwrap(), &System, PLACE, b"visible").unwrap();
    assert_eq!(open(&Keys::random().unwrap(), PLACE, &sealed).unwrap_err().kind(), ErrorKind::WrongKey);
}

#[test]
fn an_old_key_still_opens_and_the_new_one_seals() {
    let (old, new) = ("11".repeat(32), "22".repeat(32));
    let sealed = seal(&Keys::parse(&old).unwrap(), &System, PLACE, b"visible").unwrap();
    let both = Keys::parse(&format!("{new},{old}")).unwrap();
    assert_eq!(open(&both, PLACE, &sealed).unwrap().as_slice(), b"visible");
    assert!(!is_current(&both, &sealed));
    let again = seal(&both, &System, PLACE, b"visible").unwrap();
    assert_eq!(open(&Keys::parse(&new).unwrap(), PLACE, &again).unwrap().as_slice(), b"visible");
}
