//! Answers that people recorded: each is read by the tool that its name says, and nothing of it is lost.
//! `tests/recorded/README.md` says what may lie there.

use std::fs;
use std::path::{Path, PathBuf};

use gong_client::catalog;
use gong_sandbox::Fault;
use serde_json::Value;

use crate::support::{World, lost};

const PLACE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/recorded");

/// The end of the name of a file that says how its neighbour was asked for.
const INPUT: &str = ".input.json";

/// An answer as it lies there.
#[derive(Debug, Default)]
struct Recorded {
    /// The file's name; up to its first dot it is the tool's.
    name: String,
    text: String,
    /// What the tool was called with, if not with its example.
    input: Option<String>,
}

impl Recorded {
    fn read(file: &Path) -> Self {
        let name = file.file_name().unwrap().to_str().unwrap().to_owned();
        let input = file.with_file_name(name.replace(".json", INPUT));
        Recorded { name, text: fs::read_to_string(file).unwrap(), input: fs::read_to_string(input).ok() }
    }

    /// Lets the tool get this answer; what is wrong with it, if anything.
    async fn check(&self) -> Result<(), String> {
        let about = |what: String| format!("{}: {what}", self.name);
        let tool = self.name.split('.').next().unwrap_or_default();
        let tool = catalog::tool(tool).map_err(|error| {
            about(format!("a recorded answer is named after its tool, as `tool.what.json`: {error}"))
        })?;
        let gongs: Value =
            serde_json::from_str(&self.text).map_err(|error| about(format!("this is no JSON: {error}")))?;
        let input = self.input.as_deref().unwrap_or(tool.example);
        let input: Value =
            serde_json::from_str(input).map_err(|error| about(format!("its input is no JSON: {error}")))?;

        let world = World::of_one_workspace().await;
        let planned = world.gong.dry_run(tool.name, input.clone()).await;
        let planned = planned.map_err(|error| about(format!("the tool refuses the input: {error}")))?;
        let last = planned.last().unwrap();
        let path = last.url.strip_prefix(world.sandbox.base_url()).unwrap().split('?').next().unwrap();
        world.sandbox.inject(Fault::page(200, "application/json", &self.text).on(last.method.as_str(), path));

        let answer = world.gong.call(tool.name, input).await.map_err(|error| about(error.to_string()))?;
        if !answer.raw().iter().any(|raw| raw.bytes() == self.text.as_bytes()) {
            return Err(about(format!("the tool did not come to ask for it by {} {path}", last.method)));
        }
        let aside: Vec<String> = answer.unreadable().iter().map(|item| format!("{item:?}")).collect();
        let lost = lost(&gongs, &answer);
        if aside.is_empty() && lost.is_empty() {
            return Ok(());
        }
        Err(about(format!("of this answer the tool does not give back:\n{}", [aside, lost].concat().join("\n"))))
    }
}

fn recorded() -> Vec<PathBuf> {
    let files = fs::read_dir(PLACE).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> = files
        .filter(|file| file.extension().is_some_and(|end| end == "json") && !file.to_str().unwrap().ends_with(INPUT))
        .collect();
    files.sort();
    files
}

#[tokio::test]
async fn nothing_of_a_recorded_answer_is_lost() {
    let mut wrong = Vec::new();
    for file in recorded() {
        wrong.extend(Recorded::read(&file).check().await.err());
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

async fn wrong(name: &str, text: &str, input: Option<&str>) -> String {
    let recorded = Recorded { name: name.to_owned(), text: text.to_owned(), input: input.map(str::to_owned) };
    recorded.check().await.unwrap_err()
}

#[tokio::test]
async fn a_recorded_answer_that_is_no_good_is_told_by_its_name_and_its_cause() {
    let told = [
        wrong("gong_call_list.json", "{}", None).await,
        wrong("calls.json", "{}", None).await,
        wrong("gong_calls_list.json", "{\"calls\": [\n  {\"id\": 1,}\n]}", None).await,
        wrong("gong_calls_list.json", "[]", None).await,
        wrong("gong_calls_list.json", "{}", Some("{")).await,
        wrong("gong_calls_list.json", "{}", Some("{\"from\": 1}")).await,
        wrong("gong_calls_list.json", r#"{"calls": [{"id": "1", "mood": {"tone": "calm"}}], "tone": 7}"#, None).await,
        wrong("gong_users_list.json", r#"{"users": [{"id": "1"}, {"id": {"is": 2}}]}"#, None).await,
    ];
    insta::assert_snapshot!(told.join("\n\n"));
}
