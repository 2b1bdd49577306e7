//! SQLite: a file shared by the processes of one machine, or memory.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rusqlite::types::{ToSqlOutput, Value as Stored, ValueRef};
use rusqlite::{Connection, ToSql, TransactionBehavior, params_from_iter};

use super::value::{Row, Value};
use super::{Engine, schema};
use crate::error::{Error, Result};
use crate::keys::private_file;
use crate::world::BoxFuture;

/// How long a statement waits for another process's.
const PATIENCE: Duration = Duration::from_secs(10);

/// A connection to SQLite. Its statements take microseconds, and run where blocking is allowed.
#[derive(Clone, Debug)]
pub(crate) struct Sqlite(Arc<Mutex<Connection>>);

impl Sqlite {
    pub(crate) fn memory() -> Result<Self> {
        Connection::open_in_memory().map(Sqlite::of).map_err(|cause| failed(&cause))
    }

    pub(super) async fn file(path: PathBuf) -> Result<Self> {
        in_the_background(move || open_file(&path)).await
    }

    fn of(connection: Connection) -> Self {
        Sqlite(Arc::new(Mutex::new(connection)))
    }

    async fn with<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Connection) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let shared = Arc::clone(&self.0);
        in_the_background(move || work(&mut shared.lock().unwrap_or_else(PoisonError::into_inner))).await
    }
}

impl Engine for Sqlite {
    fn run(&self, statement: &'static str, values: Vec<Value>) -> BoxFuture<'_, Result<Vec<Row>>> {
        Box::pin(self.with(move |connection| run(connection, statement, &values).map_err(|cause| failed(&cause))))
    }

    fn migrate(&self) -> BoxFuture<'_, Result<()>> {
        Box::pin(self.with(migrate))
    }
}

async fn in_the_background<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|cause| Error::store("the work on the store was stopped.").because(cause))?
}

fn open_file(path: &Path) -> Result<Sqlite> {
    let at_path = |cause: &dyn std::fmt::Display| {
        Error::store(format!("the store {} cannot be opened.", path.display())).because(cause)
    };
    // SQLite would make the file readable for all. The files it adds beside it get the rights of this one.
    match private_file(path) {
        Err(cause) if cause.kind() != std::io::ErrorKind::AlreadyExists => return Err(at_path(&cause)),
        _ => {}
    }
    let set_up = || {
        let connection = Connection::open(path)?;
        connection.busy_timeout(PATIENCE)?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        // A pair of tokens that was stored must outlive the power: the one before it is worth nothing any more.
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "secure_delete", "ON")?;
        Ok::<_, rusqlite::Error>(connection)
    };
    set_up().map(Sqlite::of).map_err(|cause| at_path(&cause))
}

fn run(connection: &Connection, statement: &str, values: &[Value]) -> rusqlite::Result<Vec<Row>> {
    let mut prepared = connection.prepare_cached(&statement.replace('$', "?"))?;
    let columns = prepared.column_count();
    let rows = prepared.query_map(params_from_iter(values), |row| {
        let values = (0..columns).map(|column| row.get_ref(column).map(value));
        values.collect::<rusqlite::Result<Vec<_>>>().map(Row::new)
    })?;
    rows.collect()
}

fn value(stored: ValueRef<'_>) -> Value {
    match stored {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(int) => Value::Int(int),
        ValueRef::Text(text) => Value::Text(String::from_utf8_lossy(text).into_owned()),
        ValueRef::Blob(bytes) => Value::Bytes(bytes.to_vec()),
        // No column of ours holds one; no reader takes it for what it wants.
        ValueRef::Real(real) => Value::Text(real.to_string()),
    }
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Value::Null => ToSqlOutput::Owned(Stored::Null),
            Value::Int(int) => ToSqlOutput::Owned(Stored::Integer(*int)),
            Value::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            Value::Bytes(bytes) => ToSqlOutput::Borrowed(ValueRef::Blob(bytes)),
        })
    }
}

fn migrate(connection: &mut Connection) -> Result<()> {
    let sql = |cause: rusqlite::Error| failed(&cause);
    // Immediate: a second process waits here, and then finds the work done.
    let change = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(sql)?;
    change.execute_batch(schema::VERSIONS).map_err(sql)?;
    let version = change.query_row(schema::VERSION, [], |row| row.get(0)).map_err(sql)?;
    for (next, step) in schema::missing(version)? {
        change.execute_batch(step).map_err(sql)?;
        change.execute("INSERT INTO gong_schema (version) VALUES (?1)", [next]).map_err(sql)?;
    }
    change.commit().map_err(sql)
}

fn failed(cause: &rusqlite::Error) -> Error {
    Error::store("the SQLite store failed.").because(cause)
}
