//! An answer on its way out: status, headers and bytes, in Gong's envelope unless a fault says not.

use serde_json::{Value, json};

use crate::{media::Piece, refusal::Refusal};

pub(crate) const JSON: &str = "application/json;charset=UTF-8";

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Content,
}

/// What stands in an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Content {
    Bytes(Vec<u8>),
    /// May be longer than memory.
    Recording(Piece),
}

impl Content {
    pub(crate) fn size(&self) -> u64 {
        match self {
            Self::Bytes(bytes) => bytes.len() as u64,
            Self::Recording(piece) => piece.size(),
        }
    }

    /// Some bytes from the `from`th on: none if there are none before the `to`th.
    pub(crate) fn bytes(&self, from: u64, to: u64) -> Vec<u8> {
        match self {
            // What is in memory has no index beyond a `usize`.
            Self::Bytes(bytes) => bytes.get(from as usize..to as usize).unwrap_or_default().to_vec(),
            Self::Recording(piece) => piece.bytes(from, to),
        }
    }
}

impl<T: Into<Vec<u8>>> From<T> for Content {
    fn from(bytes: T) -> Self {
        Self::Bytes(bytes.into())
    }
}

impl Reply {
    pub(crate) fn new(status: u16, body: impl Into<Content>) -> Self {
        Self { status, headers: Vec::new(), body: body.into() }
    }

    /// The answer of an operation, in Gong's envelope.
    pub(crate) fn from_outcome(request_id: &str, success: u16, outcome: Result<Value, Refusal>) -> Self {
        match outcome {
            Ok(mut payload) => {
                put(&mut payload, "requestId", request_id);
                Self::json(request_id, success, &payload)
            }
            Err(refusal) => Self::refusal(request_id, &refusal),
        }
    }

    pub(crate) fn refusal(request_id: &str, refusal: &Refusal) -> Self {
        let mut envelope = json!({"requestId": request_id, "errors": refusal.texts});
        for (name, value) in refusal.details {
            put(&mut envelope, name, *value);
        }
        let reply = Self::json(request_id, refusal.status, &envelope);
        match &refusal.header {
            Some((name, value)) => reply.with_header(name, value),
            None => reply,
        }
    }

    fn json(request_id: &str, status: u16, body: &Value) -> Self {
        let reply = Self::new(status, body.to_string());
        // At Gong the trace may have another id than the request. Here it always has, so that nobody takes one for the
        // other.
        let trace: String = request_id.chars().rev().collect();
        reply.with_header("content-type", JSON).with_header("x-traceid", trace)
    }

    pub(crate) fn with_header(mut self, name: &str, value: impl ToString) -> Self {
        self.headers.push((name.to_string(), value.to_string()));
        self
    }
}

/// Puts a member that no client knows into every object of an answer. It is a list of strings, for
/// there are objects of which every member is one.
pub(crate) fn add_unknown_fields(value: &mut Value) {
    match value {
        Value::Array(values) => values.iter_mut().for_each(add_unknown_fields),
        Value::Object(members) => {
            members.values_mut().for_each(add_unknown_fields);
            members.insert("fieldOfTomorrow".to_string(), json!(["not yet known"]));
        }
        _ => {}
    }
}

/// Puts a member into a JSON object.
pub(crate) fn put(object: &mut Value, name: &str, value: impl Into<Value>) {
    if let Some(members) = object.as_object_mut() {
        members.insert(name.to_string(), value.into());
    }
}
