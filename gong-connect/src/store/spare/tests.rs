use super::*;
use crate::world::System;

#[test]
fn the_room_is_there_until_it_is_given_up() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("gong.db");
    let length = || fs::metadata(beside(&store)).map(|found| found.len()).unwrap_or(0);
    for _ in 0..2 {
        keep(&store, &System).unwrap();
        assert_eq!(length(), BYTES as u64);
    }
    fs::write(beside(&store), "half").unwrap();
    keep(&store, &System).unwrap();
    assert_eq!(length(), BYTES as u64, "a process that died while it wrote leaves no half of it");
    give_up(&store);
    assert_eq!(length(), 0);
    assert!(keep(&folder.path().join("nowhere/gong.db"), &System).is_err());
}
