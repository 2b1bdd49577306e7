//! The binary `gong`, as a shell meets it: what is on stdout, and the exit code.

use std::io::{BufRead, BufReader, Read};
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;
use std::time::Duration;

use gong_client::catalog;
use gong_sandbox::{Fault, OWNER_EMAIL, Sandbox};
use serde_json::{Value, json};

use crate::cargo::cargo;
use crate::support::{a_flow, each, free, open_instance};

/// The binary, built once for all tests.
fn gong() -> &'static PathBuf {
    static BINARY: OnceLock<PathBuf> = OnceLock::new();
    BINARY.get_or_init(|| {
        let built = cargo(&["build", "--quiet", "--package", "gong-cli", "--bin", "gong", "--message-format", "json"])
            .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
            .output()
            .unwrap();
        assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
        let messages = String::from_utf8(built.stdout).unwrap();
        messages
            .lines()
            .filter_map(|line| serde_json::from_str::<Value>(line).ok())
            .find_map(|message| Some(PathBuf::from(message["executable"].as_str()?)))
            .unwrap()
    })
}

pub(crate) fn run(args: &[&str], environment: &[(&str, &str)]) -> Output {
    let home = tempfile::tempdir().unwrap();
    command(args, environment).env("GONG_HOME", home.path()).output().unwrap()
}

fn command(args: &[&str], environment: &[(&str, &str)]) -> Command {
    let mut command = Command::new(gong());
    command.args(args).envs(environment.iter().copied());
    let ours = ["GONG_ACCESS_KEY", "GONG_ACCESS_KEY_SECRET", "GONG_ACCESS_TOKEN", "GONG_BASE_URL"];
    let proxies =
        ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "NO_PROXY", "no_proxy"];
    for name in ours.into_iter().chain(proxies) {
        if !environment.iter().any(|(set, _)| *set == name) {
            command.env_remove(name);
        }
    }
    command
}

fn json_of(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)))
}

fn code(args: &[&str], environment: &[(&str, &str)]) -> i32 {
    let output = run(args, environment);
    let code = output.status.code().unwrap();
    assert!(code == 0 || output.stdout.is_empty(), "stdout carries only answers: {args:?}");
    assert!(code == 0 || !output.stderr.is_empty(), "a failure is explained: {args:?}");
    code
}

#[test]
fn tools_lists_the_catalog_as_json() {
    let listed = json_of(&run(&["tools", "--json"], &[]));
    let listed = listed.as_array().unwrap();
    assert_eq!(listed.len(), catalog::tools().len());
    for (entry, tool) in listed.iter().zip(catalog::tools()) {
        assert_eq!((&entry["name"], &entry["group"]), (&json!(tool.name), &json!(tool.group)));
        assert_eq!(entry["effect"], json!(tool.effect.as_str()));
        assert_eq!(entry["requests"][0]["method"], json!(tool.requests[0].method));
        for (entry, param) in entry["params"].as_array().unwrap().iter().zip(tool.params) {
            assert_eq!((&entry["name"], &entry["type"]), (&json!(param.name), &json!(param.kind)));
            assert_eq!((&entry["required"], &entry["extra"]), (&json!(param.required), &json!(param.extra)));
        }
    }
}

#[test]
fn a_dry_run_needs_no_account_and_shows_no_secret() {
    let secret = [("GONG_ACCESS_KEY", "open"), ("GONG_ACCESS_KEY_SECRET", "sesame-sesame")];
    for environment in [&[][..], &secret] {
        let output = run(&["call", "gong_users_list", "--dry-run"], environment);
        let said = format!("{output:?}");
        assert_eq!(json_of(&output)[0]["headers"]["authorization"], "<hidden>");
        assert!(!said.contains("sesame") && !said.contains("b3Blbj"), "{said}");
    }
    let planned = json_of(&run(&["call", "gong_users_list", "--sandbox", "--dry-run"], &[]));
    assert_eq!(planned[0]["headers"]["authorization"], "<hidden>", "a sandbox's neither");
}

#[test]
fn parameters_are_flags_and_pages_are_lines() {
    let output = run(&["call", "gong_users_list", "--sandbox", "--include-avatars", "--all"], &[]);
    let lines: Vec<Value> =
        String::from_utf8(output.stdout).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 254);
    assert!(lines.iter().all(|user| user["id"].is_string()));
}

#[test]
fn exit_codes_tell_what_happened() {
    let unreachable = [("GONG_ACCESS_TOKEN", "t"), ("GONG_BASE_URL", "http://127.0.0.1:9")];
    let plain = [("GONG_ACCESS_TOKEN", "t"), ("GONG_BASE_URL", "http://api.gong.example")];
    assert_eq!(code(&["tools"], &[]), 0);
    assert_eq!(code(&["--help"], &[]), 0);
    assert_eq!(code(&["call", "gong_engage_workspaces_list"], &unreachable), 1);
    assert_eq!(code(&["call", "gong_engage_workspaces_list"], &plain), 2, "credentials in the clear");
    assert_eq!(code(&["call", "gong_user_list"], &[]), 2);
    assert_eq!(code(&["call", "gong_calls_get", "--sandbox"], &[]), 2);
    assert_eq!(code(&["call", "gong_calls_get", "--sandbox", "--input", "{"], &[]), 2);
    assert_eq!(
        code(&["call", "gong_calls_get", "--sandbox", "--call_ids", "1", "--input", "{\"call_ids\": [1]}"], &[]),
        2
    );
    assert_eq!(code(&["request", "GET", "https://evil.example", "--sandbox"], &[]), 2);
    assert_eq!(code(&["request", "FETCH", "/v2/users", "--sandbox"], &[]), 2);
    assert_eq!(code(&["call", "gong_users_list"], &[]), 3);
    assert_eq!(
        code(&["call", "gong_engage_prospects_bulk_assign_status", "--sandbox", "--assignment-id", "1"], &[]),
        4
    );
}

#[test]
fn a_request_prints_the_answer_as_it_came() {
    let answer = json_of(&run(&["request", "GET", "/v2/workspaces", "--sandbox"], &[]));
    assert_eq!(answer["workspaces"].as_array().unwrap().len(), 2);
}

#[test]
fn what_the_sandbox_lacks_is_told_plainly() {
    let output = run(&["request", "GET", "/v2/nothing", "--sandbox"], &[]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        said.contains("the sandbox does not have GET /v2/nothing: if Gong does, try it with an account at Gong"),
        "{said}"
    );
    assert!(!said.contains("at the moment"), "it is not a matter of waiting: {said}");
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn the_sandbox_keeps_to_its_day_and_to_no_limit_unless_told_otherwise() {
    for (flags, otherwise) in [(&[][..], false), (&["--rate-limit", "--real-clock"][..], true)] {
        let mut sandbox = command(&[&["sandbox"], flags].concat(), &[]);
        let mut sandbox = sandbox.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let mut said = String::new();
        BufReader::new(sandbox.stderr.take().unwrap()).read_line(&mut said).unwrap();
        sandbox.kill().unwrap();
        sandbox.wait().unwrap();
        assert_eq!(said.contains("It is 2026-11-20T12:00:00-07:00 there"), !otherwise, "{said}");
        assert_eq!(said.contains("3 requests a second"), otherwise, "{said}");
    }
}

/// What a shell sets to talk to a sandbox.
pub(crate) fn account(sandbox: &Sandbox) -> [(&str, &str); 3] {
    [
        ("GONG_BASE_URL", sandbox.base_url()),
        ("GONG_ACCESS_KEY", sandbox.access_key()),
        ("GONG_ACCESS_KEY_SECRET", sandbox.access_key_secret()),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn two_requests_arrive_and_their_answers_are_joined() {
    let sandbox = Sandbox::builder().strict(true).start().await.unwrap();
    let company = sandbox.company();
    let (mut asked, nobody) = (free(&company, 140), (0..10).map(|id| format!("003A{id:014}")).collect::<Vec<_>>());
    asked.extend(nobody.clone());
    let input = json!({
        "crm_prospect_ids": asked, "flow_id": a_flow(&company), "flow_instance_owner_email": OWNER_EMAIL,
    });
    let input = input.to_string();
    let call = ["call", "gong_engage_prospects_assign", "--input", &input];

    let planned = json_of(&run(&[&call[..], &["--dry-run"]].concat(), &account(&sandbox)));
    let sizes = planned.as_array().unwrap().iter().map(|one| one["body"]["crmProspectsIds"].as_array().unwrap().len());
    assert_eq!(sizes.collect::<Vec<_>>(), [100, 50]);
    assert_eq!(sandbox.requests().len(), 0, "a dry run sends nothing");
    let answer = json_of(&run(&call, &account(&sandbox)));
    assert_eq!(each(&answer["prospectsAssigned"], "crmProspectId"), asked[..140]);
    assert_eq!(each(&answer["prospectsNotAssigned"], "crmProspectId"), nobody);
    assert_eq!((sandbox.requests().len(), sandbox.violations()), (2, vec![]));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_gong_refuses_is_told_by_the_exit_code_too() {
    let sandbox = Sandbox::start().await.unwrap();
    let call = ["call", "gong_users_list"];
    for (fault, expected) in [
        (Fault::refuse(400, "no"), 1),
        (Fault::internal_error(), 1),
        (Fault::refuse(401, "access token has been revoked"), 3),
        (Fault::refuse(403, "not for you"), 3),
        (Fault::refuse(404, "gone"), 4),
        (Fault::too_many_requests(7200), 5),
    ] {
        let name = format!("{fault:?}");
        sandbox.inject(fault);
        assert_eq!(code(&call, &account(&sandbox)), expected, "{name}");
    }
    let [base_url, key, _] = account(&sandbox);
    assert_eq!(code(&call, &[base_url, key, ("GONG_ACCESS_KEY_SECRET", "guessed")]), 3);
}

#[test]
fn newest_first_is_the_list_backwards_where_a_tool_can() {
    let lines = |args: &[&str]| -> Vec<String> {
        String::from_utf8(run(args, &[]).stdout).unwrap().lines().map(str::to_owned).collect()
    };
    let list = ["call", "gong_calls_list", "--sandbox", "--all"];
    let mut backwards = lines(&[&list[..], &["--newest-first"]].concat());
    backwards.reverse();
    assert_eq!(backwards, lines(&list));

    assert_eq!(code(&["call", "gong_calls_list", "--sandbox", "--newest-first"], &[]), 2, "it is for --all");
    let refused = run(&["call", "gong_users_list", "--sandbox", "--all", "--newest-first"], &[]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8(refused.stderr).unwrap().contains("what can: `gong_calls_list`."));
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn pages_are_printed_as_they_come_and_ctrl_c_says_where_to_go_on() {
    let sandbox = Sandbox::builder().page_size(10).start().await.unwrap();
    // The second page is a while away.
    sandbox.inject(Fault::delay(Duration::ZERO).on("GET", "/v2/calls"));
    sandbox.inject(Fault::delay(Duration::from_secs(3)).on("GET", "/v2/calls"));
    let mut command = command(&["call", "gong_calls_list", "--all"], &account(&sandbox));
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    let mut first = String::new();
    stdout.read_line(&mut first).unwrap();
    assert!(serde_json::from_str::<Value>(&first).unwrap()["id"].is_string());

    let told = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(told.success());
    assert_eq!(child.wait().unwrap().code(), Some(130));
    let (mut rest, mut said) = (String::new(), String::new());
    stdout.read_to_string(&mut rest).unwrap();
    assert_eq!(rest.lines().filter(|line| serde_json::from_str::<Value>(line).is_ok()).count(), 9, "whole lines");
    child.stderr.unwrap().read_to_string(&mut said).unwrap();
    let cursor = said.split('\'').nth(1).unwrap();
    let next = json_of(&run(&["call", "gong_calls_list", "--cursor", cursor], &account(&sandbox)));
    assert_eq!(next["calls"][0]["id"], sandbox.company().calls[10].id);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_that_goes_away_is_no_failure() {
    let sandbox = Sandbox::builder().page_size(10).start().await.unwrap();
    let mut command = command(&["call", "gong_calls_list", "--all"], &account(&sandbox));
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut String::new()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]));
    assert!(sandbox.requests().len() < 10, "it stops, and asks for no more pages: {}", sandbox.requests().len());
}

#[tokio::test(flavor = "multi_thread")]
async fn newest_first_says_after_a_failure_where_the_rest_is() {
    let sandbox = Sandbox::start().await.unwrap();
    sandbox.inject(Fault::delay(Duration::ZERO).on("GET", "/v2/calls").times(2));
    sandbox.inject(Fault::internal_error().on("GET", "/v2/calls"));
    let all = ["call", "gong_calls_list", "--all", "--newest-first"];
    let ids = |output: &Output| -> Vec<String> {
        let lines = String::from_utf8(output.stdout.clone()).unwrap();
        let id = |line: &str| serde_json::from_str::<Value>(line).unwrap()["id"].as_str().unwrap().to_owned();
        lines.lines().map(id).collect()
    };
    // The company's day is not the machine's, whose clock the program goes by.
    let first = run(&[&all[..], &["--to-date-time", &sandbox.now()]].concat(), &account(&sandbox));
    let said = String::from_utf8(first.stderr.clone()).unwrap();
    assert_eq!(first.status.code(), Some(1), "{said}");
    let (_, before) = said.lines().next().unwrap().split_once("are from before ").unwrap();
    let rest = run(&[&all[..], &["--to-date-time", before]].concat(), &account(&sandbox));
    let (first, rest) = (ids(&first), ids(&rest));
    assert!(!first.is_empty() && !rest.is_empty());
    let backwards: Vec<String> = sandbox.company().calls.iter().rev().map(|call| call.id.clone()).collect();
    assert_eq!([first, rest].concat(), backwards);
}

/// What is said to a person.
fn said(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn a_flag_is_suggested_as_the_help_spells_it() {
    for (flag, meant) in [("--from", "--from-date-time"), ("--calls-ids", "--call-ids"), ("--call_id", "--call-ids")] {
        let refused = run(&["call", "gong_calls_list", flag, "1"], &[]);
        assert_eq!(refused.status.code(), Some(2));
        assert!(said(&refused).contains(&format!("'{meant}'")) && !said(&refused).contains("--from_"), "{refused:?}");
    }
}

#[test]
fn a_file_may_begin_with_the_mark_of_its_encoding() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("input.json");
    std::fs::write(&file, "\u{feff}{\"include_avatars\": true}").unwrap();
    let from_file = format!("@{}", file.display());
    let planned = json_of(&run(&["call", "gong_users_list", "--dry-run", "--input", &from_file], &[]));
    assert!(planned[0]["url"].as_str().unwrap().ends_with("?includeAvatars=true"), "{planned}");
    let planned = json_of(&run(&["request", "POST", "/v2/users/extensive", "--dry-run", "--body", &from_file], &[]));
    assert_eq!(planned[0]["body"], json!({"include_avatars": true}));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_copying_adds_to_credentials_is_not_sent() {
    let sandbox = Sandbox::builder().strict(true).start().await.unwrap();
    let token = sandbox.issue_token(["api:users:read"]);
    let (key, secret) = (format!(" {}\n", sandbox.access_key()), format!("{}\t", sandbox.access_key_secret()));
    let (url, bearer) = (("GONG_BASE_URL", sandbox.base_url()), format!("Bearer {token} "));
    let tool = ["call", "gong_users_list"];
    assert_eq!(code(&tool, &[url, ("GONG_ACCESS_TOKEN", &bearer)]), 0);
    assert_eq!(code(&tool, &[url, ("GONG_ACCESS_KEY", &key), ("GONG_ACCESS_KEY_SECRET", &secret)]), 0);
    assert_eq!(code(&tool, &[url, ("GONG_ACCESS_TOKEN", "Bearer ")]), 2, "a token is missing");
}

#[test]
fn the_end_of_time_is_sent_as_it_is_written() {
    let planned = |to: &str| {
        let call = ["call", "gong_calls_list", "--dry-run", "--to-date-time", to];
        let output = run(&call, &[]);
        (output.status.code().unwrap(), String::from_utf8_lossy(&output.stdout).into_owned(), said(&output))
    };
    let (code, sent, _) = planned("9999-12-31T23:59:59Z");
    assert!(code == 0 && sent.contains("toDateTime=9999-12-31T23:59:59Z"), "{sent}");
    for (to, why) in [
        ("2026-11-16T10:00:00+25:00", "less than a day"),
        ("2026-11-16T10:00:00+01:00:30", "whole minutes"),
        ("2026-02-30T10:00:00Z", "there is no such day"),
        ("2026-11-16T10:00:00", "it needs an offset"),
    ] {
        let (code, _, said) = planned(to);
        assert!(code == 2 && said.contains(why), "{to}: {said}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_is_a_flag_with_commas_or_several_flags() {
    let sandbox = Sandbox::builder().strict(true).start().await.unwrap();
    let ids: Vec<String> = sandbox.company().calls.iter().take(3).map(|call| call.id.clone()).collect();
    let [one, other, third] = ids.as_slice() else { panic!("{ids:?}") };
    let two = format!("{one}, {other}");
    let list = format!("[\"{other}\"]");
    let get = ["call", "gong_calls_get", "--include", "parties,topics"];
    for flags in [vec!["--call-ids", &two], vec!["--call-ids", one, "--call-ids", &list], vec!["--call_ids", &two]] {
        let answer = json_of(&run(&[&get[..], &flags].concat(), &account(&sandbox)));
        let got: Vec<&str> = answer["calls"]
            .as_array()
            .unwrap()
            .iter()
            .map(|call| &call["metaData"]["id"])
            .map(|id| id.as_str().unwrap())
            .collect();
        assert_eq!(got, [one, other], "{flags:?}");
    }
    let address = format!("https://app.gong.io/call?id={third}");
    let answer = json_of(&run(&[&get[..], &["--call-ids", &address]].concat(), &account(&sandbox)));
    assert_eq!(answer["calls"][0]["metaData"]["id"], *third);
    for none in ["null", "abc", "Sales team", ""] {
        assert_eq!(code(&[&get[..], &["--call-ids", none]].concat(), &account(&sandbox)), 2, "{none}");
    }
    let help = |tool: &str| String::from_utf8(run(&["call", tool, "--help"], &[]).stdout).unwrap();
    assert!(help("gong_calls_get").contains("--call-ids <A,B,…>"), "{}", help("gong_calls_get"));
    assert!(help("gong_calls_create").contains("For several the flag is given again"));
    assert_eq!(sandbox.violations(), vec![]);
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_that_stay_empty_end_with_the_cursor_to_go_on_with() {
    let sandbox = Sandbox::start().await.unwrap();
    for page in 0..30 {
        let body = json!({"requestId": "r", "records": {"cursor": format!("c{page}")}, "users": []});
        sandbox.inject(Fault::page(200, "application/json", body.to_string()));
    }
    let output = run(&["call", "gong_users_list", "--all"], &account(&sandbox));
    assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(1), &b""[..]));
    assert!(said(&output).contains("20 pages in a row had nothing in them"), "{output:?}");
    assert!(said(&output).contains("begin with --cursor 'c19'"), "{output:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_is_waited_for_and_its_end_is_the_exit_code() {
    let sandbox = Sandbox::start().await.unwrap();
    let stands = |status: &str| {
        let answer = json!({"id": "j", "status": status, "results": []}).to_string();
        sandbox.inject(Fault::page(200, "application/json", answer));
    };
    let wait = ["call", "gong_engage_prospects_bulk_assign_status", "--assignment-id", "j", "--wait"];
    stands("COMPLETED");
    assert_eq!(json_of(&run(&wait, &account(&sandbox)))["status"], "COMPLETED");
    stands("FAILED");
    let failed = run(&wait, &account(&sandbox));
    assert_eq!(failed.status.code(), Some(1));
    assert!(said(&failed).contains("the job failed: `status` is FAILED."), "{failed:?}");
    stands("PENDING");
    let late = run(&[&wait[..], &["--timeout", "0s"]].concat(), &account(&sandbox));
    assert_eq!(late.status.code(), Some(1));
    assert!(said(&late).contains("`status` was last PENDING"), "{late:?}");
    assert_eq!(sandbox.requests().len(), 3);

    for wrong in [&["--timeout", "1x"][..], &["--timeout", "10m", "--all"]] {
        assert_eq!(code(&[&wait[..], wrong].concat(), &account(&sandbox)), 2, "{wrong:?}");
    }
    assert_eq!(code(&["call", "gong_users_list", "--wait"], &account(&sandbox)), 2, "it tells of no job");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_removes_something_is_refused_where_nobody_can_confirm_it_unless_a_flag_does() {
    let sandbox = Sandbox::start().await.unwrap();
    let instance = open_instance(&sandbox.company());
    let (prospect, flow) = (instance.crm_prospect_id.as_str(), instance.flow_id.as_str());
    let unassign = ["call", "gong_engage_prospects_unassign", "--crm-prospect-ids", prospect, "--flow-id", flow];
    let erase = ["call", "gong_data_privacy_email_erase", "--email-address", "kim@example.com"];
    for (call, flag) in [(&unassign[..], "Add --yes if"), (&erase, "Add --confirm with the value, or --yes, if")] {
        for more in [&[][..], &["--all"]] {
            let refused = run(&[call, more].concat(), &account(&sandbox));
            assert_eq!(refused.status.code(), Some(2), "{refused:?}");
            assert!(said(&refused).contains(flag) && said(&refused).contains("nothing was sent"), "{refused:?}");
        }
        assert_eq!(code(&[call, &["--dry-run"]].concat(), &account(&sandbox)), 0, "a dry run sends nothing");
    }
    let wrong = run(&[&erase[..], &["--confirm", "kim@example.org"]].concat(), &account(&sandbox));
    assert_eq!(wrong.status.code(), Some(2));
    assert!(said(&wrong).contains("the confirmation is not the value of `email_address`"), "{wrong:?}");
    assert_eq!(code(&[&unassign[..], &["--confirm", "x"]].concat(), &account(&sandbox)), 2, "it wants no value");
    assert_eq!(sandbox.requests().len(), 0);

    let done = json_of(&run(&[&unassign[..], &["--yes"]].concat(), &account(&sandbox)));
    assert_eq!(each(&done["outcomes"], "crmProspectId"), [prospect]);
    for flag in [&["--confirm", "kim@example.com"][..], &["--yes"]] {
        sandbox.clear_requests();
        run(&[&erase[..], flag].concat(), &account(&sandbox));
        assert_eq!(sandbox.requests().len(), 1, "{flag:?}");
    }
}
