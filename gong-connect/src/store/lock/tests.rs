use super::*;

#[test]
fn one_at_a_time_has_it_and_nothing_stays() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("lock");
    let first = file(&path).unwrap().unwrap();
    assert!(file(&path).unwrap().is_none());
    drop(first);
    assert!(!path.exists());
    fs::write(&path, "").unwrap();
    assert!(file(&path).unwrap().is_some(), "one that a process left behind is free");
}
