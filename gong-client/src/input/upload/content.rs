//! The bytes of a file, piece by piece, and whether they are what was announced.

use std::fs::File;
use std::io::{self, Read};
use std::time::SystemTime;

/// What is read on a thread of its own.
pub(super) type Reader = Box<dyn Read + Send>;

/// The bytes of a piece. A few of them are in memory at a time.
const PIECE: usize = 256 * 1024;

/// The rest of a file's bytes.
///
/// The last piece is only given once it is known that the file is still what was announced, so that nobody gets a whole
/// that is none.
pub(crate) struct Content {
    from: From,
    size: u64,
    left: u64,
}

enum From {
    File { file: File, modified: Option<SystemTime> },
    Reader(Reader),
}

impl Content {
    /// A file that was looked at before: it must be as it was.
    pub(super) fn of_file(file: File, size: u64, modified: Option<SystemTime>) -> Result<Self, String> {
        let content = Content { from: From::File { file, modified }, size, left: size };
        content.is_as_it_was()?;
        Ok(content)
    }

    pub(super) fn of_reader(reader: Reader, size: u64) -> Self {
        Content { from: From::Reader(reader), size, left: size }
    }

    /// The next piece; `None` after the last. What is wrong is said in words that come after the file's name.
    pub(crate) fn next(&mut self) -> Result<Option<Vec<u8>>, String> {
        if self.left == 0 {
            return Ok(None);
        }
        let mut piece = vec![0; usize::try_from(self.left).unwrap_or(PIECE).min(PIECE)];
        let read = self.fill(&mut piece).map_err(|cause| format!("cannot be read: {cause}"))?;
        self.left -= u64::try_from(read).unwrap_or(self.left);
        if read < piece.len() {
            return Err(format!("ended after {} of its {} bytes", self.size - self.left, self.size));
        }
        if self.left == 0 {
            self.is_as_it_was()?;
            if self.fill(&mut [0]).map_err(|cause| format!("cannot be read: {cause}"))? > 0 {
                return Err(format!("is longer than its {} bytes", self.size));
            }
        }
        Ok(Some(piece))
    }

    /// As much as there is, up to all of the buffer.
    fn fill(&mut self, mut buffer: &mut [u8]) -> io::Result<usize> {
        let mut filled = 0;
        while !buffer.is_empty() {
            let read = match &mut self.from {
                From::File { file, .. } => file.read(buffer),
                From::Reader(reader) => reader.read(buffer),
            };
            match read {
                Ok(0) => break,
                // A reader that claims more than it was asked for has filled the rest.
                Ok(count) => {
                    let count = count.min(buffer.len());
                    filled += count;
                    buffer = buffer.get_mut(count..).unwrap_or_default();
                }
                Err(again) if again.kind() == io::ErrorKind::Interrupted => {}
                Err(cause) => return Err(cause),
            }
        }
        Ok(filled)
    }

    fn is_as_it_was(&self) -> Result<(), String> {
        let From::File { file, modified } = &self.from else { return Ok(()) };
        let now = file.metadata().map_err(|cause| format!("cannot be looked at: {cause}"))?;
        if now.len() != self.size {
            return Err(format!("changed: it has {} bytes now, and had {}", now.len(), self.size));
        }
        if now.modified().ok() != *modified {
            return Err("changed: it was written to since it was opened".to_owned());
        }
        Ok(())
    }
}
