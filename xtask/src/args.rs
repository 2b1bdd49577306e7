//! What was asked for on the command line. By hand, as `cargo xtask` is compiled before anything else can be done.

use std::path::{Path, PathBuf};

use crate::bench;
use crate::generate::Mode;
use crate::new_tool::Wanted;

/// How to use it.
pub(crate) const USAGE: &str = "\
Usage: cargo xtask COMMAND

Commands:
  bench [PART…]                     Measure client and generator against their floors and print the
                                    table of docs/performance.md; parts are calls, decode, validate,
                                    items, generate and build
  changelog [BASE] [HEAD]           Write what changed in spec/ into CHANGELOG.md
  check [--root DIR]                Tell what is wrong with spec/; write nothing
  demo                              Generate, then run a short story through the client,
                                    against an embedded Gong
  diff [BASE] [HEAD]                Tell what a change of spec/ does to whom; more with --help
  fmt-spec [--check] [--root DIR]   Keep the YAML of spec/ in one form; comments and meaning stay
    --check                           Write nothing; fail, with a diff, if a file is not in form
  generate [--check] [--root DIR]   Make everything that comes from spec/: the client's
                                    bindings, the JSON Schemas and the reference
    --check                           Write nothing; fail, with a diff, if anything would be written
    --root DIR                        The repository, if it is not this one
  measure-drafts [--compile] DOCUMENT…
                                    Draft every operation of OpenAPI documents, and tell of how many
                                    the draft is a tool at once
  new-tool NAME --group GROUP ...   Add a tool to spec/, check it and generate; asks for what is missing
    --get PATH                        Its request; or --post, --put, --patch, --delete
    --param NAME:TYPE[:required]      A parameter, sent in the path, the query or the body
    --scope SCOPE --answer TYPE       What it needs, and what comes back
    --effect EFFECT                   read, write or destructive, if it doesn't follow from the verb
    --from-openapi FILE OPERATION     Begin with an operation such as \"POST /v2/meetings\"
    --draft FILE                      Write the entry there and leave spec/ as it is, right or not
  help                              Show this
";

/// A chore.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Command {
    Changelog { args: Vec<String>, root: PathBuf },
    Check { root: PathBuf },
    Bench { parts: Vec<String>, root: PathBuf },
    Demo { root: PathBuf },
    Diff { args: Vec<String>, root: PathBuf },
    FmtSpec { root: PathBuf, mode: Mode },
    Generate { root: PathBuf, mode: Mode },
    Help,
    MeasureDrafts { args: Vec<String>, root: PathBuf },
    NewTool { root: PathBuf, wanted: Box<Wanted> },
}

/// The chore that these arguments ask for, or what is wrong with them.
pub(crate) fn parse(mut args: impl Iterator<Item = String>) -> Result<Command, String> {
    match args.next().as_deref() {
        Some("bench") => {
            let parts: Vec<String> = args.collect();
            match parts.iter().find(|part| !bench::PARTS.contains(&part.as_str())) {
                None => Ok(Command::Bench { parts, root: repository() }),
                Some(other) => Err(format!("`bench` has no part `{other}`; there are {}", bench::PARTS.join(", "))),
            }
        }
        Some("demo") => match args.next() {
            None => Ok(Command::Demo { root: repository() }),
            Some(other) => Err(format!("`demo` has no argument `{other}`")),
        },
        Some("changelog") => Ok(Command::Changelog { args: args.collect(), root: repository() }),
        Some("diff") => Ok(Command::Diff { args: args.collect(), root: repository() }),
        Some("check") => match root_and_mode("check", args)? {
            Some((root, Mode::Write)) => Ok(Command::Check { root }),
            Some((_, Mode::Check)) => Err("`check` has no argument `--check`".to_owned()),
            None => Ok(Command::Help),
        },
        Some("fmt-spec") => root_and_mode("fmt-spec", args)
            .map(|of| of.map_or(Command::Help, |(root, mode)| Command::FmtSpec { root, mode })),
        Some("generate") => root_and_mode("generate", args)
            .map(|of| of.map_or(Command::Help, |(root, mode)| Command::Generate { root, mode })),
        Some("new-tool") => Wanted::parse(args).map(|of| match of {
            Some((wanted, root)) => {
                Command::NewTool { root: root.unwrap_or_else(repository), wanted: Box::new(wanted) }
            }
            None => Command::Help,
        }),
        Some("measure-drafts") => Ok(Command::MeasureDrafts { args: args.collect(), root: repository() }),
        Some("help" | "--help" | "-h") => Ok(Command::Help),
        Some(other) => Err(format!("there is no command `{other}`")),
        None => Err("a command is missing".to_owned()),
    }
}

/// The repository and what to do with it; nothing if help is asked for.
fn root_and_mode(command: &str, mut args: impl Iterator<Item = String>) -> Result<Option<(PathBuf, Mode)>, String> {
    let (mut root, mut mode) = (repository(), Mode::Write);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--check" => mode = Mode::Check,
            "--root" => root = args.next().map(PathBuf::from).ok_or("--root needs a folder")?,
            "--help" | "-h" => return Ok(None),
            other => return Err(format!("`{command}` has no argument `{other}`")),
        }
    }
    Ok(Some((root, mode)))
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
