use super::*;
use crate::world::System;

#[test]
fn a_key_is_read_from_either_spelling() {
    let bytes = [0xAB; 32];
    let by_base64 = Keys::parse(&STANDARD.encode(bytes)).unwrap();
    let by_digits = Keys::parse(&"ab".repeat(32)).unwrap();
    assert_eq!(by_base64.current().unwrap().id, by_digits.current().unwrap().id);
    assert!(!format!("{by_base64:?}").contains("171"));
}

#[test]
fn what_is_no_key_is_refused_without_being_repeated() {
    for text in ["", "  ,", "c2hvcnQ=", &"zz".repeat(32)] {
        let fault = Keys::parse(text).unwrap_err().to_string();
        assert!(text.trim().len() < 4 || !fault.contains(text), "{fault}");
    }
}

#[test]
fn a_key_file_is_made_once_and_only_its_owner_reads_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("key");
    let ids: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> =
            (0..8).map(|_| scope.spawn(|| Keys::made_in_file(&path, &System).unwrap().current().unwrap().id)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert!(ids.iter().all(|id| *id == ids[0]), "all threads see one key");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "no draft is left");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        let fault = Keys::from_file(&path).unwrap_err().to_string();
        assert!(fault.contains("chmod 600"), "{fault}");
    }
}
