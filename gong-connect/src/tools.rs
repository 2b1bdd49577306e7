//! The scopes that a tool needs, by the catalog.

use gong_client::catalog;

use crate::error::{Error, Result};

/// The scopes of a tool.
///
/// # Errors
/// When there is no such tool, with what may have been meant.
pub(crate) fn scopes(tool: &str) -> Result<Vec<&'static str>> {
    match catalog::tool(tool) {
        Ok(tool) => Ok(tool.scopes.to_vec()),
        Err(unknown) => Err(Error::config(unknown.to_string())),
    }
}
