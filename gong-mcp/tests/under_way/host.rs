//! Hosts: one that speaks to the server a message a line, and one that speaks HTTP.

use gong_mcp::Server;
use gong_mcp::http::{Access, Names, router, tools};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, DuplexStream, Lines, ReadHalf, WriteHalf};

/// A version of the protocol.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Version {
    /// The last one with sessions.
    Sessions,
    /// The newest, without any.
    Newest,
}

impl Version {
    pub(crate) const BOTH: [Version; 2] = [Version::Sessions, Version::Newest];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Version::Sessions => "2025-11-25",
            Version::Newest => "2026-07-28",
        }
    }

    fn hello(capabilities: &Value) -> Value {
        json!({"jsonrpc": "2.0", "id": 0, "method": "initialize", "params": {
            "protocolVersion": "2025-11-25", "capabilities": capabilities,
            "clientInfo": {"name": "test", "version": "1"}}})
    }

    /// A call of a tool. With `told` the host wants to know how far it has come.
    pub(crate) fn call(self, id: u64, tool: &str, arguments: Value, told: bool, capabilities: &Value) -> Value {
        let mut meta = match self {
            Version::Sessions => json!({}),
            Version::Newest => json!({
                "io.modelcontextprotocol/protocolVersion": "2026-07-28",
                "io.modelcontextprotocol/clientInfo": {"name": "test", "version": "1"},
                "io.modelcontextprotocol/clientCapabilities": capabilities}),
        };
        if told {
            meta["progressToken"] = format!("token-{id}").into();
        }
        json!({"jsonrpc": "2.0", "id": id, "method": "tools/call",
               "params": {"name": tool, "arguments": arguments, "_meta": meta}})
    }
}

fn ready() -> Value {
    json!({"jsonrpc": "2.0", "method": "notifications/initialized"})
}

/// What a host hears of a call: how far it came, what was logged, and the answer.
#[derive(Debug)]
pub(crate) struct Heard {
    pub(crate) log: Vec<Value>,
    pub(crate) progress: Vec<Value>,
    pub(crate) answer: Value,
}

impl Heard {
    fn of(messages: Vec<Value>, id: u64) -> Self {
        let is_answer = |message: &&Value| message["id"] == id;
        let answer = messages.iter().find(is_answer).cloned().unwrap_or_else(|| panic!("no answer in {messages:?}"));
        let told = |method: &str| -> Vec<Value> {
            let told = messages.iter().filter(|message| message["method"] == method);
            told.map(|message| message["params"].clone()).collect()
        };
        let (progress, log) = (told("notifications/progress"), told("notifications/message"));
        assert_eq!(messages.last(), Some(&answer), "nothing is told after the answer");
        assert!(progress.iter().all(|step| step["progressToken"] == format!("token-{id}")), "{progress:?}");
        Heard { log, progress, answer }
    }

    /// What the tool answered.
    pub(crate) fn result(&self) -> &Value {
        &self.answer["result"]["structuredContent"]
    }

    /// The steps that were told: how many, of how many, and in words.
    pub(crate) fn steps(&self) -> Vec<(f64, Option<f64>, &str)> {
        let step = |step| {
            let step: &Value = step;
            (step["progress"].as_f64().unwrap(), step["total"].as_f64(), step["message"].as_str().unwrap())
        };
        self.progress.iter().map(step).collect()
    }
}

/// A host that speaks to the server a message a line.
pub(crate) struct LineHost {
    version: Version,
    capabilities: Value,
    lines: Lines<BufReader<ReadHalf<DuplexStream>>>,
    write: WriteHalf<DuplexStream>,
    calls: u64,
}

impl LineHost {
    pub(crate) async fn new(server: Server, version: Version, capabilities: Value) -> Self {
        let (ours, theirs) = tokio::io::duplex(1 << 16);
        let (input, output) = tokio::io::split(theirs);
        tokio::spawn(server.serve_lines(input, output));
        let (read, write) = tokio::io::split(ours);
        let lines = BufReader::new(read).lines();
        let mut host = LineHost { version, capabilities, lines, write, calls: 0 };
        if version == Version::Sessions {
            host.say(&Version::hello(&host.capabilities)).await;
            assert_eq!(host.hear().await["result"]["protocolVersion"], version.name());
            host.say(&ready()).await;
        }
        host
    }

    pub(crate) async fn say(&mut self, message: &Value) {
        self.write.write_all(format!("{message}\n").as_bytes()).await.unwrap();
    }

    pub(crate) async fn hear(&mut self) -> Value {
        serde_json::from_str(&self.lines.next_line().await.unwrap().unwrap()).unwrap()
    }

    /// Calls a tool without waiting for the answer, and gives the id of the call.
    pub(crate) async fn begin(&mut self, tool: &str, arguments: Value, told: bool) -> u64 {
        self.calls += 1;
        self.say(&self.version.call(self.calls, tool, arguments, told, &self.capabilities)).await;
        self.calls
    }

    /// Asks for something else, in the version with sessions.
    pub(crate) async fn ask(&mut self, method: &str, params: Value) -> Value {
        self.calls += 1;
        self.say(&json!({"jsonrpc": "2.0", "id": self.calls, "method": method, "params": params})).await;
        self.hear().await
    }

    pub(crate) async fn call(&mut self, tool: &str, arguments: Value, told: bool) -> Heard {
        let id = self.begin(tool, arguments, told).await;
        self.heard(id).await
    }

    /// What is heard of a call that began.
    pub(crate) async fn heard(&mut self, id: u64) -> Heard {
        let mut messages = Vec::new();
        while messages.last().is_none_or(|message: &Value| message["id"] != id) {
            messages.push(self.hear().await);
        }
        Heard::of(messages, id)
    }
}

/// A host that speaks HTTP.
pub(crate) struct HttpHost {
    version: Version,
    capabilities: Value,
    url: String,
    http: reqwest::Client,
    session: Option<String>,
}

impl HttpHost {
    pub(crate) async fn new(server: Server, version: Version, capabilities: Value) -> Self {
        let (url, http) = (format!("{}/mcp", listening(server).await), reqwest::Client::new());
        HttpHost { version, capabilities, url, http, session: None }.begun().await
    }

    async fn begun(mut self) -> Self {
        if self.version == Version::Sessions {
            let answer = self.post(&Version::hello(&self.capabilities)).send().await.unwrap();
            self.session = Some(answer.headers()["mcp-session-id"].to_str().unwrap().to_owned());
            self.post(&ready()).send().await.unwrap();
        }
        self
    }

    pub(crate) fn post(&self, message: &Value) -> reqwest::RequestBuilder {
        let request = self.http.post(&self.url).header("accept", "application/json, text/event-stream");
        let request = request.header("content-type", "application/json").body(message.to_string());
        let request = match self.version {
            Version::Newest => request
                .header("mcp-protocol-version", "2026-07-28")
                .header("mcp-method", message["method"].as_str().unwrap())
                .header("mcp-name", message["params"]["name"].as_str().unwrap_or_default()),
            Version::Sessions => request,
        };
        match &self.session {
            Some(session) => request.header("mcp-session-id", session).header("mcp-protocol-version", "2025-11-25"),
            None => request,
        }
    }

    /// Another session of the same server.
    pub(crate) async fn another(&self) -> Self {
        let (url, http) = (self.url.clone(), reqwest::Client::new());
        let capabilities = self.capabilities.clone();
        HttpHost { version: self.version, capabilities, url, http, session: None }.begun().await
    }

    /// The stream of what belongs to no call, in the version with sessions.
    pub(crate) fn listen(&self) -> reqwest::RequestBuilder {
        let request = self.http.get(&self.url).header("accept", "text/event-stream");
        request.header("mcp-session-id", self.session.as_deref().unwrap()).header("mcp-protocol-version", "2025-11-25")
    }

    /// A call of a tool that is not sent yet.
    pub(crate) fn request(&self, tool: &str, arguments: Value, told: bool) -> reqwest::RequestBuilder {
        self.post(&self.version.call(7, tool, arguments, told, &self.capabilities))
    }

    pub(crate) async fn call(&self, tool: &str, arguments: Value, told: bool) -> Heard {
        let answer = self.request(tool, arguments, told).send().await.unwrap();
        assert_eq!(answer.status(), 200);
        let text = answer.text().await.unwrap();
        let events = text.lines().filter_map(|line| line.strip_prefix("data:")).chain([text.as_str()]);
        Heard::of(events.filter_map(|event| serde_json::from_str(event).ok()).collect(), 7)
    }
}

/// The messages of an answer that is still coming.
pub(crate) struct Messages {
    answer: reqwest::Response,
    text: String,
}

impl Messages {
    pub(crate) async fn of(request: reqwest::RequestBuilder) -> Self {
        Messages { answer: request.send().await.unwrap(), text: String::new() }
    }

    pub(crate) async fn next(&mut self) -> Value {
        loop {
            while let Some((line, rest)) = self.text.split_once('\n') {
                let message = line.strip_prefix("data:").and_then(|data| serde_json::from_str(data).ok());
                self.text = rest.to_owned();
                if let Some(message) = message {
                    return message;
                }
            }
            let chunk = self.answer.chunk().await.unwrap().unwrap_or_else(|| panic!("it ended: {}", self.text));
            self.text.push_str(&String::from_utf8_lossy(&chunk));
        }
    }
}

/// Serves the protocol and plain calls to everybody, and says where.
pub(crate) async fn listening(server: Server) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let access = Access::Everybody(server);
    let routes = router(access.clone(), address, Names::default()).merge(tools(access, address, Names::default()));
    tokio::spawn(async move { axum::serve(listener, routes).await.unwrap() });
    format!("http://{address}")
}
