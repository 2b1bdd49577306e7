//! The binary on a network as it is in production: TLS, HTTP/2 and a proxy from the environment. It is a process of its
//! own, so that its environment is nobody else's.
//!
//! `tls/` is a certificate of localhost that signs itself, and its key, which opens nothing but these tests:
//! `openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 36500 -subj /CN=localhost -addext
//! subjectAltName=DNS:localhost -addext basicConstraints=critical,CA:FALSE`.

use std::process::Output;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use gong_sandbox::Sandbox;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

use crate::cli::run;

const CERTIFICATE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/tls/localhost.pem");
const PAGES: usize = 3;

type Requests = Arc<Mutex<Vec<http::Request<()>>>>;

/// A server that speaks HTTP/2 over TLS and nothing else, and has three pages of one user each.
struct Server {
    port: u16,
    connections: Arc<AtomicUsize>,
    requests: Requests,
}

impl Server {
    async fn start() -> Self {
        Self::that_hangs_up_after(usize::MAX).await
    }

    /// A server that ends each connection after this many requests, and says so.
    async fn that_hangs_up_after(limit: usize) -> Self {
        let key = PrivateKeyDer::try_from(&include_bytes!("tls/localhost.key.der")[..]).unwrap().clone_key();
        let chain = vec![CertificateDer::from_pem_file(CERTIFICATE).unwrap()];
        let mut tls = ServerConfig::builder().with_no_client_auth().with_single_cert(chain, key).unwrap();
        tls.alpn_protocols = vec![b"h2".to_vec()];
        let acceptor = TlsAcceptor::from(Arc::new(tls));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let server = Server { port, connections: Arc::default(), requests: Arc::default() };
        let (connections, requests) = (server.connections.clone(), server.requests.clone());
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                connections.fetch_add(1, Ordering::Relaxed);
                tokio::spawn(serve(acceptor.clone(), stream, requests.clone(), limit));
            }
        });
        server
    }

    /// Every user, by the binary with this environment.
    fn users(&self, environment: &[(&str, &str)]) -> Output {
        let url = format!("https://localhost:{}", self.port);
        let account = [("GONG_BASE_URL", url.as_str()), ("GONG_ACCESS_TOKEN", "the-token")];
        let all = [&account[..], &[("SSL_CERT_FILE", CERTIFICATE)], environment].concat();
        run(&["call", "gong_users_list", "--all"], &all)
    }
}

async fn serve(acceptor: TlsAcceptor, stream: TcpStream, requests: Requests, limit: usize) {
    let Ok(stream) = acceptor.accept(stream).await else { return };
    let mut connection = h2::server::handshake(stream).await.unwrap();
    while let Some(Ok((request, mut respond))) = connection.accept().await {
        let number = {
            let mut requests = requests.lock().unwrap();
            requests.push(request.map(drop));
            requests.len()
        };
        let next = (number < PAGES).then(|| format!("after-{number}"));
        let page = json!({"users": [{"id": number.to_string()}], "records": {"cursor": next}});
        let head = http::Response::builder().header("content-type", "application/json").body(()).unwrap();
        let mut body = respond.send_response(head, false).unwrap();
        body.send_data(page.to_string().into(), true).unwrap();
        if number == limit {
            connection.graceful_shutdown();
        }
    }
}

fn ids(output: &Output) -> Vec<String> {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let lines = String::from_utf8(output.stdout.clone()).unwrap();
    let id = |line: &str| serde_json::from_str::<Value>(line).unwrap()["id"].as_str().unwrap().to_owned();
    lines.lines().map(id).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_come_over_one_connection_of_http_2() {
    let server = Server::start().await;
    assert_eq!(ids(&server.users(&[])), ["1", "2", "3"]);
    assert_eq!(server.connections.load(Ordering::Relaxed), 1);
    let requests = server.requests.lock().unwrap();
    assert!(requests.iter().all(|request| request.version() == http::Version::HTTP_2));
    assert!(requests.iter().all(|request| request.headers()["authorization"] == "Bearer the-token"));
    assert_eq!(requests[2].uri().query(), Some("cursor=after-2"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_the_server_ends_between_pages_is_made_anew() {
    let server = Server::that_hangs_up_after(1).await;
    assert_eq!(ids(&server.users(&[])), ["1", "2", "3"]);
    assert_eq!(server.connections.load(Ordering::Relaxed), 2);
}

/// A proxy that makes tunnels; gives its port and what it was asked.
async fn proxy() -> (u16, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let asked: Arc<Mutex<Vec<String>>> = Arc::default();
    let heads = asked.clone();
    tokio::spawn(async move {
        while let Ok((client, _)) = listener.accept().await {
            tokio::spawn(tunnel(client, heads.clone()));
        }
    });
    (port, asked)
}

async fn tunnel(mut client: TcpStream, heads: Arc<Mutex<Vec<String>>>) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(client.read_u8().await.unwrap());
    }
    let head = String::from_utf8(head).unwrap();
    let target = head.strip_prefix("CONNECT ").and_then(|rest| rest.split(' ').next()).map(str::to_owned);
    heads.lock().unwrap().push(head);
    let mut server = TcpStream::connect(target.unwrap()).await.unwrap();
    client.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await.unwrap();
    let _ = tokio::io::copy_bidirectional(&mut client, &mut server).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proxy_of_the_environment_makes_the_tunnel_and_learns_no_secret() {
    for variable in ["HTTPS_PROXY", "https_proxy", "ALL_PROXY"] {
        let (server, (port, asked)) = (Server::start().await, proxy().await);
        let proxy = format!("http://kim:sesame@127.0.0.1:{port}");
        assert_eq!(ids(&server.users(&[(variable, &proxy)])), ["1", "2", "3"], "{variable}");
        let asked = asked.lock().unwrap();
        let [head] = asked.as_slice() else { panic!("{variable}: {asked:?}") };
        assert!(head.starts_with(&format!("CONNECT localhost:{} HTTP/1.1\r\n", server.port)), "{head}");
        assert!(head.to_lowercase().contains("proxy-authorization: basic "), "{head}");
        assert!(!head.contains("the-token") && !head.contains("/v2/users"), "{head}");
        let requests = server.requests.lock().unwrap();
        assert!(requests.iter().all(|request| !request.headers().contains_key("proxy-authorization")));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_host_that_no_proxy_names_is_asked_itself() {
    let (server, (port, asked)) = (Server::start().await, proxy().await);
    let proxy = format!("http://127.0.0.1:{port}");
    assert_eq!(ids(&server.users(&[("HTTPS_PROXY", &proxy), ("NO_PROXY", "localhost")])), ["1", "2", "3"]);
    assert_eq!(asked.lock().unwrap().as_slice(), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_stays_on_this_machine_in_the_clear_goes_over_no_proxy() {
    let (sandbox, (port, asked)) = (Sandbox::start().await.unwrap(), proxy().await);
    let proxy = format!("http://127.0.0.1:{port}");
    let account = [("GONG_BASE_URL", sandbox.base_url()), ("GONG_ACCESS_TOKEN", sandbox.access_token())];
    let output = run(
        &["request", "GET", "/v2/workspaces"],
        &[&account[..], &[("HTTP_PROXY", &proxy), ("http_proxy", &proxy), ("ALL_PROXY", &proxy)]].concat(),
    );
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(asked.lock().unwrap().as_slice(), [""; 0]);
}
