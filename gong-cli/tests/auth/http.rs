//! The least of an HTTP client, and of somebody who answers a consent page by hand.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.filter(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value).next()
    }
}

pub(crate) fn get(url: &str) -> Answer {
    ask("GET", url, "")
}

pub(crate) fn ask(method: &str, url: &str, form: &str) -> Answer {
    let rest = url.strip_prefix("http://").expect("an address on this machine");
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let mut stream = TcpStream::connect(host).unwrap();
    let kind = "content-type: application/x-www-form-urlencoded";
    let length = form.len();
    let request = format!(
        "{method} /{path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n{kind}\r\n\
         content-length: {length}\r\n\r\n{form}"
    );
    stream.write_all(request.as_bytes()).unwrap();
    let mut text = String::new();
    stream.read_to_string(&mut text).unwrap();
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    Answer { status, head: head.to_owned(), body: body.to_owned() }
}

/// Answers the consent page behind a link. Returns where a browser goes next.
pub(crate) fn decide(link: &str, decision: &str) -> String {
    let page = get(link);
    assert_eq!(page.status, 200, "{}", page.body);
    let once = page.body.split("name=\"once\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let form = link.split('?').next().unwrap();
    let answer = ask("POST", form, &format!("once={once}&decision={decision}"));
    answer.header("location").expect("a redirect back to the app").to_owned()
}
