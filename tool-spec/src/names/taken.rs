//! Names that generated code cannot give to what an author declares, as the client that it becomes a part of has them
//! already. A test holds them against the client's source.

/// Functions of every client, beside which the groups stand, and what any value can do.
pub const OF_CLIENTS: &[&str] = &[
    "base_url",
    "builder",
    "call",
    "call_text",
    "check",
    "clone",
    "conversation",
    "conversations",
    "download",
    "dry_run",
    "into",
    "new",
    "newest_first",
    "pages",
    "quota",
    "request",
    "shared",
    "try_into",
];

/// What the accessor of a group can do, beside which its tools stand.
pub const OF_GROUPS: &[&str] = &["into", "try_into"];

/// What the builder of every call can do, beside which the setters of parameters stand; the last three are what any
/// value can do.
pub const OF_BUILDERS: &[&str] =
    &["check", "dry_run", "items", "newest_first", "pages", "send", "wait", "clone", "into", "into_future"];

/// The modules at the client's root and those of generated code, beside which the module of each group stands.
pub const MODULES: &[&str] = &[
    "auth",
    "base",
    "by_name",
    "call",
    "catalog",
    "client",
    "decode",
    "download",
    "generated",
    "ids",
    "input",
    "limiter",
    "models",
    "page",
    "runtime",
    "service",
    "transcripts",
    "transport",
];

/// The tool whose entry in the catalog would be called as the list of them all is.
pub(crate) const IN_CATALOG: &[&str] = &["tools"];
