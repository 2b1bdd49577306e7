//! Paging: a list is cut into pages, and a cursor stands for the rest of one list.

use std::collections::HashMap;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::{
    clock::{HOUR, Seconds},
    input::Input,
    prng::Prng,
    refusal::Refusal,
    reply::put,
};

/// How long a cursor lives on the company's clock.
const LIFETIME: Seconds = HOUR;

/// Cuts lists into pages and remembers the cursors that were given out.
#[derive(Debug)]
pub(crate) struct Pages {
    size: usize,
    issued: HashMap<String, Issued>,
    /// Whether a fault wants the page before the one asked for.
    repeat: bool,
    prng: Prng,
}

#[derive(Debug)]
struct Issued {
    /// The operation and its inputs; the cursor is refused with others.
    purpose: Purpose,
    page: usize,
    /// The last instant at which it is good.
    until: Seconds,
}

/// The digest of an operation and its inputs, which may be long.
type Purpose = [u8; 32];

impl Pages {
    pub(crate) fn new(seed: u64, size: usize) -> Self {
        Self { size: size.max(1), issued: HashMap::new(), repeat: false, prng: Prng::new(seed, "cursors") }
    }

    /// The answer of a list: the page that the request's cursor asks for, or the first. `record` writes an item.
    pub(crate) fn answer<T>(
        &mut self,
        input: &Input,
        name: &str,
        items: Vec<T>,
        record: impl FnMut(T) -> Value,
    ) -> Result<Value, Refusal> {
        let purpose = purpose(input);
        let mut number = match &input.cursor {
            None => 0,
            Some(cursor) => self.verify(cursor, &purpose, input.now)?,
        };
        let again = self.repeat && number > 0;
        number -= usize::from(again);
        let total = items.len();
        let start = number.saturating_mul(self.size);
        let items: Vec<Value> = items.into_iter().skip(start).take(self.size).map(record).collect();
        let mut records = json!({
            "totalRecords": total,
            "currentPageSize": items.len(),
            "currentPageNumber": number,
        });
        if start + items.len() < total {
            // The same page again says the same, its cursor included.
            let cursor =
                input.cursor.clone().filter(|_| again).unwrap_or_else(|| self.issue(purpose, number + 1, input.now));
            put(&mut records, "cursor", cursor);
        }
        Ok(json!({"records": records, name: items}))
    }

    /// Lets the next cursor that comes lead to the page before its own.
    pub(crate) fn repeat_next(&mut self) {
        self.repeat = true;
    }

    /// Forgets what [`Pages::repeat_next`] asked for, if nobody came with a cursor.
    pub(crate) fn settle(&mut self) {
        self.repeat = false;
    }

    pub(crate) fn expire(&mut self, cursor: &str) {
        if let Some(issued) = self.issued.get_mut(cursor) {
            issued.until = Seconds::MIN;
        }
    }

    /// Both texts were seen on the wire; that they come with a 400 is a guess.
    fn verify(&self, cursor: &str, purpose: &Purpose, now: Seconds) -> Result<usize, Refusal> {
        match self.issued.get(cursor) {
            Some(issued) if issued.purpose == *purpose => {
                if now > issued.until {
                    return Err(Refusal::bad("cursor has expired"));
                }
                Ok(issued.page)
            }
            _ => Err(Refusal::bad("failed to verify cursor")),
        }
    }

    /// Cursors contain every character that a careless client forgets to encode.
    fn issue(&mut self, purpose: Purpose, page: usize, now: Seconds) -> String {
        let bytes: Vec<u8> = (0..5).flat_map(|_| self.prng.next().to_be_bytes()).collect();
        let cursor = format!("eyJ+{}", STANDARD.encode(&bytes));
        self.issued.insert(cursor.clone(), Issued { purpose, page, until: now + LIFETIME });
        cursor
    }
}

/// The operation with all of its inputs but the cursor.
fn purpose(input: &Input) -> Purpose {
    let mut query: Vec<_> = input.query.iter().filter(|(name, _)| name != "cursor").collect();
    query.sort();
    let mut body = input.body.clone();
    if let Some(members) = body.as_object_mut() {
        members.retain(|name, _| name != "cursor");
    }
    Sha256::digest(format!("{} {} {query:?} {body}", input.method, input.path)).into()
}
