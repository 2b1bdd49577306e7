//! An answer twice, as the protocol has it: as text for models and as JSON for programs. Ours are texts of JSON, but
//! the SDK takes structure as a tree: to make one of an answer and write it out again costs more than half as much as
//! the call. So a result has a mark for its structure, and where a message leaves us the text takes the mark's place.

use std::borrow::Cow;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use memchr::memmem;
use serde::Deserialize as _;
use serde_json::{Value, json};
use tokio::io::AsyncWrite;

const MARK: &str = "gong.structure";

/// The mark as a message has it. No text within a message can look so, as its quotation marks are escaped.
const MARKED: &[u8] = br#""structuredContent":{"gong.structure":"text"}"#;
const STRUCTURE: &[u8] = br#""structuredContent":"#;

/// What stands before the text of a result.
const TEXT: &[u8] = br#""content":[{"type":"text","text":"#;

/// Says of a result that its structure is its text.
pub(crate) fn mark() -> Value {
    json!({MARK: "text"})
}

/// A message with the text in place of the mark, if it has one.
pub(crate) fn filled(message: &[u8]) -> Option<Vec<u8>> {
    let at = memmem::find(message, MARKED)?;
    let begin = memmem::find(message, TEXT)? + TEXT.len();
    let mut text = serde_json::Deserializer::from_slice(message.get(begin..at)?);
    let text = Cow::<str>::deserialize(&mut text).ok()?;
    let (before, after) = (message.get(..at)?, message.get(at + MARKED.len()..)?);
    Some([before, STRUCTURE, text.as_bytes(), after].concat())
}

/// Lines on their way out, each [filled].
pub(crate) struct Lines<W> {
    out: W,
    /// What came of the next line.
    line: Vec<u8>,
    /// What is still to be written, from this place on.
    ready: Vec<u8>,
    written: usize,
}

impl<W: AsyncWrite + Unpin> Lines<W> {
    pub(crate) fn new(out: W) -> Self {
        Lines { out, line: Vec::new(), ready: Vec::new(), written: 0 }
    }

    /// Writes what is ready.
    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        while let Some(rest) = self.ready.get(self.written..).filter(|rest| !rest.is_empty()) {
            match ready!(Pin::new(&mut self.out).poll_write(context, rest))? {
                0 => return Poll::Ready(Err(io::ErrorKind::WriteZero.into())),
                count => self.written += count,
            }
        }
        self.ready.clear();
        self.written = 0;
        Poll::Ready(Ok(()))
    }
}

impl<W: AsyncWrite + Unpin> AsyncWrite for Lines<W> {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        ready!(this.poll_ready(context))?;
        let end = memchr::memchr(b'\n', bytes).map(|newline| newline + 1);
        let part = bytes.get(..end.unwrap_or(bytes.len())).unwrap_or(bytes);
        this.line.extend_from_slice(part);
        if end.is_some() {
            let line = std::mem::take(&mut this.line);
            this.ready = filled(&line).unwrap_or(line);
        }
        Poll::Ready(Ok(part.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        ready!(this.poll_ready(context))?;
        Pin::new(&mut this.out).poll_flush(context)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        ready!(this.poll_ready(context))?;
        Pin::new(&mut this.out).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests;
