//! Connections: the apps and the kinds of keys that accounts belong to. All of one is sealed, because it says where a
//! client secret is sent to.

use super::value::values;
use super::{Row, Value, Vault};
use crate::connection::Connection;
use crate::error::Result;

fn place(name: &str) -> [&str; 2] {
    ["connection", name]
}

impl Vault {
    /// Stores a connection, in place of the one of its name.
    pub(crate) async fn put_connection(&self, connection: &Connection) -> Result<()> {
        let sealed = self.seal(&place(connection.name()), connection.settings())?;
        let statement = "INSERT INTO gong_connections (name, sealed) VALUES ($1, $2) \
             ON CONFLICT (name) DO UPDATE SET sealed = excluded.sealed";
        self.run(statement, values![connection.name(), sealed]).await.map(drop)
    }

    pub(crate) async fn connection(&self, name: &str) -> Result<Option<Connection>> {
        let row = self.first("SELECT name, sealed FROM gong_connections WHERE name = $1", values![name]).await?;
        row.map(|row| self.read_connection(row)).transpose()
    }

    /// All connections, in the order of their names.
    pub(crate) async fn connections(&self) -> Result<Vec<Connection>> {
        let rows = self.run("SELECT name, sealed FROM gong_connections ORDER BY name", Vec::new()).await?;
        rows.into_iter().map(|row| self.read_connection(row)).collect()
    }

    /// The connections that can be read: what is told of other things does not depend on the rest.
    pub(crate) async fn readable_connections(&self) -> Result<Vec<Connection>> {
        let rows = self.run("SELECT name, sealed FROM gong_connections ORDER BY name", Vec::new()).await?;
        Ok(rows.into_iter().filter_map(|row| self.read_connection(row).ok()).collect())
    }

    fn read_connection(&self, mut row: Row) -> Result<Connection> {
        let name: String = row.get()?;
        let settings = self.unseal(&place(&name), &row.get::<Vec<u8>>()?)?;
        Ok(Connection::kept(name, settings))
    }
}
