//! What goes to stdout (the answer, and nothing else) and to stderr (what is said to a person).

use std::io::{self, IsTerminal, Write};

use gong_client::text::{is_unprintable, printable};
use gong_client::{PlannedRequest, Unreadable};
use serde_json::Value;

use crate::exit::Failure;
use crate::table;

/// Whether an answer is printed as JSON: when asked, and wherever a program reads it.
pub(crate) fn wants_json(asked: bool) -> bool {
    asked || !io::stdout().is_terminal()
}

/// Something for a person. What others wrote may be in it, so it holds nothing that a terminal would obey.
pub(crate) fn say(text: &str) {
    // Where stderr is closed there is nobody to tell.
    let _ = writeln!(io::stderr(), "{}", printable(text));
}

/// As [`say`], where a person looks on.
pub(crate) fn say_at_a_terminal(text: &str) {
    if io::stderr().is_terminal() {
        say(text);
    }
}

/// What of an answer could not be read, with the element as it came: it stands nowhere else.
pub(crate) fn unreadable(item: &Unreadable) -> String {
    format!("unreadable: {item}: {}", item.json())
}

/// A line of the answer, or several, with nothing in it that a terminal would obey.
pub(crate) fn line(text: &str) -> Result<(), Failure> {
    written(writeln!(io::stdout(), "{}", printable(text)))
}

/// JSON in which what a terminal would obey is written as an escape. Outside of texts JSON has no such characters.
fn escaped(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        if is_unprintable(c) && c != '\n' {
            c.encode_utf16(&mut [0; 2]).iter().for_each(|unit| out += &format!("\\u{unit:04x}"));
        } else {
            out.push(c);
        }
    }
    out
}

/// A page of the answer, one value a line, written at once.
pub(crate) fn lines(values: &[Value]) -> Result<(), Failure> {
    let mut stdout = io::BufWriter::new(io::stdout().lock());
    let all = values.iter().try_for_each(|value| writeln!(stdout, "{}", escaped(&value.to_string())));
    written(all.and_then(|()| stdout.flush()))
}

pub(crate) fn json(value: &Value) -> Result<(), Failure> {
    line(&escaped(&format!("{value:#}")))
}

/// An answer as it came.
pub(crate) fn body(bytes: &[u8]) -> Result<(), Failure> {
    let mut stdout = io::stdout();
    written(stdout.write_all(bytes).and_then(|()| stdout.write_all(b"\n")).and_then(|()| stdout.flush()))
}

fn written(result: io::Result<()>) -> Result<(), Failure> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Err(Failure::ReaderGone),
        other => other.map_err(|error| Failure::Local(format!("stdout cannot be written: {error}"))),
    }
}

/// A tool's answer: a table of its items on a terminal, JSON elsewhere.
pub(crate) fn answer(answer: &Value, items: Option<&str>, as_json: bool) -> Result<(), Failure> {
    let items = items.and_then(|items| answer.get(items)).and_then(Value::as_array);
    match items {
        Some(items) if !wants_json(as_json) => items_table(items),
        _ => json(answer),
    }
}

fn items_table(items: &[Value]) -> Result<(), Failure> {
    let mut columns: Vec<&str> = Vec::new();
    for (name, value) in items.iter().filter_map(Value::as_object).flatten() {
        if !value.is_object() && !value.is_array() && !columns.contains(&name.as_str()) {
            columns.push(name);
        }
    }
    if columns.is_empty() {
        return json(&items.into());
    }
    let rows: Vec<Vec<String>> =
        items.iter().map(|item| columns.iter().map(|column| cell(item.get(column))).collect()).collect();
    let laid = table::fitting(&columns, &rows, table::terminal());
    line(&laid.text)?;
    let too_many = match laid.left_out.as_slice() {
        [] => String::new(),
        [one] => format!(" 1 column found no place: {one}."),
        more => format!(" {} columns found no place: {}.", more.len(), more.join(", ")),
    };
    say(&format!("{} shown.{too_many} --json has every field.", items.len()));
    Ok(())
}

fn cell(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => printable(text).into_owned(),
        Some(other) => other.to_string(),
    }
}

/// A table for a person.
pub(crate) fn table(head: &[&str], rows: impl Iterator<Item = Vec<String>>) -> Result<(), Failure> {
    line(&table::whole(head, &rows.collect::<Vec<_>>(), table::terminal()))
}

/// What a dry run would send: as HTTP reads on a terminal, as JSON elsewhere.
pub(crate) fn planned(requests: &[PlannedRequest], as_json: bool) -> Result<(), Failure> {
    if wants_json(as_json) {
        return json(&requests.iter().map(PlannedRequest::to_json).collect());
    }
    for request in requests {
        if let Some(purpose) = &request.purpose {
            line(&format!("# {purpose}"))?;
        }
        line(&format!("{} {}", request.method, request.url))?;
        for (name, value) in &request.headers {
            line(&format!("{name}: {value}"))?;
        }
        if let Some(body) = &request.body {
            line(&format!("\n{body:#}"))?;
        }
        line("")?;
    }
    say(&format!("{} would be sent; nothing was.", requests.len()));
    Ok(())
}

/// A count on a terminal, of what has come so far. Its line ends with it.
pub(crate) struct Progress {
    what: &'static str,
    count: usize,
    shown: bool,
    is_in_line: bool,
}

impl Progress {
    pub(crate) fn new(what: &'static str) -> Self {
        // Where the answer itself runs over the terminal, a count in between would be in the way.
        let shown = io::stderr().is_terminal() && !io::stdout().is_terminal();
        Progress { what, count: 0, shown, is_in_line: false }
    }

    pub(crate) fn add(&mut self, more: usize) {
        self.count += more;
        if self.shown {
            let _ = write!(io::stderr(), "\r{} {}", self.count, self.what);
            self.is_in_line = true;
        }
    }

    /// Something for a person, on a line of its own.
    pub(crate) fn say(&mut self, text: &str) {
        let fresh = if std::mem::take(&mut self.is_in_line) { "\n" } else { "" };
        say(&format!("{fresh}{text}"));
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.is_in_line {
            say("");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{cell, escaped};
    use serde_json::{Value, json};

    #[test]
    fn what_a_terminal_would_obey_is_shown_in_no_cell_and_stays_json() {
        let title = json!("a\u{1b}]52;c;aGk=\u{7} \u{202e}b\u{9b}2J\u{7f}");
        assert_eq!(cell(Some(&title)), "a\u{fffd}]52;c;aGk=\u{fffd} \u{fffd}b\u{fffd}2J\u{fffd}");
        let shown = escaped(&title.to_string());
        assert!(shown.is_ascii() && !shown.contains(char::is_control), "{shown}");
        assert_eq!(serde_json::from_str::<Value>(&shown).unwrap(), title);
    }
}
