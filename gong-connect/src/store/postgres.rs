//! PostgreSQL: for processes on several machines.

use std::error::Error as StdError;
use std::str::FromStr as _;
use std::sync::Arc;
use std::time::Duration;

use bytes::BytesMut;
use gong_client::Secret;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{WebPkiSupportedAlgorithms, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, SignatureScheme};
use rustls_platform_verifier::BuilderVerifierExt as _;
use sha2::{Digest as _, Sha256};
use tokio::sync::Mutex;
use tokio_postgres::config::SslMode;
use tokio_postgres::types::{IsNull, ToSql, Type, to_sql_checked};
use tokio_postgres::{Client, Config};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::lock::Lock;
use super::value::{Row, Value};
use super::{Engine, schema};
use crate::error::{Error, Result};
use crate::keys::no_randomness;
use crate::world::{BoxFuture, World};

/// How long a connection or a statement may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// A random number: the lock under which one process at a time changes the schema.
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
        // Where TLS is off, or preferred and the server has none, the connection goes on without.
        let is_required = self.config.get_ssl_mode() == SslMode::Require;
        let (client, connection) = self.config.connect(tls(is_required)?).await.map_err(unreachable)?;
        // Goes on until the client is dropped or the server goes away, of which the client's next call fails.
        tokio::spawn(connection);
        Ok(client)
    }

    async fn rows(&self, statement: &str, values: &[Value]) -> Result<Vec<Row>> {
        let client = self.client().await?;
        let values: Vec<Sent<'_>> = values.iter().map(Sent).collect();
        let values: Vec<&(dyn ToSql + Sync)> = values.iter().map(|value| value as &(dyn ToSql + Sync)).collect();
        let rows = client.query(statement, &values).await.map_err(failed)?;
        rows.iter().map(read).collect()
    }

    async fn bring_up_to_date(&self) -> Result<()> {
        // A connection of its own: a transaction must not mix with what others send over the shared one.
        let mut client = self.connect().await?;
        let change = client.transaction().await.map_err(failed)?;
        change.batch_execute(SCHEMA_LOCK).await.map_err(failed)?;
        change.batch_execute(schema::VERSIONS).await.map_err(failed)?;
        let version: i64 =
            change.query_one(schema::VERSION, &[]).await.and_then(|row| row.try_get(0)).map_err(failed)?;
        for (next, step) in schema::missing(version)? {
            change.batch_execute(step).await.map_err(failed)?;
            change.execute("INSERT INTO gong_schema (version) VALUES ($1)", &[&next]).await.map_err(failed)?;
        }
        change.commit().await.map_err(failed)
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

    /// The database ends a session's locks when its connection closes.
    fn try_lock(&self, name: String) -> BoxFuture<'_, Result<Option<Lock>>> {
        Box::pin(in_time(async move {
            let (client, key) = (self.client().await?, key_of(&name));
            let row = client.query_one("SELECT pg_try_advisory_lock($1)", &[&key]).await.map_err(failed)?;
            let is_ours: bool = row.try_get(0).map_err(failed)?;
            Ok(is_ours.then(|| Lock::new(Session { client, key })))
        }))
    }

    /// Writes a record that nobody reads, so that a full disk is noticed.
    fn keep_room(&self, world: Arc<dyn World>) -> BoxFuture<'_, Result<()>> {
        Box::pin(async move {
            let mut bytes = vec![0; 16 * 1024];
            world.fill(&mut bytes).map_err(no_randomness)?;
            let statement = "INSERT INTO gong_meta (name, value) VALUES ('spare', $1) \
                 ON CONFLICT (name) DO UPDATE SET value = excluded.value";
            self.run(statement, vec![bytes.into()]).await.map(drop)
        })
    }

    fn give_room_up(&self) -> BoxFuture<'_, ()> {
        Box::pin(async {})
    }
}

/// A lock that this session has.
struct Session {
    client: Arc<Client>,
    key: i64,
}

impl Drop for Session {
    fn drop(&mut self) {
        let (client, key) = (Arc::clone(&self.client), self.key);
        // Without a runtime the connection ends, and the lock with it.
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            runtime.spawn(async move {
                let _ = client.execute("SELECT pg_advisory_unlock($1)", &[&key]).await;
            });
        }
    }
}

/// The number that the database knows a lock by.
fn key_of(name: &str) -> i64 {
    let hash = Sha256::digest(format!("gong-connect, lock of {name}"));
    hash.iter().take(8).fold(0, |key, byte| key << 8 | i64::from(*byte))
}

impl std::fmt::Debug for Postgres {
    /// Without the configuration, which holds the password.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Postgres").field("database", &self.config.get_dbname()).finish_non_exhaustive()
    }
}

/// TLS that trusts what the platform trusts, or any certificate. Where TLS is only preferred, somebody between could as
/// well say that the server has none: it keeps out those who listen only, so no certificate is refused.
fn tls(verified: bool) -> Result<MakeRustlsConnect> {
    let failed = |cause: rustls::Error| Error::config("there is no TLS for the PostgreSQL store.").because(cause);
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let anybody = Arc::new(Anybody(provider.signature_verification_algorithms));
    let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().map_err(failed)?;
    let config = if verified {
        config.with_platform_verifier().map_err(failed)?
    } else {
        config.dangerous().with_custom_certificate_verifier(anybody)
    };
    Ok(MakeRustlsConnect::new(config.with_no_client_auth()))
}

/// Takes any certificate whose key the server has.
#[derive(Debug)]
struct Anybody(WebPkiSupportedAlgorithms);

impl ServerCertVerifier for Anybody {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls12_signature(message, certificate, signed, &self.0)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls13_signature(message, certificate, signed, &self.0)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.supported_schemes()
    }
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
            _ => row.try_get::<_, Option<String>>(column)?.into(),
        })
    };
    let columns = row.columns().iter().enumerate();
    let values = columns.map(|(at, column)| value(at, column.type_())).collect::<Result<Vec<_>, _>>();
    values.map(Row::new).map_err(failed)
}

/// A value as PostgreSQL is sent it.
#[derive(Debug)]
struct Sent<'v>(&'v Value);

impl ToSql for Sent<'_> {
    fn to_sql(&self, kind: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn StdError + Sync + Send>> {
        match self.0 {
            Value::Null => Ok(IsNull::Yes),
            Value::Integer(int) => int.to_sql_checked(kind, out),
            Value::Real(real) => real.to_sql_checked(kind, out),
            Value::Text(text) => text.to_sql_checked(kind, out),
            Value::Blob(bytes) => bytes.to_sql_checked(kind, out),
        }
    }

    fn accepts(_: &Type) -> bool {
        true // each value checks for itself, above
    }

    to_sql_checked!();
}

fn failed(cause: tokio_postgres::Error) -> Error {
    Error::store("the PostgreSQL store failed.").because(told(&cause))
}

/// What the server or the network said, without the detail that repeats values.
fn told(cause: &tokio_postgres::Error) -> String {
    match cause.as_db_error() {
        Some(server) => format!("{} ({})", server.message(), server.code().code()),
        None => cause.source().map_or_else(|| cause.to_string(), |below| format!("{cause}: {below}")),
    }
}
