//! A walk over JSON that goes past values without reading them.

use std::ops::Range;

/// The text of one field of an object. What comes after it isn't looked at, and Gong writes the fields that are asked
/// for here first.
pub(crate) fn find_text(json: &[u8], name: &str) -> Option<String> {
    let mut scan = Scan::new(json);
    let mut more = scan.enter(b'{', b'}')?;
    while more {
        let found = scan.name()? == name;
        let value = scan.value()?;
        if found {
            return serde_json::from_slice(json.get(value)?).ok();
        }
        more = scan.goes_on(b'}')?;
    }
    None
}

/// White space as JSON has it, which is less than ASCII has.
fn is_blank(byte: &u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}

/// A walk over JSON that is whole at the top and may be broken further down.
pub(crate) struct Scan<'j> {
    pub(crate) json: &'j [u8],
    pub(crate) at: usize,
}

impl<'j> Scan<'j> {
    pub(crate) fn new(json: &'j [u8]) -> Self {
        Scan { json, at: 0 }
    }

    /// Goes into an object or a list; whether there is something in it.
    pub(crate) fn enter(&mut self, open: u8, close: u8) -> Option<bool> {
        self.expect(open)?;
        let more = self.peek()? != close;
        if !more {
            self.at += 1;
        }
        Some(more)
    }

    /// Goes past the comma between two, or the end; whether it was a comma.
    pub(crate) fn goes_on(&mut self, close: u8) -> Option<bool> {
        let sign = self.peek()?;
        self.at += 1;
        (sign == b',' || sign == close).then_some(sign == b',')
    }

    /// Goes past the name of a field and its colon.
    pub(crate) fn name(&mut self) -> Option<String> {
        self.expect(b'"')?;
        let begin = self.at - 1;
        self.string()?;
        let name = serde_json::from_slice(self.json.get(begin..self.at)?).ok()?;
        self.expect(b':')?;
        Some(name)
    }

    /// Goes past a value, and says where it is: its brackets match and its texts end, whatever else is in it.
    pub(crate) fn value(&mut self) -> Option<Range<usize>> {
        self.peek()?;
        let mut open = Vec::new();
        let begin = self.at;
        loop {
            match self.next()? {
                b'{' => open.push(b'}'),
                b'[' => open.push(b']'),
                byte @ (b'}' | b']') if open.pop() != Some(byte) => return None,
                b'"' => self.string()?,
                b',' | b':' if open.is_empty() => return None,
                // Outside of texts there are none.
                b'\\' => return None,
                _ => {}
            }
            let ends = |byte: &u8| matches!(byte, b',' | b'}' | b']' | b':') || is_blank(byte);
            if open.is_empty() && self.json.get(self.at).is_none_or(ends) {
                return Some(begin..self.at);
            }
        }
    }

    /// Goes past a text whose opening quote was passed.
    pub(crate) fn string(&mut self) -> Option<()> {
        loop {
            match self.next()? {
                b'"' => return Some(()),
                b'\\' => self.at += 1,
                _ => {}
            }
        }
    }

    pub(crate) fn next(&mut self) -> Option<u8> {
        let byte = self.json.get(self.at).copied()?;
        self.at += 1;
        Some(byte)
    }

    /// The next byte that is no white space, before which it stops.
    pub(crate) fn peek(&mut self) -> Option<u8> {
        while self.json.get(self.at).is_some_and(is_blank) {
            self.at += 1;
        }
        self.json.get(self.at).copied()
    }

    pub(crate) fn expect(&mut self, byte: u8) -> Option<()> {
        (self.peek()? == byte).then(|| self.at += 1)
    }
}

#[cfg(test)]
mod tests;
