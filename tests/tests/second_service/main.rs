//! Another service's spec becomes another service's client: nothing in it is Gong's, and it sends what that service
//! wants.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)] // Helpers of tests may panic.

#[path = "../../common/cargo.rs"]
mod cargo;
#[path = "../generated_client/mod.rs"]
mod generated_client;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::process::Command;
use std::thread;

use cargo::cargo;
use generated_client::{fill, lay, read, root, spec, write};

const CLIENT: &str = "wheels-client";

/// What the service answers, one request after the other.
const ANSWERS: [&str; 10] = [
    r#"200 {"traceId": "t", "page": {"count": 9, "next": "p2"}, "bikes": [{"id": "b-1", "kind": "cargo"}]}"#,
    r#"200 {"id": "r-9", "bike": "b-1", "began": "2026-11-16T09:00:00Z"}"#,
    r#"404 {"traceId": "t-4", "problems": ["No bike of that name."], "remedy": "Ask the station."}"#,
    DONE,
    DONE,
    DONE,
    DONE,
    DONE,
    DONE,
    DONE,
];

const DONE: &str = r#"200 {"traceId": "t-5"}"#;

fn folder() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/second_service"))
}

#[test]
fn nothing_that_is_generated_names_the_first_service() {
    for file in codegen::emit(&spec(&folder().join("spec"))) {
        let named = format!("{}\n{}", file.path, file.contents).to_lowercase().contains("gong");
        assert!(!named, "{}:\n{}", file.path, file.contents);
    }
}

#[test]
fn the_client_of_another_service_compiles_and_sends_what_that_service_wants() {
    // A fixed place, so that a second run finds what the first one built. The dependencies of all have a second one.
    let work = root().join("target/fixtures/second-service");
    lay(&work, CLIENT);
    fill(&work, CLIENT, &spec(&folder().join("spec")));
    write(&work.join(CLIENT).join("examples/rent.rs"), &read(&folder().join("program.rs")));
    let manifest = work.join(CLIENT).join("Cargo.toml");
    let tokio = "[dev-dependencies]\ntokio = { workspace = true, features = [\"macros\", \"rt\"] }\n";
    write(&manifest, &format!("{}\n{tokio}", read(&manifest)));
    let target = root().join("target/fixtures/target");
    let built = cargo(&["build", "--offline", "--quiet", "--package", CLIENT, "--example", "rent"])
        .current_dir(&work)
        .env("CARGO_TARGET_DIR", &target)
        .env_remove("RUSTFLAGS")
        .output()
        .unwrap();
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));

    let (address, asked) = serve();
    let ran = Command::new(target.join("debug/examples/rent")).arg(address).output().unwrap();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    insta::assert_snapshot!("rent", format!("{}\n{}", asked.join().unwrap(), String::from_utf8_lossy(&ran.stdout)));
}

/// A server that gives the answers, and what it was asked: request lines, credentials and bodies.
fn serve() -> (String, thread::JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let asked = thread::spawn(move || {
        let mut asked = String::new();
        for answer in ANSWERS {
            let (mut stream, _) = listener.accept().unwrap();
            let mut reader = BufReader::new(stream.try_clone().unwrap());
            let mut length = 0;
            for (number, line) in
                reader.by_ref().lines().map(Result::unwrap).take_while(|line| !line.is_empty()).enumerate()
            {
                let (name, value) = line.split_once(": ").unwrap_or_default();
                match name.to_lowercase().as_str() {
                    "content-length" => length = value.parse().unwrap(),
                    "authorization" | "content-type" | "accept" => asked += &format!("{line}\n"),
                    _ if number == 0 => asked += &format!("{line}\n"),
                    _ => {}
                }
            }
            let mut body = vec![0; length];
            reader.read_exact(&mut body).unwrap();
            asked += &format!("{}\n\n", String::from_utf8(body).unwrap());
            let (status, json) = answer.split_once(' ').unwrap();
            let head = "content-type: application/json\r\nconnection: close";
            write!(stream, "HTTP/1.1 {status} -\r\n{head}\r\ncontent-length: {}\r\n\r\n{json}", json.len()).unwrap();
        }
        asked
    });
    (address, asked)
}
