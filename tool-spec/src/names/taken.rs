//! Names that generated code cannot give to what an author declares, as the client that it becomes a part of has them
//! already. A test holds them against the client's source.

/// Functions of every client, beside which the groups stand; the last three are what any value can do.
pub const OF_CLIENTS: &[&str] = &[
    "base_url",
    "builder",
    "call",
    "call_text",
    "clone",
    "conversation",
    "conversations",
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

/// Functions of every invocation of a tool, beside which the setters of parameters stand.
pub const OF_INVOCATIONS: &[&str] =
    &["all", "check", "dry_run", "from_json", "from_page", "items", "new", "newest_first", "pages", "params", "send"];

/// The modules of generated code that hold no group of tools.
pub(crate) const MODULES: &[&str] = &["catalog", "ids", "models", "service", "tools"];

/// The tool whose entry in the catalog would be called as the list of them all is.
pub(crate) const IN_CATALOG: &[&str] = &["tools"];
