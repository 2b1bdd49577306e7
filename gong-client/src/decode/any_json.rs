//! Any answer as JSON, whatever its shape.

use serde_json::Value;

use crate::base::error::{Error, ErrorKind, Result};
use crate::base::json_place;
use crate::base::raw_answer::RawAnswer;
use crate::decode::{memory, read};

impl RawAnswer {
    /// The body as JSON; an error with the place if it is none, or if it would take more memory than
    /// [`ClientBuilder::decoded_limit`](crate::ClientBuilder::decoded_limit) allows. An empty body is `null`.
    pub fn json(&self) -> Result<Value> {
        if self.bytes().trim_ascii().is_empty() {
            return Ok(Value::Null);
        }
        let mut json = Value::Null;
        let read = memory::within(self.room(), || read::read_any(&mut json, self.bytes()));
        let Some((read, _)) = read else { return Err(Error::no_room(self.bytes().len(), self.room())) };
        read.map(|_| json).map_err(|cause| {
            let (path, around) = json_place::place(self.bytes(), cause.line(), cause.column());
            Error::new(ErrorKind::Decode, format!("the answer is not JSON: {cause}, near `{around}`.")).with(|inner| {
                inner.status = Some(self.status());
                inner.json_path = Some(path);
                inner.sent = true;
                inner.source = Some(cause.into());
            })
        })
    }
}
