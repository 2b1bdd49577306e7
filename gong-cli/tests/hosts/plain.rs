//! The examples of plain HTTP: a link to authorize, a request to Gong, a call of a tool, each in a language of its own.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};

use crate::page::{Page, at};
use crate::serving::Serving;
use crate::skipped::skipped;

/// Runs the example of the page, answers its link as the user does, and gives what it prints after that.
async fn run(language: &str, program: &Path, options: &[&str]) -> Option<(Serving, Vec<String>)> {
    if !Command::new(program).arg("--version").output().is_ok_and(|output| output.status.success()) {
        skipped(&format!("the example in {language}"), &program.display().to_string());
        return None;
    }
    let serving = Serving::start(&["serve", "--listen", "127.0.0.1:0"], "user_123").await;
    let code = at(&Page::read("agents.md").only(language), &serving.address, &serving.token);
    let mut command = Command::new(program);
    command.args(options).arg(code).env("GONG_MCP_TOKEN", &serving.token);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut link = String::new();
    out.read_line(&mut link).unwrap();
    let link = link.split_whitespace().find(|word| word.starts_with("http")).expect("a link");
    let back = serving.sandbox.allow(link).unwrap();
    writeln!(child.stdin.take().unwrap(), "{back}").unwrap();
    let lines = out.lines().map(Result::unwrap).collect();
    assert!(child.wait().unwrap().success(), "{language}");
    Some((serving, lines))
}

/// Holds what an example printed against the company.
fn right((serving, lines): &(Serving, Vec<String>)) {
    let company = serving.sandbox.company();
    let [user, call] = lines.as_slice() else { panic!("{lines:?}") };
    assert!(company.users.iter().any(|one| user == &one.email), "{user}");
    assert!(company.calls.iter().any(|one| one.title.as_ref() == Some(call)), "{call}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_example_in_python_authorizes_asks_gong_and_calls_a_tool() {
    run("python", Path::new("python3"), &["-u", "-c"]).await.iter().for_each(right);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_example_in_node_authorizes_asks_gong_and_calls_a_tool() {
    run("js", &crate::packages::node(), &["--input-type=module", "--eval"]).await.iter().for_each(right);
}
