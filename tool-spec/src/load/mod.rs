//! From YAML trees to declarations: which keys there are and what kind of thing stands at each. Names are looked up
//! later, in [`crate::resolve`].

mod characters;
pub(crate) mod constant;
pub(crate) mod decl;
pub mod entries;
pub(crate) mod kind;
pub(crate) mod kinds;
pub(crate) mod path;
mod request;
mod service;
pub(crate) mod shape;
pub(crate) mod shared;
pub(crate) mod template;
pub(crate) mod tool;
mod types;
pub(crate) mod version;

use std::collections::BTreeMap;

use crate::fault::{Fault, FaultKind, Sink};
use crate::names::snake;
use crate::source::{At, SourceFile, Span};
use crate::syntax::{self, NodeKind};
use decl::{Declared, GroupDecl, ServiceDecl, TypeDecl};
use entries::What;
use kind::{Cx, Kind};
use kinds::Named;
use shared::Shared;

/// What a file holds, by its path.
enum Holds {
    Service,
    Group,
    Types,
}

/// Reads every file.
pub(crate) fn load(files: &[SourceFile], sink: &Sink) -> Declared {
    let service = service_file(files);
    let mut declared = Declared { service_file: service.map(|(_, file)| file.path.clone()), ..Declared::default() };
    let mut shared = Shared::of(service);
    let mut order: Vec<(usize, &SourceFile)> = files.iter().enumerate().collect();
    order.sort_by(|(_, a), (_, b)| a.path.cmp(&b.path));
    for (index, file) in order {
        let start = Span { file: index, start: 0, end: 0 };
        match holds(&file.path) {
            Some(Holds::Service) if service.is_none_or(|(of_service, _)| of_service != index) => {
                (declared.unread.tools, declared.unread.types) = (true, true);
                sink.report(stray(file, start, service));
            }
            Some(holds) => read(&holds, file, start, &mut shared, &mut declared, sink),
            None => {
                declared.unread.tools |= file.path.contains("tools/");
                declared.unread.types |= file.path.contains("types/");
                let fault = stray(file, start, service);
                let right = file.path.rsplit_once('.').map(|(stem, _)| format!("{stem}.yaml"));
                let right = right.filter(|right| match holds(right) {
                    Some(Holds::Service) => service.is_none(),
                    holds => holds.is_some(),
                });
                sink.report(match right {
                    Some(right) => fault.help(format!("call it `{right}`")),
                    None => fault,
                });
            }
        }
    }
    if declared.service.is_none() && !declared.unread.service {
        let fault = Fault::nowhere(FaultKind::Missing, "the spec has no file that says what the service is");
        sink.report(fault.help("write one beside `tools/` and `types/`, with its hosts, limits, ids and scopes"));
        declared.unread.service = true;
    }
    drop_repeated(&mut declared, sink);
    declared.unused_shared = shared.unused();
    declared
}

/// The file that says what the service is, and its index: of those beside `tools/` and `types/` the one that names a
/// service, or the first that has no tools, as it may be misspelt.
fn service_file(files: &[SourceFile]) -> Option<(usize, &SourceFile)> {
    let beside = || files.iter().enumerate().filter(|(_, file)| matches!(holds(&file.path), Some(Holds::Service)));
    let named = beside().filter(|(_, file)| has_key(file, "service")).min_by_key(|(_, file)| &file.path);
    named.or_else(|| beside().filter(|(_, file)| !has_key(file, "tools")).min_by_key(|(_, file)| &file.path))
}

/// Whether a line of the file begins with this key.
fn has_key(file: &SourceFile, key: &str) -> bool {
    file.text.lines().any(|line| line.strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with(':')))
}

/// What is told of a file that is none of the spec's.
fn stray(file: &SourceFile, start: Span, service: Option<(usize, &SourceFile)>) -> Fault {
    if let Some((_, of_service)) = service.filter(|_| has_key(file, "service")) {
        let message = format!("`{}` says what the service is, and so does `{}`", file.path, of_service.path);
        return Fault::new(FaultKind::Clash, start, message).help("keep one of the two: a spec is of one service");
    }
    let of_service =
        service.map_or("a file that says what the service is".to_owned(), |(_, file)| format!("`{}`", file.path));
    Fault::new(FaultKind::UnknownName, start, format!("`{}` is no file of the spec", file.path))
        .help(format!("the spec is {of_service}, and beside it `tools/GROUP.yaml` and `types/*.yaml`"))
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

fn read(holds: &Holds, file: &SourceFile, start: Span, shared: &mut Shared, declared: &mut Declared, sink: &Sink) {
    if let (Holds::Types, "") = (holds, snake(stem(&file.path)).as_str()) {
        let message = format!("the name of `{}` has no letter or digit that Rust could call it by", file.path);
        sink.report(Fault::new(FaultKind::Syntax, start, message));
    }
    let fine = sink.count();
    characters::check(file, start.file, sink);
    let before = sink.count();
    // A space that is none may be all that is wrong with the YAML.
    let told = before > fine && syntax::parse(file, start.file, &Sink::default()).is_none();
    let mut root = if told { None } else { syntax::parse(file, start.file, sink) };
    let mut dropped = sink.count() > before;
    if let Some(root) = &mut root {
        characters::check_escapes(root, file, sink);
        dropped |= match holds {
            Holds::Service => false,
            Holds::Group => shared.fill_group(root, sink),
            Holds::Types => shared.fill_types(root, sink),
        };
    }
    let whole = root.as_ref().is_some_and(|root| matches!(root.kind, NodeKind::Map(_)));
    let unread = &mut declared.unread;
    match holds {
        Holds::Service => unread.service |= !whole,
        // What was dropped may use what seems to be unused, and declare what seems to be missing.
        Holds::Group => unread.tools |= !whole || dropped,
        Holds::Types => unread.types |= !whole || dropped,
    }
    let Some(root) = root else { return };
    let name = At::new(stem(&file.path).to_owned(), start);
    let cx = Cx { what: What::Is("a file of types"), each: Some("a type's name"), name: Some(&name), sink };
    match holds {
        Holds::Service => declared.service = ServiceDecl::read(&root, cx),
        Holds::Group => {
            let group = GroupDecl::read(&root, cx);
            declared.groups.extend(group.map(|mut group| {
                unread.tools |= group.partial;
                group.tools.iter_mut().for_each(|tool| tool.partial |= dropped);
                GroupDecl { source: file.path.clone(), ..group }
            }));
        }
        Holds::Types => {
            let types = Named::<TypeDecl>::read(&root, cx).unwrap_or_default();
            declared.types.extend(types.into_iter().map(|decl| TypeDecl { source: file.path.clone(), ..decl }));
        }
    }
}

fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or_default();
    name.strip_suffix(".yaml").unwrap_or(name)
}

fn holds(path: &str) -> Option<Holds> {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    name.strip_suffix(".yaml")?;
    match folder.rsplit('/').next() {
        Some("tools") => Some(Holds::Group),
        Some("types") => Some(Holds::Types),
        _ if !folder.contains('/') => Some(Holds::Service),
        _ => None,
    }
}
