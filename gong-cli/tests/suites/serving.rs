//! A server over HTTP for whoever comes.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use crate::GONG;

pub(crate) struct Serving {
    pub(crate) url: String,
    child: Child,
}

impl Serving {
    pub(crate) fn start(args: &[&str]) -> Self {
        let mut gong = Command::new(GONG);
        gong.args(["mcp", "--sandbox", "--http", "127.0.0.1:0"]).args(args);
        let mut child = gong.stderr(Stdio::piped()).spawn().unwrap();
        let mut said = BufReader::new(child.stderr.take().unwrap()).lines().map(Result::unwrap);
        let line = said.find(|line| line.starts_with("Serving")).expect("where it listens");
        let address = line.split("http://").nth(1).unwrap().split(' ').next().unwrap().to_owned();
        // What it says later has to go somewhere.
        std::thread::spawn(move || said.count());
        Serving { url: format!("http://{address}/mcp"), child }
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
