//! A form of several parts as it is sent: fields, and files to upload.

use std::path::Path;

use crate::exit::Failure;

/// A form: its bytes, and the content type that says where its parts end.
#[derive(Debug)]
pub(crate) struct Form {
    pub(crate) bytes: Vec<u8>,
    pub(crate) content_type: String,
}

struct Part {
    head: String,
    content: Vec<u8>,
}

/// Makes a form of `NAME=VALUE` and `NAME=@FILE`.
pub(crate) fn form<'a>(given: impl IntoIterator<Item = &'a String>) -> Result<Form, Failure> {
    let parts = given.into_iter().map(|text| part(text)).collect::<Result<Vec<_>, _>>()?;
    let boundary = boundary(&parts);
    let mut bytes = Vec::new();
    for Part { head, content } in &parts {
        bytes.extend_from_slice(format!("--{boundary}\r\n{head}\r\n\r\n").as_bytes());
        bytes.extend_from_slice(content);
        bytes.extend_from_slice(b"\r\n");
    }
    bytes.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    Ok(Form { bytes, content_type: format!("multipart/form-data; boundary={boundary}") })
}

fn part(text: &str) -> Result<Part, Failure> {
    let wrong = || Failure::Usage(format!("--form {text}: write NAME=VALUE or NAME=@FILE."));
    let (name, value) = text.split_once('=').filter(|(name, _)| !name.is_empty()).ok_or_else(wrong)?;
    let disposition = format!("Content-Disposition: form-data; name=\"{}\"", quoted(name));
    let Some(file) = value.strip_prefix('@') else {
        return Ok(Part { head: disposition, content: value.as_bytes().to_vec() });
    };
    let content = std::fs::read(file).map_err(|error| Failure::Usage(format!("--form {text}: {error}")))?;
    let filename = Path::new(file).file_name().unwrap_or_default().to_string_lossy();
    let head = format!("{disposition}; filename=\"{}\"\r\nContent-Type: application/octet-stream", quoted(&filename));
    Ok(Part { head, content })
}

/// As browsers write it: what would end the name or the line is encoded, and nothing else is.
fn quoted(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

/// A line that is in none of the parts.
fn boundary(parts: &[Part]) -> String {
    let is_in =
        |boundary: &str, part: &Part| part.content.windows(boundary.len()).any(|bytes| bytes == boundary.as_bytes());
    let mut boundary = "gong-form-boundary".to_owned();
    while parts.iter().any(|part| is_in(&boundary, part)) {
        // One longer than what was found is in fewer places, and in none after finitely many.
        boundary.push('-');
    }
    boundary
}

#[cfg(test)]
mod tests;
