//! Whose account: the name that everything is kept and told by.

use std::fmt;

/// Whose account: a connection, and an identifier within it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Who {
    pub(crate) connection: String,
    pub(crate) identifier: String,
}

impl Who {
    pub(crate) fn new(connection: &str, identifier: &str) -> Self {
        Who { connection: connection.to_owned(), identifier: identifier.to_owned() }
    }
}

impl fmt::Display for Who {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` of connection `{}`", self.identifier, self.connection)
    }
}
