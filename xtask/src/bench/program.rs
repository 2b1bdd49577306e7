//! Building what is measured, and the server that answers it.

use std::ffi::OsString;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use super::count::finished;

/// Cargo, with a target folder of its own so that measuring never disturbs anybody's build.
#[derive(Debug)]
pub(super) struct Cargo {
    cargo: OsString,
    pub(super) root: PathBuf,
    pub(super) target: PathBuf,
}

impl Cargo {
    pub(super) fn new(root: &Path) -> Self {
        let target = std::env::var_os("GONG_BENCH_TARGET").map_or_else(|| root.join("target/bench"), PathBuf::from);
        Cargo { cargo: std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()), root: root.to_owned(), target }
    }

    pub(super) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(&self.cargo);
        command.args(args).current_dir(&self.root).env("CARGO_TARGET_DIR", &self.target);
        command
    }

    pub(super) fn output(&self, args: &[&str]) -> io::Result<String> {
        let output = finished(self.command(args).stderr(Stdio::inherit()))?;
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }

    /// Builds a bench of a package with optimisation and gives its path.
    pub(super) fn bench(&self, package: &str, name: &str) -> io::Result<PathBuf> {
        let args = ["bench", "--quiet", "--no-run", "--package", package, "--bench", name, "--message-format=json"];
        let told = self.output(&args)?;
        executable(&told, name).ok_or_else(|| io::Error::other(format!("cargo built no `{name}`")))
    }
}

/// The program of this name in what cargo tells of a build, a JSON object a line.
pub(super) fn executable(told: &str, name: &str) -> Option<PathBuf> {
    const KEY: &str = r#""executable":""#;
    let line = told.lines().find(|line| line.contains(KEY) && line.contains(&format!(r#""name":"{name}""#)))?;
    let path = line.split_once(KEY)?.1.split('"').next()?;
    Some(PathBuf::from(path))
}

/// A server in a process of its own, which ends with this value.
#[derive(Debug)]
pub(super) struct Server {
    process: Child,
    pub(super) address: String,
}

impl Server {
    pub(super) fn start(subject: &Path) -> io::Result<Self> {
        let mut process = Command::new(subject).arg("server").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let mut address = String::new();
        let out = process.stdout.take().ok_or_else(|| io::Error::other("the server has no output"))?;
        BufReader::new(out).read_line(&mut address)?;
        Ok(Server { process, address: address.trim().to_owned() })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.process.stdin.take());
        let _ = self.process.wait();
    }
}
