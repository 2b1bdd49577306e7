//! A first draft of a tool: from a few facts about it, or from an operation of an OpenAPI document, to lines in the files of
//! the spec. Its sentences are made of names, never of another's text, and are listed for a person to better.

mod entry;
mod example;
mod openapi;
mod service;
mod words;

use crate::SourceFile;
use crate::format::{FormatError, format};
use crate::model::{Spec, Verb};

pub use openapi::from_openapi;

/// A tool as far as it is known.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Its name, such as `gong_briefs_list`.
    pub name: String,
    /// Its group.
    pub group: String,
    /// `read`, `write` or `destructive`; what follows from the verb, if it isn't said.
    pub effect: Option<String>,
    /// The verb of its request.
    pub verb: Verb,
    /// The path of its request.
    pub path: String,
    /// The scope that it needs.
    pub scope: String,
    /// The type of its answer.
    pub answer: String,
    /// The field of the answer that holds its items.
    pub items: Option<String>,
    /// Its parameters.
    pub params: Vec<DraftParam>,
    /// Types that it brings along.
    pub types: Vec<DraftType>,
}

/// A parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
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
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftType {
    /// Its name.
    pub name: String,
    /// What it is made of.
    pub kind: DraftKind,
}

/// What a type is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DraftKind {
    /// Fields: name, type expression, and whether who sends it must give it.
    Model(Vec<(String, String, bool)>),
    /// Values.
    Enum(Vec<String>),
}

impl DraftParam {
    /// A parameter as it is written on a command line: `name:type` or `name:type:required`. Where it is sent follows from
    /// the request.
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
        Ok(DraftParam { name: name.to_owned(), sent_as: words::wire_name(name), ty: ty.to_owned(), required, place })
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
    let entry = entry::tool(draft, example::example(draft, spec), &mut review);
    changed.push(appended(files, &format!("spec/tools/{}.yaml", draft.group), &entry, || {
        let about = words::sentence(&draft.group);
        format!("about: {about}\ntools:\n")
    })?);
    if !types.is_empty() {
        let text: String = types.iter().map(|ty| entry::ty(ty, &mut review)).collect();
        changed.push(appended(files, &format!("spec/types/{}.yaml", draft.group), &text, String::new)?);
    }
    if let Some(file) = files.iter().find(|file| file.path == "spec/gong.yaml") {
        let text = service::with_names(&file.text, spec, draft, &mut review);
        if text != file.text {
            changed.push(in_form(SourceFile { path: file.path.clone(), text })?);
        }
    }
    Ok(Written { files: changed, review })
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
