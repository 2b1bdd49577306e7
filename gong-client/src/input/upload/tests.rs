use std::fs::{self, File};
use std::io::Write as _;
use std::path::PathBuf;
use std::time::Duration;

use super::*;

/// A folder with a file of so many bytes.
fn file(name: &str, size: usize) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, vec![b'x'; size]).unwrap();
    (folder, path)
}

/// All of it, or what is wrong.
fn read(upload: &Upload) -> Result<usize, String> {
    let mut content = upload.content()?;
    let mut total = 0;
    while let Some(piece) = content.next()? {
        total += piece.len();
    }
    Ok(total)
}

#[test]
fn a_file_is_known_by_its_path() {
    let (_folder, path) = file("Call 1.MP3", 3);
    let upload = Upload::open(&path).unwrap();
    assert_eq!((upload.name(), upload.size(), upload.media_type()), ("Call 1.MP3", 3, "audio/mpeg"));
    let other = upload.clone().named("a.unknown").as_media_type("audio/x");
    assert_eq!((other.name(), other.media_type()), ("a.unknown", "audio/x"));
    assert_eq!(upload.named("a.unknown").media_type(), "application/octet-stream");
}

#[test]
fn what_is_no_file_is_told() {
    let (folder, path) = file("x", 1);
    let said = |path: PathBuf| {
        let error = Upload::open(&path).unwrap_err();
        assert_eq!(error.violations()[0].rule, "file");
        error.to_string().replace(folder.path().to_str().unwrap(), "FOLDER")
    };
    assert_eq!(said(folder.path().join("y.mp3")), "must be a file, and \"FOLDER/y.mp3\" does not exist");
    assert_eq!(said(folder.path().to_owned()), "must be a file, and \"FOLDER\" is a folder");
    assert!(said(path.join("z")).starts_with("must be a file, and \"FOLDER/x/z\" cannot be looked at: "));
    #[cfg(unix)]
    assert_eq!(said(PathBuf::from("/dev/null")), "must be a file, and \"/dev/null\" is none");
}

#[test]
fn a_file_is_read_again_from_the_start() {
    let (_folder, path) = file("x", 600_000);
    let upload = Upload::open(path).unwrap();
    assert_eq!((read(&upload), read(&upload), upload.is_spent()), (Ok(600_000), Ok(600_000), false));
}

#[test]
fn a_file_that_changed_before_it_is_sent_is_not_sent() {
    let (_folder, path) = file("x", 10);
    let upload = Upload::open(&path).unwrap();
    File::options().append(true).open(&path).unwrap().write_all(b"more").unwrap();
    assert_eq!(read(&upload).unwrap_err(), "changed: it has 14 bytes now, and had 10");
    fs::remove_file(&path).unwrap();
    assert!(read(&upload).unwrap_err().starts_with("cannot be opened: "));
}

#[test]
fn a_file_that_changes_while_it_is_sent_is_never_given_whole() {
    type Change = fn(&File);
    let changes: [(Change, &str); 3] = [
        (|file| file.set_len(300_000).unwrap(), "ended after 300000 of its 600000 bytes"),
        (|file| file.set_len(600_001).unwrap(), "changed: it has 600001 bytes now, and had 600000"),
        (
            |file| file.set_modified(file.metadata().unwrap().modified().unwrap() + Duration::from_secs(1)).unwrap(),
            "changed: it was written to since it was opened",
        ),
    ];
    for (change, fault) in changes {
        let (_folder, path) = file("x", 600_000);
        let upload = Upload::open(&path).unwrap();
        let mut content = upload.content().unwrap();
        let first = content.next().unwrap().unwrap().len();
        change(&File::options().write(true).open(&path).unwrap());
        let mut given = first;
        let told = loop {
            match content.next() {
                Ok(piece) => given += piece.unwrap().len(),
                Err(told) => break told,
            }
        };
        assert_eq!(told, fault);
        assert!(given < 600_000, "{fault}: {given}");
    }
}

#[test]
fn a_reader_gives_just_what_is_said_and_gives_it_once() {
    let of = |size: u64| Upload::from_reader("x", size, io::Cursor::new(vec![0; 5]));
    let upload = of(5);
    assert!(!upload.is_spent());
    assert_eq!(read(&upload), Ok(5));
    assert!(upload.is_spent() && upload.clone().is_spent());
    assert_eq!(read(&upload).unwrap_err(), "was read before, and its reader gives it once");
    assert_eq!(read(&of(6)).unwrap_err(), "ended after 5 of its 6 bytes");
    assert_eq!(read(&of(4)).unwrap_err(), "is longer than its 4 bytes");
}

#[test]
fn what_is_shown_of_a_file_has_nothing_of_its_content() {
    let upload = Upload::from_bytes("notes.txt", "the secret");
    assert_eq!(format!("{upload:?}"), "Upload { name: \"notes.txt\", size: 10, .. }");
}
