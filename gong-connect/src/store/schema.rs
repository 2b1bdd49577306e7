//! The tables, as a list of steps. A step that was published is never edited: a change is a new step at the end.
//!
//! Both engines take the same text: SQLite reads `BIGINT` as an integer and keeps bytes as bytes in a `BYTEA` column.

/// Makes the table of what was done, if there is none.
pub(super) const VERSIONS: &str = "CREATE TABLE IF NOT EXISTS gong_schema (version BIGINT PRIMARY KEY)";

/// How many steps were done.
pub(super) const VERSION: &str = "SELECT CAST(COALESCE(MAX(version), 0) AS BIGINT) FROM gong_schema";

/// The steps. The first brings a store to version 1.
pub(super) const STEPS: &[&str] = &[FIRST, BOUND, LIMITS];

pub(super) const FIRST: &str = "
    CREATE TABLE gong_meta (
        name TEXT PRIMARY KEY,
        value BYTEA NOT NULL
    );
    CREATE TABLE gong_connections (
        name TEXT PRIMARY KEY,
        sealed BYTEA NOT NULL
    );
    CREATE TABLE gong_accounts (
        connection TEXT NOT NULL,
        identifier TEXT NOT NULL,
        version BIGINT NOT NULL,     -- another one with every pair of tokens
        sealed BYTEA NOT NULL,       -- the credential and the host it is for
        scopes TEXT,                 -- granted, between spaces; null where scopes don't apply
        obtained_at BIGINT NOT NULL, -- milliseconds since 1970, like every time here
        expires_at BIGINT,           -- null: never
        trouble TEXT,                -- why the user must authorize again
        lease_owner TEXT,            -- who refreshes it right now
        lease_until BIGINT,
        PRIMARY KEY (connection, identifier)
    );
    CREATE TABLE gong_pending (
        selector TEXT PRIMARY KEY,   -- the half of a state that finds its row
        verifier BYTEA NOT NULL,     -- the hash of the half that proves it
        connection TEXT NOT NULL,
        identifier TEXT NOT NULL,
        sealed BYTEA NOT NULL,
        expires_at BIGINT NOT NULL,
        used BIGINT NOT NULL
    );
    CREATE TABLE gong_permits (
        company TEXT PRIMARY KEY,
        next_at BIGINT NOT NULL,     -- when the next request may go
        day BIGINT NOT NULL,
        used BIGINT NOT NULL         -- requests of that day
    );
";

/// Accounts and links are bound to the app that they come from.
const BOUND: &str = "
    ALTER TABLE gong_accounts ADD COLUMN bound_to TEXT; -- the app and the host; null until the next start binds it
    ALTER TABLE gong_pending ADD COLUMN bound_to TEXT;  -- the app
";

/// The limit of a company is a book.
const LIMITS: &str = "
    DROP TABLE gong_permits;
    CREATE TABLE gong_limits (
        company TEXT PRIMARY KEY,
        book TEXT NOT NULL,          -- who sent when and who waits, as JSON
        changed_at BIGINT NOT NULL
    );
";

/// What a store of a later version is told.
pub(super) fn too_new(version: i64) -> crate::error::Error {
    let known = STEPS.len();
    crate::error::Error::store(format!(
        "the store has the schema of version {version} and this program knows {known}. Use a newer version of the \
         program."
    ))
}

/// The steps that a store of this version lacks, each with the version it leads to.
pub(super) fn missing(version: i64) -> crate::error::Result<impl Iterator<Item = (i64, &'static str)>> {
    let done = usize::try_from(version).unwrap_or(0);
    if done > STEPS.len() {
        return Err(too_new(version));
    }
    Ok((1..).zip(STEPS.iter().copied()).skip(done))
}
