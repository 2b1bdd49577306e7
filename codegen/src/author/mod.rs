//! A first draft of a tool: from a few facts about it, or from an operation of an OpenAPI document, to lines in the
//! files of the spec. Its sentences are made of names, never of another's text, and are listed for a person to better.

mod entry;
mod example;
mod openapi;
mod service;
mod words;

use tool_spec::SourceFile;
use tool_spec::format::{FormatError, format};
use tool_spec::model::{Limits, Spec, Verb};

pub use openapi::{Document, from_openapi};

/// A tool as far as it is known.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Its name, such as `acme_briefs_list`.
    pub name: String,
    /// Its group.
    pub group: String,
    /// `read`, `write` or `destructive`; what follows from the verb, if it isn't said.
    pub effect: Option<String>,
    /// The verb of its request.
    pub verb: Verb,
    /// The path of its request.
    pub path: String,
    /// What its query always holds.
    pub fixed: Vec<(String, String)>,
    /// The scopes that it needs.
    pub scopes: Vec<String>,
    /// The type of its answer.
    pub answer: String,
    /// The field of the answer that holds its items.
    pub items: Option<String>,
    /// Whether it should not be used any more.
    pub deprecated: bool,
    /// Its parameters.
    pub params: Vec<DraftParam>,
    /// Types that it brings along.
    pub types: Vec<DraftType>,
    /// What was guessed, for a person to confirm.
    pub guessed: Vec<String>,
    /// What of the document has no place in the draft.
    pub left_out: Vec<String>,
}

impl Draft {
    /// A draft of which only this is known.
    #[must_use]
    pub fn new(name: &str, group: &str, verb: Verb, path: &str, answer: &str) -> Self {
        Draft {
            name: name.to_owned(),
            group: group.to_owned(),
            effect: None,
            verb,
            path: path.to_owned(),
            fixed: Vec::new(),
            scopes: Vec::new(),
            answer: answer.to_owned(),
            items: None,
            deprecated: false,
            params: Vec::new(),
            types: Vec::new(),
            guessed: Vec::new(),
            left_out: Vec::new(),
        }
    }
}

/// A parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct DraftParam {
    /// Its name.
    pub name: String,
    /// What the service calls it.
    pub sent_as: String,
    /// Its type expression.
    pub ty: String,
    /// Whether the caller must give it.
    pub required: bool,
    /// Where it is sent.
    pub place: Place,
    /// What else is known of it.
    pub facts: Facts,
}

/// What is known of a value beside its type.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    /// What it is held to.
    pub limits: Limits,
    /// What the service takes when it is left out.
    pub default: Option<String>,
    /// Whether it should not be used any more.
    pub deprecated: bool,
}

/// Where a parameter is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the path.
    Path,
    /// In the query.
    Query,
    /// In the body.
    Body,
}

/// A type.
#[derive(Clone, Debug, PartialEq)]
pub struct DraftType {
    /// Its name.
    pub name: String,
    /// What it is made of.
    pub kind: DraftKind,
}

/// What a type is made of.
#[derive(Clone, Debug, PartialEq)]
pub enum DraftKind {
    /// Fields.
    Model(Vec<DraftField>),
    /// Values.
    Enum(Vec<DraftValue>),
}

/// A field of a model.
#[derive(Clone, Debug, PartialEq)]
pub struct DraftField {
    /// Its name.
    pub name: String,
    /// Its type expression.
    pub ty: String,
    /// Whether who sends the model must give it.
    pub required: bool,
    /// Whether it is always there in an answer.
    pub always: bool,
    /// What else is known of it.
    pub facts: Facts,
}

/// A value of an enum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftValue {
    /// Its name.
    pub name: String,
    /// What is sent, if it is something else.
    pub sends: Option<String>,
}

impl DraftParam {
    /// A parameter as it is written on a command line: `name:type` or `name:type:required`. Where it is sent follows
    /// from the request.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(written: &str, verb: Verb, path: &str) -> Result<Self, String> {
        let mut parts = written.split(':');
        let (name, ty, last) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default(), parts.next());
        let fine =
            !name.is_empty() && !ty.is_empty() && parts.next().is_none() && matches!(last, None | Some("required"));
        if !fine {
            return Err(format!("`{written}` is no parameter; write `name:type` or `name:type:required`"));
        }
        let in_path = path.contains(&format!("{{{name}}}"));
        let place = match verb {
            _ if in_path => Place::Path,
            Verb::Get | Verb::Delete => Place::Query,
            Verb::Post | Verb::Put | Verb::Patch => Place::Body,
        };
        let required = in_path || last.is_some();
        let (sent_as, ty) = (words::wire_name(name), ty.to_owned());
        Ok(DraftParam { name: name.to_owned(), sent_as, ty, required, place, facts: Facts::default() })
    }
}

/// What became of a draft.
#[derive(Clone, Debug)]
pub struct Written {
    /// The files that are other than they were, as they are now.
    pub files: Vec<SourceFile>,
    /// Sentences that were made of names, each with where it stands, for a person to better.
    pub review: Vec<String>,
}

impl Written {
    /// The files of a spec with these in the places of those of the same paths.
    #[must_use]
    pub fn over(&self, files: &[SourceFile]) -> Vec<SourceFile> {
        let untouched = files.iter().filter(|file| self.files.iter().all(|written| written.path != file.path));
        untouched.chain(&self.files).cloned().collect()
    }
}

/// Writes a draft into the files of a spec: the tool and its types behind what is there, ids and scopes in their order.
/// What is there stays, comments too.
///
/// # Errors
/// Where a file is not fit to be added to, or has the tool already.
pub fn write(draft: &Draft, spec: &Spec, files: &[SourceFile]) -> Result<Written, String> {
    if spec.tool(&draft.name).is_some() {
        return Err(format!("there is a tool `{}` already", draft.name));
    }
    let mut review = Vec::new();
    let known = |name: &str| spec.types.iter().any(|ty| ty.name == name);
    let types: Vec<&DraftType> = draft.types.iter().filter(|ty| !known(&ty.name)).collect();
    let mut changed = Vec::new();
    let entry = entry::tool(draft, spec, example::example(draft, spec), &mut review);
    changed.push(appended(files, &format!("spec/tools/{}.yaml", draft.group), &entry, || {
        let about = words::sentence(&draft.group);
        format!("about: {about}\ntools:\n")
    })?);
    if !types.is_empty() {
        let text: String = types.iter().map(|ty| entry::ty(ty, &mut review)).collect();
        changed.push(appended(files, &format!("spec/types/{}.yaml", draft.group), &text, String::new)?);
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
#[must_use]
pub fn shown(draft: &Draft, written: &Written, files: &[SourceFile]) -> String {
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
fn appended(files: &[SourceFile], path: &str, more: &str, head: impl Fn() -> String) -> Result<SourceFile, String> {
    let text = match files.iter().find(|file| file.path == path) {
        Some(file) => format!("{}\n", file.text.trim_end()),
        None => head(),
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
