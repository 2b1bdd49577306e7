//! The language as one table: which keys there are, what stands at each, and what an editor tells about it. The order of a
//! table is the order in which [`crate::format`] writes the keys; [`schema`] makes a JSON Schema of it. A test holds it
//! against what the loader in fact reads.

mod json;
mod request;
mod service;
mod tool;
mod types;

#[cfg(test)]
mod tests;

use crate::fault::{Faults, Sink};
use crate::source::SourceFile;

pub(crate) use service::SERVICE;
pub(crate) use tool::GROUP;
pub(crate) use types::DECLARED;

/// The version of the language that this is. It rises when a spec that was right would be wrong, or mean something else;
/// a new key or a new word raises nothing.
pub const VERSION: u64 = 1;

/// Whether the spec is written in this version of the language. Loading a spec asks this by itself.
///
/// # Errors
/// Which version it is written in, and what to do about it.
pub fn understands(files: &[SourceFile]) -> Result<(), Faults> {
    let sink = Sink::default();
    crate::load::version::unknown(files).into_iter().for_each(|fault| sink.report(fault));
    sink.into_faults().map_or(Ok(()), Err)
}

/// Where the JSON Schema of the language lies.
pub const SCHEMA: &str = "spec/schema.json";

/// The JSON Schema of the spec language, for editors.
#[must_use]
pub fn schema() -> String {
    json::text()
}

/// The first line of a spec file, by which editors find the schema.
#[must_use]
pub fn modeline(path: &str) -> String {
    let below = path.split('/').skip_while(|step| *step != "spec").count().saturating_sub(2);
    format!("# yaml-language-server: $schema={}schema.json", "../".repeat(below))
}

/// A map with keys of its own.
#[derive(Debug)]
pub(crate) struct Shape {
    /// Its name among the schema's definitions.
    pub(crate) name: &'static str,
    /// What the loader's reports call it.
    #[cfg_attr(not(test), allow(dead_code, reason = "by this name the test finds what the loader read"))]
    pub(crate) what: &'static str,
    /// What it is.
    pub(crate) about: &'static str,
    /// Its keys, in the order in which they are written.
    pub(crate) keys: &'static [&'static [Key]],
    /// Keys of which exactly one is there; none if it is empty.
    pub(crate) one_of: &'static [&'static str],
}

impl Shape {
    /// Every key.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &'static Key> {
        self.keys.iter().flat_map(|keys| keys.iter())
    }

    /// The key of this name.
    pub(crate) fn key(&self, name: &str) -> Option<&'static Key> {
        self.keys().find(|key| key.name == name)
    }
}

/// A key of a [`Shape`].
#[derive(Debug)]
pub(crate) struct Key {
    pub(crate) name: &'static str,
    /// Whether it must be there.
    pub(crate) needed: bool,
    pub(crate) holds: Holds,
    /// What it says, in a sentence or two.
    pub(crate) about: &'static str,
}

/// A key that must be there.
const fn need(name: &'static str, holds: Holds, about: &'static str) -> Key {
    Key { name, needed: true, holds, about }
}

/// A key that may be there.
const fn may(name: &'static str, holds: Holds, about: &'static str) -> Key {
    Key { name, needed: false, holds, about }
}

/// What stands at a key.
#[derive(Debug)]
pub(crate) enum Holds {
    /// A few words.
    Text,
    /// A sentence or more.
    Sentence,
    /// `true` or `false`.
    Flag,
    /// `true`, and nothing else would make sense.
    True,
    /// A whole number.
    Whole,
    /// A whole number from this one up.
    Count(u32),
    /// The version of the language.
    Version,
    /// One of these words.
    Word(&'static [&'static str]),
    /// A name without a `$`.
    Name,
    /// A parameter or a value as `$name`.
    Hole,
    /// `$name`, or `$name = value`.
    Condition,
    /// A type expression.
    Type,
    /// A path below the host.
    Path,
    /// An `https` address.
    Address,
    /// JSON with holes.
    Template,
    /// A constant.
    Constant,
    /// A map with keys of its own.
    Shape(&'static Shape),
    /// A map whose keys are names of the author's.
    Map(&'static Holds),
    /// A list.
    List(&'static Holds),
    /// One thing alone, or a list of such.
    OneOrMore(&'static Holds),
    /// A map of this shape if it has one of its `one_of` keys, or else a constant.
    Source(&'static Shape),
    /// A map of this shape, or else something plain.
    Or(&'static Shape, &'static Holds),
}

impl Holds {
    /// The shape of a map that stands here, if it has one.
    pub(crate) fn shape(&self) -> Option<&'static Shape> {
        match self {
            Holds::Shape(shape) | Holds::Source(shape) | Holds::Or(shape, _) => Some(shape),
            _ => None,
        }
    }
}
