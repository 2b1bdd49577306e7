//! Secrets that were sent, hidden in whatever comes back.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use memchr::memchr2;
use memchr::memmem::Finder;

/// What stands in the place of a secret.
const HIDDEN: &str = "<hidden>";

/// Shorter than this, a secret is a word like any other, and hiding it would spoil what is said.
const SHORTEST: usize = 4;

/// Hides secrets in texts: as they are, in base64 whatever is around them, and with any character percent-encoded or
/// escaped as in JSON.
///
/// ```
/// use gong_client::text::Redactor;
///
/// let redactor = Redactor::new(["hunter2/"]);
/// assert_eq!(redactor.redact("you sent hunter2%2F"), "you sent <hidden>");
/// assert_eq!(redactor.redact(r#"{"error":"hunter2\/ is wrong"}"#), r#"{"error":"<hidden> is wrong"}"#);
/// ```
#[derive(Clone)]
pub struct Redactor {
    /// Ready to search with: to prepare that takes longer than to search a short text.
    forms: Vec<Finder<'static>>,
}

impl Redactor {
    /// Hides these. Of a Basic header, give the two parts and the pair with its colon.
    pub fn new(secrets: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        let mut forms = Vec::new();
        for secret in secrets {
            let secret = secret.as_ref().trim();
            if secret.len() >= SHORTEST {
                forms.push(secret.as_bytes().to_vec());
                forms.extend((0..3).flat_map(|before| in_base64(secret, before)));
            }
        }
        forms.sort();
        forms.dedup();
        Redactor { forms: forms.iter().map(|form| Finder::new(form).into_owned()).collect() }
    }

    /// The text without them.
    #[must_use]
    pub fn redact<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let reading: Cow<'_, [u8]> = match memchr2(b'%', b'\\', text.as_bytes()) {
            Some(_) => Units(text.as_bytes()).map(|(byte, _)| byte).collect(),
            // Nothing is written otherwise than it is.
            None => text.as_bytes().into(),
        };
        let secrets = self.find(&reading);
        if secrets.is_empty() {
            return Cow::Borrowed(text);
        }
        let mut shown = Vec::with_capacity(text.len());
        let mut secrets = secrets.into_iter().peekable();
        for (at, (_, written)) in Units(text.as_bytes()).enumerate() {
            while secrets.next_if(|secret| secret.end <= at).is_some() {}
            match secrets.peek() {
                Some(secret) if secret.start == at => shown.extend_from_slice(HIDDEN.as_bytes()),
                Some(secret) if secret.start < at => {}
                _ => shown.extend_from_slice(written),
            }
        }
        String::from_utf8_lossy(&shown).into_owned().into()
    }

    /// Where they are, in order and apart from each other.
    fn find(&self, reading: &[u8]) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        for form in &self.forms {
            found.extend(form.find_iter(reading).map(|at| at..at + form.needle().len()));
        }
        found.sort_by_key(|range| range.start);
        found.dedup_by(|next, range| {
            let overlap = next.start < range.end;
            if overlap {
                range.end = range.end.max(next.end);
            }
            overlap
        });
        found
    }
}

impl fmt::Debug for Redactor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Redactor")
    }
}

/// What a secret looks like within base64 when `before` other bytes of its group of three precede it: the letters that
/// depend on the secret alone, in both alphabets.
fn in_base64(secret: &str, before: usize) -> [Vec<u8>; 2] {
    let bytes = [vec![0; before].as_slice(), secret.as_bytes()].concat();
    // A letter holds six bits, so those that hold others' bits too are at the ends.
    let own = (before * 8).div_ceil(6)..bytes.len() * 8 / 6;
    [STANDARD_NO_PAD.encode(&bytes), URL_SAFE_NO_PAD.encode(&bytes)]
        .map(|encoded| encoded.as_bytes().get(own.clone()).unwrap_or_default().to_vec())
}

/// The bytes that a text means, each with how it is written there: as it is, percent-encoded, or escaped as in JSON.
struct Units<'t>(&'t [u8]);

impl<'t> Iterator for Units<'t> {
    type Item = (u8, &'t [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let (byte, length) = match self.0 {
            [] => return None,
            [b'%', hex @ ..] => hexadecimal(hex.get(..2)).map_or((b'%', 1), |byte| (byte, 3)),
            [b'\\', b'u', b'0', b'0', hex @ ..] => hexadecimal(hex.get(..2)).map_or((b'\\', 1), |byte| (byte, 6)),
            [b'\\', sign @ (b'/' | b'"' | b'\\'), ..] => (*sign, 2),
            [byte, ..] => (*byte, 1),
        };
        let (written, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some((byte, written))
    }
}

fn hexadecimal(digits: Option<&[u8]>) -> Option<u8> {
    let digits = std::str::from_utf8(digits?).ok().filter(|digits| !digits.starts_with('+'))?;
    u8::from_str_radix(digits, 16).ok()
}

#[cfg(test)]
mod tests;
