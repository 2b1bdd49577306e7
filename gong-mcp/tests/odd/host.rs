//! A host that writes lines to a server and reads its answers, in one of the protocol's versions.

use gong_client::Client;
use gong_mcp::{Offer, Selection, Server, Toolbox};
use gong_sandbox::Sandbox;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, DuplexStream, Lines, ReadHalf, WriteHalf};
use tokio::task::JoinHandle;

/// The versions, each with the schema of an answer.
pub(crate) const VERSIONS: [(&str, &str); 2] = [
    ("2025-11-25", include_str!("../protocol/2025-11-25.json")),
    ("2026-07-28", include_str!("../protocol/2026-07-28.json")),
];

/// A server with every tool, destructive ones too.
pub(crate) fn server(sandbox: &Sandbox) -> Server {
    let client = Client::builder().api_key(sandbox.access_key(), sandbox.access_key_secret());
    let client = client.base_url(sandbox.base_url()).rate_limit(None).build().unwrap();
    let everything = Selection { destructive: true, ..Selection::default() };
    Server::new(Toolbox::new(client, Offer::new(&everything).unwrap()))
}

pub(crate) struct Host {
    version: &'static str,
    schema: jsonschema::Validator,
    pub(crate) lines: Lines<BufReader<ReadHalf<DuplexStream>>>,
    pub(crate) write: WriteHalf<DuplexStream>,
    pub(crate) serving: JoinHandle<()>,
}

impl Host {
    /// Begins with a server, over a pipe of so many bytes.
    pub(crate) async fn meet(server: Server, (version, schema): (&'static str, &str), pipe: usize) -> Self {
        let (ours, theirs) = tokio::io::duplex(pipe);
        let (input, output) = tokio::io::split(theirs);
        let serving = tokio::spawn(async move { server.serve_lines(input, output).await.unwrap() });
        let (read, write) = tokio::io::split(ours);
        let schema = jsonschema::validator_for(&serde_json::from_str(schema).unwrap()).unwrap();
        let mut host = Host { version, schema, lines: BufReader::new(read).lines(), write, serving };
        if version < "2026-07-28" {
            let hello = host.request(
                json!("hello"),
                "initialize",
                json!({
                "protocolVersion": version, "capabilities": {}, "clientInfo": {"name": "odd", "version": "1"}}),
            );
            host.say(&hello.to_string()).await;
            assert_eq!(host.hear().await["result"]["protocolVersion"], version);
            host.say(&json!({"jsonrpc": "2.0", "method": "notifications/initialized"}).to_string()).await;
        }
        host
    }

    /// A request of this version. The newest says in each what the one before it says once.
    pub(crate) fn request(&self, id: Value, method: &str, mut params: Value) -> Value {
        if self.version >= "2026-07-28" {
            params["_meta"] = json!({
                "io.modelcontextprotocol/protocolVersion": self.version,
                "io.modelcontextprotocol/clientInfo": {"name": "odd", "version": "1"},
                "io.modelcontextprotocol/clientCapabilities": {}});
        }
        json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params})
    }

    pub(crate) fn call(&self, id: usize, name: &str, arguments: Value) -> Value {
        self.request(json!(id), "tools/call", json!({"name": name, "arguments": arguments}))
    }

    pub(crate) async fn say(&mut self, line: &str) {
        self.say_bytes(line.as_bytes()).await;
    }

    pub(crate) async fn say_bytes(&mut self, line: &[u8]) {
        self.write.write_all(&[line, b"\n"].concat()).await.unwrap();
    }

    pub(crate) async fn hear(&mut self) -> Value {
        let line = self.lines.next_line().await.unwrap().expect("the server lives");
        serde_json::from_str(&line).unwrap()
    }

    /// The id of an answer to `tools/call`, which must be of the form that the protocol gives it and, beyond that, have
    /// what we promise: text that is there and an end that is said.
    pub(crate) fn accept(&self, answer: &Value) -> usize {
        if let Err(fault) = self.schema.validate(answer) {
            panic!("{} {fault}: {answer}", self.version);
        }
        let is_ours = match answer.get("result") {
            Some(result) => {
                let blocks = result["content"].as_array().unwrap();
                let is_text = |block: &Value| block["type"] == "text" && block["text"] != "";
                let said = serde_json::from_str(blocks[0]["text"].as_str().unwrap()).ok().filter(Value::is_object);
                let of_structure = result.get("structuredContent") == said.as_ref();
                !blocks.is_empty() && blocks.iter().all(is_text) && result["isError"].is_boolean() && of_structure
            }
            None => !answer["error"]["message"].as_str().unwrap().is_empty(),
        };
        assert!(is_ours, "{} {answer}", self.version);
        usize::try_from(answer["id"].as_u64().unwrap()).unwrap()
    }
}
