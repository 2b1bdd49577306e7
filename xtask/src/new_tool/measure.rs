//! `measure-drafts`: of how many operations of an OpenAPI document the draft is a tool at once.

use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use crate::draft;
use crate::openapi::Document;
use tool_spec::SourceFile;

use crate::ended::{Ended, Failed};
use crate::generate;
use crate::tree;

/// So many drafts stand in one spec, and are compiled at once. Each sees those before it, as an author's would.
const AT_ONCE: usize = 40;

/// How far an operation came, and why no further.
type Came = (Stage, String);

#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Stage {
    Refused,
    Drafted,
    Checked,
    Compiled,
}

/// Drafts every operation of each document and prints the shares; if asked to, it compiles the client with them too.
pub(crate) fn run(root: &Path, compile: bool, documents: &[String], out: &mut impl Write) -> Ended {
    let sources = generate::spec_files(root)?;
    for path in documents {
        let begun = Instant::now();
        let document = Document::open(Path::new(path)).map_err(|wrong| format!("error: {wrong}"))?;
        let operations = document.operations();
        let mut came: Vec<Came> = Vec::new();
        for some in operations.chunks(AT_ONCE) {
            came.extend(batch(root, &document, some, came.len(), &sources, compile)?);
        }
        let all = operations.len();
        let share = |stage: Stage| {
            let part = came.iter().filter(|(far, _)| *far >= stage).count();
            format!("{part} ({:.1} %)", 100.0 * part as f64 / all.max(1) as f64)
        };
        let (drafted, checked) = (share(Stage::Drafted), share(Stage::Checked));
        let compiled = if compile { format!(", {} compiled", share(Stage::Compiled)) } else { String::new() };
        let seconds = begun.elapsed().as_secs_f64();
        writeln!(out, "{path}: {all} operations, {drafted} drafted, {checked} checked{compiled}, {seconds:.1} s")?;
        for (operation, (_, why)) in operations.iter().zip(&came).filter(|(_, (_, why))| !why.is_empty()) {
            writeln!(out, "  {operation}: {why}")?;
        }
    }
    Ok(())
}

/// Drafts of some operations, each in a group of its own so that a fault of the compiler says whose it is.
fn batch(
    root: &Path,
    document: &Document,
    operations: &[String],
    first: usize,
    sources: &[SourceFile],
    compile: bool,
) -> Result<Vec<Came>, Failed> {
    let (mut files, mut spec) = (sources.to_vec(), generate::load(sources)?);
    let group = |number: usize| format!("drafted_{}", first + number);
    let mut came = Vec::new();
    for (number, operation) in operations.iter().enumerate() {
        let group = group(number);
        let draft = draft::from_openapi(document, operation, &format!("gong_{group}_tool"), &group, &spec);
        let drafted = draft.map_err(|why| (Stage::Refused, why));
        let checked = drafted.and_then(|draft| {
            let written = draft::write(&draft, &spec, &files).map(|written| written.over(&files));
            let loaded =
                written.and_then(|files| Ok((tool_spec::load(&files).map_err(|wrong| wrong.to_string())?, files)));
            loaded.map_err(|why| (Stage::Drafted, why))
        });
        came.push(match checked {
            Ok(after) => {
                (spec, files) = after;
                (Stage::Checked, String::new())
            }
            Err(came) => came,
        });
    }
    if compile {
        let wrong = compiled(root, &files)?;
        for (number, (far, why)) in came.iter_mut().enumerate().filter(|(_, (far, _))| *far == Stage::Checked) {
            match wrong.iter().find(|(of, _)| *of == group(number)) {
                Some((_, told)) => why.clone_from(told),
                None => *far = Stage::Compiled,
            }
        }
    }
    Ok(came)
}

/// The groups that the compiler finds fault with, and with what, in a copy of the repository with this spec.
fn compiled(root: &Path, files: &[SourceFile]) -> io::Result<Vec<(String, String)>> {
    let copy = root.join("target/measured-drafts");
    let _ = fs::remove_dir_all(&copy);
    let listed = Command::new("git").args(["ls-files", "-z"]).current_dir(root).output()?;
    for path in String::from_utf8_lossy(&listed.stdout).split_terminator('\0').map(Path::new) {
        fs::create_dir_all(copy.join(path.parent().unwrap_or(path)))?;
        fs::copy(root.join(path), copy.join(path))?;
    }
    files.iter().try_for_each(|file| tree::write(&copy, file))?;
    generate::run(&copy, generate::Mode::Write, &mut io::sink()).map_err(|failed| io::Error::other(failed.told))?;
    let built = Command::new("cargo")
        .args(["check", "--offline", "-p", "gong-client", "--message-format", "json"])
        .current_dir(&copy)
        .env("CARGO_TARGET_DIR", root.join("target/measured-build"))
        .output()?;
    if built.status.success() {
        return Ok(Vec::new());
    }
    let told = String::from_utf8_lossy(&built.stdout).into_owned();
    let mut wrong: Vec<(String, String)> = Vec::new();
    for line in told.lines().filter(|line| line.contains("\"level\":\"error\"")) {
        // Where a macro is at fault, the generated file is among the places that it was called from.
        let Some((_, rest)) = line.split_once("drafted_") else { continue };
        let number: String = rest.chars().take_while(char::is_ascii_digit).collect();
        let group = format!("drafted_{number}");
        if !wrong.iter().any(|(other, _)| *other == group) {
            let message = line.split_once("\"rendered\":\"").map_or(line, |(_, rest)| rest);
            wrong.push((group, message.chars().take(200).collect()));
        }
    }
    if wrong.is_empty() {
        let told = String::from_utf8_lossy(&built.stderr);
        return Err(io::Error::other(format!("the client cannot be compiled with these drafts:\n{told}")));
    }
    Ok(wrong)
}
