//! A shell with a folder of its own and nothing of the environment that could change an answer.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use gong_sandbox::Sandbox;
use serde_json::Value;
use tempfile::TempDir;

use crate::http::get;

pub(crate) struct Shell {
    home: TempDir,
    variables: Vec<(String, String)>,
}

/// What a command did.
#[derive(Debug)]
pub(crate) struct Done {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Done {
    /// The answer of one that went well.
    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        assert_eq!(self.code, 0, "{}", self.err);
        serde_json::from_str(&self.out).unwrap()
    }
}

impl Shell {
    pub(crate) fn new() -> Self {
        Shell { home: tempfile::tempdir().unwrap(), variables: Vec::new() }
    }

    /// With a connected sandbox.
    pub(crate) fn in_sandbox() -> Self {
        let shell = Shell::new();
        let done = shell.run(&["auth", "login", "--sandbox", "--yes"]);
        assert_eq!(done.code, 0, "{}", done.err);
        shell
    }

    /// With an app of a sandbox that runs, in which this user has connected their account.
    pub(crate) fn connected(sandbox: &Sandbox, user: &str) -> Self {
        let shell = Shell::new().set("GONG_CLIENT_SECRET", sandbox.client_secret());
        let (place, back) = (sandbox.base_url(), somewhere());
        let app = ["--client-id", sandbox.client_id(), "--authorize-at", place, "--redirect-uri", &back, "--as", user];
        allow(sandbox, shell.begin_login(&app));
        shell
    }

    pub(crate) fn set(mut self, name: &str, value: &str) -> Self {
        self.variables.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Where accounts are kept.
    pub(crate) fn home(&self) -> PathBuf {
        self.home.path().join("gong")
    }

    pub(crate) fn run(&self, args: &[&str]) -> Done {
        self.run_with(args, "")
    }

    /// With this on standard input.
    pub(crate) fn run_with(&self, args: &[&str], input: &str) -> Done {
        let mut child = self.command(args).spawn().unwrap();
        // A command that does not read what it is given has ended before.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        let output = child.wait_with_output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Done { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
    }

    /// Begins a login, and waits for its link.
    pub(crate) fn begin_login(&self, args: &[&str]) -> Login {
        let mut child = self.command(&[&["auth", "login", "--no-browser"], args].concat()).spawn().unwrap();
        let err = BufReader::new(child.stderr.take().unwrap());
        let mut login = Login { child, link: String::new(), said: String::new(), err };
        while login.link.is_empty() {
            let mut line = String::new();
            assert_ne!(login.err.read_line(&mut line).unwrap(), 0, "no link came: {}", login.said);
            login.said.push_str(&line);
            if line.trim().starts_with("http") {
                login.link = line.trim().to_owned();
            }
        }
        login
    }

    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_gong"));
        command.args(args).env("GONG_HOME", self.home()).env_remove("GONG_STORE_KEY").env_remove("GONG_BASE_URL");
        for name in ["GONG_ACCESS_KEY", "GONG_ACCESS_KEY_SECRET", "GONG_ACCESS_TOKEN", "GONG_CLIENT_SECRET"] {
            command.env_remove(name);
        }
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }
}

/// An address on this machine that nobody else listens to.
pub(crate) fn somewhere() -> String {
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    format!("http://{free}/back")
}

/// Goes where the browser would go after a click on Allow.
pub(crate) fn allow(sandbox: &Sandbox, login: Login) {
    assert_eq!(get(&sandbox.allow(&login.link).unwrap()).status, 200);
    let done = login.end();
    assert_eq!(done.code, 0, "{}", done.err);
    assert!(done.err.contains(sandbox.customer_base_url()), "{}", done.err);
}

/// A login that waits for somebody to come back.
pub(crate) struct Login {
    child: Child,
    pub(crate) link: String,
    said: String,
    err: BufReader<std::process::ChildStderr>,
}

impl Login {
    pub(crate) fn process(&self) -> u32 {
        self.child.id()
    }

    pub(crate) fn type_line(&mut self, line: &str) {
        writeln!(self.child.stdin.as_mut().unwrap(), "{line}").unwrap();
    }

    /// Its end.
    pub(crate) fn end(mut self) -> Done {
        let mut out = String::new();
        self.child.stdout.take().unwrap().read_to_string(&mut out).unwrap();
        self.err.read_to_string(&mut self.said).unwrap();
        Done { code: self.child.wait().unwrap().code().unwrap(), out, err: self.said.clone() }
    }
}

impl Drop for Login {
    /// A test that fails leaves nobody waiting.
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
