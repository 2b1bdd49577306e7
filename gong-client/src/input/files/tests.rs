use std::fs;

use serde_json::json;

use super::*;

/// What comes of a path where the program allows a folder with `a.mp3` and `sub/b.mp3`.
fn found(path: &Value) -> Result<Option<String>, String> {
    let outer = tempfile::tempdir().unwrap();
    let folder = outer.path().join("allowed");
    fs::create_dir_all(folder.join("sub")).unwrap();
    for file in ["allowed/a.mp3", "allowed/sub/b.mp3", "outside.mp3"] {
        fs::write(outer.path().join(file), "x").unwrap();
    }
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(outer.path().join("outside.mp3"), folder.join("link.mp3")).unwrap();
        std::os::unix::fs::symlink(folder.join("a.mp3"), folder.join("sub/inner.mp3")).unwrap();
    }
    let mut files = NONE.clone();
    files.under(folder.clone());
    let given = match path.as_str().and_then(|path| path.strip_prefix("FOLDER/")) {
        Some(rest) => json!(folder.canonicalize().unwrap().join(rest).to_str()),
        None => path.clone(),
    };
    let mut faults = Faults::default();
    let found = files.find("media_file", Some(&given), &mut faults).map(|upload| upload.name().to_owned());
    match faults.into_list().first() {
        None => Ok(found),
        Some(fault) => Err(fault.to_string()),
    }
}

#[test]
fn a_path_leads_into_the_folder_that_the_program_allows() {
    for (path, name) in [("a.mp3", "a.mp3"), ("./sub/b.mp3", "b.mp3"), ("FOLDER/sub/b.mp3", "b.mp3")] {
        assert_eq!(found(&json!(path)), Ok(Some(name.to_owned())), "{path}");
    }
    #[cfg(unix)]
    assert_eq!(found(&json!("sub/inner.mp3")), Ok(Some("inner.mp3".to_owned())), "a link that stays inside");
    for none in [json!(null), json!(" ")] {
        assert_eq!(found(&none), Ok(None));
    }
}

#[test]
fn no_path_leads_out_of_it() {
    let outside = "must be the path of a file in the folder that the program allows";
    let mut paths =
        vec!["../outside.mp3", "sub/../../outside.mp3", "/etc/passwd", "/etc/there is none", "sub/../a.mp3"];
    if cfg!(unix) {
        paths.push("link.mp3");
    }
    for path in paths {
        assert_eq!(found(&json!(path)), Err(format!("{outside}, not \"{path}\"")), "{path}");
    }
}

#[test]
fn a_path_of_no_file_is_told_as_it_was_given() {
    assert_eq!(found(&json!("c.mp3")), Err("must be a file, and \"c.mp3\" does not exist".to_owned()));
    assert_eq!(found(&json!("sub")), Err("must be a file, and \"sub\" is a folder".to_owned()));
    assert_eq!(found(&json!(["a.mp3"])), Err("must be the path of a file, as text, not [\"a.mp3\"]".to_owned()));
}

#[test]
fn without_leave_of_the_program_no_path_is_looked_at() {
    let mut faults = Faults::default();
    assert!(NONE.find("media_file", Some(&json!("/etc/passwd")), &mut faults).is_none());
    let told = faults.into_list()[0].to_string();
    assert_eq!(told, "names a file, and the program that makes this call allows none, not \"/etc/passwd\"");
}

#[test]
fn what_the_program_gives_stands_in_place_of_what_the_input_says() {
    let mut files = NONE.clone();
    files.give("media_file".to_owned(), Upload::from_bytes("a.mp3", "a"));
    files.give("media_file".to_owned(), Upload::from_bytes("b.mp3", "b"));
    let mut faults = Faults::default();
    for given in [None, Some(json!("/etc/passwd"))] {
        let upload = files.find("media_file", given.as_ref(), &mut faults).unwrap();
        assert_eq!(upload.name(), "b.mp3");
    }
    files.refuse_others(&["media_file"], &mut faults);
    assert!(faults.is_empty());
    files.refuse_others(&["mediaFile", "x"], &mut faults);
    files.refuse_others(&[], &mut faults);
    let told: Vec<String> = faults.into_list().iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "`media_file` takes no file; what does is mediaFile, x; did you mean `mediaFile`?",
            "`media_file` takes no file: the tool has no parameter that is one",
        ]
    );
}
