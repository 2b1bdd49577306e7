//! No secret is anywhere that somebody could look.

use std::fs;
use std::path::Path;

use gong_sandbox::Sandbox;

use crate::http::decide;
use crate::shell::Shell;

/// Whether bytes hold a text, plain or as Base64 or UTF-16 would have it.
fn holds(bytes: &[u8], secret: &str) -> bool {
    let wide: Vec<u8> = secret.encode_utf16().flat_map(u16::to_le_bytes).collect();
    [secret.as_bytes(), &wide].iter().any(|wanted| bytes.windows(wanted.len()).any(|found| found == *wanted))
}

fn every_file(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files.map(|file| (file.display().to_string(), fs::read(&file).unwrap())).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_kept_or_said_holds_one() {
    let sandbox = Sandbox::start().await.unwrap();
    let secrets = [sandbox.access_key(), sandbox.access_key_secret()];
    let shell = Shell::new();
    let input = format!("{}\n{}\n", secrets[0], secrets[1]);
    let base_url = sandbox.base_url();
    let mut said = vec![shell.run_with(&["auth", "login", "--api-key", "--base-url", base_url], &input)];
    for command in [
        &["auth", "status"][..],
        &["auth", "list"],
        &["call", "gong_users_list", "--dry-run"],
        &["request", "GET", "/v2/users", "--dry-run"],
        &["call", "gong_users_list"],
        &["request", "GET", "/v2/no-such-thing"],
        &["auth", "status", "--as", "nobody"],
    ] {
        said.push(shell.run(command));
    }
    for done in &said {
        assert!(secrets.iter().all(|secret| !done.out.contains(secret) && !done.err.contains(secret)), "{done:?}");
    }
    let files = every_file(&shell.home());
    assert!(files.iter().any(|(name, _)| name.ends_with("accounts.db")), "{files:?}");
    for (name, bytes) in files {
        assert!(secrets.iter().all(|secret| !holds(&bytes, secret)), "{name} holds a secret");
    }
}

#[test]
fn the_tokens_of_a_browsers_login_are_sealed() {
    let shell = Shell::new().set("GONG_CLIENT_SECRET", "unused");
    let login = shell.begin_login(&["--sandbox"]);
    let back = decide(&login.link, "allow");
    let code = back.split("code=").nth(1).unwrap().split('&').next().unwrap().to_owned();
    crate::http::get(&back);
    let done = login.end();
    assert!(!done.err.contains(&code), "{}", done.err);
    let dry = shell.run(&["call", "gong_users_list", "--dry-run"]);
    assert!(dry.out.contains("<hidden>"), "{}", dry.out);
    for (name, bytes) in every_file(&shell.home()) {
        // What every token of the sandbox begins with.
        for secret in ["sandbox.", "refresh-", code.as_str()] {
            assert!(!holds(&bytes, secret), "{name} holds {secret}");
        }
    }
}

#[cfg(unix)]
#[test]
fn only_its_owner_reads_what_is_kept() {
    use std::os::unix::fs::PermissionsExt as _;
    let shell = Shell::in_sandbox();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&shell.home()), 0o700);
    for entry in fs::read_dir(shell.home()).unwrap() {
        let path = entry.unwrap().path();
        assert_eq!(mode(&path), 0o600, "{}", path.display());
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_list_of_processes_shows_none() {
    let shell = Shell::new().set("GONG_CLIENT_SECRET", "visible-client-secret");
    let login = shell.begin_login(&["--client-id", "id", "--redirect-uri", "https://app.example/callback"]);
    let line = fs::read_to_string(format!("/proc/{}/cmdline", login.process())).unwrap();
    assert!(line.contains("login") && !line.contains("visible-client-secret"), "{line}");
}

#[test]
fn another_key_opens_nothing() {
    let shell = Shell::in_sandbox().set("GONG_STORE_KEY", &"ab".repeat(32));
    let done = shell.run(&["call", "gong_users_list"]);
    assert_eq!(done.code, 3, "{}", done.err);
    assert!(done.out.is_empty() && done.err.contains("key"), "{}", done.err);
}
