//! The transport and what is around it, against a server on this machine: compression, sizes, phases, traces and
//! events.

use std::collections::BTreeMap;
use std::fmt::{Debug, Write as _};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, ThreadId};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};

use crate::base::error::{Error, ErrorKind, Phase};
use crate::testing::{NEVER, Server, reply, reply_as};
use crate::transport::event::Event;
use crate::{Backoff, Client, ClientBuilder, Method};

/// A server that gives this answer to every request, and keeps what was asked.
async fn server(answer: Vec<u8>) -> (ClientBuilder, Arc<Mutex<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let asked = Arc::new(Mutex::new(String::new()));
    let seen = asked.clone();
    tokio::spawn(async move {
        let mut open = Vec::new();
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut buffer = [0; 8192];
            let count = stream.read(&mut buffer).await.unwrap_or(0);
            seen.lock().unwrap().push_str(&String::from_utf8_lossy(&buffer[..count]));
            let _ = stream.write_all(&answer).await;
            open.push(stream);
        }
    });
    let builder = Client::builder().access_token("the-token").base_url(url);
    (builder.rate_limit(None).retry(Arc::new(Backoff::never())), asked)
}

fn answer(headers: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("HTTP/1.1 200 OK\r\n{headers}content-length: {}\r\n\r\n", body.len());
    [head.as_bytes(), body].concat()
}

/// 200 kB of JSON in 257 bytes of gzip.
fn squeezed() -> Vec<u8> {
    let head: &[u8] =
        b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xed\xc1\xb1\x09\x80\x30\x00\x04\xc0\x55\xe4\x6b\x27\xc8\x2a\xc1\
        \x22\x10\x50\x9b\x20\x98\x4e\xdc\xdd\x19\xec\xef\xee\xc9\x3c\xce\xb1\xdf\x29\x75\x5b\x73\xb5\x9e\x92\x05";
    let tail: &[u8] = b"\xf8\x2d\xef\x07\x0e\x53\xf6\x05\x56\x0d\x03\x00";
    [head, &[0; 193], tail].concat()
}

/// The same in 47 bytes of Brotli.
const BROTLI: &[u8] =
    b"\x5b\x55\x0d\x83\xdf\x71\x60\xc7\x90\x3f\x60\x18\xb2\x79\xda\x94\x22\x5b\x7b\xcd\xa2\xd3\xd5\xa7\x41\xc2\
    \xc8\xe0\xb4\x24\x94\xe0\x72\x99\x64\xc0\x01\x4b\xdc\xca\xc2\xe6\x7c\x82\x01\x84\x01";

async fn get(builder: ClientBuilder) -> crate::Result<crate::RawAnswer> {
    builder.build().unwrap().request(Method::Get, "/v2/things").query("owner", "kim@example.com").send().await
}

#[tokio::test]
async fn answers_may_be_compressed() {
    for (encoding, squeezed) in [("gzip", squeezed()), ("br", BROTLI.to_vec())] {
        let (builder, asked) = server(answer(&format!("content-encoding: {encoding}\r\n"), &squeezed)).await;
        let raw = get(builder).await.unwrap();
        assert_eq!(raw.bytes().len(), 200_022, "{encoding}");
        assert!(raw.json().unwrap()["things"].is_array());
        let asked = asked.lock().unwrap().to_lowercase();
        let line = asked.lines().find(|line| line.starts_with("accept-encoding")).unwrap();
        assert!(line.contains(encoding), "{line}");
    }
}

#[tokio::test]
async fn what_cannot_be_unpacked_is_a_connection_that_broke() {
    for (encoding, squeezed) in [("gzip", squeezed()), ("br", BROTLI.to_vec())] {
        let half = &squeezed[..squeezed.len() / 2];
        let error = get(server(answer(&format!("content-encoding: {encoding}\r\n"), half)).await.0).await.unwrap_err();
        assert_eq!((error.kind(), error.phase()), (ErrorKind::Connection, Some(Phase::Reading)), "{encoding}: {error}");
        assert!(error.is_retryable(), "{encoding}: {error}");
    }
}

#[tokio::test]
async fn an_answer_that_is_too_large_is_given_up_while_it_comes() {
    let error = get(server(answer("", &[b' '; 1001])).await.0.answer_limit(1000)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert_eq!(
        error.to_string(),
        "the answer to GET /v2/things is larger than the 1000 bytes that this client takes; ask for less at once, or \
         raise `answer_limit`."
    );
    for packed in [answer("content-encoding: gzip\r\n", &squeezed()), answer("content-encoding: br\r\n", BROTLI)] {
        let error = get(server(packed).await.0.answer_limit(100_000)).await.unwrap_err();
        assert!(error.to_string().contains("100000 bytes"), "what counts is what is unpacked: {error}");
    }
    assert!(get(server(answer("", &[b' '; 1000])).await.0.answer_limit(1000)).await.is_ok());
}

/// The error of a request that nothing comes back for, or not all.
async fn timed_out(answer: Vec<u8>, read_timeout: bool) -> Error {
    let (builder, _) = server(answer).await;
    let short = Duration::from_millis(80);
    get(if read_timeout { builder.read_timeout(short) } else { builder.timeout(short) }).await.unwrap_err()
}

#[tokio::test]
async fn a_time_out_tells_its_phase() {
    let half = b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf".to_vec();
    for read_timeout in [true, false] {
        let error = timed_out(Vec::new(), read_timeout).await;
        assert_eq!((error.kind(), error.phase()), (ErrorKind::Timeout, Some(Phase::Waiting)), "{error}");
        let error = timed_out(half.clone(), read_timeout).await;
        assert_eq!((error.kind(), error.phase()), (ErrorKind::Timeout, Some(Phase::Reading)), "{error}");
        assert!(error.may_have_been_sent() && error.is_retryable(), "it was only read");
    }
}

#[tokio::test]
async fn connections_are_used_again() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let accepted = Arc::new(AtomicU64::new(0));
    let count = accepted.clone();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            count.fetch_add(1, Ordering::Relaxed);
            tokio::spawn(async move {
                let mut buffer = [0; 8192];
                while stream.read(&mut buffer).await.is_ok_and(|count| count > 0) {
                    let _ = stream.write_all(&answer("", b"{}")).await;
                }
            });
        }
    });
    let gong = Client::builder().access_token("t").base_url(url).rate_limit(None).build().unwrap();
    for _ in 0..5 {
        gong.request(Method::Get, "/v2/things").send().await.unwrap();
    }
    assert_eq!(accepted.load(Ordering::Relaxed), 1);
}

/// Writes down every span of its thread with its fields.
///
/// It listens to the whole process: of subscribers that only one thread has, `tracing` asks none when another thread
/// comes by a span first, and remembers that nobody listens.
#[derive(Debug)]
struct Notes {
    thread: ThreadId,
    spans: Arc<Mutex<BTreeMap<u64, String>>>,
    next: AtomicU64,
}

impl Notes {
    fn write(&self, text: String) -> Id {
        let id = self.next.fetch_add(1, Ordering::Relaxed) + 1;
        if thread::current().id() == self.thread {
            self.spans.lock().unwrap().insert(id, text);
        }
        Id::from_u64(id)
    }
}

/// Writes fields as text.
struct Text<'a>(&'a mut String);

impl Visit for Text<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let _ = write!(self.0, " {field}={value:?}");
    }
}

impl tracing::Subscriber for Notes {
    fn enabled(&self, metadata: &tracing::Metadata<'_>) -> bool {
        metadata.target().starts_with("gong_client")
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut text = span.metadata().name().to_owned();
        span.record(&mut Text(&mut text));
        self.write(text)
    }

    fn record(&self, span: &Id, values: &Record<'_>) {
        if let Some(text) = self.spans.lock().unwrap().get_mut(&span.into_u64()) {
            values.record(&mut Text(text));
        }
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &tracing::Event<'_>) {
        let mut text = "event".to_owned();
        event.record(&mut Text(&mut text));
        self.write(text);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

#[tokio::test]
async fn a_request_leaves_a_span_and_an_event_without_secrets() {
    let server =
        Server::new([reply_as(503, "x: y", ""), reply(200, serde_json::json!({"requestId": "r7", "things": []}))])
            .await;
    let spans: Arc<Mutex<BTreeMap<u64, String>>> = Arc::default();
    let notes = Notes { thread: thread::current().id(), spans: spans.clone(), next: AtomicU64::default() };
    let events: Arc<Mutex<Vec<Event>>> = Arc::default();
    let kept = events.clone();
    let builder = Client::builder().api_key("the-key", "the-secret").base_url(server.client().base_url());
    let builder = builder.environment(server.world.clone()).rate_limit(None);
    let gong = builder.observe(move |event| kept.lock().unwrap().push(event.clone())).build().unwrap();
    tracing::subscriber::set_global_default(notes).unwrap();
    let request = gong.request(Method::Get, "/v2/things").query("owner", "kim@example.com");
    request.send().await.unwrap();
    let written: Vec<String> = spans.lock().unwrap().values().cloned().collect();
    insta::assert_snapshot!(written.join("\n"), @r#"
    gong_request method="GET" path="/v2/things" status=200 tries=2 wait_ms=0 request_id="r7"
    event message=trying again tries=1 pause_ms=0 error=Server
    "#);
    let events = events.lock().unwrap();
    let [event] = events.as_slice() else { panic!("{events:?}") };
    assert_eq!((event.tries, event.status, event.error, event.path.as_str()), (2, Some(200), None, "/v2/things"));
    assert_eq!(event.request_id.as_deref(), Some("r7"));
    for secret in ["the-key", "the-secret", "dGhlLWtleT", "kim@"] {
        assert!(!format!("{written:?} {events:?}").contains(secret), "{secret}");
    }
}

/// An error for each of the ways in which a request of a write fails, as a person reads it.
#[tokio::test]
async fn every_error_is_a_sentence_to_act_on() {
    let said = |text: &str| serde_json::json!({"requestId": "r1", "errors": [text]});
    let missing = "You don't have permission to use 'api:stats:interaction' in your app.";
    let html = "<html><head><title>502 Bad Gateway</title></head></html>";
    let replies = [
        ("missing scope", reply(401, said(missing))),
        ("refused credentials", reply(401, said("access token has been revoked"))),
        ("wrong host", reply_as(307, "location: https://us-5.api.gong.io/v2/things", "")),
        ("licence", reply(403, said("No Engage licence is assigned to the user"))),
        ("forbidden", reply(403, said("Access denied"))),
        ("not found", reply(404, said("Workspace not found"))),
        ("conflict", reply(409, said("A call with the given clientUniqueId already exists"))),
        ("limit", reply_as(429, "retry-after: 7200", "")),
        ("limit without an end", reply_as(429, "retry-after: soon", "")),
        ("refused input", reply(400, said("parties: must not be null"))),
        // In the order of the alphabet, which JSON has with serde_json's `preserve_order` and without.
        ("broken answer", reply(200, serde_json::json!({"cursor": {"no": 1}, "requestId": "r1", "things": []}))),
        ("no JSON", reply_as(200, "x: y", "{\"things\": [")),
        ("edge page", reply_as(502, "content-type: text/html", html)),
        ("not there", reply(501, said("the sandbox does not have GET /things"))),
        ("failure", reply(500, said("Internal server error occurred"))),
        ("outage", reply(503, said("Service Unavailable"))),
    ];
    let mut told = String::new();
    for (name, reply) in replies {
        let server = Server::new([reply]).await;
        let gong = server.client();
        let error = crate::client::invocation::Invocation::<crate::testing::List>::new(&gong).send().await.unwrap_err();
        let host = gong.base_url();
        let _ = writeln!(told, "{name} ({:?}): {}", error.kind(), error.to_string().replace(host, "HOST"));
    }
    let server = Server::new([NEVER.to_owned()]).await;
    let hasty = Client::builder().access_token("t").base_url(server.client().base_url()).rate_limit(None);
    let hasty = hasty.retry(Arc::new(Backoff::never())).timeout(Duration::from_millis(50)).build().unwrap();
    let error = hasty.request(Method::Post, "/v2/things").send().await.unwrap_err();
    let _ = writeln!(told, "time-out of a write: {}", error.to_string().replace(hasty.base_url(), "HOST"));
    let nobody = Client::builder().access_token("t").base_url("http://127.0.0.1:1").rate_limit(None);
    let nobody = nobody.retry(Arc::new(Backoff::never())).build().unwrap();
    let error = nobody.request(Method::Get, "/v2/things").send().await.unwrap_err();
    let _ = writeln!(told, "nobody there: {error}");
    insta::assert_snapshot!(told);
}
