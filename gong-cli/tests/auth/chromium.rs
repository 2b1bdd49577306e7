//! A headless Chromium, driven over its DevTools protocol.

use std::io::{BufRead as _, BufReader};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;
use tungstenite::{Message, WebSocket};

/// How long Chromium may be silent.
const PATIENCE: Duration = Duration::from_secs(30);

pub(crate) struct Chromium {
    process: Child,
    _profile: TempDir,
    socket: WebSocket<TcpStream>,
    session: String,
    sent: u64,
    /// How many pages have loaded so far.
    loads: u64,
}

impl Chromium {
    /// None where none is installed.
    pub(crate) fn start() -> Option<Self> {
        let profile = tempfile::tempdir().unwrap();
        let mut process = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"]
            .iter()
            .find_map(|name| Self::command(name, &profile).spawn().ok())?;
        let err = BufReader::new(process.stderr.take().unwrap());
        let mut lines = err.lines().map_while(Result::ok);
        let said = "DevTools listening on ws://";
        let address = lines.find_map(|line| line.split(said).nth(1).map(str::to_owned)).expect("Chromium's address");
        // It must not stand still because nobody reads what it says.
        std::thread::spawn(move || lines.for_each(drop));
        let stream = TcpStream::connect(address.split('/').next().unwrap()).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let (socket, _) = tungstenite::client(format!("ws://{address}"), stream).unwrap();
        let mut chromium = Chromium { process, _profile: profile, socket, session: String::new(), sent: 0, loads: 0 };
        let target = chromium.ask("Target.createTarget", json!({"url": "about:blank"}));
        let attached = chromium.ask("Target.attachToTarget", json!({"targetId": target["targetId"], "flatten": true}));
        chromium.session = attached["sessionId"].as_str().unwrap().to_owned();
        chromium.ask("Page.enable", json!({}));
        Some(chromium)
    }

    fn command(name: &str, profile: &TempDir) -> Command {
        let mut command = Command::new(name);
        // The pages are this test's own, and as root or in a container Chromium's sandbox does not start.
        command.args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"]);
        command.arg("--remote-debugging-port=0").arg(format!("--user-data-dir={}", profile.path().display()));
        command.arg("--proxy-server=direct://").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        command
    }

    /// The answer to one command.
    pub(crate) fn ask(&mut self, method: &str, params: Value) -> Value {
        self.sent += 1;
        let mut message = json!({"id": self.sent, "method": method, "params": params});
        if !self.session.is_empty() {
            message["sessionId"] = self.session.as_str().into();
        }
        self.socket.send(Message::text(message.to_string())).unwrap();
        loop {
            let answer = self.hear();
            if answer["id"] == self.sent {
                assert!(answer["error"].is_null(), "{method}: {answer}");
                return answer["result"].clone();
            }
        }
    }

    /// The next thing that Chromium says.
    fn hear(&mut self) -> Value {
        loop {
            let Message::Text(text) = self.socket.read().expect("a word of Chromium") else { continue };
            let said: Value = serde_json::from_str(&text).unwrap();
            self.loads += u64::from(said["method"] == "Page.loadEventFired");
            return said;
        }
    }

    pub(crate) fn open(&mut self, url: &str) {
        self.ask("Page.navigate", json!({"url": url}));
    }

    /// The value of an expression in the page.
    pub(crate) fn value(&mut self, expression: &str) -> Value {
        self.ask("Runtime.evaluate", json!({"expression": expression, "returnByValue": true}))["result"]["value"]
            .clone()
    }

    /// The first heading of the first page that has these words in it.
    pub(crate) fn heading(&mut self, words: &str) -> String {
        loop {
            let loads = self.loads;
            let heading = self.value("document.readyState == 'complete' && document.querySelector('h1')?.textContent");
            if let Some(heading) = heading.as_str().filter(|heading| heading.contains(words)) {
                return heading.to_owned();
            }
            while self.loads == loads {
                self.hear();
            }
        }
    }

    /// Moves the mouse onto something and clicks.
    pub(crate) fn click(&mut self, selector: &str) {
        let middle = format!(
            "(() => {{ const e = document.querySelector({selector:?}); \
             e.scrollIntoView(); const b = e.getBoundingClientRect(); \
             return [b.x + b.width / 2, b.y + b.height / 2]; }})()"
        );
        let middle = self.value(&middle);
        for kind in ["mouseMoved", "mousePressed", "mouseReleased"] {
            let button = if kind == "mouseMoved" { "none" } else { "left" };
            let event = json!({"type": kind, "x": middle[0], "y": middle[1], "button": button, "clickCount": 1});
            self.ask("Input.dispatchMouseEvent", event);
        }
    }
}

impl Drop for Chromium {
    /// Closes it first: where the command is a script, killing that would leave Chromium behind.
    fn drop(&mut self) {
        let _ = self.socket.send(Message::text(json!({"id": 0, "method": "Browser.close"}).to_string()));
        while self.socket.read().is_ok() {}
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
