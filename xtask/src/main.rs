//! `cargo xtask …`: chores of the repository. Nothing else reads and writes it; `codegen` makes text from text.

mod args;
mod bench;
mod book;
mod changelog;
mod check;
mod demo;
mod diff;
mod diff_state;
mod draft;
mod drift;
mod ended;
mod fmt_spec;
mod generate;
mod new_tool;
mod openapi;
mod tree;

#[cfg(test)]
mod testing;

use std::io::{self, Write};
use std::process::ExitCode;

use args::{Asked, Chore};
use clap::Parser as _;
use ended::Failed;

fn main() -> ExitCode {
    let Asked { chore, root } = Asked::parse();
    let (mut out, mut err) = (io::stdout().lock(), io::stderr().lock());
    let (out, err) = (&mut out, &mut err);
    let ended = match chore {
        Chore::Generate(only) => generate::run(&root, only.mode(), out),
        Chore::Check => check::run(&root, out),
        Chore::FmtSpec { only, migrate } => fmt_spec::run(&root, only.mode(), migrate, out),
        Chore::Diff(options) => diff::run(&options, &root, out),
        Chore::Drift(options) => drift::run(&options, &root, out),
        Chore::Book { dest_dir } => book::run(&root, dest_dir),
        Chore::Changelog(options) => changelog::run(&options, &root, out),
        Chore::MeasureDrafts { compile, documents } => new_tool::measure::run(&root, compile, &documents, out),
        Chore::NewTool(wanted) => new_tool::run(&root, *wanted, out, err),
        Chore::Bench { parts } => bench::run(&parts, &root, out, err),
        Chore::Demo => demo::run(&root, out),
    };
    let Err(Failed { told, code }) = ended else { return ExitCode::SUCCESS };
    if !told.is_empty() {
        // If even this cannot be written, the exit code is all that is left to say it.
        let _ = writeln!(err, "{}", told.trim_end());
    }
    ExitCode::from(code)
}
