//! A server of ours over HTTP.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

/// One that listens, and ends with its test.
pub(crate) struct Listening {
    pub(crate) address: String,
    child: Child,
}

impl Listening {
    /// Starts it, and waits until it says where it listens.
    pub(crate) fn start(command: &mut Command) -> Self {
        let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
        let mut said = BufReader::new(child.stderr.take().unwrap()).lines().map(Result::unwrap);
        let line = said.find(|line| line.starts_with("Serving")).expect("where it listens");
        let address = line.split("http://").nth(1).unwrap().split(' ').next().unwrap().to_owned();
        // What it says later has to go somewhere.
        std::thread::spawn(move || said.count());
        Listening { address, child }
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
