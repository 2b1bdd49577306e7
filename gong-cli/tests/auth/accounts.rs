//! Accounts by key, and which account a command means.

use gong_sandbox::Sandbox;
use serde_json::json;

use crate::shell::Shell;

#[test]
fn without_an_account_it_says_what_to_do() {
    let shell = Shell::new();
    for command in [&["call", "gong_users_list"][..], &["auth", "status"], &["auth", "logout"], &["auth", "use"]] {
        let done = shell.run(command);
        assert_eq!(done.code, 3, "{command:?}");
        assert!(done.err.contains("gong auth login"), "{command:?}: {}", done.err);
    }
    assert_eq!(shell.run(&["auth", "list"]).json(), json!([]));
    assert!(!shell.home().exists(), "looking leaves nothing behind");
    let done = shell.run(&["auth", "login"]);
    assert_eq!(done.code, 2);
    assert!(done.err.contains("--client-id") && done.err.contains("--sandbox"), "{}", done.err);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_by_key_is_asked_for_and_used() {
    let sandbox = Sandbox::start().await.unwrap();
    let shell = Shell::new();
    let input = format!("{}\n{}\n", sandbox.access_key(), sandbox.access_key_secret());
    let login = ["auth", "login", "--api-key", "--as", "acme", "--base-url", sandbox.base_url()];
    let done = shell.run_with(&login, &input);
    assert_eq!(done.code, 0, "{}", done.err);
    assert!(!done.err.contains(sandbox.access_key()) && done.out.is_empty(), "{}", done.err);
    shell.run(&["call", "gong_users_list"]).json();
    assert_eq!(sandbox.requests().len(), 1);
    let missing = shell.run_with(&login, "key alone\n");
    assert_eq!(missing.code, 2);
    assert!(missing.err.contains("Access key secret is missing"), "{}", missing.err);
}

#[test]
fn one_of_several_is_chosen_by_flags_and_one_is_the_usual() {
    let shell = Shell::in_sandbox();
    assert_eq!(
        shell.run(&["auth", "login", "--sandbox", "--yes", "--as", "you", "--scopes", "api:library:read"]).code,
        0
    );
    assert_eq!(shell.run(&["call", "gong_users_list"]).code, 3, "the account that came last is the usual one");
    assert_eq!(shell.run(&["call", "gong_users_list", "--as", "me"]).code, 0);
    assert_eq!(shell.run(&["call", "--as", "me", "gong_users_list"]).code, 0, "flags may stand before the tool");
    assert_eq!(shell.run(&["auth", "use", "--as", "me"]).code, 0);
    assert_eq!(shell.run(&["call", "gong_users_list"]).code, 0);
    let nobody = shell.run(&["call", "gong_users_list", "--as", "them"]);
    assert_eq!(nobody.code, 3);
    assert!(nobody.err.contains("`me` of `sandbox`, `you` of `sandbox`"), "{}", nobody.err);

    assert_eq!(shell.run(&["auth", "logout"]).code, 0);
    let left = shell.run(&["auth", "list"]).json();
    assert_eq!(left.as_array().unwrap().len(), 1);
    assert_eq!(left[0]["as"], "you");
    assert_eq!(shell.run(&["auth", "status"]).json()["state"], "active", "the only one left is meant");
}

#[test]
fn the_environment_comes_before_the_usual_account_and_after_flags() {
    let shell =
        Shell::in_sandbox().set("GONG_ACCESS_TOKEN", "visible-token").set("GONG_BASE_URL", "http://127.0.0.1:1");
    assert_eq!(shell.run(&["call", "gong_users_list"]).code, 1, "nobody listens there");
    let by_flag = shell.run(&["call", "gong_users_list", "--as", "me"]);
    assert_eq!(by_flag.code, 0, "{}", by_flag.err);
    assert!(by_flag.err.contains("GONG_BASE_URL is not used"), "{}", by_flag.err);
    let both = shell.run(&["call", "gong_users_list", "--as", "me", "--base-url", "https://evil.example"]);
    assert_eq!(both.code, 2, "an account's credentials go to its own host: {}", both.err);
    assert_eq!(shell.run(&["call", "gong_users_list", "--as", "me", "--sandbox"]).code, 2);
}

#[test]
fn a_connection_keeps_its_kind() {
    let shell = Shell::in_sandbox();
    let key = shell.run_with(&["auth", "login", "--api-key", "--connection", "sandbox"], "key\nsecret\n");
    assert_eq!(key.code, 2, "{}", key.err);
    let app = shell.run(&["auth", "login", "--connection", "sandbox", "--client-id", "id"]);
    assert_eq!(app.code, 2, "{}", app.err);
    assert_eq!(shell.run_with(&["auth", "login", "--api-key"], "key\nsecret\n").code, 0);
    let sandbox = shell.run(&["auth", "login", "--sandbox", "--yes", "--connection", "keys"]);
    assert_eq!(sandbox.code, 2, "{}", sandbox.err);
    assert_eq!(shell.run(&["auth", "login", "--connection", "keys"]).code, 2);
}

#[test]
fn an_account_that_cannot_be_read_is_one_bad_account() {
    let shell = Shell::in_sandbox();
    assert_eq!(shell.run(&["auth", "login", "--sandbox", "--yes", "--as", "you"]).code, 0);
    let store = rusqlite::Connection::open(shell.home().join("accounts.db")).unwrap();
    store.execute("UPDATE gong_accounts SET sealed = x'00' WHERE identifier = 'you'", []).unwrap();
    assert_eq!(shell.run(&["call", "gong_users_list", "--as", "me"]).code, 0);
    let list = shell.run(&["auth", "list"]).json();
    assert_eq!((&list[1]["as"], &list[1]["state"]), (&json!("you"), &json!("unreadable")));
    let status = shell.run(&["auth", "status", "--as", "you"]);
    assert!(status.code == 3 && status.out.contains("cannot be read"), "{status:?}");
    assert_eq!(shell.run(&["auth", "logout", "--as", "you"]).code, 0);
    assert_eq!(shell.run(&["auth", "list"]).json().as_array().unwrap().len(), 1);
}
