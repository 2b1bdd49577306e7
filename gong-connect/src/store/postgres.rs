//! PostgreSQL: for processes on several machines.

use std::error::Error as StdError;
use std::str::FromStr as _;
use std::sync::Arc;
use std::time::Duration;

use bytes::BytesMut;
use rustls::ClientConfig;
use rustls_platform_verifier::BuilderVerifierExt as _;
use tokio::sync::Mutex;
use tokio_postgres::config::SslMode;
use tokio_postgres::types::{IsNull, ToSql, Type, to_sql_checked};
use tokio_postgres::{Client, Config, NoTls};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::value::{Row, Value};
use super::{Engine, schema};
use crate::error::{Error, Result};
use crate::secret::Secret;
use crate::world::BoxFuture;

/// How long a connection or a statement may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// Chosen by chance: the lock under which one process at a time changes the schema.
const SCHEMA_LOCK: &str = "SELECT pg_advisory_xact_lock(7136541808142907234)";

/// One connection to a database, made when it is first needed and again when it breaks.
pub(super) struct Postgres {
    config: Config,
    client: Mutex<Option<Arc<Client>>>,
}

impl Postgres {
    pub(super) fn new(url: &Secret) -> Result<Self> {
        let mut config = Config::from_str(url.reveal()).map_err(|_| {
            // The cause could repeat a part of the URL, and so the password.
            Error::config("the URL of the PostgreSQL store is not one: postgres://user:password@host/database")
        })?;
        config.connect_timeout(PATIENCE).application_name("gong-connect");
        Ok(Postgres { config, client: Mutex::new(None) })
    }

    async fn client(&self) -> Result<Arc<Client>> {
        let mut known = self.client.lock().await;
        if let Some(client) = known.as_ref().filter(|client| !client.is_closed()) {
            return Ok(Arc::clone(client));
        }
        let client = Arc::new(self.connect().await?);
        *known = Some(Arc::clone(&client));
        Ok(client)
    }

    async fn connect(&self) -> Result<Client> {
        let unreachable = |cause| Error::store("the PostgreSQL store cannot be reached.").because(told(&cause));
        if self.config.get_ssl_mode() == SslMode::Require {
            let (client, connection) = self.config.connect(tls()?).await.map_err(unreachable)?;
            keep_going(connection);
            Ok(client)
        } else {
            let (client, connection) = self.config.connect(NoTls).await.map_err(unreachable)?;
            keep_going(connection);
            Ok(client)
        }
    }

    async fn rows(&self, statement: &str, values: &[Value]) -> Result<Vec<Row>> {
        let client = self.client().await?;
        let values: Vec<&(dyn ToSql + Sync)> = values.iter().map(|value| value as &(dyn ToSql + Sync)).collect();
        let rows = client.query(statement, &values).await.map_err(|cause| failed(&cause))?;
        rows.iter().map(read).collect()
    }

    async fn bring_up_to_date(&self) -> Result<()> {
        // A connection of its own: a transaction must not mix with what others send over the shared one.
        let mut client = self.connect().await?;
        let sql = |cause: tokio_postgres::Error| failed(&cause);
        let change = client.transaction().await.map_err(sql)?;
        change.batch_execute(SCHEMA_LOCK).await.map_err(sql)?;
        change.batch_execute(schema::VERSIONS).await.map_err(sql)?;
        let version: i64 = change.query_one(schema::VERSION, &[]).await.and_then(|row| row.try_get(0)).map_err(sql)?;
        for (next, step) in schema::missing(version)? {
            change.batch_execute(step).await.map_err(sql)?;
            change.execute("INSERT INTO gong_schema (version) VALUES ($1)", &[&next]).await.map_err(sql)?;
        }
        change.commit().await.map_err(sql)
    }
}

impl Engine for Postgres {
    fn run(&self, statement: &'static str, values: Vec<Value>) -> BoxFuture<'_, Result<Vec<Row>>> {
        Box::pin(async move { in_time(self.rows(statement, &values)).await })
    }

    fn migrate(&self) -> BoxFuture<'_, Result<()>> {
        Box::pin(in_time(self.bring_up_to_date()))
    }

    fn clock(&self) -> Option<&'static str> {
        Some("SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)")
    }
}

impl std::fmt::Debug for Postgres {
    /// Without the configuration, which holds the password.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Postgres").field("database", &self.config.get_dbname()).finish_non_exhaustive()
    }
}

/// Runs a connection until its client is dropped or the server goes away, which the client then tells.
fn keep_going(connection: impl Future<Output = Result<(), tokio_postgres::Error>> + Send + 'static) {
    tokio::spawn(async move {
        let _ = connection.await;
    });
}

/// TLS that trusts whom the platform trusts.
fn tls() -> Result<MakeRustlsConnect> {
    let failed = |cause: rustls::Error| Error::config("there is no TLS for the PostgreSQL store.").because(cause);
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().map_err(failed)?;
    let config = config.with_platform_verifier().map_err(failed)?;
    Ok(MakeRustlsConnect::new(config.with_no_client_auth()))
}

async fn in_time<T>(work: impl Future<Output = Result<T>>) -> Result<T> {
    let late = || Error::store("the PostgreSQL store gave no answer in time.");
    tokio::time::timeout(PATIENCE, work).await.map_err(|_| late())?
}

fn read(row: &tokio_postgres::Row) -> Result<Row> {
    let value = |column: usize, kind: &Type| -> Result<Value, tokio_postgres::Error> {
        Ok(match *kind {
            Type::INT8 => row.try_get::<_, Option<i64>>(column)?.into(),
            Type::BYTEA => row.try_get::<_, Option<Vec<u8>>>(column)?.into(),
            _ => row.try_get::<_, Option<&str>>(column)?.into(),
        })
    };
    let columns = row.columns().iter().enumerate();
    let values = columns.map(|(at, column)| value(at, column.type_())).collect::<Result<Vec<_>, _>>();
    values.map(Row::new).map_err(|cause| failed(&cause))
}

impl ToSql for Value {
    fn to_sql(&self, kind: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn StdError + Sync + Send>> {
        match self {
            Value::Null => Ok(IsNull::Yes),
            Value::Int(int) => int.to_sql_checked(kind, out),
            Value::Text(text) => text.to_sql_checked(kind, out),
            Value::Bytes(bytes) => bytes.to_sql_checked(kind, out),
        }
    }

    fn accepts(_: &Type) -> bool {
        true // each value checks for itself, above
    }

    to_sql_checked!();
}

fn failed(cause: &tokio_postgres::Error) -> Error {
    Error::store("the PostgreSQL store failed.").because(told(cause))
}

/// What the server or the network said, without the detail that repeats values.
fn told(cause: &tokio_postgres::Error) -> String {
    match cause.as_db_error() {
        Some(server) => format!("{} ({})", server.message(), server.code().code()),
        None => cause.source().map_or_else(|| cause.to_string(), |below| format!("{cause}: {below}")),
    }
}
