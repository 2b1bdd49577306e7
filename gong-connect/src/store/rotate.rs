//! Sealing every record anew with the first key.

use super::value::values;
use super::{Row, Value, Vault};
use crate::error::{Error, Result};
use crate::seal;
use crate::who::Who;

/// A table of sealed records. `select` gives the names of a record, the record, and what it is bound to; `update` puts
/// `$2` in place of the record `$1`, of the names that follow.
struct Table {
    /// The first part of the place that a record is bound to. The names are the next ones.
    kind: &'static str,
    names: usize,
    select: &'static str,
    update: &'static str,
}

const TABLES: [Table; 4] = [
    Table {
        kind: "account",
        names: 2,
        select: "SELECT connection, identifier, sealed, bound_to FROM gong_accounts ORDER BY connection, identifier",
        update: "UPDATE gong_accounts SET sealed = $2 WHERE sealed = $1 AND connection = $3 AND identifier = $4 \
             RETURNING version",
    },
    Table {
        kind: "connection",
        names: 1,
        select: "SELECT name, sealed, NULL FROM gong_connections ORDER BY name",
        update: "UPDATE gong_connections SET sealed = $2 WHERE sealed = $1 AND name = $3 RETURNING name",
    },
    Table {
        kind: "pending",
        names: 3,
        select: "SELECT selector, connection, identifier, sealed, bound_to FROM gong_pending ORDER BY selector",
        update: "UPDATE gong_pending SET sealed = $2 \
             WHERE sealed = $1 AND selector = $3 AND connection = $4 AND identifier = $5 RETURNING selector",
    },
    Table {
        kind: "key check",
        names: 0,
        select: "SELECT value, NULL FROM gong_meta WHERE name = 'key check'",
        update: "UPDATE gong_meta SET value = $2 WHERE value = $1 AND name = 'key check' RETURNING name",
    },
];

impl Vault {
    /// Seals every record anew with the first key, and gives how many another one had sealed. A record that changes
    /// meanwhile is sealed with that key by whoever changes it.
    ///
    /// # Errors
    /// When the store fails; and, when all else is done, if records cannot be read: with the name of each.
    pub(crate) async fn rotate_keys(&self) -> Result<u64> {
        let (mut renewed, mut unreadable) = (0, Vec::new());
        for table in TABLES {
            for mut row in self.run(table.select, Vec::new()).await? {
                let names = (0..table.names).map(|_| row.get()).collect::<Result<Vec<_>>>();
                let resealed = names.as_ref().map_err(|_| super::value::unexpected());
                match resealed.and_then(|names| self.resealed(&table, names, row)) {
                    Ok(Some(values)) => renewed += u64::from(self.changed(table.update, values).await?),
                    Ok(None) => {}
                    Err(cause) => unreadable.push((named(table.kind, &names.unwrap_or_default()), cause)),
                }
            }
        }
        let Some((_, first)) = unreadable.first() else { return Ok(renewed) };
        let (count, kind) = (unreadable.len(), first.kind());
        let each: Vec<_> = unreadable.into_iter().map(|(name, cause)| format!("{name}: {cause}")).collect();
        let records = if count == 1 { "1 record" } else { &format!("{count} records") };
        let message = format!(
            "{records} cannot be read and stayed as they were, while all others are sealed with the first key. {}",
            each.join(" ")
        );
        Err(Error::new(kind, message))
    }

    /// The values of the table's update, if another key than the first seals the record so far.
    fn resealed(&self, table: &Table, names: &[String], mut row: Row) -> Result<Option<Vec<Value>>> {
        let (sealed, bound_to) = (row.get::<Vec<u8>>()?, row.get::<Option<String>>()?);
        if seal::is_current(&self.keys, &sealed) {
            return Ok(None);
        }
        let parts = names.iter().map(String::as_str);
        let place: Vec<_> = [table.kind].into_iter().chain(parts).chain(bound_to.as_deref()).collect();
        let plain = seal::open(&self.keys, &place, &sealed)?;
        let anew = seal::seal(&self.keys, self.world.as_ref(), &place, &plain)?;
        Ok(Some(values![sealed, anew].into_iter().chain(names.iter().cloned().map(Value::from)).collect()))
    }
}

/// What a person calls a record.
fn named(kind: &str, names: &[String]) -> String {
    match names {
        [connection] => format!("connection `{connection}`"),
        [connection, identifier] => Who::new(connection, identifier).to_string(),
        [_, connection, identifier] => format!("a link for {}", Who::new(connection, identifier)),
        _ => format!("the {kind}"),
    }
}
