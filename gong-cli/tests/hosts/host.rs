//! A host as a server sees it: what it says of itself, and the two ways on which it speaks.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdout, Command, Stdio};

use serde_json::{Value, json};

/// The version of the protocol that has no handshake: each message says who sends it.
const WITHOUT_HANDSHAKE: &str = "2026-07-28";

/// What a host says of itself.
pub(crate) struct Host {
    pub(crate) version: &'static str,
    pub(crate) capabilities: Value,
    pub(crate) info: Value,
}

impl Host {
    /// A message of this host.
    fn message(&self, id: u32, method: &str, mut params: Value) -> Value {
        if self.version == WITHOUT_HANDSHAKE {
            params["_meta"] = json!({
                "io.modelcontextprotocol/protocolVersion": self.version,
                "io.modelcontextprotocol/clientInfo": self.info,
                "io.modelcontextprotocol/clientCapabilities": self.capabilities,
            });
        }
        json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params})
    }

    /// Begins, lists the tools and calls one of them, and reads a resource; gives how many tools there are.
    pub(crate) async fn uses(&self, line: &mut Line) -> usize {
        if self.version == WITHOUT_HANDSHAKE {
            let found = line.say(self.message(1, "server/discover", json!({}))).await;
            assert!(found["result"]["supportedVersions"].as_array().unwrap().contains(&json!(self.version)), "{found}");
        } else {
            let hello = json!({"protocolVersion": self.version, "capabilities": self.capabilities,
                               "clientInfo": self.info});
            let hello = line.say(self.message(1, "initialize", hello)).await;
            assert_eq!(hello["result"]["protocolVersion"], self.version, "{hello}");
            line.say(json!({"jsonrpc": "2.0", "method": "notifications/initialized"})).await;
        }
        let listed = line.say(self.message(2, "tools/list", json!({}))).await;
        let tools = listed["result"]["tools"].as_array().expect("tools").len();
        let call = json!({"name": "gong_users_list", "arguments": {"_fields": ["emailAddress"]}});
        let users = line.say(self.message(3, "tools/call", call)).await;
        let user = &users["result"]["structuredContent"]["users"][0]["emailAddress"];
        assert!(user.as_str().is_some_and(|address| address.contains('@')), "{users}");
        let quota = line.say(self.message(4, "resources/read", json!({"uri": "gong://quota"}))).await;
        assert!(quota["result"]["contents"][0]["text"].is_string(), "{quota}");
        tools
    }
}

/// The way on which messages go to a server and back.
pub(crate) enum Line {
    Pipes { child: Child, out: BufReader<ChildStdout> },
    Http { http: reqwest::Client, url: String, headers: Vec<(String, String)>, session: Option<String> },
}

impl Line {
    pub(crate) fn pipes(mut command: Command) -> Self {
        let command = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        Line::Pipes { child, out }
    }

    /// To a server at this address, by these headers of the host's file.
    pub(crate) fn http(url: String, mut headers: Vec<(String, String)>, version: &str) -> Self {
        headers.push(("mcp-protocol-version".to_owned(), version.to_owned()));
        Line::Http { http: reqwest::Client::new(), url, headers, session: None }
    }

    /// Says this, and gives the answer; nothing for what wants none.
    pub(crate) async fn say(&mut self, message: Value) -> Value {
        match self {
            Line::Pipes { child, out } => {
                writeln!(child.stdin.as_mut().unwrap(), "{message}").unwrap();
                let Some(id) = message.get("id") else { return Value::Null };
                let lines = out.lines().map(|line| serde_json::from_str::<Value>(&line.unwrap()).unwrap());
                lines.into_iter().find(|answer| answer.get("id") == Some(id)).expect("an answer")
            }
            Line::Http { http, url, headers, session } => {
                let request = http.post(&*url).header("accept", "application/json, text/event-stream");
                let request = request.header("content-type", "application/json").body(message.to_string());
                let own = headers_of(&message).into_iter().chain(headers.iter().cloned());
                let session_header = session.iter().map(|id| ("mcp-session-id".to_owned(), id.clone()));
                let request =
                    own.chain(session_header).fold(request, |request, (name, value)| request.header(name, value));
                let answer = request.send().await.unwrap();
                if let Some(id) = answer.headers().get("mcp-session-id") {
                    *session = Some(id.to_str().unwrap().to_owned());
                }
                let text = answer.text().await.unwrap();
                let events = text.lines().filter_map(|line| line.strip_prefix("data:"));
                let event = events.into_iter().find(|data| data.contains("\"id\""));
                serde_json::from_str(event.unwrap_or(&text)).unwrap_or_default()
            }
        }
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        if let Line::Pipes { child, .. } = self {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// The headers by which a message of the version without a handshake says what it is about.
fn headers_of(message: &Value) -> Vec<(String, String)> {
    let params = &message["params"];
    if params["_meta"].is_null() {
        return Vec::new();
    }
    let name = ["name", "uri"].iter().find_map(|key| params[key].as_str());
    let headers = [("mcp-method", message["method"].as_str()), ("mcp-name", name)];
    headers.into_iter().filter_map(|(header, value)| Some((header.to_owned(), value?.to_owned()))).collect()
}
