//! An app's account over its life: its host, its fresh tokens, and its end.

use std::net::TcpListener;
use std::time::Duration;

use gong_sandbox::Sandbox;

use crate::http::get;
use crate::shell::{Login, Shell};

/// An address on this machine that nobody else listens to.
pub(crate) fn somewhere() -> String {
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    format!("http://{free}/back")
}

/// Goes where the browser would go after a click on Allow.
fn allow(sandbox: &Sandbox, login: Login) {
    assert_eq!(get(&sandbox.allow(&login.link).unwrap()).status, 200);
    let done = login.end();
    assert_eq!(done.code, 0, "{}", done.err);
    assert!(done.err.contains(sandbox.customer_base_url()), "{}", done.err);
}

/// Does it again and again, for as long as tokens take to run out.
fn until(mut is_so: impl FnMut() -> bool) {
    assert!((0..200).any(|_| is_so()), "that never comes");
}

#[tokio::test(flavor = "multi_thread")]
async fn tokens_are_fresh_until_access_is_taken_back() {
    // A token lives for some commands, and then another one is fetched.
    let sandbox = Sandbox::builder().customer_host(true).token_lifetime(Duration::from_secs(1)).start().await.unwrap();
    let shell = Shell::new().set("GONG_CLIENT_SECRET", sandbox.client_secret());
    let (place, back) = (sandbox.base_url(), somewhere());
    let app = ["--client-id", sandbox.client_id(), "--authorize-at", place, "--redirect-uri", &back];
    allow(&sandbox, shell.begin_login(&app));

    let users = || shell.run(&["call", "gong_users_list"]);
    until(|| {
        users().json();
        sandbox.refreshes() >= 2
    });

    sandbox.revoke_grants();
    let mut refused = users();
    until(|| {
        assert_eq!(refused.code, 3, "{}", refused.err);
        let is_over = refused.err.contains("must authorize again") && refused.err.contains("gong auth login");
        refused = users();
        is_over
    });
    let status = shell.run(&["auth", "status"]);
    assert_eq!(status.code, 3);
    assert!(status.out.contains("\"needs authorization\""), "{}", status.out);
    let said = format!("{refused:?}{status:?}");
    for tokens in sandbox.issued_tokens() {
        assert!(!said.contains(&tokens.access_token) && !said.contains(&tokens.refresh_token), "{said}");
    }

    allow(&sandbox, shell.begin_login(&[]));
    users().json();
}
