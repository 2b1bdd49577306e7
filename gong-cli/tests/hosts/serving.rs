//! A server over HTTP of an account of a sandbox that runs beside it.

use gong_sandbox::Sandbox;

use crate::listening::Listening;
use crate::shell::Shell;

/// `gong mcp --http` or `gong serve`, for a user with a token and an app in which nobody else is connected than `me`.
pub(crate) struct Serving {
    // It ends before what it talks to.
    _listening: Listening,
    pub(crate) sandbox: Sandbox,
    pub(crate) address: String,
    pub(crate) token: String,
    /// Its folder has the token.
    _shell: Shell,
}

impl Serving {
    pub(crate) async fn start(command: &[&str], user: &str) -> Self {
        let sandbox = Sandbox::builder().start().await.unwrap();
        let shell = Shell::connected(&sandbox, "me");
        let token = shell.run(&["mcp", "token", "new", "--as", user]).out.trim().to_owned();
        let listening = Listening::start(&mut shell.command(command));
        let address = listening.address.clone();
        Serving { _listening: listening, sandbox, address, token, _shell: shell }
    }
}
