//! The way through the consent page and back.

use serde_json::{Value, json};

use crate::http::{decide, get};
use crate::shell::Shell;

#[test]
fn a_login_and_then_a_call_as_a_new_user_would_try_them() {
    let shell = Shell::new();
    let login = shell.begin_login(&["--sandbox"]);
    let page = get(&decide(&login.link, "allow"));
    assert_eq!(page.status, 200);
    assert!(page.body.contains("<h1>Connected</h1>"), "{}", page.body);
    assert!(page.head.to_lowercase().contains("content-security-policy: default-src 'none'"), "{}", page.head);
    let done = login.end();
    assert_eq!((done.code, done.out.as_str()), (0, ""), "{}", done.err);
    assert!(done.err.contains("Connected `me` of `sandbox`"), "{}", done.err);

    let users = shell.run(&["call", "gong_users_list"]).json();
    let again = shell.run(&["request", "GET", "/v2/users", "--as", "me"]).json();
    let addresses = |answer: &Value| -> Vec<Value> {
        answer["users"].as_array().unwrap().iter().map(|user| user["emailAddress"].clone()).collect()
    };
    assert!(!addresses(&users).is_empty());
    assert_eq!(addresses(&users), addresses(&again), "each command's sandbox is the same company");
}

#[test]
fn a_no_is_told_on_the_page_and_by_the_exit_code() {
    let shell = Shell::new();
    let login = shell.begin_login(&["--sandbox"]);
    let page = get(&decide(&login.link, "deny"));
    assert_eq!(page.status, 400);
    assert!(page.body.contains("<h1>Not connected</h1>") && page.body.contains("access_denied"), "{}", page.body);
    let done = login.end();
    assert_eq!(done.code, 3);
    assert!(done.err.contains("access_denied"), "{}", done.err);
    assert_eq!(shell.run(&["call", "gong_users_list"]).code, 3);
}

#[test]
fn whoever_knocks_with_anything_else_changes_nothing() {
    let shell = Shell::new();
    let login = shell.begin_login(&["--sandbox"]);
    let back = decide(&login.link, "allow");
    let origin = back.split("/callback").next().unwrap();
    assert_eq!(get(&format!("{origin}/elsewhere")).status, 404);
    for wrong in ["", "?code=c", "?code=c&state=guessed", "?code=c&state=a.b&error=e"] {
        let page = get(&format!("{origin}/callback{wrong}"));
        assert_eq!(page.status, 400, "{wrong}");
        assert!(page.body.contains("Not connected"), "{wrong}");
    }
    assert_eq!(get(&back).status, 200, "the right one still comes through");
    assert_eq!(login.end().code, 0);
}

#[test]
fn where_the_browser_cannot_come_back_its_address_is_pasted() {
    let sandbox = Shell::new();
    // An app whose users return to a page elsewhere, so that nothing is listened to here.
    let app = ["--connection", "app", "--client-id", "id", "--redirect-uri", "https://app.example/callback"];
    let shell = sandbox.set("GONG_CLIENT_SECRET", "visible-client-secret");
    let mut login = shell.begin_login(&app);
    assert!(login.link.starts_with("https://app.gong.io/oauth2/authorize?"), "{}", login.link);
    let state = login.link.split("state=").nth(1).unwrap().split('&').next().unwrap().to_owned();
    login.type_line("https://app.example/callback?code=c&state=guessed");
    login.type_line(&format!("https://app.example/callback?error=access_denied&state={state}"));
    let done = login.end();
    assert_eq!(done.code, 3, "{}", done.err);
    assert!(done.err.contains("That was not it") && done.err.contains("access_denied"), "{}", done.err);
}

#[test]
fn input_that_ends_before_the_address_ends_the_login() {
    let shell = Shell::new().set("GONG_CLIENT_SECRET", "visible-client-secret");
    let app = ["auth", "login", "--no-browser", "--client-id", "id", "--redirect-uri", "https://app.example/callback"];
    let done = shell.run(&app);
    assert_eq!(done.code, 3);
    assert!(done.err.contains("standard input ended"), "{}", done.err);
}

#[test]
fn scopes_are_those_of_the_tools_that_were_named() {
    let shell = Shell::new();
    let tools =
        ["auth", "login", "--sandbox", "--yes", "--scopes-for", "gong_users_list", "--scopes", "api:library:read"];
    assert_eq!(shell.run(&tools).code, 0);
    let status = shell.run(&["auth", "status", "--json", "--for", "gong_calls_list"]).json();
    assert_eq!(status["granted_scopes"], json!(["api:library:read", "api:users:read"]));
    assert!(status["missing_for_tool"].as_array().unwrap().contains(&json!("api:calls:read:basic")), "{status}");
    let refused = shell.run(&["call", "gong_calls_list"]);
    assert_eq!(refused.code, 3);
    assert!(refused.err.contains("api:calls:read:basic"), "{}", refused.err);
    let unknown = shell.run(&["auth", "login", "--sandbox", "--yes", "--scopes-for", "gong_user_list"]);
    assert_eq!(unknown.code, 2);
    assert!(unknown.err.contains("gong_users_list"), "{}", unknown.err);
}
