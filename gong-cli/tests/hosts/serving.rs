//! A server over HTTP of an account of a sandbox that runs beside it.

use std::io::{BufRead as _, BufReader};
use std::process::Child;

use gong_sandbox::Sandbox;

use crate::shell::Shell;

/// `gong mcp --http` or `gong serve`, for a user with a token and an app in which nobody else is connected than `me`.
pub(crate) struct Serving {
    pub(crate) sandbox: Sandbox,
    pub(crate) address: String,
    pub(crate) token: String,
    child: Child,
    /// Its folder has the token.
    _shell: Shell,
}

impl Serving {
    pub(crate) async fn start(command: &[&str], user: &str) -> Self {
        let sandbox = Sandbox::builder().start().await.unwrap();
        let shell = Shell::connected(&sandbox, "me");
        let token = shell.run(&["mcp", "token", "new", "--as", user]).out.trim().to_owned();
        let mut child = shell.command(command).spawn().unwrap();
        let mut said = BufReader::new(child.stderr.take().unwrap()).lines().map(Result::unwrap);
        let line = said.find(|line| line.starts_with("Serving")).expect("where it listens");
        let address = line.split("http://").nth(1).unwrap().split(' ').next().unwrap().to_owned();
        // What it says later has to go somewhere.
        std::thread::spawn(move || said.count());
        Serving { sandbox, address, token, child, _shell: shell }
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
