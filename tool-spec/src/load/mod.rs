//! From YAML trees to declarations: which keys there are and what kind of thing stands at each. Names are looked up later,
//! in [`crate::resolve`].

mod characters;
pub(crate) mod decl;
pub mod entries;
pub(crate) mod path;
mod request;
mod service;
mod template;
pub(crate) mod tool;
mod types;
pub(crate) mod version;

use std::collections::BTreeMap;

use crate::fault::{Fault, FaultKind, Sink};
use crate::names::snake;
use crate::source::{At, SourceFile, Span};
use crate::syntax;
use decl::Declared;

/// What a file holds, by its path.
enum Holds {
    Service,
    Group(String),
    Types,
}

/// Reads every file.
pub(crate) fn load(files: &[SourceFile], sink: &Sink) -> Declared {
    let mut declared = Declared::default();
    let mut order: Vec<(usize, &SourceFile)> = files.iter().enumerate().collect();
    order.sort_by(|(_, a), (_, b)| a.path.cmp(&b.path));
    for (index, file) in order {
        let start = Span { file: index, start: 0, end: 0 };
        match holds(&file.path) {
            Some(holds) => read(&holds, file, start, &mut declared, sink),
            None => {
                declared.unread.tools |= file.path.contains("tools/");
                declared.unread.types |= file.path.contains("types/");
                let message = format!("`{}` is no file of the spec", file.path);
                let right = file.path.rsplit_once('.').map(|(stem, _)| format!("{stem}.yaml"));
                let help = match right.filter(|right| holds(right).is_some()) {
                    Some(right) => format!("call it `{right}`"),
                    None => "the spec is `gong.yaml`, `tools/GROUP.yaml` and `types/*.yaml`".to_owned(),
                };
                sink.report(Fault::new(FaultKind::UnknownName, start, message).help(help));
            }
        }
    }
    if declared.service.is_none() && !declared.unread.service {
        let fault = Fault::nowhere(FaultKind::Missing, "the spec has no `gong.yaml`");
        sink.report(fault.help("`spec/gong.yaml` says what the service is: hosts, limits, ids and scopes"));
        declared.unread.service = true;
    }
    drop_repeated(&mut declared, sink);
    declared
}

/// Of tools or types of one name in several files the first is kept. What only the others use may then seem unused.
fn drop_repeated(declared: &mut Declared, sink: &Sink) {
    fn is_first(names: &mut BTreeMap<String, Span>, what: &str, name: &At<String>, sink: &Sink) -> bool {
        let Some(first) = names.get(&name.value) else {
            names.insert(name.value.clone(), name.span);
            return true;
        };
        let message = format!("the {what} `{}` is declared twice", name.value);
        let fault = Fault::new(FaultKind::Clash, name.span, message).related(*first, "first here");
        sink.report(fault.help("give one of them another name, or keep one"));
        false
    }
    let mut names = BTreeMap::new();
    for group in &mut declared.groups {
        let before = group.tools.len();
        group.tools.retain(|tool| is_first(&mut names, "tool", &tool.name, sink));
        declared.unread.tools |= group.tools.len() < before;
    }
    let mut names = BTreeMap::new();
    let before = declared.types.len();
    declared.types.retain(|decl| is_first(&mut names, "type", &decl.name, sink));
    declared.unread.types |= declared.types.len() < before;
}

fn read(holds: &Holds, file: &SourceFile, start: Span, declared: &mut Declared, sink: &Sink) {
    if let (Holds::Types, "") = (holds, snake(stem(&file.path)).as_str()) {
        let message = format!("the name of `{}` has no letter or digit that Rust could call it by", file.path);
        sink.report(Fault::new(FaultKind::Syntax, start, message));
    }
    let fine = sink.count();
    characters::check(file, start.file, sink);
    let before = sink.count();
    // A space that is none may be all that is wrong with the YAML.
    let told = before > fine && syntax::parse(file, start.file, &Sink::default()).is_none();
    let root = if told { None } else { syntax::parse(file, start.file, sink) };
    let dropped = sink.count() > before;
    if let Some(root) = &root {
        characters::check_escapes(root, file, sink);
    }
    match (holds, root) {
        (Holds::Service, Some(root)) => match service::service(&root, start, sink) {
            Some(service) => declared.service = Some(service),
            None => declared.unread.service = true,
        },
        (Holds::Group(name), Some(root)) => {
            let name = At::new(name.clone(), start);
            match tool::group(&root, name, &file.path, sink) {
                Some(mut group) => {
                    // What was dropped may use what seems to be unused.
                    group.tools.iter_mut().for_each(|tool| tool.partial |= dropped);
                    declared.unread.tools |= group.partial || dropped;
                    declared.groups.push(group);
                }
                None => declared.unread.tools = true,
            }
        }
        (Holds::Types, Some(root)) => match types::types(&root, &file.path, sink) {
            Some(types) => {
                declared.unread.types |= dropped;
                declared.types.extend(types);
            }
            None => declared.unread.types = true,
        },
        (Holds::Service, None) => declared.unread.service = true,
        (Holds::Group(_), None) => declared.unread.tools = true,
        (Holds::Types, None) => declared.unread.types = true,
    }
}

fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or_default();
    name.strip_suffix(".yaml").unwrap_or(name)
}

fn holds(path: &str) -> Option<Holds> {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let stem = name.strip_suffix(".yaml")?;
    match folder.rsplit('/').next() {
        Some("tools") => Some(Holds::Group(stem.to_owned())),
        Some("types") => Some(Holds::Types),
        _ if stem == "gong" => Some(Holds::Service),
        _ => None,
    }
}
