//! An app's account over its life: its host, its fresh tokens, and its end.

use std::time::Duration;

use gong_sandbox::Sandbox;

use crate::shell::{Shell, allow};

/// Does it again and again, for as long as tokens take to run out.
fn until(mut is_so: impl FnMut() -> bool) {
    assert!((0..200).any(|_| is_so()), "that never comes");
}

#[tokio::test(flavor = "multi_thread")]
async fn tokens_are_fresh_until_access_is_taken_back() {
    // A token lives for some commands, and then another one is fetched.
    let sandbox = Sandbox::builder().customer_host(true).token_lifetime(Duration::from_secs(1)).start().await.unwrap();
    let shell = Shell::connected(&sandbox, "me");

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
