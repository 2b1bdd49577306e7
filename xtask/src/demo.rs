//! `demo`: what the project is, in one command. The story itself is an example of `gong-cli`, which has both the client
//! and the sandbox; this compiles it after generating, so a demo is always of the spec as it stands.

use std::io::Write;
use std::path::Path;
use std::process::Command;

use crate::ended::{Ended, Failed};
use crate::generate::{self, Mode};

pub(crate) fn run(root: &Path, out: &mut impl Write) -> Ended {
    generate::run(root, Mode::Write, out)?;
    writeln!(out, "Building the story; the first time, that takes some minutes.\n")?;
    out.flush()?;
    // The cargo that runs this, so that a toolchain chosen for it is kept.
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let story = Command::new(cargo)
        .args(["run", "--quiet", "--package", "gong-cli", "--example", "story"])
        .current_dir(root)
        .status()?;
    if story.success() { Ok(()) } else { Err(Failed::silently(1)) }
}
