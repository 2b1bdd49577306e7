//! The parts of a multipart body, read as they come: of a file that may have gigabytes only what is told of it stays.

use std::fmt::Write as _;

use axum::body::Body;
use multer::{Field, Multipart};
use sha2::{Digest, Sha256};

use crate::{
    lines::{CheckLine, Lines},
    record::RecordedRequest,
    routes::{self, Body as Wanted},
};

/// A part of a multipart body that was uploaded. Its bytes are not kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UploadedPart {
    /// The name of the form's field.
    pub name: String,
    /// The name of the file, if it gives one.
    pub file_name: Option<String>,
    /// What it says that it is, such as `audio/wav`.
    pub content_type: Option<String>,
    /// How many bytes it has.
    pub size: u64,
    /// The SHA-256 of its bytes, in hex digits.
    pub sha256: String,
}

/// The boundary between the parts, if a request declares a multipart body.
pub(crate) fn boundary(request: &RecordedRequest) -> Option<String> {
    multer::parse_boundary(request.header("content-type")?).ok()
}

/// Reads every part, and the lines of the one that the request's operation wants line by line. A body that is malformed
/// or breaks off has no part: nothing is done with the half of a file.
pub(crate) async fn read(request: &RecordedRequest, boundary: String, body: Body) -> (Vec<UploadedPart>, Lines) {
    let wanted = routes::find(&request.method, &request.path).map(|route| route.operation.body);
    let mut form = Multipart::new(body.into_data_stream(), boundary);
    let (mut parts, mut lines) = (Vec::<UploadedPart>::new(), Lines::default());
    loop {
        let field = match form.next_field().await {
            Ok(Some(field)) => field,
            Ok(None) => return (parts, lines),
            Err(_) => return Default::default(),
        };
        let name = field.name().unwrap_or_default();
        let check = match wanted {
            // Of files with the same name the first counts.
            Ok(Wanted::Multipart { part, check_line }) if part == name && field.file_name().is_some() => {
                check_line.filter(|_| parts.iter().all(|known| known.name != part || known.file_name.is_none()))
            }
            _ => None,
        };
        let Ok(part) = read_part(field, request, check, &mut lines).await else {
            return Default::default();
        };
        parts.push(part);
    }
}

async fn read_part(
    mut field: Field<'_>,
    request: &RecordedRequest,
    check: Option<CheckLine>,
    lines: &mut Lines,
) -> Result<UploadedPart, multer::Error> {
    let (mut size, mut digest) = (0, Sha256::new());
    while let Some(bytes) = field.chunk().await? {
        size += bytes.len() as u64; // a usize has at most 64 bits
        digest.update(&bytes);
        if let Some(check) = check {
            lines.feed(&bytes, |line| check(request, line));
        }
    }
    if let Some(check) = check {
        lines.end(|line| check(request, line));
    }
    Ok(UploadedPart {
        name: field.name().unwrap_or_default().to_string(),
        file_name: field.file_name().map(str::to_string),
        content_type: field.content_type().map(ToString::to_string),
        size,
        sha256: hex(&digest.finalize()),
    })
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
