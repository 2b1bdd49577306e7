//! What is kept besides the accounts, none of it secret: which account is the usual one, and which connections lead
//! into a sandbox.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::{Map, Value, json};

/// An account's name: its connection, and its identifier there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Who {
    pub(crate) connection: String,
    pub(crate) identifier: String,
}

impl Who {
    /// That of this identifier in this connection.
    pub(crate) fn new(connection: impl Into<String>, identifier: impl Into<String>) -> Self {
        Who { connection: connection.into(), identifier: identifier.into() }
    }
}

impl fmt::Display for Who {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` of `{}`", self.identifier.escape_debug(), self.connection.escape_debug())
    }
}

/// What is kept besides the accounts.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Settings {
    /// The account that a command uses when nothing says which.
    pub(crate) usual: Option<Who>,
    /// The connections that lead into a sandbox, with its seed.
    pub(crate) sandboxes: BTreeMap<String, u64>,
}

impl Settings {
    /// Reads them. What is not there is as at the beginning; what is not JSON is told.
    pub(super) fn read(text: &str) -> Result<Self, String> {
        let value: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
        let text = |value: &Value, name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
        let usual = value.get("use");
        let usual = usual.and_then(|usual| Some(Who::new(text(usual, "connection")?, text(usual, "as")?)));
        let sandboxes = value.get("sandboxes").and_then(Value::as_object).into_iter().flatten();
        let sandboxes = sandboxes.filter_map(|(name, seed)| Some((name.clone(), seed.as_u64()?))).collect();
        Ok(Settings { usual, sandboxes })
    }

    /// Writes them.
    pub(super) fn text(&self) -> String {
        let mut all = Map::new();
        if let Some(who) = &self.usual {
            all.insert("use".to_owned(), json!({"connection": who.connection, "as": who.identifier}));
        }
        all.insert("sandboxes".to_owned(), json!(self.sandboxes));
        format!("{:#}\n", Value::Object(all))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_read() {
        let settings = Settings {
            usual: Some(Who::new("a \"quoted\" one", "me")),
            sandboxes: [("sandbox".to_owned(), u64::MAX)].into(),
        };
        assert_eq!(Settings::read(&settings.text()), Ok(settings));
        assert_eq!(Settings::read("{}"), Ok(Settings::default()));
        assert!(Settings::read("{").is_err());
    }
}
