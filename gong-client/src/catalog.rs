//! What there is: every tool with its parameters, requests, scopes and schemas, as data.
//!
//! ```
//! use gong_client::catalog;
//! for tool in catalog::tools() {
//!     println!("{} ({})", tool.name, tool.title);
//! }
//! assert!(catalog::tool("no_such_tool").is_err());
//! ```

use crate::base::error::{Error, ErrorKind, Result};
use crate::base::service::SERVICE;
use crate::base::violation::did_you_mean;
use crate::generated;

pub use crate::base::service::Service;
pub use crate::call::facts::Effect;
pub use crate::call::job::Job;
pub use crate::client::entry::{Handler, Param, Route, Tool};

/// Every tool, group by group.
#[must_use]
pub fn tools() -> &'static [&'static Tool] {
    generated::catalog::TOOLS
}

/// The names of the groups, in the order of their tools.
///
/// ```
/// assert!(gong_client::catalog::groups().contains(&"calls"));
/// ```
#[must_use]
pub fn groups() -> Vec<&'static str> {
    let mut groups: Vec<&str> = tools().iter().map(|tool| tool.group).collect();
    groups.dedup();
    groups
}

/// The tool of this name; the error says which one was probably meant.
pub fn tool(name: &str) -> Result<&'static Tool> {
    tools().iter().copied().find(|tool| tool.name == name).ok_or_else(|| {
        let meant = did_you_mean(name, tools().iter().map(|tool| tool.name));
        let meant = meant.map(|meant| format!(" Did you mean `{meant}`?")).unwrap_or_default();
        Error::new(ErrorKind::UnknownTool, format!("there is no tool `{name}`.{meant}"))
    })
}

/// The service that all tools talk to.
#[must_use]
pub fn service() -> &'static Service {
    &SERVICE
}

#[cfg(test)]
mod tests;
