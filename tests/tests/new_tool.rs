//! The promise of the README: a new tool is an entry in YAML and nothing else. Its worked example is taken from the
//! README itself and put into a copy of this workspace.

// Helpers of tests may panic; Clippy's own exception knows test functions only.
#![allow(clippy::unwrap_used, clippy::panic, clippy::expect_used, clippy::indexing_slicing)]

#[path = "../common/cargo.rs"]
mod cargo;

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use cargo::cargo;
use serde_json::{Value, json};

const TOOL: &str = "gong_vocabularies_list";
const SCOPE: &str = "api:settings:vocabularies:read";
/// What the generator makes.
const GENERATED: [&str; 2] = ["gong-client/src/generated", "docs/reference"];

/// A group of its own with one tool, whose operation and scope nobody but this entry knows.
const GROUP: &str = "# yaml-language-server: $schema=../schema.json
about: What teams want to reach.
tools:
  gong_goals_list:
    method: list
    title: List goals
    about: Lists the goals that a company has set.
    effect: read
    extra: true
    params:
      owner_ids: {type: list<id<user>>, required: true, min_items: 1, about: Only goals of these users.}
      cursor: {type: string, about: Where the page before this one ended.}
    request:
      get: /v2/brand-new/goals
      scope: api:brand-new:read
      query: {ownerIds: $owner_ids, cursor: $cursor}
    answer: GoalsPage
    items: goals
    paging: $cursor
    example: {owner_ids: [\"234599484848423\"]}
";
const MODELS: &str = "# yaml-language-server: $schema=../schema.json
GoalsPage:
  about: A page of goals.
  fields:
    requestId: {type: string, about: Gong's name for this request.}
    records: {type: Records, about: Where this page is among all pages.}
    goals: {type: list<Goal>, about: The goals of this page.}

Goal:
  about: One goal.
  fields:
    id: {type: string, always: true, about: The goal's id.}
    reached: {type: boolean, about: Whether it was reached.}
";

/// The packages with tests that read the spec, the catalog or the docs, and tests of theirs that read none of them and
/// take long.
const SUITE: [&str; 7] = ["tool-spec", "codegen", "gong-client", "gong-cli", "gong-mcp", "xtask", "workspace-tests"];
const NOT_AGAIN: [&str; 9] = [
    "a_tool_in_yaml",
    "a_tool_that_is_only",
    "sign_in_and_hosts",
    "semver_checks",
    "compile",
    "public_signatures",
    "mutations::",
    "broken::",
    "a_key_that_the_loader_doesn_t_know",
];

/// Somebody's program that uses the new tool.
const PROGRAM: &str = r#"//! Uses the new tool, typed and by name.
use gong_client::Client;
use gong_client::models::Vocabulary;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let gong = Client::builder().access_token("token").build()?;
    let typed = gong.settings().vocabularies().workspace_id("77").dry_run().await?;
    let by_name = gong.dry_run("gong_vocabularies_list", serde_json::json!({"workspace_id": 77})).await?;
    assert_eq!(typed, by_name);
    let _: fn(&Vocabulary) -> Option<&String> = |vocabulary| vocabulary.vocabulary_name.as_ref();
    println!("{} {}", typed[0].method, typed[0].url);
    Ok(())
}
"#;

/// Somebody's program that connects accounts, and whose token endpoint says what it is asked.
const SIGNS_IN: &str = r##"//! Connects an account each way.
use std::sync::Arc;

use gong_connect::{BoxError, BoxFuture, Connection, Connections, Http, Store, TokenAnswer, TokenRequest};

#[derive(Debug)]
struct Endpoint;

impl Http for Endpoint {
    fn post(&self, request: TokenRequest) -> BoxFuture<'_, Result<TokenAnswer, BoxError>> {
        println!("{}", request.url().reveal().split('?').next().unwrap_or_default());
        let answer = br#"{"access_token":"a","tenant_host":"https://eu.acme.example"}"#;
        Box::pin(async { Ok(TokenAnswer::new(200, answer.to_vec())) })
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let connections = Connections::builder(Store::memory()).http(Arc::new(Endpoint)).open().await?;
    let app = Connection::oauth("app", "id", "secret", "https://platform.example/callback").scopes(["api:users:read"]);
    connections.register(app).await?;
    connections.register(Connection::api_key("keys")).await?;
    let link = connections.authorization_link("app", "ann").await?;
    let (page, query) = link.as_str().split_once('?').unwrap_or_default();
    println!("{page}");
    let state = query.split('&').find(|part| part.starts_with("state=")).unwrap_or_default();
    let ann = connections.complete(&format!("/callback?code=c&{state}")).await?;
    println!("{}", ann.base_url().unwrap_or_default());
    let key = connections.connect_api_key("keys", "ann", "key", "secret").await?;
    println!("{}", key.base_url().unwrap_or_default());
    Ok(())
}
"##;

#[test]
fn a_tool_in_yaml_is_there_typed_by_name_in_the_docs_the_schemas_and_at_the_shell() {
    let copy = Copy::of_this_workspace();
    copy.add_the_readmes_example();
    copy.add_a_group();

    copy.add_scope(false);
    let before = copy.generated();
    let refused = copy.xtask(&["generate"]);
    let told = String::from_utf8(refused.stderr).unwrap();
    assert!(!refused.status.success(), "a scope that nobody knows is refused");
    assert!(told.contains(SCOPE) && told.contains("spec/tools/settings.yaml"), "{told}");
    assert_eq!(copy.generated(), before, "nothing is written while there is a fault");

    copy.add_scope(true);
    succeeded(copy.xtask(&["generate"]));
    let again = succeeded(copy.xtask(&["generate", "--check"]));
    assert_eq!(again, "", "what was generated is up to date");
    let generated = copy.generated();
    assert!(generated["docs/reference/settings.md"].contains(TOOL));
    for side in ["input", "output"] {
        let schema = &generated[&format!("gong-client/src/generated/schemas/{TOOL}.{side}.json")];
        assert!(serde_json::from_str::<Value>(schema).unwrap()["$id"].as_str().unwrap().contains(TOOL));
    }

    copy.write("gong-client/examples/vocabularies.rs", PROGRAM);
    let build = ["build", "-p", "gong-cli", "--bin", "gong", "-p", "gong-client", "--example", "vocabularies"];
    succeeded(copy.cargo(&build));
    let said = succeeded(copy.binary("examples/vocabularies").output().unwrap());
    assert_eq!(said.trim(), "GET https://api.gong.io/v2/settings/vocabularies?workspaceId=77");
    at_the_shell(&copy);
}

#[test]
fn a_tool_that_is_only_in_yaml_leaves_every_test_green() {
    let copy = Copy::of_this_workspace();
    copy.add_the_readmes_example();
    copy.add_scope(true);
    copy.add_a_group();
    succeeded(copy.xtask(&["generate"]));
    let packages = SUITE.iter().flat_map(|package| ["-p", package]);
    let skipped = NOT_AGAIN.iter().flat_map(|name| ["--skip", name]);
    let args: Vec<&str> = ["test", "--no-fail-fast"].into_iter().chain(packages).chain(["--"]).chain(skipped).collect();
    let suite = copy.cargo(&args);
    assert!(
        suite.status.success(),
        "{}\n{}",
        String::from_utf8_lossy(&suite.stdout),
        String::from_utf8_lossy(&suite.stderr)
    );
}

#[test]
fn sign_in_and_hosts_are_what_the_spec_says() {
    let copy = Copy::of_this_workspace();
    let mut spec = fs::read_to_string(copy.root.join("spec/gong.yaml")).unwrap();
    for (was, is) in [
        ("base_url: https://api.gong.io", "base_url: https://api.acme.example"),
        ("domains: [gong.io]", "domains: [acme.example]"),
        ("username: access_key,", "username: key_id,"),
        ("https://app.gong.io/oauth2/authorize", "https://sign.acme.example/go"),
        ("https://app.gong.io/oauth2/generate-customer-token", "https://sign.acme.example/token"),
        ("base_url_field: api_base_url_for_customer", "base_url_field: tenant_host"),
    ] {
        assert!(spec.contains(was), "{was}");
        spec = spec.replacen(was, is, 1);
    }
    copy.write("spec/gong.yaml", &spec);
    succeeded(copy.xtask(&["generate"]));
    copy.write("gong-connect/examples/signs_in.rs", SIGNS_IN);
    let build = ["build", "-p", "gong-cli", "--bin", "gong", "-p", "gong-connect", "--example", "signs_in"];
    succeeded(copy.cargo(&build));
    let said = succeeded(copy.binary("examples/signs_in").output().unwrap());
    let expected = ["https://sign.acme.example/go", "https://sign.acme.example/token", "https://eu.acme.example"];
    assert_eq!(said.lines().collect::<Vec<_>>(), [&expected[..], &["https://api.acme.example"]].concat());
    let help = succeeded(copy.binary("gong").arg("--help").output().unwrap());
    assert!(help.contains("GONG_KEY_ID and GONG_ACCESS_KEY_SECRET"), "{help}");
}

fn at_the_shell(copy: &Copy) {
    let tools = copy.gong(&["tools", "--json"]);
    let entry = tools.as_array().unwrap().iter().find(|tool| tool["name"] == TOOL).expect("it is listed");
    assert_eq!((&entry["group"], &entry["effect"]), (&json!("settings"), &json!("read")));
    assert_eq!(entry["scopes"], json!([SCOPE]));
    assert_eq!(entry["requests"], json!([{"method": "GET", "path": "/v2/settings/vocabularies"}]));
    let [param] = entry["params"].as_array().unwrap().as_slice() else { panic!("one parameter: {entry}") };
    assert_eq!((&param["name"], &param["type"]), (&json!("workspace_id"), &json!("string")));
    assert_eq!(entry["extra"], json!(true), "the contract lacks it, and it says so");

    let planned = copy.gong(&["call", TOOL, "--workspace-id", "77", "--dry-run"]);
    assert_eq!(planned[0]["url"], "https://api.gong.io/v2/settings/vocabularies?workspaceId=77");
    let described = copy.gong(&["describe", TOOL, "--json"]);
    assert_eq!(described["input_schema"]["properties"]["workspace_id"]["type"], "string");
}

/// What a command that succeeds prints.
#[track_caller]
fn succeeded(output: Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// A copy of this workspace. It stays from run to run, so that what has not changed is not compiled again.
struct Copy {
    root: PathBuf,
    target: PathBuf,
    /// Held while this test runs: there is one copy for all who test at once.
    _alone: File,
}

impl Copy {
    fn of_this_workspace() -> Self {
        let workspace = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/..")).canonicalize().unwrap();
        // …/target/debug/deps/new_tool-…
        let target = std::env::current_exe().unwrap().ancestors().nth(3).unwrap().join("new-tool");
        if !target.exists() {
            take_over(target.parent().unwrap(), &target);
        }
        let alone = File::create(target.join("lock")).unwrap();
        alone.lock().unwrap();
        let root = target.join("workspace");
        let mut files = BTreeMap::new();
        read_files(&workspace, Path::new(""), &mut files);
        // Nothing is generated yet, or it is what the last run of this test has generated.
        files.retain(|path, _| !GENERATED.iter().any(|folder| path.starts_with(folder)));
        let copy = Copy { root, target, _alone: alone };
        copy.mirror(&files);
        copy
    }

    /// Makes the copy the same, but for what is generated.
    fn mirror(&self, files: &BTreeMap<String, Vec<u8>>) {
        let mut there = BTreeMap::new();
        if self.root.exists() {
            read_files(&self.root, Path::new(""), &mut there);
        }
        let kept = |path: &str| GENERATED.iter().any(|folder| path.starts_with(folder));
        for path in there.keys().filter(|path| !files.contains_key(*path) && !kept(path)) {
            fs::remove_file(self.root.join(path)).unwrap();
        }
        for (path, bytes) in files {
            self.write(path, bytes);
        }
    }

    /// Writes a file, unless it is so already: Cargo goes by the time at which a file was written.
    fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let file = self.root.join(path);
        if fs::read(&file).is_ok_and(|old| old == bytes.as_ref()) {
            return;
        }
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, bytes).unwrap();
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.root.join(path)).unwrap()
    }

    /// The two blocks of YAML under "Add a tool", each into the file that the README says.
    fn add_the_readmes_example(&self) {
        let readme = self.read("README.md");
        let (_, example) = readme.split_once("## Add a tool").expect("the README has a worked example");
        let blocks: Vec<&str> =
            example.split("```yaml\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
        let [tool, models] = blocks.as_slice() else { panic!("an entry and its models: {blocks:?}") };
        assert!(example.contains("`spec/tools/settings.yaml`") && example.contains("`spec/types/settings.yaml`"));
        assert!(tool.contains(TOOL) && tool.contains(SCOPE));
        for (path, block) in [("spec/tools/settings.yaml", tool), ("spec/types/settings.yaml", models)] {
            self.write(path, format!("{}\n{block}", self.read(path)));
        }
    }

    /// A tool of a new group, of which nobody but the spec knows.
    fn add_a_group(&self) {
        self.write("spec/tools/goals.yaml", GROUP);
        self.write("spec/types/goals.yaml", MODELS);
        let service = self.read("spec/gong.yaml");
        let scopes = "\nscopes:\n  api:brand-new:read: Read goals.\n";
        self.write("spec/gong.yaml", service.replace("\nscopes:\n", scopes));
    }

    /// Whether the service knows the scope.
    fn add_scope(&self, known: bool) {
        let service = self.read("spec/gong.yaml");
        let line = format!("  {SCOPE}: Read vocabularies.\n");
        let without = service.replace(&line, "");
        let with = without.replace("\nscopes:\n", &format!("\nscopes:\n{line}"));
        self.write("spec/gong.yaml", if known { with } else { without });
    }

    /// What is generated, by path.
    fn generated(&self) -> BTreeMap<String, String> {
        let mut files = BTreeMap::new();
        for folder in GENERATED.iter().filter(|folder| self.root.join(folder).exists()) {
            read_files(&self.root, Path::new(folder), &mut files);
        }
        files.into_iter().map(|(path, bytes)| (path, String::from_utf8(bytes).unwrap())).collect()
    }

    fn cargo(&self, args: &[&str]) -> Output {
        let mut command = cargo(args);
        command.env("CARGO_NET_OFFLINE", "true").current_dir(&self.root).env("CARGO_TARGET_DIR", &self.target);
        // What is installed beside this workspace is not beside the copy; its tests have run here.
        command.env_remove("MISSING_TOOLS");
        command.output().unwrap()
    }

    fn xtask(&self, args: &[&str]) -> Output {
        succeeded(self.cargo(&["build", "-p", "xtask"]));
        self.binary("xtask").args(args).arg("--root").arg(&self.root).output().unwrap()
    }

    fn gong(&self, args: &[&str]) -> Value {
        let mut command = self.binary("gong");
        for name in ["GONG_ACCESS_KEY", "GONG_ACCESS_KEY_SECRET", "GONG_ACCESS_TOKEN", "GONG_BASE_URL"] {
            command.env_remove(name);
        }
        serde_json::from_str(&succeeded(command.args(args).output().unwrap())).unwrap()
    }

    fn binary(&self, name: &str) -> Command {
        Command::new(self.target.join("debug").join(format!("{name}{}", std::env::consts::EXE_SUFFIX)))
    }
}

/// Takes over what was built of other people's crates for this workspace. What is built of our own is for another
/// place, and programs are large.
fn take_over(from: &Path, to: &Path) {
    for folder in ["debug/deps", "debug/build", "debug/.fingerprint"] {
        copy_folder(&from.join(folder), &to.join(folder));
    }
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    let Ok(entries) = fs::read_dir(from) else { return };
    for entry in entries {
        let entry = entry.unwrap();
        let (path, copy) = (entry.path(), to.join(entry.file_name()));
        if entry.file_type().unwrap().is_dir() {
            copy_folder(&path, &copy);
        } else if !from.ends_with("deps") || path.extension().is_some() {
            fs::copy(&path, &copy).unwrap();
            // Cargo goes by which of two files is the older one.
            let modified = path.metadata().unwrap().modified().unwrap();
            File::options().append(true).open(copy).unwrap().set_modified(modified).unwrap();
        }
    }
}

/// Names with a dot that are no editor's and not Git's.
const OURS: [&str; 5] = [".cargo", ".ci", ".github", ".gitattributes", ".gitignore"];

/// The files of a workspace, by path, without what was built or installed and what the editor and Git keep.
fn read_files(root: &Path, folder: &Path, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(root.join(folder)).unwrap() {
        let entry = entry.unwrap();
        let path = folder.join(entry.file_name());
        let name = entry.file_name().to_string_lossy().into_owned();
        if ["target", "node_modules"].contains(&&*name) || (name.starts_with('.') && !OURS.contains(&name.as_str())) {
            continue;
        }
        if entry.file_type().unwrap().is_dir() {
            read_files(root, &path, files);
        } else {
            let path = path.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/");
            files.insert(path, fs::read(entry.path()).unwrap());
        }
    }
}
