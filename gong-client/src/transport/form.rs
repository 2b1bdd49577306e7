//! A form of several parts: texts and files. It is never in memory as a whole.

mod body;

use std::fmt;
use std::sync::Arc;

use serde_json::{Map, Value};

pub(crate) use self::body::Sent;

use self::body::{Piece, body};
use crate::base::text::is_header_value;
use crate::input::upload::Upload;

/// The media type, to which sending it adds the boundary.
pub(crate) const KIND: &str = "multipart/form-data";

/// A form as it is put together.
#[derive(Clone, Debug, Default)]
pub(crate) struct Form {
    parts: Vec<Part>,
}

#[derive(Clone)]
struct Part {
    name: String,
    content: PartContent,
}

#[derive(Clone)]
enum PartContent {
    Text(String),
    File(Upload),
}

impl Form {
    pub(crate) fn text(&mut self, name: &str, text: impl Into<String>) {
        self.parts.push(Part { name: name.to_owned(), content: PartContent::Text(text.into()) });
    }

    pub(crate) fn file(&mut self, name: &str, upload: Upload) {
        self.parts.push(Part { name: name.to_owned(), content: PartContent::File(upload) });
    }

    fn files(&self) -> impl Iterator<Item = &Upload> {
        self.parts.iter().filter_map(|part| match &part.content {
            PartContent::File(upload) => Some(upload),
            PartContent::Text(_) => None,
        })
    }

    /// What of it cannot be sent.
    pub(crate) fn fault(&self) -> Option<String> {
        let wrong = self.files().find(|upload| !is_header_value(upload.media_type()))?;
        Some(format!("the media type of \"{}\" has characters that a header cannot carry.", wrong.name()))
    }

    /// Whether a part of it is gone, so that it cannot be sent again.
    pub(crate) fn is_spent(&self) -> bool {
        self.files().any(Upload::is_spent)
    }

    /// What a dry run shows of it.
    pub(crate) fn planned(&self) -> Value {
        self.parts.iter().map(Part::planned).collect()
    }

    /// Its bytes on their way, with what becomes of them.
    pub(crate) fn body(&self, boundary: &str) -> (reqwest::Body, Arc<Sent>) {
        let mut pieces = Vec::new();
        for part in &self.parts {
            pieces.push(Piece::Bytes(format!("--{boundary}\r\n{}\r\n\r\n", part.head()).into_bytes()));
            pieces.push(match &part.content {
                PartContent::Text(text) => Piece::Bytes(text.clone().into_bytes()),
                PartContent::File(upload) => Piece::File(upload.clone()),
            });
            pieces.push(Piece::Bytes(b"\r\n".to_vec()));
        }
        pieces.push(Piece::Bytes(format!("--{boundary}--\r\n").into_bytes()));
        body(pieces)
    }
}

impl Part {
    fn head(&self) -> String {
        let disposition = format!("Content-Disposition: form-data; name=\"{}\"", quoted(&self.name));
        match &self.content {
            PartContent::Text(_) => disposition,
            PartContent::File(upload) => {
                let (name, media_type) = (quoted(upload.name()), upload.media_type());
                format!("{disposition}; filename=\"{name}\"\r\nContent-Type: {media_type}")
            }
        }
    }

    fn planned(&self) -> Value {
        let mut shown = Map::new();
        let mut put = |key: &str, value: Value| drop(shown.insert(key.to_owned(), value));
        put("name", self.name.as_str().into());
        match &self.content {
            PartContent::Text(text) => put("text", text.as_str().into()),
            PartContent::File(upload) => {
                put("file", upload.name().into());
                put("bytes", upload.size().into());
                put("type", upload.media_type().into());
            }
        }
        shown.into()
    }
}

/// As browsers write it: what would end the name or the line is encoded, and nothing else is.
fn quoted(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

/// Without the texts, which may be anybody's.
impl fmt::Debug for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.content {
            PartContent::Text(text) => write!(f, "{}: {} bytes of text", self.name, text.len()),
            PartContent::File(upload) => write!(f, "{}: {upload:?}", self.name),
        }
    }
}

#[cfg(test)]
mod tests;
