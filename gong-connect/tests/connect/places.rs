//! The stores that the tests run on.

use std::path::PathBuf;
use std::sync::Arc;

use gong_connect::{Connections, Keys, Result, Store, World};
use tempfile::TempDir;

use crate::gong::Gong;
use crate::postgres;
use crate::worlds::Fake;

pub(crate) const KEY: &str = "0707070707070707070707070707070707070707070707070707070707070707";

/// A place for a store.
pub(crate) enum Place {
    Memory,
    Sqlite(TempDir),
    Postgres(String),
}

impl Place {
    pub(crate) fn memory() -> Option<Self> {
        Some(Place::Memory)
    }

    pub(crate) fn sqlite() -> Option<Self> {
        Some(Place::Sqlite(tempfile::tempdir().unwrap()))
    }

    pub(crate) fn postgres() -> Option<Self> {
        postgres::database().map(Place::Postgres)
    }

    pub(crate) fn file(&self) -> Option<PathBuf> {
        match self {
            Place::Sqlite(folder) => Some(folder.path().join("gong.db")),
            _ => None,
        }
    }

    /// The store, as another process would name it.
    pub(crate) fn named(&self) -> String {
        match self {
            Place::Memory => "memory".to_owned(),
            Place::Sqlite(_) => self.file().unwrap().display().to_string(),
            Place::Postgres(url) => url.clone(),
        }
    }

    pub(crate) fn store(&self) -> Store {
        store(&self.named(), KEY)
    }

    pub(crate) async fn open(&self, world: Arc<dyn World>) -> Result<Connections> {
        Connections::builder(self.store()).world(world).open().await
    }

    /// The connections of the store, with Gong's app registered.
    pub(crate) async fn connections(&self, gong: &Gong, world: &Arc<Fake>) -> Connections {
        let connections = self.open(Arc::clone(world) as Arc<dyn World>).await.unwrap();
        connections.register(gong.app()).await.unwrap();
        connections
    }
}

pub(crate) fn store(name: &str, key: &str) -> Store {
    let store = match name {
        "memory" => Store::memory(),
        url if url.starts_with("postgres://") => Store::postgres(url),
        path => Store::sqlite(path),
    };
    store.keys(Keys::parse(key).unwrap())
}

/// Ann has an account.
pub(crate) async fn connect(connections: &Connections, gong: &Gong, identifier: &str) {
    let link = connections.authorization_link("gong", identifier).await.unwrap();
    connections.complete(&gong.consent(link.as_str())).await.unwrap();
}

/// Runs tests on every store, or on those that several processes can share.
macro_rules! on_each_store {
    (shared: $($name:ident)*) => {
        mod sqlite { $(crate::places::on_each_store!(@ $name sqlite);)* }
        mod postgres { $(crate::places::on_each_store!(@ $name postgres);)* }
    };
    (@ $name:ident $place:ident) => {
        #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn $name() {
            if let Some(place) = crate::places::Place::$place() {
                super::$name(place).await;
            }
        }
    };
    ($($name:ident)*) => {
        mod memory { $(crate::places::on_each_store!(@ $name memory);)* }
        crate::places::on_each_store!(shared: $($name)*);
    };
}
pub(crate) use on_each_store;
