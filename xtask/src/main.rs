//! `cargo xtask …`: chores of the repository. Nothing else reads and writes it; `codegen` makes text from text.

mod args;
mod bench;
mod changelog;
mod check;
mod demo;
mod diff;
mod diff_state;
mod fmt_spec;
mod generate;
mod new_tool;
mod tree;

#[cfg(test)]
mod testing;

use std::io::{self, Write};
use std::process::ExitCode;

use args::Command;

fn main() -> ExitCode {
    let (mut out, mut err) = (io::stdout().lock(), io::stderr().lock());
    let done = match args::parse(std::env::args().skip(1)) {
        Ok(Command::Help) => out.write_all(args::USAGE.as_bytes()).map(|()| ExitCode::SUCCESS),
        Ok(Command::Generate { root, mode }) => generate::run(&root, mode, &mut out, &mut err),
        Ok(Command::Check { root }) => check::run(&root, &mut out, &mut err),
        Ok(Command::FmtSpec { root, mode }) => fmt_spec::run(&root, mode, &mut out, &mut err),
        Ok(Command::Diff { args, root }) => diff::run(&args, &root, &mut out, &mut err),
        Ok(Command::Changelog { args, root }) => changelog::run(&args, &root, &mut out, &mut err),
        Ok(Command::MeasureDrafts { args, root }) => new_tool::measure::run(&root, &args, &mut out, &mut err),
        Ok(Command::NewTool { root, wanted }) => new_tool::run(&root, *wanted, &mut out, &mut err),
        Ok(Command::Bench { parts, root }) => bench::run(&parts, &root, &mut out, &mut err),
        Ok(Command::Demo { root }) => demo::run(&root, &mut out, &mut err),
        Err(wrong) => write!(err, "error: {wrong}\n\n{}", args::USAGE).map(|()| ExitCode::from(2)),
    };
    done.unwrap_or_else(|error| {
        // If even this cannot be written, the exit code is all that is left to say it.
        let _ = writeln!(err, "error: {error}");
        ExitCode::FAILURE
    })
}
