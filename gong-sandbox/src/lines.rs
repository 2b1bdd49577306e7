//! Files of lines: each line is looked at when it has come, and kept only while there is room.

use serde_json::Value;

use crate::record::RecordedRequest;

/// How many bytes of lines are kept of a file. Those after them are checked and counted, and that is all.
const ROOM: usize = 2 * 1024 * 1024;
/// How long a line may be. A guess, as is the text for one that is longer.
const LONGEST: usize = 1024 * 1024;
/// Of how many lines it is said what is wrong with them.
const MOST_FAULTS: usize = 20;

/// What a line says, or what is wrong with it.
pub(crate) type CheckLine = fn(&RecordedRequest, &str) -> Result<Value, String>;

/// What came of the lines of a file.
#[derive(Debug, Clone, Default)]
pub(crate) struct Lines {
    /// What the first lines say, as many as there was room for.
    pub(crate) kept: Vec<Value>,
    pub(crate) right: u64,
    pub(crate) wrong: u64,
    /// The numbers of the first lines that are wrong, from 1, and what is wrong.
    pub(crate) faults: Vec<(u64, String)>,
    number: u64,
    room_taken: usize,
    /// The beginning of the line whose end is to come.
    begun: Vec<u8>,
    /// Whether that line is too long.
    overlong: bool,
}

impl Lines {
    /// What came of a file whose lines are gone.
    pub(crate) fn counted(right: u64, faults: Vec<(u64, String)>) -> Self {
        Self { right, wrong: faults.len() as u64, faults, ..Self::default() }
    }

    /// Takes the next bytes of the file.
    pub(crate) fn feed(&mut self, bytes: &[u8], check: impl Fn(&str) -> Result<Value, String>) {
        let mut pieces = bytes.split(|byte| *byte == b'\n').peekable();
        while let Some(piece) = pieces.next() {
            self.overlong |= self.begun.len() + piece.len() > LONGEST;
            if !self.overlong {
                self.begun.extend_from_slice(piece);
            }
            if pieces.peek().is_some() {
                self.end(&check);
            }
        }
    }

    /// A line is over; the last one may do without its line break.
    pub(crate) fn end(&mut self, check: impl Fn(&str) -> Result<Value, String>) {
        self.number += 1;
        let line = std::mem::take(&mut self.begun);
        let line = line.trim_ascii();
        let checked = match str::from_utf8(line) {
            _ if std::mem::take(&mut self.overlong) => Err("The line is too long".to_string()),
            Ok("") => return,
            Ok(line) => check(line),
            Err(_) => Err("The line is not UTF-8".to_string()),
        };
        match checked {
            Ok(value) => {
                self.right += 1;
                self.room_taken += line.len();
                if self.room_taken <= ROOM {
                    self.kept.push(value);
                }
            }
            Err(fault) => {
                self.wrong += 1;
                if self.faults.len() < MOST_FAULTS {
                    self.faults.push((self.number, fault));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;
