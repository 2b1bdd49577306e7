//! A server over HTTP for whoever comes.

use std::process::Command;

use crate::GONG;
use crate::listening::Listening;

pub(crate) struct Serving {
    pub(crate) url: String,
    _listening: Listening,
}

impl Serving {
    pub(crate) fn start(args: &[&str]) -> Self {
        let command = ["mcp", "--sandbox", "--http", "127.0.0.1:0"];
        let listening = Listening::start(Command::new(GONG).args(command).args(args));
        Serving { url: format!("http://{}/mcp", listening.address), _listening: listening }
    }
}
