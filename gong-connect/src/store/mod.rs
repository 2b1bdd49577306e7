//! Where connections and accounts are kept. One set of statements, over two engines: SQLite (a file, or memory) and
//! PostgreSQL.
//!
//! [`Store`] says where and with which keys; [`Vault`] is the opened store. Every operation is one statement, so it
//! happens whole or not at all, and every secret is sealed before it gets here.

mod accounts;
mod bind;
mod connections;
mod limits;
mod lock;
mod pending;
#[cfg(feature = "postgres")]
mod postgres;
mod rotate;
mod schema;
mod spare;
mod sqlite;
mod value;

use std::fmt::Debug;
use std::path::PathBuf;
use std::sync::Arc;

#[cfg(feature = "postgres")]
use gong_client::Secret;
use serde::Serialize;
use serde::de::DeserializeOwned;
use zeroize::Zeroizing;

use crate::error::{Error, Result};
use crate::keys::Keys;
use crate::seal;
use crate::world::{BoxFuture, World};
pub(crate) use accounts::{Account, Credential, Lease, Life, NewAccount};
pub(crate) use limits::LimitStore;
pub(crate) use lock::Lock;
pub(crate) use pending::{Pending, Registration};
#[cfg(test)]
pub(crate) use sqlite::Sqlite;
pub(crate) use value::{Row, Value};

/// Where connections and accounts are kept, and the keys that seal them.
///
/// Unless told otherwise the keys come from the environment variable `GONG_STORE_KEY`. Without it, a SQLite store has a
/// key file beside it (its name with `.key` added, made on first use, readable by its owner alone), and a store in
/// memory has a key of its own.
///
/// ```
/// use gong_connect::Store;
///
/// let store = Store::sqlite("gong.db").key_file("/run/secrets/gong.key");
/// ```
#[derive(Clone, Debug)]
pub struct Store {
    place: Place,
    keys: KeySource,
}

#[derive(Clone, Debug)]
enum Place {
    Memory,
    Sqlite(PathBuf),
    #[cfg(feature = "postgres")]
    Postgres(Secret),
}

#[derive(Clone, Debug)]
enum KeySource {
    Usual,
    File(PathBuf),
    Given(Keys),
}

impl Store {
    /// In memory, gone with the process.
    #[must_use]
    pub fn memory() -> Self {
        Store { place: Place::Memory, keys: KeySource::Usual }
    }

    /// In a SQLite file, made if there is none, readable by its owner alone. Any number of processes of one machine
    /// share it.
    #[must_use]
    pub fn sqlite(path: impl Into<PathBuf>) -> Self {
        Store { place: Place::Sqlite(path.into()), keys: KeySource::Usual }
    }

    /// In a PostgreSQL database, for processes on several machines: `postgres://user:password@host/database`.
    ///
    /// Its tables' names begin with `gong_`. Secrets are encrypted before they are sent. With `?sslmode=require` the
    /// connection is too, and the server must show a certificate that the platform trusts. Without, or with `prefer`,
    /// it is if the server can, whatever certificate it shows, which keeps out those who listen and not those who stand
    /// between; with `disable` it is not. The machines' clocks should agree within half a minute. A pooler in between
    /// must leave a session to its client, as the locks of refreshes are the session's.
    #[cfg(feature = "postgres")]
    #[must_use]
    pub fn postgres(url: impl Into<Secret>) -> Self {
        Store { place: Place::Postgres(url.into()), keys: KeySource::Usual }
    }

    /// With the keys of this file. It is made if there is none, and refused if others may read it.
    #[must_use]
    pub fn key_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.keys = KeySource::File(path.into());
        self
    }

    /// With these keys.
    #[must_use]
    pub fn keys(mut self, keys: Keys) -> Self {
        self.keys = KeySource::Given(keys);
        self
    }

    /// The keys, or the file that they are to be made in.
    fn find_keys(&self, world: &dyn World) -> Result<FoundKeys> {
        match &self.keys {
            KeySource::Given(keys) => return Ok(FoundKeys::These(keys.clone())),
            KeySource::File(path) => return FoundKeys::in_file(path.clone()),
            KeySource::Usual => {}
        }
        if let Some(keys) = Keys::from_environment()? {
            return Ok(FoundKeys::These(keys));
        }
        match &self.place {
            Place::Memory => Keys::random_in(world).map(FoundKeys::These),
            Place::Sqlite(path) => {
                let mut beside = path.clone().into_os_string();
                beside.push(".key");
                FoundKeys::in_file(PathBuf::from(beside))
            }
            #[cfg(feature = "postgres")]
            Place::Postgres(_) => Err(Error::config(
                "a PostgreSQL store needs a key that all its processes share: in the environment variable \
                     GONG_STORE_KEY, or by key_file or keys.",
            )),
        }
    }

    async fn engine(self) -> Result<Arc<dyn Engine>> {
        Ok(match self.place {
            Place::Memory => Arc::new(sqlite::Sqlite::memory()?),
            Place::Sqlite(path) => Arc::new(sqlite::Sqlite::file(path).await?),
            #[cfg(feature = "postgres")]
            Place::Postgres(url) => Arc::new(postgres::Postgres::new(&url)?),
        })
    }
}

/// What is there of a store's keys.
enum FoundKeys {
    These(Keys),
    /// None yet: this file is where they belong.
    NoneIn(PathBuf),
}

impl FoundKeys {
    fn in_file(path: PathBuf) -> Result<Self> {
        Ok(Keys::from_file(&path)?.map_or(FoundKeys::NoneIn(path), FoundKeys::These))
    }
}

/// What runs statements. `$1`, `$2` … stand for the values.
pub(crate) trait Engine: Debug + Send + Sync {
    /// Runs one statement and gives the rows it returns.
    fn run(&self, statement: &'static str, values: Vec<Value>) -> BoxFuture<'_, Result<Vec<Row>>>;

    /// Brings the schema to its newest version, one process at a time.
    fn migrate(&self) -> BoxFuture<'_, Result<()>>;

    /// The statement that reads the database's clock, in milliseconds since 1970, if it has one of its own.
    fn clock(&self) -> Option<&'static str> {
        None
    }

    /// Takes the lock of a name, which ends with the process that has it, however that ends. None while somebody has
    /// it.
    fn try_lock(&self, name: String) -> BoxFuture<'_, Result<Option<Lock>>>;

    /// Makes sure that there is room for some records more, where the store can tell.
    fn keep_room(&self, world: Arc<dyn World>) -> BoxFuture<'_, Result<()>>;

    /// Gives that room up for what is stored next.
    fn give_room_up(&self) -> BoxFuture<'_, ()>;
}

/// The opened store: an engine, and the keys to what it holds.
#[derive(Debug)]
pub(crate) struct Vault {
    engine: Arc<dyn Engine>,
    keys: Keys,
    world: Arc<dyn World>,
}

/// What is sealed into every store so that a wrong key shows before anything is read.
const KEY_CHECK: (&[&str], &[u8]) = (&["key check"], b"this store opens with this key");

const KEY_CHECK_QUERY: &str = "SELECT value FROM gong_meta WHERE name = 'key check'";

impl Vault {
    /// Opens the store and makes sure that it is ours to read.
    pub(crate) async fn open(store: Store, world: Arc<dyn World>) -> Result<Self> {
        let keys = store.find_keys(world.as_ref())?;
        let engine = store.engine().await?;
        let keys = match keys {
            FoundKeys::These(keys) => keys,
            FoundKeys::NoneIn(file) => {
                engine.migrate().await?;
                // A new key opens nothing that an old one sealed, and would stand in the way of that one's return.
                if !engine.run(KEY_CHECK_QUERY, Vec::new()).await?.is_empty() {
                    return Err(seal::missing_key(&file));
                }
                Keys::made_in_file(&file, world.as_ref())?
            }
        };
        Vault::over(engine, keys, world).await
    }

    /// Opens the store of an engine.
    pub(crate) async fn over(engine: Arc<dyn Engine>, keys: Keys, world: Arc<dyn World>) -> Result<Self> {
        let vault = Vault { engine, keys, world };
        vault.engine.migrate().await?;
        vault.check_key().await?;
        Ok(vault)
    }

    async fn check_key(&self) -> Result<()> {
        let mine = seal::seal(&self.keys, self.world.as_ref(), KEY_CHECK.0, KEY_CHECK.1)?;
        let insert = "INSERT INTO gong_meta (name, value) VALUES ('key check', $1) ON CONFLICT (name) DO NOTHING";
        self.run(insert, vec![mine.into()]).await?;
        let kept = self.first(KEY_CHECK_QUERY, Vec::new()).await?;
        let kept: Vec<u8> = kept.ok_or_else(|| Error::store("the store has lost its key check."))?.get()?;
        seal::open(&self.keys, KEY_CHECK.0, &kept).map(drop)
    }

    /// Makes sure that a record can be stored later, though the disk may be full by then.
    pub(crate) async fn keep_room(&self) -> Result<()> {
        self.engine.keep_room(Arc::clone(&self.world)).await
    }

    /// Gives up what is kept for that.
    pub(crate) async fn give_room_up(&self) {
        self.engine.give_room_up().await;
    }

    fn seal(&self, place: &[&str], record: &impl Serialize) -> Result<Vec<u8>> {
        // Roomy enough to never move, which would leave copies behind.
        let mut plain = Zeroizing::new(Vec::with_capacity(16 * 1024));
        serde_json::to_writer(&mut *plain, record)
            .map_err(|cause| Error::store("a record cannot be written.").because(cause))?;
        seal::seal(&self.keys, self.world.as_ref(), place, &plain)
    }

    fn unseal<T: DeserializeOwned>(&self, place: &[&str], sealed: &[u8]) -> Result<T> {
        let plain = seal::open(&self.keys, place, sealed)?;
        // serde's own message could repeat what is in the record.
        serde_json::from_slice(&plain).map_err(|_| Error::store("a record of the store is of no known form."))
    }

    async fn run(&self, statement: &'static str, values: Vec<Value>) -> Result<Vec<Row>> {
        self.engine.run(statement, values).await
    }

    async fn first(&self, statement: &'static str, values: Vec<Value>) -> Result<Option<Row>> {
        Ok(self.run(statement, values).await?.into_iter().next())
    }

    /// Whether a statement that returns what it changes changed anything.
    async fn changed(&self, statement: &'static str, values: Vec<Value>) -> Result<bool> {
        Ok(!self.run(statement, values).await?.is_empty())
    }
}
