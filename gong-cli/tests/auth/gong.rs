//! A Gong of which a test decides when it answers a refresh: the token endpoint, and one operation.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};

pub(crate) struct Gong {
    pub(crate) url: String,
    /// Each request to the token endpoint: what it showed, and the way to let its answer go.
    pub(crate) asked: Receiver<(String, Sender<()>)>,
}

impl Gong {
    /// Its tokens have run out when they come, so every command refreshes.
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (tell, asked) = channel();
        let (own, newest) = (url.clone(), Arc::new(Mutex::new(1)));
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let (tell, own, newest) = (tell.clone(), own.clone(), Arc::clone(&newest));
                std::thread::spawn(move || answer(stream.unwrap(), &tell, &own, &newest));
            }
        });
        Gong { url, asked }
    }
}

fn answer(mut stream: TcpStream, tell: &Sender<(String, Sender<()>)>, own: &str, newest: &Mutex<u32>) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut first = String::new();
    reader.read_line(&mut first).unwrap();
    let mut length = 0;
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).unwrap() == 0 || line == "\r\n" {
            break;
        }
        if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
    }
    reader.read_exact(&mut vec![0; length]).unwrap();
    let (status, body) = if first.starts_with("POST /oauth2/generate-customer-token") {
        token(&first, tell, own, newest)
    } else {
        ("200 OK", r#"{"requestId":"r","users":[]}"#.to_owned())
    };
    let head = "content-type: application/json\r\nconnection: close";
    // Whoever asked may be gone.
    let _ = write!(stream, "HTTP/1.1 {status}\r\n{head}\r\ncontent-length: {}\r\n\r\n{body}", body.len());
}

/// A refresh token works once, and its answer goes when the test lets it.
fn token(line: &str, tell: &Sender<(String, Sender<()>)>, own: &str, newest: &Mutex<u32>) -> (&'static str, String) {
    let shown = line.split("refresh_token=refresh-").nth(1).and_then(|rest| rest.split([' ', '&']).next());
    let given = {
        let mut newest = newest.lock().unwrap();
        if shown.is_some_and(|shown| shown != newest.to_string()) {
            return ("400 Bad Request", r#"{"requestId":"r","errors":["Refresh token code is invalid"]}"#.to_owned());
        }
        *newest += u32::from(shown.is_some());
        *newest
    };
    if let Some(shown) = shown {
        let (go, gone) = channel();
        let _ = tell.send((shown.to_owned(), go));
        let _ = gone.recv();
    }
    let body = format!(
        r#"{{"access_token":"access-{given}","refresh_token":"refresh-{given}","expires_in":0,
             "api_base_url_for_customer":"{own}"}}"#
    );
    ("200 OK", body)
}
