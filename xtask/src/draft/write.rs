//! Writes a draft into the files of a spec, and shows what it adds to them.

use tool_spec::SourceFile;
use tool_spec::format::{FormatError, format};
use tool_spec::model::{Spec, Type};

use super::parts::Draft;
use super::{entry, example, service, words};

/// What became of a draft.
#[derive(Clone, Debug)]
pub(crate) struct Written {
    /// The files that are other than they were, as they are now.
    pub(crate) files: Vec<SourceFile>,
    /// Sentences that were made of names, each with where it stands, for a person to better.
    pub(crate) review: Vec<String>,
}

impl Written {
    /// The files of a spec with these in the places of those of the same paths.
    pub(crate) fn over(&self, files: &[SourceFile]) -> Vec<SourceFile> {
        let untouched = files.iter().filter(|file| self.files.iter().all(|written| written.path != file.path));
        untouched.chain(&self.files).cloned().collect()
    }
}

/// Writes a draft into the files of a spec: the tool and its types behind what is there, ids and scopes in their order.
/// What is there stays, comments too.
/// A file may not be fit to be added to, or have the tool already.
pub(crate) fn write(draft: &Draft, spec: &Spec, files: &[SourceFile]) -> Result<Written, String> {
    if spec.tool(&draft.name).is_some() {
        return Err(format!("there is a tool `{}` already", draft.name));
    }
    let mut review = Vec::new();
    let types: Vec<&Type> = draft.types.iter().filter(|ty| spec.declared(&ty.name).is_none()).collect();
    let mut changed = Vec::new();
    let entry = entry::tool(draft, spec, example::example(draft, spec), &mut review);
    let head = format!("about: {}\ntools:\n", words::sentence(&draft.group));
    changed.push(appended(files, &format!("spec/tools/{}.yaml", draft.group), &entry, &head)?);
    if !types.is_empty() {
        let text: String = types.iter().map(|ty| entry::ty(ty, &mut review)).collect();
        changed.push(appended(files, &format!("spec/types/{}.yaml", draft.group), &text, "")?);
    }
    if let Some(file) = files.iter().find(|file| file.path == spec.service.source) {
        let text = service::with_names(&file.text, spec, draft, &mut review);
        if text != file.text {
            changed.push(in_form(SourceFile { path: file.path.clone(), text })?);
        }
    }
    Ok(Written { files: changed, review })
}

/// A draft by itself, to be looked at and mended: what it adds to each file, with what was guessed and left out above
/// it.
pub(crate) fn shown(draft: &Draft, written: &Written, files: &[SourceFile]) -> String {
    let mut out =
        format!("# A draft of {}. Each part below belongs into the file that is named above it.\n", draft.name);
    for (head, lines) in [("Left out of the document", &draft.left_out), ("Guessed", &draft.guessed)] {
        if !lines.is_empty() {
            out.push_str(&format!("#\n# {head}:\n"));
            lines.iter().for_each(|line| out.push_str(&format!("#   {line}\n")));
        }
    }
    for file in &written.files {
        let before = files.iter().find(|other| other.path == file.path).map_or("", |other| &other.text);
        out.push_str(&format!("\n# {}\n{}\n", file.path, added(before, &file.text)));
    }
    out
}

/// The lines that a file has more than before, below the top keys that they belong to.
fn added(before: &str, after: &str) -> String {
    let mut before = before.lines().peekable();
    let (mut top, mut lines): (Option<&str>, Vec<&str>) = (None, Vec::new());
    for line in after.lines() {
        let is_top = !line.starts_with([' ', '#']) && !line.is_empty();
        // Lines are only added, so one that is not the next of before is new.
        if before.next_if_eq(&line).is_some() || line.starts_with("# yaml-language-server") {
            if is_top {
                top = Some(line);
            }
            continue;
        }
        if is_top {
            top = None;
        } else if !line.is_empty() {
            lines.extend(top.take());
        }
        lines.push(line);
    }
    lines.join("\n").trim_matches('\n').to_owned()
}

/// A file with more at its end; a new one begins with `head`.
fn appended(files: &[SourceFile], path: &str, more: &str, head: &str) -> Result<SourceFile, String> {
    let text = match files.iter().find(|file| file.path == path) {
        Some(file) => format!("{}\n", file.text.trim_end()),
        None => head.to_owned(),
    };
    in_form(SourceFile { path: path.to_owned(), text: format!("{text}\n{more}") })
}

fn in_form(file: SourceFile) -> Result<SourceFile, String> {
    match format(&file) {
        Ok(text) => Ok(SourceFile { text, ..file }),
        Err(FormatError::Faults(faults)) => Err(format!("{} cannot be added to: {faults}", file.path)),
        Err(FormatError::Unsure(why)) => Err(why),
    }
}
