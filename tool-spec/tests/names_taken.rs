//! The names that the check keeps from authors, held against the client that generated code becomes a part of: a group
//! is a method of `Client`, a parameter one of `Invocation`.
#![allow(clippy::unwrap_used)] // Helpers of tests may panic; Clippy's own exception knows test functions only.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use syn::{ImplItem, Item, Type};
use tool_spec::names::taken::{OF_CLIENTS, OF_INVOCATIONS};

/// All files below a folder that are written by hand.
fn below(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let by_hand = entries.filter(|path| !path.ends_with("generated"));
    by_hand.flat_map(|path| if path.is_dir() { below(&path) } else { vec![path] }).collect()
}

/// The functions that the client's source gives to this type by itself, which no other may be called as.
fn functions_of(owner: &str) -> BTreeSet<String> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../gong-client/src");
    let items = below(&source).into_iter().filter(|path| path.extension().is_some_and(|end| end == "rs"));
    let items = items.flat_map(|path| syn::parse_file(&fs::read_to_string(&path).unwrap()).unwrap().items);
    let blocks = items.filter_map(|item| match item {
        Item::Impl(block) if block.trait_.is_none() => Some(block),
        _ => None,
    });
    let of_owner = blocks.filter(|block| match &*block.self_ty {
        Type::Path(path) => path.path.segments.last().is_some_and(|segment| segment.ident == owner),
        _ => false,
    });
    let functions = of_owner.flat_map(|block| block.items).filter_map(|item| match item {
        ImplItem::Fn(function) => Some(function.sig.ident.to_string()),
        _ => None,
    });
    functions.collect()
}

#[test]
fn no_group_is_called_as_a_function_of_the_client() {
    let free: Vec<String> =
        functions_of("Client").into_iter().filter(|name| !OF_CLIENTS.contains(&name.as_str())).collect();
    assert!(free.is_empty(), "add to OF_CLIENTS in tool-spec/src/names/taken.rs: {free:?}");
}

#[test]
fn no_parameter_is_called_as_a_function_of_an_invocation() {
    let taken: Vec<String> = OF_INVOCATIONS.iter().map(ToString::to_string).collect();
    let there: Vec<String> = functions_of("Invocation").into_iter().collect();
    assert_eq!(there, taken, "these are to stand in OF_INVOCATIONS in tool-spec/src/names/taken.rs");
}
