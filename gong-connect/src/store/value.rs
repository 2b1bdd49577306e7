//! What goes into a statement and what comes out of it: the values that SQLite knows, for PostgreSQL too.

use rusqlite::types::FromSql;
pub(crate) use rusqlite::types::Value;

use crate::error::{Error, Result};

/// The values of a statement: numbers, texts, bytes, or none.
macro_rules! values {
    ($($value:expr),* $(,)?) => { vec![$(Value::from($value.to_owned())),*] };
}
pub(super) use values;

/// A row, read from left to right.
#[derive(Debug)]
pub(crate) struct Row(std::vec::IntoIter<Value>);

impl Row {
    pub(crate) fn new(values: Vec<Value>) -> Self {
        Row(values.into_iter())
    }

    /// The next value.
    pub(crate) fn get<T: FromSql>(&mut self) -> Result<T> {
        let value = self.0.next().map(|value| T::column_result((&value).into()));
        value.and_then(Result::ok).ok_or_else(unexpected)
    }
}

pub(super) fn unexpected() -> Error {
    Error::store("the store holds something of another type than it should.")
}
