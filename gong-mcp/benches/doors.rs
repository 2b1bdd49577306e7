//! What the doors to a tool cost, each beside the call itself: `cargo xtask bench doors` runs this and makes the table.
//!
//! `doors DOOR COUNT SERVER` calls one tool a number of times through one door and does nothing else, so that a counter
//! around the process sees the work; a run with the count 0 is what is to be taken off. Whoever calls is in this
//! process too, with requests that stand ready and answers that nobody reads, so the little that it does counts as
//! ours.

// Whoever measures wants to know at once.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
#![allow(clippy::print_stdout)] // what it prints is what it is for

#[path = "../../gong-client/benches/ratios/hurried.rs"]
mod hurried;

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;

use gong_client::{Client, catalog};
use gong_mcp::http::{Access, Names, router, tools};
use gong_mcp::{Offer, Selection, Server, Toolbox};
use hurried::Hurried;
use serde_json::{Map, Value, json};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};

const TOOL: &str = "gong_users_list";

fn main() {
    // `cargo bench` adds an argument of its own.
    let given: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    let given: Vec<&str> = given.iter().map(String::as_str).collect();
    let [door, count, server] = given.as_slice() else {
        return println!("These are run by `cargo xtask bench`, which prints the table; see docs/performance.md.");
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let bytes = runtime.block_on(pass(door, count.parse().expect("a count"), server));
    println!("{bytes}");
}

/// Calls the tool so often through a door, and gives the number of bytes that came out of it.
async fn pass(door: &str, count: usize, server: &str) -> usize {
    let client = Client::builder().api_key("key", "secret").base_url(server).environment(Arc::<Hurried>::default());
    let client = client.build().unwrap();
    let toolbox = Toolbox::new(client.clone(), Offer::new(&Selection::default()).unwrap());
    let (door, fields) = match door.strip_suffix("-fields") {
        Some(door) => (door, json!({"_fields": ["id", "emailAddress", "settings.gongConnectEnabled"]})),
        None => (door, json!({})),
    };
    match door {
        "call-text" => {
            let mut bytes = 0;
            for _ in 0..count {
                bytes += client.call_text(TOOL, "{}").await.unwrap().len();
            }
            bytes
        }
        "toolbox" => of_toolbox(&toolbox, count, &fields).await,
        "toolbox-whole" => of_toolbox(&toolbox.answer_tokens(usize::MAX), count, &fields).await,
        "post" => {
            let request = post(&format!("/tools/{TOOL}"), &fields.to_string(), "");
            over_http(|access, address| tools(access, address, Names::default()), toolbox, request, count).await
        }
        "mcp-http" => {
            let call = call(1, &fields, true);
            let headers = format!(
                "accept: application/json, text/event-stream\r\nmcp-protocol-version: 2026-07-28\r\n\
                 mcp-method: tools/call\r\nmcp-name: {TOOL}\r\n"
            );
            let request = post("/mcp", &call.to_string(), &headers);
            over_http(|access, address| router(access, address, Names::default()), toolbox, request, count).await
        }
        "mcp-lines" => over_lines(toolbox, count, &fields).await,
        other => panic!("there is no door `{other}`"),
    }
}

async fn of_toolbox(toolbox: &Toolbox, count: usize, input: &Value) -> usize {
    let tool = catalog::tool(TOOL).unwrap();
    let input: Map<String, Value> = input.as_object().cloned().unwrap();
    let mut bytes = 0;
    for _ in 0..count {
        let outcome = toolbox.call(tool, input.clone()).await;
        assert!(!outcome.has_failed());
        bytes += outcome.text.len();
    }
    bytes
}

/// A call in the newest version of the protocol, or in that before it.
fn call(id: usize, input: &Value, newest: bool) -> Value {
    let mut params = json!({"name": TOOL, "arguments": input});
    if newest {
        params["_meta"] = json!({
            "io.modelcontextprotocol/protocolVersion": "2026-07-28",
            "io.modelcontextprotocol/clientInfo": {"name": "bench", "version": "1"},
            "io.modelcontextprotocol/clientCapabilities": {}});
    }
    json!({"jsonrpc": "2.0", "id": id, "method": "tools/call", "params": params})
}

async fn over_lines(toolbox: Toolbox, count: usize, input: &Value) -> usize {
    let (ours, theirs) = tokio::io::duplex(1 << 18);
    let (read, write) = tokio::io::split(theirs);
    tokio::spawn(Server::new(toolbox).serve_lines(read, write));
    let (read, mut write) = tokio::io::split(ours);
    let mut read = BufReader::with_capacity(1 << 18, read);
    let hello = json!({"jsonrpc": "2.0", "id": 0, "method": "initialize", "params": {
        "protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "bench", "version": "1"}}});
    write.write_all(format!("{hello}\n").as_bytes()).await.unwrap();
    let mut line = Vec::new();
    read.read_until(b'\n', &mut line).await.unwrap();
    let ready = json!({"jsonrpc": "2.0", "method": "notifications/initialized"});
    write.write_all(format!("{ready}\n").as_bytes()).await.unwrap();
    let request = format!("{}\n", call(1, input, false));
    let mut bytes = 0;
    for _ in 0..count {
        write.write_all(request.as_bytes()).await.unwrap();
        line.clear();
        bytes += read.read_until(b'\n', &mut line).await.unwrap();
        assert!(line.len() > 1_000, "{}", String::from_utf8_lossy(&line));
    }
    bytes
}

/// A request over HTTP as it is written.
fn post(path: &str, body: &str, headers: &str) -> impl Fn(SocketAddr) -> Vec<u8> + Send + 'static {
    let (path, body, headers) = (path.to_owned(), body.to_owned(), headers.to_owned());
    move |address| {
        let length = body.len();
        format!(
            "POST {path} HTTP/1.1\r\nhost: {address}\r\ncontent-type: application/json\r\n\
             content-length: {length}\r\n{headers}\r\n{body}"
        )
        .into_bytes()
    }
}

async fn over_http(
    routes: impl FnOnce(Access, SocketAddr) -> axum::Router,
    toolbox: Toolbox,
    request: impl Fn(SocketAddr) -> Vec<u8> + Send + 'static,
    count: usize,
) -> usize {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let routes = routes(Access::Everybody(Server::new(toolbox)), address);
    tokio::spawn(async move { axum::serve(listener, routes).await.unwrap() });
    let asking = tokio::task::spawn_blocking(move || {
        let mut connection = TcpStream::connect(address).unwrap();
        connection.set_nodelay(true).unwrap();
        let (request, mut room) = (request(address), vec![0; 1 << 20]);
        (0..count)
            .map(|_| {
                connection.write_all(&request).unwrap();
                answer(&mut connection, &mut room)
            })
            .sum()
    });
    asking.await.unwrap()
}

/// Reads an answer to its end, looking at no more of it than that takes.
fn answer(connection: &mut TcpStream, room: &mut [u8]) -> usize {
    let (mut read, mut wanted) = (0, None);
    loop {
        let more = connection.read(&mut room[read..]).unwrap();
        assert!(more > 0, "{}", String::from_utf8_lossy(&room[..read]));
        read += more;
        if wanted.is_none() {
            let head = String::from_utf8_lossy(&room[..read.min(1_000)]).to_ascii_lowercase();
            let Some((head, _)) = head.split_once("\r\n\r\n") else { continue };
            assert!(head.starts_with("http/1.1 200"), "{head}");
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.trim().parse().ok());
            wanted = Some(length.map(|length: usize| head.len() + 4 + length));
        }
        let is_whole = match wanted {
            Some(Some(length)) => read == length,
            _ => room[..read].ends_with(b"\r\n0\r\n\r\n"),
        };
        if is_whole {
            return read;
        }
    }
}
