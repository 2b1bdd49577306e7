//! A request of a tool as its entry in the spec gives it.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::base::error::{Error, Result};
use crate::base::method::Method;
use crate::input::body::Body;
use crate::input::json::ToJson;
use crate::input::text::shown;
use crate::input::upload::Upload;
use crate::transport::form::Form;
use crate::transport::prepared::{Content, Prepared};
use crate::transport::repeated::Repeated;

/// Everything but what RFC 3986 never reserves.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');
/// A query may also hold these as they are.
const QUERY: &AsciiSet = &SEGMENT.remove(b':').remove(b',').remove(b'/').remove(b'@');

/// A request, before it knows the host and the credentials.
#[derive(Debug)]
#[must_use]
pub(crate) struct Request {
    method: Method,
    path: String,
    query: String,
    body: Option<Body>,
    form: Option<Form>,
    scopes: Vec<&'static str>,
    nothing_found: Option<&'static [&'static str]>,
    repeatable: bool,
    keyed: bool,
    repeated: Repeated,
    fault: Option<String>,
}

impl Request {
    fn new(method: Method, path: &str) -> Self {
        Request {
            method,
            path: path.to_owned(),
            query: String::new(),
            body: None,
            form: None,
            scopes: Vec::new(),
            nothing_found: None,
            repeatable: false,
            keyed: false,
            repeated: Repeated::CONFLICT,
            fault: None,
        }
    }

    /// Reads.
    pub(crate) fn get(path: &str) -> Self {
        Request::new(Method::Get, path)
    }

    /// Adds, or asks with a body.
    pub(crate) fn post(path: &str) -> Self {
        Request::new(Method::Post, path)
    }

    /// Puts in place.
    pub(crate) fn put(path: &str) -> Self {
        Request::new(Method::Put, path)
    }

    /// Changes.
    pub(crate) fn patch(path: &str) -> Self {
        Request::new(Method::Patch, path)
    }

    /// Removes.
    pub(crate) fn delete(path: &str) -> Self {
        Request::new(Method::Delete, path)
    }

    /// Fills `{name}` in the path.
    pub(crate) fn path(mut self, name: &str, value: &dyn ToJson) -> Self {
        let text = shown(value).unwrap_or_default();
        // These would make another path of it, however they are encoded.
        if matches!(&*text, "" | "." | "..") {
            self.fault.get_or_insert_with(|| format!("`{name}` must not be `{text}`: it becomes a part of the path."));
        }
        let segment = utf8_percent_encode(&text, SEGMENT).to_string();
        self.path = self.path.replace(&format!("{{{name}}}"), &segment);
        self
    }

    /// Adds to the query, if it is there; the values of a list with commas between them.
    pub(crate) fn query(mut self, name: &str, value: &dyn ToJson) -> Self {
        if let Some(text) = shown(value) {
            add_pair(&mut self.query, name, &text);
        }
        self
    }

    /// The body.
    pub(crate) fn body(mut self, body: Body) -> Self {
        self.body = Some(body);
        self
    }

    /// A part of the form that it carries, if it is there, as text.
    pub(crate) fn part(mut self, name: &str, value: &dyn ToJson) -> Self {
        let form = self.form.get_or_insert_default();
        if let Some(text) = shown(value) {
            form.text(name, text);
        }
        self
    }

    /// A part of the form that it carries, if it is there, with the content of a file.
    pub(crate) fn file(mut self, name: &str, upload: &Option<Upload>) -> Self {
        let form = self.form.get_or_insert_default();
        if let Some(upload) = upload {
            form.file(name, upload.clone());
        }
        self
    }

    /// A scope that it needs.
    pub(crate) fn scope(mut self, scope: &'static str) -> Self {
        self.scopes.push(scope);
        self
    }

    /// A 404 with one of these texts, or with the service's own, is an empty answer.
    pub(crate) fn nothing_found(mut self, texts: &'static [&'static str]) -> Self {
        self.nothing_found = Some(texts);
        self
    }

    /// To send it twice does what sending it once does.
    pub(crate) fn repeatable(mut self) -> Self {
        self.repeatable = true;
        self
    }

    /// It carries this key, by which Gong knows what it has already: to send it again does no harm.
    pub(crate) fn repeat_key(mut self, value: &dyn ToJson) -> Self {
        self.keyed = shown(value).is_some_and(|key| !key.is_empty());
        self
    }

    /// With this status and these words Gong says that it has what the key stands for already, instead of with a
    /// conflict;
    /// `{field}` in the words is a field of the answer.
    pub(crate) fn repeated(mut self, status: u16, message: &'static str) -> Self {
        self.repeated = Repeated { status, message };
        self
    }

    /// As it can be sent; `reads` says whether it is a tool's that changes nothing.
    pub(crate) fn prepare(self, tool: Option<&'static str>, reads: bool) -> Result<Prepared> {
        if let Some(fault) = self.fault {
            return Err(Error::refused_because(fault));
        }
        let reads = reads || self.method == Method::Get;
        let content = match self.form {
            Some(form) => Some(Content::Form(form)),
            None => self.body.and_then(Body::into_json).map(Content::Json),
        };
        if let Some(fault) = content.as_ref().and_then(Content::fault) {
            return Err(Error::refused_because(fault));
        }
        Ok(Prepared {
            tool,
            content,
            scopes: self.scopes,
            nothing_found: self.nothing_found,
            changes: !reads,
            repeatable: reads || self.keyed || self.repeatable,
            removes: self.repeatable && self.method == Method::Delete,
            repeated: self.keyed.then_some(self.repeated),
            ..Prepared::new(self.method, self.path, &self.query)
        })
    }
}

/// Adds a pair to a query.
pub(crate) fn add_pair(query: &mut String, name: &str, value: &str) {
    if !query.is_empty() {
        query.push('&');
    }
    query.extend(utf8_percent_encode(name, QUERY));
    query.push('=');
    query.extend(utf8_percent_encode(value, QUERY));
}

#[cfg(test)]
mod tests;
