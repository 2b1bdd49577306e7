//! A server of ready-made answers, in a process of its own so that none of its work is counted. It knows no more of
//! HTTP than its two clients use, and ends with its standard input.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;

use crate::answers;

/// Calls on a page, and how many pages there are.
pub(crate) const PAGE: usize = 100;
pub(crate) const PAGES: usize = 1000;
/// The length of the transcript answer.
pub(crate) const TRANSCRIPT: usize = 5_000_000;

/// An answer as short as most that are no list.
const SMALL: &str = r#"{"requestId":"4al018gzaztcr8nbukw","records":{"totalRecords":1,"currentPageSize":1,"currentPageNumber":0},
"users":[{"id":"1597409306735779049"}]}"#;

struct Answers {
    users: String,
    transcript: String,
}

/// Serves until nobody listens any more.
pub(crate) fn run() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    println!("http://{}", listener.local_addr().expect("an address"));
    let answers = Arc::new(Answers { users: answers::users(PAGE), transcript: answers::transcript(TRANSCRIPT) });
    std::thread::spawn(move || {
        for connection in listener.incoming().flatten() {
            let answers = answers.clone();
            std::thread::spawn(move || serve(connection, &answers));
        }
    });
    std::io::copy(&mut std::io::stdin(), &mut std::io::sink()).ok();
}

fn serve(connection: TcpStream, answers: &Answers) -> Option<()> {
    connection.set_nodelay(true).ok()?;
    let mut reader = BufReader::new(connection.try_clone().ok()?);
    let mut writer = connection;
    loop {
        let target = request(&mut reader)?;
        let body = match target.split('?').next()? {
            "/v2/users" if target.ends_with("=small") => SMALL.to_owned(),
            "/v2/users" => answers.users.clone(),
            "/v2/calls/transcript" => answers.transcript.clone(),
            "/v2/calls" => page(&target),
            _ => return None,
        };
        let head =
            format!("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n", body.len());
        writer.write_all(&[head.as_bytes(), body.as_bytes()].concat()).ok()?;
    }
}

/// The page after the cursor, which counts down: `cursor=3` has three pages after it.
fn page(target: &str) -> String {
    let cursor = target.split_once("cursor=").and_then(|(_, rest)| rest.parse::<usize>().ok());
    let left = cursor.unwrap_or(PAGES) - 1;
    let next = (left > 0).then(|| left.to_string());
    answers::calls(PAGE, PAGE * PAGES, next.as_deref())
}

/// Reads a request to its end and gives its target.
fn request(reader: &mut BufReader<TcpStream>) -> Option<String> {
    let mut line = String::new();
    reader.read_line(&mut line).ok().filter(|read| *read > 0)?;
    let target = line.split(' ').nth(1)?.to_owned();
    let mut length = 0;
    loop {
        line.clear();
        reader.read_line(&mut line).ok().filter(|read| *read > 0)?;
        match line.trim_end().split_once(": ") {
            Some((name, value)) if name.eq_ignore_ascii_case("content-length") => length = value.parse().ok()?,
            Some(_) => {}
            None => break,
        }
    }
    reader.read_exact(&mut vec![0; length]).ok()?;
    Some(target)
}
