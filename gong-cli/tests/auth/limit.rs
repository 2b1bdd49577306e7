//! The limit of a company, which all commands share.

use gong_sandbox::{RateLimit, Sandbox};

use crate::shell::Shell;

fn shell_for(sandbox: &Sandbox) -> Shell {
    let shell = Shell::new().set("GONG_BASE_URL", sandbox.base_url());
    shell.set("GONG_ACCESS_KEY", sandbox.access_key()).set("GONG_ACCESS_KEY_SECRET", sandbox.access_key_secret())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn commands_with_credentials_of_the_environment_take_turns() {
    let sandbox = Sandbox::builder().rate_limit(Some(RateLimit::GONG)).start().await.unwrap();
    let shell = shell_for(&sandbox);
    std::thread::scope(|scope| {
        for _ in 0..6 {
            scope.spawn(|| shell.run(&["request", "GET", "/v2/workspaces"]).json());
        }
    });
    // Between its turn and its arrival a request may be late on a busy machine, so that one is refused and sent again;
    // of six commands that share nothing three are refused at once.
    let requests = sandbox.requests();
    let (answered, refused): (Vec<_>, Vec<_>) = requests.iter().partition(|request| request.status == Some(200));
    assert_eq!(answered.len(), 6);
    assert!(refused.len() < 3 && refused.iter().all(|request| request.status == Some(429)), "{refused:?}");
    assert!(shell.home().join("limits.db").exists());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_a_place_for_the_limit_a_command_does_its_work_and_says_so() {
    let sandbox = Sandbox::builder().start().await.unwrap();
    let shell = shell_for(&sandbox);
    std::fs::write(shell.home(), "no folder").unwrap();
    let done = shell.run(&["request", "GET", "/v2/workspaces"]);
    assert_eq!(done.code, 0, "{}", done.err);
    assert!(
        done.err.starts_with("note: the rate limit is not shared with other commands: the folder "),
        "{}",
        done.err
    );
    let shell = shell_for(&sandbox);
    assert_eq!(shell.run(&["request", "GET", "/v2/workspaces", "--dry-run"]).code, 0);
    assert!(!shell.home().exists(), "what sends nothing keeps nothing");
}
