//! What was asked for on the command line. By hand, as `cargo xtask` is compiled before anything else can be done.

use std::path::{Path, PathBuf};

use crate::generate::Mode;

/// How to use it.
pub(crate) const USAGE: &str = "\
Usage: cargo xtask COMMAND

Commands:
  check [--root DIR]                Tell what is wrong with spec/; write nothing
  demo                              Generate, then run a short story through the client,
                                    against an embedded Gong
  generate [--check] [--root DIR]   Make everything that comes from spec/: the client's
                                    bindings, the JSON Schemas and the reference
    --check                           Write nothing; fail, with a diff, if anything would be written
    --root DIR                        The repository, if it is not this one
  help                              Show this
";

/// A chore.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Command {
    Check { root: PathBuf },
    Demo { root: PathBuf },
    Generate { root: PathBuf, mode: Mode },
    Help,
}

/// The chore that these arguments ask for, or what is wrong with them.
pub(crate) fn parse(mut args: impl Iterator<Item = String>) -> Result<Command, String> {
    match args.next().as_deref() {
        Some("demo") => match args.next() {
            None => Ok(Command::Demo { root: repository() }),
            Some(other) => Err(format!("`demo` has no argument `{other}`")),
        },
        Some("check") => check(args),
        Some("generate") => generate(args),
        Some("help" | "--help" | "-h") => Ok(Command::Help),
        Some(other) => Err(format!("there is no command `{other}`")),
        None => Err("a command is missing".to_owned()),
    }
}

fn check(mut args: impl Iterator<Item = String>) -> Result<Command, String> {
    let mut root = repository();
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--root" => root = args.next().map(PathBuf::from).ok_or("--root needs a folder")?,
            "--help" | "-h" => return Ok(Command::Help),
            other => return Err(format!("`check` has no argument `{other}`")),
        }
    }
    Ok(Command::Check { root })
}

fn generate(mut args: impl Iterator<Item = String>) -> Result<Command, String> {
    let (mut root, mut mode) = (repository(), Mode::Write);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--check" => mode = Mode::Check,
            "--root" => root = args.next().map(PathBuf::from).ok_or("--root needs a folder")?,
            "--help" | "-h" => return Ok(Command::Help),
            other => return Err(format!("`generate` has no argument `{other}`")),
        }
    }
    Ok(Command::Generate { root, mode })
}

/// The repository that this was compiled from.
fn repository() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().unwrap_or(package).to_owned()
}

#[cfg(test)]
mod tests {
    use super::{Command, parse};
    use crate::generate::Mode;

    fn of(line: &str) -> Result<Command, String> {
        parse(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn generate_writes_unless_it_checks() {
        let command = |mode| Ok(Command::Generate { root: "/tmp/copy".into(), mode });
        assert_eq!(of("generate --root /tmp/copy"), command(Mode::Write));
        assert_eq!(of("generate --check --root /tmp/copy"), command(Mode::Check));
    }

    #[test]
    fn what_is_not_understood_is_said() {
        assert_eq!(of("generat"), Err("there is no command `generat`".to_owned()));
        assert_eq!(of("generate --chek"), Err("`generate` has no argument `--chek`".to_owned()));
        assert_eq!(of("generate --root"), Err("--root needs a folder".to_owned()));
        assert_eq!(of(""), Err("a command is missing".to_owned()));
        assert_eq!(of("generate --help"), Ok(Command::Help));
    }
}
