//! A new tool is a spec edit and nothing else. This takes the README's worked example as it stands there, adds it to a copy of
//! the repository, and finds the tool in the typed client, by name, in the docs, in the schemas and at the shell.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "helpers of tests may panic"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

const TOOL: &str = "gong_briefs_list";
const SCOPE: &str = "api:ai-briefer:read";

/// What a user of the crate would write with the new tool.
const USE: &str = r#"
#[tokio::main]
async fn main() -> gong_client::Result<()> {
    let gong = gong_client::Client::builder().access_token("none").build()?;
    let workspace = "4029384756102938475";
    let typed = gong.settings().briefs().workspace_id(workspace).dry_run().await?;
    let by_name = gong.dry_run("gong_briefs_list", serde_json::json!({"workspace_id": workspace})).await?;
    assert_eq!(typed, by_name);
    println!("{} {}", typed[0].method, typed[0].url);
    Ok(())
}
"#;

#[test]
fn a_tool_in_yaml_is_a_tool_everywhere() {
    let copy = tempfile::tempdir().unwrap();
    let root = copy.path();
    copy_sources(&repository(), root);
    let [tool, models] = readmes_example();
    append(root, "spec/tools/settings.yaml", &format!("\n{tool}"));
    append(root, "spec/types/settings.yaml", &format!("\n{models}"));

    // The README says that the scope is missed first.
    let refused = generate(root);
    assert!(!refused.status.success());
    let said = String::from_utf8_lossy(&refused.stderr);
    assert!(said.contains(SCOPE) && said.contains("spec/tools/settings.yaml"), "{said}");
    assert!(!root.join(format!("gong-client/src/generated/schemas/{TOOL}.input.json")).exists(), "nothing is written");

    let service = read(root, "spec/gong.yaml");
    let scopes = "\nscopes:\n";
    assert!(service.contains(scopes));
    let service = service.replace(scopes, &format!("{scopes}  {SCOPE}: Read briefs.\n"));
    fs::write(root.join("spec/gong.yaml"), service).unwrap();
    let generated = generate(root);
    assert!(generated.status.success(), "{}", String::from_utf8_lossy(&generated.stderr));

    let page = read(root, "docs/reference/settings.md");
    assert!(page.contains(TOOL) && page.contains("GET /v2/settings/briefs"));
    let schema: Value =
        serde_json::from_str(&read(root, &format!("gong-client/src/generated/schemas/{TOOL}.input.json"))).unwrap();
    assert_eq!(schema["properties"]["workspace_id"]["type"], "string");

    let example = root.join("gong-cli/examples/new_tool.rs");
    fs::write(example, USE).unwrap();
    let told = cargo(root, &["run", "--package", "gong-cli", "--example", "new_tool"], &[]);
    assert_eq!(told.trim(), "GET https://api.gong.io/v2/settings/briefs?workspaceId=4029384756102938475");
    let listed = cargo(root, &["run", "--package", "gong-cli", "--bin", "gong"], &["tools", "--json"]);
    let listed: Value = serde_json::from_str(&listed).unwrap();
    let tool = listed.as_array().unwrap().iter().find(|tool| tool["name"] == TOOL).expect("it is listed");
    assert_eq!(tool["scopes"], serde_json::json!([SCOPE]));
}

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().unwrap()
}

/// The README's YAML: the entry of the tool, and its models.
fn readmes_example() -> [String; 2] {
    let readme = read(&repository(), "README.md");
    let blocks: Vec<String> =
        readme.split("```yaml\n").skip(1).map(|rest| rest.split("```").next().unwrap().to_owned()).collect();
    blocks.try_into().unwrap_or_else(|blocks| panic!("the README has two YAML blocks, not these: {blocks:?}"))
}

fn read(root: &Path, path: &str) -> String {
    fs::read_to_string(root.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn append(root: &Path, path: &str, text: &str) {
    let before = read(root, path);
    fs::write(root.join(path), before + text).unwrap();
}

/// Everything but what was built and what git keeps.
fn copy_sources(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let (path, target) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() {
            if entry.file_name() != "target" && entry.file_name() != ".git" {
                fs::create_dir_all(&target).unwrap();
                copy_sources(&path, &target);
            }
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}

/// The repository's own xtask, on the copy.
fn generate(root: &Path) -> Output {
    let mut command = Command::new(env!("CARGO"));
    command.args(["run", "--quiet", "--offline", "--package", "xtask", "--", "generate", "--root"]).arg(root);
    command.current_dir(repository()).output().unwrap()
}

/// Runs cargo in the copy, which shares what was built of the dependencies, and gives what was printed.
fn cargo(root: &Path, args: &[&str], after: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO"));
    command.args(args).args(["--quiet", "--offline"]);
    if !after.is_empty() {
        command.arg("--").args(after);
    }
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| repository().join("target"), PathBuf::from);
    let output = command.current_dir(root).env("CARGO_TARGET_DIR", target).output().unwrap();
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}
