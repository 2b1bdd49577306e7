//! The flow in a real browser: the sandbox's consent page is clicked, and ours is shown.

use crate::chromium::Chromium;
use crate::shell::Shell;
use crate::skipped::skipped;

fn chromium() -> Option<Chromium> {
    let chromium = Chromium::start();
    if chromium.is_none() {
        skipped("the login in a browser", "Chromium on PATH (apt-get install chromium-headless-shell)");
    }
    chromium
}

#[test]
fn a_click_on_allow_connects_an_account() {
    let Some(mut chromium) = chromium() else { return };
    let shell = Shell::new();
    let login = shell.begin_login(&["--sandbox"]);
    chromium.open(&login.link);
    assert!(chromium.heading("asks for access").contains("Sandbox App"));
    chromium.click("button.allow");
    chromium.heading("Connected");
    let text = chromium.value("document.querySelector('main p').textContent");
    assert!(text.as_str().unwrap().starts_with("me of sandbox is kept on this machine now."), "{text}");
    let shown = "['.cross', '.tick'].map(mark => getComputedStyle(document.querySelector(mark)).display).join('')";
    assert_eq!(chromium.value(shown), "noneinline", "the page's own style is let in by its policy");
    let done = login.end();
    assert_eq!(done.code, 0, "{}", done.err);
    let users = shell.run(&["call", "gong_users_list"]).json();
    assert!(!users["users"].as_array().unwrap().is_empty());
}

#[test]
fn a_click_on_deny_connects_nothing() {
    let Some(mut chromium) = chromium() else { return };
    let shell = Shell::new();
    let login = shell.begin_login(&["--sandbox"]);
    chromium.open(&login.link);
    chromium.heading("asks for access");
    chromium.click("button[value=deny]");
    chromium.heading("Not connected");
    let done = login.end();
    assert_eq!(done.code, 3, "{}", done.err);
    assert_eq!(shell.run(&["auth", "status"]).code, 3);
}
