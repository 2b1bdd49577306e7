//! `measure-drafts`: of how many operations of an OpenAPI document the draft is a tool at once.

use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use crate::draft;
use crate::openapi::Document;
use tool_spec::SourceFile;
use tool_spec::model::Spec;

use crate::ended::Ended;
use crate::generate;
use crate::tree;

/// So many drafts stand in one spec, and are compiled at once. Each sees those before it, as an author's would.
const AT_ONCE: usize = 40;

/// What became of a document's operations.
#[derive(Default)]
struct Shares {
    drafted: usize,
    checked: usize,
    compiled: usize,
    refused: Vec<String>,
}

/// Drafts every operation of each document and prints the shares; if asked to, it compiles the client with them too.
pub(crate) fn run(root: &Path, compile: bool, documents: &[String], out: &mut impl Write) -> Ended {
    let sources = generate::spec_files(root)?;
    let spec = generate::load(&sources)?;
    for path in documents {
        let text = fs::read_to_string(path).map_err(|error| tree::at(path, error))?;
        let begun = Instant::now();
        let document = Document::read(&text).map_err(|why| format!("error: {path}: {why}"))?;
        let operations = document.operations();
        let mut shares = Shares::default();
        for (number, some) in operations.chunks(AT_ONCE).enumerate() {
            batch(root, &document, some, number * AT_ONCE, (&spec, &sources), compile, &mut shares)?;
        }
        let all = operations.len();
        let share = |part: usize| format!("{part} ({:.1} %)", 100.0 * part as f64 / all.max(1) as f64);
        let (drafted, checked) = (share(shares.drafted), share(shares.checked));
        let compiled = if compile { format!(", {} compiled", share(shares.compiled)) } else { String::new() };
        writeln!(
            out,
            "{path}: {all} operations, {drafted} drafted, {checked} checked{compiled}, {:.1} s",
            begun.elapsed().as_secs_f64()
        )?;
        shares.refused.iter().try_for_each(|why| writeln!(out, "  {why}"))?;
    }
    Ok(())
}

/// Drafts of some operations, each in a group of its own so that a fault of the compiler says whose it is.
fn batch(
    root: &Path,
    document: &Document,
    operations: &[String],
    first: usize,
    (spec, sources): (&Spec, &[SourceFile]),
    compile: bool,
    shares: &mut Shares,
) -> io::Result<()> {
    let mut files = sources.to_vec();
    let mut kept: Vec<(String, &String)> = Vec::new();
    let mut now: Option<Spec> = None;
    for (number, operation) in operations.iter().enumerate() {
        let group = format!("drafted_{}", first + number);
        let name = format!("gong_{group}_tool");
        let known = now.as_ref().unwrap_or(spec);
        let mut tried = || -> Result<(Vec<SourceFile>, Spec), String> {
            let draft = draft::from_openapi(document, operation, &name, &group, known)?;
            shares.drafted += 1;
            let after = draft::write(&draft, known, &files)?.over(&files);
            let loaded = tool_spec::load(&after).map_err(|faults| faults.to_string())?;
            Ok((after, loaded))
        };
        match tried() {
            Ok((after, loaded)) => {
                shares.checked += 1;
                (files, now) = (after, Some(loaded));
                kept.push((group, operation));
            }
            Err(why) => shares.refused.push(format!("{operation}: {why}")),
        }
    }
    if compile {
        let wrong = compiled(root, &files)?;
        for (group, operation) in &kept {
            match wrong.iter().find(|(other, _)| other == group) {
                Some((_, why)) => shares.refused.push(format!("{operation}: {why}")),
                None => shares.compiled += 1,
            }
        }
    }
    Ok(())
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
