//! Limits: one row a company, with the book of who sent when and who waits. A row is replaced whole, and only if it
//! still is what the change was made from, so that of two changes at once the second is made again.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use super::value::values;
use super::{Engine, Store, Value, Vault};
use crate::error::Result;
use crate::world::{World, millis, time};

/// A row that was not changed for this long is deleted.
const FORGOTTEN: Duration = Duration::from_secs(2 * 24 * 60 * 60);

/// The part of a store that keeps limits. It holds no secret, and needs no key.
#[derive(Clone, Debug)]
pub(crate) struct LimitStore {
    engine: Arc<dyn Engine>,
    pub(crate) world: Arc<dyn World>,
}

impl LimitStore {
    /// Opens a store for its limits alone.
    pub(crate) async fn open(store: Store, world: Arc<dyn World>) -> Result<Self> {
        let engine = store.engine().await?;
        engine.migrate().await?;
        Ok(LimitStore::over(engine, world))
    }

    pub(crate) fn of(vault: &Vault) -> Self {
        LimitStore::over(Arc::clone(&vault.engine), Arc::clone(&vault.world))
    }

    pub(crate) fn over(engine: Arc<dyn Engine>, world: Arc<dyn World>) -> Self {
        LimitStore { engine, world }
    }

    /// The time that limits go by: the database's own where it has a clock, so that those of several machines need not
    /// agree.
    pub(crate) async fn now(&self) -> Result<SystemTime> {
        if let Some(now) = self.world.database_now() {
            return Ok(now);
        }
        let Some(clock) = self.engine.clock() else { return Ok(self.world.now()) };
        match self.engine.run(clock, Vec::new()).await?.into_iter().next() {
            Some(mut row) => Ok(time(row.get()?)),
            None => Ok(self.world.now()),
        }
    }

    pub(crate) async fn book(&self, company: &str) -> Result<Option<String>> {
        let rows = self.engine.run("SELECT book FROM gong_limits WHERE company = $1", values![company]).await?;
        rows.into_iter().next().map(|mut row| row.get()).transpose()
    }

    /// Puts a book in the place of the one that was read, if that one is still there.
    pub(crate) async fn replace_book(
        &self,
        company: &str,
        read: Option<&str>,
        book: &str,
        now: SystemTime,
    ) -> Result<bool> {
        if read.is_none() {
            let long_ago = now.checked_sub(FORGOTTEN).map_or(0, millis);
            self.engine.run("DELETE FROM gong_limits WHERE changed_at < $1", values![long_ago]).await?;
        }
        let statement = "INSERT INTO gong_limits AS kept (company, book, changed_at) VALUES ($1, $2, $3) \
             ON CONFLICT (company) DO UPDATE SET book = excluded.book, changed_at = excluded.changed_at \
             WHERE kept.book = $4 RETURNING company";
        Ok(!self.engine.run(statement, values![company, book, millis(now), read.map(str::to_owned)]).await?.is_empty())
    }
}
