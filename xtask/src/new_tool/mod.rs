//! `new-tool`: an entry for a tool, from what is said on the command line or from an operation of an OpenAPI document.
//! The spec with it is checked before anything is written.

pub(crate) mod measure;
mod wanted;

use std::io::{self, BufRead, IsTerminal, Write};
use std::path::Path;

use crate::draft::{self, Draft, Param, Written};
use crate::ended::{Ended, Failed};
use crate::openapi::Document;
use tool_spec::SourceFile;
use tool_spec::model::{Spec, Verb};

use crate::generate::{self, Mode};
use crate::tree::{self, Change};

use wanted::Request;
pub(crate) use wanted::Wanted;

pub(crate) fn run(root: &Path, wanted: Wanted, out: &mut impl Write, err: &mut impl Write) -> Ended {
    let sources = generate::spec_files(root)?;
    let spec =
        generate::load(&sources).map_err(|faults| format!("{}\nerror: mend the spec first", faults.trim_end()))?;
    let wanted = if io::stdin().is_terminal() { asked(wanted, &mut io::stdin().lock(), err)? } else { wanted };
    let error = |wrong| format!("error: {wrong}");
    let draft = draft(&wanted, &spec).map_err(error)?;
    let written = draft::write(&draft, &spec, &sources).map_err(error)?;
    let faults = generate::load(&written.over(&sources)).map_err(|faults| faults.trim_end().to_owned());
    let shown = || draft::shown(&draft, &written, &sources);
    if let Some(file) = &wanted.draft {
        std::fs::write(file, shown()).map_err(|error| tree::at(&file.display().to_string(), error))?;
        writeln!(out, "Wrote {}. Its parts go where they say; the spec is as it was.", file.display())?;
        review(&draft, &written, out)?;
        let more = "error: the spec with this draft is not right; mend it first";
        return faults.map(drop).map_err(|faults| Failed::from(format!("{faults}\n{more}")));
    }
    faults.map_err(|faults| {
        let more =
            "error: nothing was written. Above is the draft; with `--draft FILE` it is written there, to be mended.";
        format!("{}\n{faults}\n{more}", shown())
    })?;
    for file in &written.files {
        tree::write(root, file)?;
        writeln!(out, "Wrote {}.", file.path)?;
    }
    if let Err(Failed { told, .. }) = generate::run(root, Mode::Write, out) {
        restore(root, &sources, &written.files)?;
        return Err(Failed::from(format!("{}\nerror: the spec's files are as they were", told.trim_end())));
    }
    review(&draft, &written, out)?;
    Ok(())
}

/// Lists what a person should look at.
fn review(draft: &Draft, written: &Written, out: &mut impl Write) -> io::Result<()> {
    let sentences = "These sentences were made of names. Say what each thing means, then run `cargo xtask generate`:";
    for (head, lines) in [
        ("This of the document has no place in the entry:", &draft.left_out),
        ("This was guessed. See whether it is so:", &draft.guessed),
        (sentences, &written.review),
    ] {
        if !lines.is_empty() {
            writeln!(out, "\n{head}\n")?;
            lines.iter().try_for_each(|line| writeln!(out, "  {line}"))?;
        }
    }
    Ok(())
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
    if !wanted.from_openapi.is_empty() {
        return Ok(wanted);
    }
    if wanted.request.said().is_none() {
        let line = ask("Which request? (such as GET /v2/logs)")?;
        wanted.request = Request::written(&line.unwrap_or_default());
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
    let missing = |what: &str| format!("{what} is missing; `cargo xtask new-tool --help` shows how to say it");
    let group = wanted.group.clone().ok_or_else(|| missing("the group (`--group`)"))?;
    let mut draft = match wanted.from_openapi.as_slice() {
        [file, operation] => {
            let document = Document::open(Path::new(file))?;
            draft::from_openapi(&document, operation, &wanted.name, &group, spec)
                .map_err(|wrong| format!("{file}: {wrong}"))?
        }
        _ => {
            let (verb, path) = wanted.request.said().ok_or_else(|| missing("the request (`--get PATH`)"))?;
            let answer = wanted.answer.clone().ok_or_else(|| missing("the answer's type (`--answer`)"))?;
            let params = params(wanted, verb, path)?;
            if wanted.scope.is_none() {
                return Err(missing("the scope (`--scope`)"));
            }
            Draft { params, ..Draft::new(&wanted.name, &group, verb, path, &answer) }
        }
    };
    draft.effect = wanted.effect.clone().or(draft.effect);
    if let Some(scope) = &wanted.scope {
        draft.scopes = vec![scope.clone()];
    }
    Ok(draft)
}

fn params(wanted: &Wanted, verb: Verb, path: &str) -> Result<Vec<Param>, String> {
    wanted.params.iter().map(|param| Param::parse(param, verb, path)).collect()
}

#[cfg(test)]
mod tests;
