//! Commands that are ended in the middle of a refresh.

use std::process::{Child, Command};
use std::sync::mpsc::Sender;

use crate::gong::Gong;
use crate::http::get;
use crate::shell::{Done, Shell};

/// A shell with an account of Gong's, and the answers to its login.
fn connected(gong: &Gong) -> Shell {
    let shell = Shell::new().set("GONG_CLIENT_SECRET", "visible-client-secret");
    log_in(&shell, gong, "me");
    shell
}

fn log_in(shell: &Shell, gong: &Gong, identifier: &str) {
    let back = crate::shell::somewhere();
    let app = ["--client-id", "app", "--authorize-at", &gong.url, "--redirect-uri", &back, "--as", identifier];
    let login = shell.begin_login(&app);
    let state = login.link.split("state=").nth(1).unwrap().split('&').next().unwrap().to_owned();
    assert_eq!(get(&format!("{back}?code=c&state={state}")).status, 200);
    assert_eq!(login.end().code, 0);
}

fn send(child: &Child, signal: &str) {
    assert!(Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap().success());
}

/// A call whose refresh has reached Gong, and the way to let the answer go.
fn in_a_refresh(shell: &Shell, gong: &Gong) -> (Child, String, Sender<()>) {
    let child = shell.command(&["call", "gong_users_list"]).spawn().unwrap();
    let (shown, go) = gong.asked.recv().unwrap();
    (child, shown, go)
}

fn ended(child: Child) -> (Option<i32>, String) {
    let output = child.wait_with_output().unwrap();
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

/// A call with all the answers that it needs.
fn call(shell: &Shell, gong: &Gong) -> (Done, Option<String>) {
    std::thread::scope(|threads| {
        let call = threads.spawn(|| shell.run(&["call", "gong_users_list"]));
        let mut shown = None;
        while !call.is_finished() {
            if let Ok((token, go)) = gong.asked.try_recv() {
                shown = Some(token);
                go.send(()).unwrap();
            }
            std::thread::yield_now();
        }
        (call.join().unwrap(), shown)
    })
}

#[test]
fn a_signal_waits_for_the_refresh_and_loses_nothing() {
    let gong = Gong::start();
    let shell = connected(&gong);
    for (signal, code, before, after) in [("-INT", 130, "1", "2"), ("-TERM", 143, "2", "3"), ("-HUP", 129, "3", "4")] {
        let (child, shown, go) = in_a_refresh(&shell, &gong);
        assert_eq!(shown, before);
        send(&child, signal);
        go.send(()).unwrap();
        let (ended, said) = ended(child);
        assert_eq!(ended, Some(code), "{said}");
        assert!(said.contains("stopped"), "{said}");
        assert_eq!(after.parse::<u32>().unwrap(), shown.parse::<u32>().unwrap() + 1);
    }
    let (done, shown) = call(&shell, &gong);
    assert_eq!((done.code, shown.as_deref()), (0, Some("4")), "{}", done.err);
}

#[test]
fn what_a_kill_loses_is_said_at_once_and_with_the_remedy() {
    let gong = Gong::start();
    let shell = connected(&gong);
    let (child, _, _go) = in_a_refresh(&shell, &gong);
    send(&child, "-KILL");
    assert_eq!(ended(child).0, None);
    let (done, shown) = call(&shell, &gong);
    assert_eq!((done.code, shown), (3, None), "{}", done.err);
    assert!(done.err.contains("gong auth login --connection gong --as me"), "{}", done.err);
    assert!(done.err.contains("interrupted") && !done.err.contains("waiting"), "{}", done.err);
}

#[test]
fn an_account_stays_with_its_app() {
    let (gong, other) = (Gong::start(), Gong::start());
    let shell = connected(&gong);
    let app = ["auth", "login", "--client-id", "app", "--authorize-at", &other.url, "--as", "bob", "--no-browser"];
    let refused = shell.run(&app);
    assert_eq!(refused.code, 2, "{}", refused.err);
    assert!(refused.err.contains("a connection of its own") && refused.err.contains(&gong.url), "{}", refused.err);
    let (done, shown) = call(&shell, &gong);
    assert_eq!((done.code, shown.as_deref()), (0, Some("1")), "{}", done.err);
    assert!(other.asked.try_recv().is_err());
}

#[test]
fn a_login_that_nobody_ends_leaves_no_app_behind() {
    let gong = Gong::start();
    let shell = Shell::new().set("GONG_CLIENT_SECRET", "visible-client-secret");
    let back = crate::shell::somewhere();
    drop(shell.begin_login(&["--client-id", "typo", "--authorize-at", &gong.url, "--redirect-uri", &back]));
    let again = shell.run(&["auth", "login"]);
    assert_eq!(again.code, 2, "{}", again.err);
    assert!(again.err.contains("is new"), "{}", again.err);
    log_in(&shell, &gong, "me");
}
