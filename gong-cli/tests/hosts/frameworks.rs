//! The programs of agents that the pages of frameworks show, with a model whose moves are written down in
//! `tests/agents/scripted.*`: it lists the users, looks one up and says their address.

use std::path::Path;
use std::process::Command;

use crate::packages::{folder, installed, node};
use crate::page::{Page, at};
use crate::serving::Serving;
use crate::shell::Shell;

const PIPES: &str = "On standard input and output";
const HTTP: &str = "Over HTTP";

/// A page's program, with this in place of its line that says where the server is.
fn with_server(program: &str, server: &str) -> String {
    let name = server.split('=').next().unwrap();
    let lines = program.lines().map(|line| if line.starts_with(name) { server.trim_end() } else { line });
    let changed = lines.collect::<Vec<_>>().join("\n");
    assert!(changed.contains(server.trim_end()), "no line begins with {name}");
    changed
}

/// What an agent prints: its program is a file beside the packages, since Node looks for them there.
fn answer(command: &mut Command, program: &str, name: &str) -> String {
    let folder = tempfile::tempdir_in(folder()).unwrap();
    let file = folder.path().join(name);
    std::fs::write(&file, program).unwrap();
    let gong = Path::new(env!("CARGO_BIN_EXE_gong")).parent().unwrap();
    let paths = std::env::var_os("PATH").unwrap();
    let paths = std::iter::once(gong.to_owned()).chain(std::env::split_paths(&paths));
    let output =
        command.arg(file).env("PATH", std::env::join_paths(paths).unwrap()).env("HOME", folder.path()).output();
    let output = output.unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

/// Runs the program of a page on both ways; the model's answer has to be the address of the company's first user.
async fn run(page: &str, name: &str, command: impl Fn() -> Command) {
    let page = Page::read(&format!("hosts/{page}.md"));
    let program = page.code(PIPES);
    let users = Shell::new().run(&["call", "gong_users_list", "--sandbox"]).json();
    let first = users["users"][0]["emailAddress"].as_str().unwrap();
    assert_eq!(answer(&mut command(), &program.replace("[\"mcp\"]", "[\"mcp\", \"--sandbox\"]"), name), first);

    let serving = Serving::start(&["mcp", "--http", "127.0.0.1:0"], "me").await;
    let server = at(&page.code(HTTP), &serving.address, &serving.token);
    let over_http = answer(&mut command(), &with_server(&program, &server), name);
    assert!(serving.sandbox.company().users.iter().any(|user| user.email == over_http), "{over_http}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_agent_of_pydantic_ai_uses_the_tools() {
    let Some(cli) = installed(".venv/bin/pai", "an agent of Pydantic AI") else { return };
    run("pydantic-ai", "page.py", || {
        let mut command = Command::new(cli.with_file_name("python"));
        command.arg(folder().join("scripted.py"));
        command
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_agent_of_the_ai_sdk_uses_the_tools() {
    if installed("node_modules/@ai-sdk/mcp", "an agent of the AI SDK").is_none() {
        return;
    }
    run("ai-sdk", "page.mjs", || {
        let mut command = Command::new(node());
        command.arg("--import").arg(folder().join("scripted.mjs"));
        command
    })
    .await;
}
