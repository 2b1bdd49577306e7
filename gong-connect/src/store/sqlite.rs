//! SQLite: a file shared by the processes of one machine, or memory.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, TransactionBehavior, params_from_iter};

use super::lock::{self, Lock};
use super::value::{Row, Value};
use super::{Engine, schema, spare};
use crate::error::{Error, Result};
use crate::keys::{private_file, refuse_if_shared};
use crate::world::{BoxFuture, World};

/// How long a statement waits for another process's.
const PATIENCE: Duration = Duration::from_secs(10);

/// A connection to SQLite. Its statements take microseconds, and run where blocking is allowed.
#[derive(Clone, Debug)]
pub(crate) struct Sqlite {
    connection: Arc<Mutex<Connection>>,
    /// Where it is; none in memory.
    path: Option<PathBuf>,
    /// The locks of a store in memory, which no other process shares.
    locked: Arc<Mutex<HashSet<String>>>,
}

impl Sqlite {
    pub(crate) fn memory() -> Result<Self> {
        Connection::open_in_memory().map(|connection| Sqlite::of(connection, None)).map_err(failed)
    }

    /// A store as the first version of the schema had it.
    #[cfg(test)]
    pub(super) fn of_first_version() -> Self {
        let connection = Connection::open_in_memory().unwrap();
        connection.execute_batch(schema::VERSIONS).unwrap();
        connection.execute_batch(schema::FIRST).unwrap();
        connection.execute("INSERT INTO gong_schema (version) VALUES (1)", []).unwrap();
        Sqlite::of(connection, None)
    }

    pub(super) async fn file(path: PathBuf) -> Result<Self> {
        in_the_background(move || open_file(&path)).await
    }

    fn of(connection: Connection, path: Option<PathBuf>) -> Self {
        Sqlite { connection: Arc::new(Mutex::new(connection)), path, locked: Arc::default() }
    }

    async fn with<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Connection) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let shared = Arc::clone(&self.connection);
        in_the_background(move || work(&mut shared.lock().unwrap_or_else(PoisonError::into_inner))).await
    }
}

impl Engine for Sqlite {
    fn run(&self, statement: &'static str, values: Vec<Value>) -> BoxFuture<'_, Result<Vec<Row>>> {
        Box::pin(self.with(move |connection| run(connection, statement, &values).map_err(failed)))
    }

    fn migrate(&self) -> BoxFuture<'_, Result<()>> {
        Box::pin(self.with(migrate))
    }

    fn try_lock(&self, name: String) -> BoxFuture<'_, Result<Option<Lock>>> {
        let Some(path) = self.path.clone() else {
            let is_free = self.locked.lock().unwrap_or_else(PoisonError::into_inner).insert(name.clone());
            let lock = is_free.then(|| Lock::new(InMemory { locked: Arc::clone(&self.locked), name }));
            return Box::pin(async { Ok(lock) });
        };
        Box::pin(in_the_background(move || {
            let mut beside = path.into_os_string();
            beside.push(format!(".{name}.lock"));
            let beside = PathBuf::from(beside);
            let failed = |cause| Error::store(format!("{} cannot be locked.", beside.display())).because(cause);
            lock::file(&beside).map_err(failed)
        }))
    }

    fn keep_room(&self, world: Arc<dyn World>) -> BoxFuture<'_, Result<()>> {
        let Some(path) = self.path.clone() else { return Box::pin(async { Ok(()) }) };
        Box::pin(in_the_background(move || {
            let failed = |cause| {
                let place = path.display();
                Error::store(format!(
                    "there is no room left beside {place}, so nothing was refreshed and nothing is lost."
                ))
                .because(cause)
            };
            spare::keep(&path, world.as_ref()).map_err(failed)
        }))
    }

    fn give_room_up(&self) -> BoxFuture<'_, ()> {
        let path = self.path.clone();
        Box::pin(async move {
            // Whatever goes wrong here shows when the record is stored.
            let given_up = in_the_background(move || {
                path.iter().for_each(|path| spare::give_up(path));
                Ok(())
            });
            let _ = given_up.await;
        })
    }
}

/// A lock of a store in memory.
struct InMemory {
    locked: Arc<Mutex<HashSet<String>>>,
    name: String,
}

impl Drop for InMemory {
    fn drop(&mut self) {
        self.locked.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.name);
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
    refuse_if_shared(path).map_err(|what| Error::store(format!("the store is not used: {what}")))?;
    let set_up = || {
        let connection = Connection::open(path)?;
        connection.busy_timeout(PATIENCE)?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        // A pair of tokens that was stored must outlive the power: the one before it is worth nothing any more.
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "secure_delete", "ON")?;
        Ok::<_, rusqlite::Error>(connection)
    };
    set_up().map(|connection| Sqlite::of(connection, Some(path.to_owned()))).map_err(|cause| at_path(&cause))
}

fn run(connection: &Connection, statement: &str, values: &[Value]) -> rusqlite::Result<Vec<Row>> {
    let mut prepared = connection.prepare_cached(&statement.replace('$', "?"))?;
    let columns = prepared.column_count();
    let rows = prepared.query_map(params_from_iter(values), |row| {
        let values = (0..columns).map(|column| match row.get_ref(column)? {
            // A text that is none must not keep the other rows from being read.
            ValueRef::Text(text) => Ok(Value::Text(String::from_utf8_lossy(text).into_owned())),
            _ => row.get(column),
        });
        values.collect::<rusqlite::Result<Vec<_>>>().map(Row::new)
    })?;
    rows.collect()
}

fn migrate(connection: &mut Connection) -> Result<()> {
    // Immediate: a second process waits here, and then finds the work done.
    let change = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
    change.execute_batch(schema::VERSIONS).map_err(failed)?;
    let version = change.query_row(schema::VERSION, [], |row| row.get(0)).map_err(failed)?;
    for (next, step) in schema::missing(version)? {
        change.execute_batch(step).map_err(failed)?;
        change.execute("INSERT INTO gong_schema (version) VALUES (?1)", [next]).map_err(failed)?;
    }
    change.commit().map_err(failed)
}

fn failed(cause: rusqlite::Error) -> Error {
    Error::store("the SQLite store failed.").because(cause)
}
