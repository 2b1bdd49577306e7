//! What agents with a shell read.
#![allow(clippy::panic)] // Helpers of tests may panic; Clippy's own exception knows test functions only.

mod fixture;

use codegen::skills;
use fixture::{ALL, contents, spec};

#[test]
fn a_group_tells_its_tools_and_how_they_are_called() {
    insta::assert_snapshot!(contents(&skills::emit(&spec("plain")), "gong-calls/SKILL.md"));
}

#[test]
fn names_and_descriptions_are_such_as_agents_take() {
    for fixture in ALL {
        for file in skills::emit(&spec(fixture)).iter().filter(|file| file.path.ends_with("SKILL.md")) {
            let lines: Vec<&str> = file.contents.lines().collect();
            let (Some(name), Some(description)) =
                (lines[1].strip_prefix("name: "), lines[2].strip_prefix("description: "))
            else {
                panic!("{} begins with {:?}", file.path, &lines[..3])
            };
            assert_eq!((lines[0], lines[3]), ("---", "---"));
            let is_right = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
            assert!(name.len() <= 64 && name.bytes().all(is_right), "{name}");
            assert!(file.path.ends_with(&format!("/{name}/SKILL.md")), "{} is {name}'s", file.path);
            let description: String = serde_json::from_str(description).unwrap();
            assert!((1..=1024).contains(&description.chars().count()));
        }
    }
}

#[test]
fn what_models_are_shown_first_leads_to_pages_that_are_there() {
    for fixture in ALL {
        let spec = spec(fixture);
        let files = codegen::emit(&spec);
        let llms = contents(&files, "llms.txt");
        for link in llms.split("](").skip(1) {
            let target = link.split(')').next().unwrap();
            assert!(files.iter().any(|file| file.path == target), "{target} is not there");
        }
    }
}
