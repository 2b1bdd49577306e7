//! What was asked for on the command line.

use std::path::{Path, PathBuf};

use clap::{Args, Parser, Subcommand};

use crate::generate::Mode;
use crate::new_tool::Wanted;
use crate::{bench, changelog, diff, drift};

/// Chores of the repository
#[derive(Debug, Parser)]
#[command(bin_name = "cargo xtask")]
pub(crate) struct Asked {
    #[command(subcommand)]
    pub(crate) chore: Chore,
    /// The repository, if it is not this one
    #[arg(long, global = true, value_name = "DIR", default_value_os_t = repository(), hide_default_value = true)]
    pub(crate) root: PathBuf,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Chore {
    /// Measure client and generator against their floors and print the table of docs/performance.md
    Bench {
        /// The parts of the table; all, if none is named
        #[arg(value_name = "PART", value_parser = bench::PARTS)]
        parts: Vec<String>,
    },
    /// Build the book with mdBook, and put the schemas beside the pages that link to them
    Book {
        /// Where to, if not to target/book
        #[arg(long, value_name = "DIR")]
        dest_dir: Option<PathBuf>,
    },
    /// Write what changed in spec/ into CHANGELOG.md
    Changelog(changelog::Options),
    /// Tell what is wrong with spec/; write nothing
    Check,
    /// Generate, then run a short story through the client, against an embedded Gong
    Demo,
    /// Tell what a change of spec/ does to whom
    Diff(diff::Options),
    /// Hold spec/ against the OpenAPI document that the service publishes
    Drift(drift::Options),
    /// Keep the YAML of spec/ in one form; comments and meaning stay
    FmtSpec {
        #[command(flatten)]
        only: Only,
        /// Bring a spec of an older version of the language to this one first
        #[arg(long)]
        migrate: bool,
    },
    /// Make everything that comes from spec/: the client's bindings, the JSON Schemas and the reference
    Generate(Only),
    /// Draft every operation of OpenAPI documents, and tell of how many the draft is a tool at once
    MeasureDrafts {
        /// Compile the client with the drafts in it too
        #[arg(long)]
        compile: bool,
        #[arg(required = true, value_name = "DOCUMENT")]
        documents: Vec<String>,
    },
    /// Add a tool to spec/, check it and generate; asks for what is missing
    NewTool(Box<Wanted>),
}

#[derive(Args, Debug)]
pub(crate) struct Only {
    /// Write nothing; fail, with a diff, if anything would be written
    #[arg(long)]
    check: bool,
}

impl Only {
    pub(crate) fn mode(&self) -> Mode {
        if self.check { Mode::Check } else { Mode::Write }
    }
}

/// The repository that this was compiled from.
fn repository() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().unwrap_or(package).to_owned()
}

#[test]
fn the_command_line_is_consistent() {
    <Asked as clap::CommandFactory>::command().debug_assert();
}
