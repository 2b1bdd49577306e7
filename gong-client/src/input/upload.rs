//! A file on its way to the service: what it is called, how large it is, and where its bytes come from.

mod content;
mod media_type;

use std::fmt;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

pub(crate) use self::content::Content;

use self::content::Reader;
use crate::base::error::{Error, Result};
use crate::base::listener::Listener;
use crate::base::progress::Progress;
use crate::base::violation::Faults;

/// A file to send.
///
/// ```
/// use gong_client::Upload;
///
/// let notes = Upload::from_bytes("notes.csv", "id,note\n1,called back\n");
/// assert_eq!((notes.name(), notes.size(), notes.media_type()), ("notes.csv", 22, "text/csv"));
/// assert!(Upload::open("no/such/file.mp3").is_err());
/// ```
///
/// It is read while it is sent, a piece at a time, so that its size does not matter. A parameter that is a file takes a
/// path as well, which is [opened](Self::open).
#[derive(Clone)]
pub struct Upload {
    name: String,
    size: u64,
    media_type: Option<String>,
    source: Source,
    teller: Option<Listener<Progress>>,
}

/// Where the bytes come from.
#[derive(Clone)]
enum Source {
    /// A file, as it was when it was looked at.
    Path {
        path: PathBuf,
        modified: Option<SystemTime>,
    },
    Bytes(Arc<[u8]>),
    /// It can be read once, and then it is gone.
    Reader(Arc<Mutex<Option<Reader>>>),
}

impl Upload {
    /// A file of this machine, as it is now: if it has another size or was written to by the time it is sent, or while
    /// it is sent, sending it fails, and the service does not get a whole.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) if there is none, or none that can be read.
    pub fn open(path: impl AsRef<Path>) -> Result<Self> {
        Upload::open_as(path.as_ref(), path.as_ref())
    }

    /// As [`open`](Self::open), where the path was asked for by another.
    pub(crate) fn open_as(path: &Path, asked: &Path) -> Result<Self> {
        let looked = look(path).map_err(|fault| {
            let mut faults = Faults::default();
            faults.add("file", None, format!("must be a file, and \"{}\" {fault}", asked.display()));
            Error::refused(faults.into_list())
        })?;
        let name = asked.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let source = Source::Path { path: path.to_owned(), modified: looked.modified().ok() };
        Ok(Upload::new(name, looked.len(), source))
    }

    /// Bytes under the name of a file.
    #[must_use]
    pub fn from_bytes(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        let bytes: Arc<[u8]> = bytes.into().into();
        Upload::new(name.into(), bytes.len().try_into().unwrap_or(u64::MAX), Source::Bytes(bytes))
    }

    /// What a reader gives, under the name of a file. It must give just as many bytes as are said here, or sending it
    /// fails. It is read on a thread for work that blocks, and once: a request that fails after it was begun is not
    /// sent again.
    #[must_use]
    pub fn from_reader(name: impl Into<String>, size: u64, reader: impl Read + Send + 'static) -> Self {
        Upload::new(name.into(), size, Source::Reader(Arc::new(Mutex::new(Some(Box::new(reader))))))
    }

    fn new(name: String, size: u64, source: Source) -> Self {
        Upload { name, size, media_type: None, source, teller: None }
    }

    /// Sends it under another name.
    #[must_use]
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }

    /// Sends it as this media type; else as the one that goes with the end of its name, and
    /// `application/octet-stream` where none is known.
    #[must_use]
    pub fn as_media_type(mut self, media_type: impl Into<String>) -> Self {
        self.media_type = Some(media_type.into());
        self
    }

    /// A function that is told of every piece that was handed to the connection. It runs in the task that sends, so it
    /// should be quick.
    #[must_use]
    pub fn on_progress(mut self, tell: impl Fn(Progress) + Send + Sync + 'static) -> Self {
        self.teller = Some(Listener::new(move |progress| tell(*progress)));
        self
    }

    /// The name that it is sent under.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How many bytes it has.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The media type that it is sent as.
    #[must_use]
    pub fn media_type(&self) -> &str {
        self.media_type.as_deref().unwrap_or_else(|| media_type::of(self.format().as_deref()))
    }

    /// The end of its name, in lower case.
    pub(crate) fn format(&self) -> Option<String> {
        Path::new(&self.name).extension().map(|end| end.to_string_lossy().to_lowercase())
    }

    /// Whether nothing is left to be read at another try.
    pub(crate) fn is_spent(&self) -> bool {
        match &self.source {
            Source::Path { .. } | Source::Bytes(_) => false,
            Source::Reader(reader) => reader.lock().unwrap_or_else(PoisonError::into_inner).is_none(),
        }
    }

    pub(crate) fn teller(&self) -> Option<&Listener<Progress>> {
        self.teller.as_ref()
    }

    /// Its content from the start.
    pub(crate) fn content(&self) -> Result<Content, String> {
        let opened = match &self.source {
            Source::Path { path, modified } => {
                let file = File::open(path).map_err(|cause| format!("cannot be opened: {cause}"))?;
                Content::of_file(file, self.size, *modified)?
            }
            Source::Bytes(bytes) => Content::of_reader(Box::new(io::Cursor::new(bytes.clone())), self.size),
            Source::Reader(reader) => {
                let reader = reader.lock().unwrap_or_else(PoisonError::into_inner).take();
                Content::of_reader(reader.ok_or("was read before, and its reader gives it once")?, self.size)
            }
        };
        Ok(opened)
    }
}

/// What the system says of a file that can be sent, or why it cannot.
fn look(path: &Path) -> Result<fs::Metadata, String> {
    let metadata = match fs::metadata(path) {
        Ok(metadata) => metadata,
        Err(missing) if missing.kind() == io::ErrorKind::NotFound => return Err("does not exist".to_owned()),
        Err(cause) => return Err(format!("cannot be looked at: {cause}")),
    };
    if metadata.is_dir() {
        return Err("is a folder".to_owned());
    }
    if !metadata.is_file() {
        return Err("is none".to_owned());
    }
    // What may not be read is told before anything is sent.
    File::open(path).map_err(|cause| format!("cannot be read: {cause}"))?;
    Ok(metadata)
}

/// Without its content, which is not for a log.
impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Upload").field("name", &self.name).field("size", &self.size).finish_non_exhaustive()
    }
}

/// The file of this path, [opened](Upload::open).
macro_rules! from_path {
    ($($path:ty),*) => {
        $(impl TryFrom<$path> for Upload {
            type Error = Error;

            fn try_from(path: $path) -> Result<Self> {
                Upload::open(path)
            }
        })*
    };
}
from_path!(&str, String, &String, &Path, PathBuf, &PathBuf);

#[cfg(test)]
mod tests;
