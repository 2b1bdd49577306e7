//! `new-tool`: an entry for a tool, from what is said on the command line or from an operation of an OpenAPI document. The
//! spec with it is checked before anything is written.

mod wanted;

use std::io::{self, BufRead, IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;

use codegen::SourceFile;
use codegen::author::{self, Draft, DraftParam};
use codegen::model::{Spec, Verb};

use crate::generate::{self, Mode};
use crate::tree::{self, Change};

pub(crate) use wanted::Wanted;

/// Writes the entry, and generates.
pub(crate) fn run(root: &Path, wanted: Wanted, out: &mut impl Write, err: &mut impl Write) -> io::Result<ExitCode> {
    let sources = generate::spec_files(root)?;
    let spec = match generate::load(&sources) {
        Ok(spec) => spec,
        Err(wrong) => return failed(err, &format!("{}\nerror: mend the spec first", wrong.trim_end())),
    };
    let wanted = if io::stdin().is_terminal() { asked(wanted, &mut io::stdin().lock(), err)? } else { wanted };
    let written = match draft(&wanted, &spec).and_then(|draft| author::write(&draft, &spec, &sources)) {
        Ok(written) => written,
        Err(wrong) => return failed(err, &format!("error: {wrong}")),
    };
    let after = with(&sources, &written.files);
    if let Err(faults) = generate::load(&after) {
        return failed(err, &format!("{}\nerror: nothing was written", faults.trim_end()));
    }
    for file in &written.files {
        tree::apply(root, &Change { path: file.path.clone(), before: None, after: Some(file.text.clone()) })?;
        writeln!(out, "Wrote {}.", file.path)?;
    }
    let generated = generate::run(root, Mode::Write, out, err)?;
    if generated != ExitCode::SUCCESS {
        restore(root, &sources, &written.files)?;
        return failed(err, "error: the spec's files are as they were");
    }
    writeln!(
        out,
        "\nThese sentences were made of names. Say what each thing means, then run `cargo xtask generate`:\n"
    )?;
    written.review.iter().try_for_each(|sentence| writeln!(out, "  {sentence}"))?;
    Ok(generated)
}

fn failed(err: &mut impl Write, wrong: &str) -> io::Result<ExitCode> {
    writeln!(err, "{wrong}")?;
    Ok(ExitCode::FAILURE)
}

/// The files with others in the places of those of the same paths.
fn with(sources: &[SourceFile], changed: &[SourceFile]) -> Vec<SourceFile> {
    let untouched = sources.iter().filter(|source| changed.iter().all(|file| file.path != source.path));
    untouched.chain(changed).cloned().collect()
}

fn restore(root: &Path, sources: &[SourceFile], changed: &[SourceFile]) -> io::Result<()> {
    for file in changed {
        let after = sources.iter().find(|source| source.path == file.path).map(|source| source.text.clone());
        tree::apply(root, &Change { path: file.path.clone(), before: None, after })?;
    }
    Ok(())
}

/// Asks a person for what is missing.
fn asked(mut wanted: Wanted, input: &mut impl BufRead, out: &mut impl Write) -> io::Result<Wanted> {
    let mut ask = |question: &str| -> io::Result<Option<String>> {
        write!(out, "{question} ")?;
        out.flush()?;
        let mut line = String::new();
        input.read_line(&mut line)?;
        Ok(Some(line.trim().to_owned()).filter(|line| !line.is_empty()))
    };
    if wanted.group.is_none() {
        wanted.group = ask("Which group of tools? (spec/tools/GROUP.yaml)")?;
    }
    if wanted.from.is_some() {
        return Ok(wanted);
    }
    if wanted.request.is_none() {
        wanted.request = ask("Which request? (such as GET /v2/logs)")?.and_then(|line| wanted::request(&line));
        while let Some(param) = ask("A parameter? (name:type or name:type:required; empty to go on)")? {
            wanted.params.push(param);
        }
    }
    if wanted.scope.is_none() {
        wanted.scope = ask("Which scope does it need?")?;
    }
    if wanted.answer.is_none() {
        wanted.answer = ask("Which type is the answer?")?;
    }
    Ok(wanted)
}

fn draft(wanted: &Wanted, spec: &Spec) -> Result<Draft, String> {
    let missing = |what: &str| format!("{what} is missing; `cargo xtask help` shows how to say it");
    let group = wanted.group.clone().ok_or_else(|| missing("the group (`--group`)"))?;
    let mut draft = match &wanted.from {
        Some((file, operation)) => {
            let text = std::fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
            author::from_openapi(&text, operation, &wanted.name, &group, spec)?
        }
        None => {
            let (verb, path) = wanted.request.clone().ok_or_else(|| missing("the request (`--get PATH`)"))?;
            let answer = wanted.answer.clone().ok_or_else(|| missing("the answer's type (`--answer`)"))?;
            let (effect, scope, params) = (None, String::new(), params(wanted, verb, &path)?);
            let name = wanted.name.clone();
            Draft { name, group, effect, verb, path, scope, answer, items: None, params, types: Vec::new() }
        }
    };
    draft.effect = wanted.effect.clone().or(draft.effect);
    draft.scope = wanted.scope.clone().unwrap_or(draft.scope);
    if draft.scope.is_empty() {
        return Err(missing("the scope (`--scope`)"));
    }
    Ok(draft)
}

fn params(wanted: &Wanted, verb: Verb, path: &str) -> Result<Vec<DraftParam>, String> {
    wanted.params.iter().map(|param| DraftParam::parse(param, verb, path)).collect()
}

#[cfg(test)]
mod tests;
