//! Targets: what users are to reach. Nobody has seen what one looks like; this is the least that it can be.
//!
//! With every seed there are the targets `5820934817264530983` (`Revenue`) and `5820934817264530984` (`New meetings`).

use serde_json::Value;

use crate::multipart::UploadedPart;

/// A set of targets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The id.
    pub id: String,
    /// The name.
    pub name: String,
    /// The file that said last who is to reach what.
    pub file: Option<UploadedPart>,
    /// The lines of that file, its heading included.
    pub assignments: Vec<Value>,
}

/// The targets that there are from the beginning, see above.
pub(super) fn targets() -> Vec<Target> {
    let target = |id: &str, name: &str| Target {
        id: id.to_string(),
        name: name.to_string(),
        file: None,
        assignments: Vec::new(),
    };
    vec![target("5820934817264530983", "Revenue"), target("5820934817264530984", "New meetings")]
}
