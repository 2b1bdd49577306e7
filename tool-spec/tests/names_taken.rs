//! The names that the check keeps from authors, held against the client that generated code becomes a part of: a group
//! is a method of `Client`, a parameter one of the builder of a call, and a group's module one of the crate's.
#![allow(clippy::unwrap_used)] // Helpers of tests may panic; Clippy's own exception knows test functions only.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use syn::{ImplItem, Item, Type};
use tool_spec::names::taken::{MODULES, OF_BUILDERS, OF_CLIENTS};

/// All files below a folder that are written by hand.
fn below(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let by_hand = entries.filter(|path| !path.ends_with("generated"));
    by_hand.flat_map(|path| if path.is_dir() { below(&path) } else { vec![path] }).collect()
}

/// The items of the client's source.
fn items() -> Vec<Item> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../gong-client/src");
    let files = below(&source).into_iter().filter(|path| path.extension().is_some_and(|end| end == "rs"));
    files.flat_map(|path| syn::parse_file(&fs::read_to_string(&path).unwrap()).unwrap().items).collect()
}

/// The functions that the client's source gives to this type by itself, which no other may be called as.
fn functions_of(owner: &str) -> BTreeSet<String> {
    let blocks = items().into_iter().filter_map(|item| match item {
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

/// The functions that the client's macros of these names give to a builder.
fn functions_of_macros(names: &[&str]) -> BTreeSet<String> {
    let macros = items().into_iter().filter_map(|item| match item {
        Item::Macro(item) => item.ident.filter(|name| names.contains(&name.to_string().as_str())).map(|_| item.mac),
        _ => None,
    });
    let text: String = macros.map(|definition| definition.tokens.to_string()).collect();
    let words: Vec<&str> = text.split(|letter: char| !letter.is_alphanumeric() && letter != '_').collect();
    let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
    words.windows(2).filter(|pair| pair.first() == Some(&"fn")).map(|pair| pair.concat()[2..].to_owned()).collect()
}

#[test]
fn no_group_is_called_as_a_function_of_the_client() {
    let there: BTreeSet<String> =
        functions_of("Client").into_iter().chain(["clone", "into", "try_into"].map(str::to_owned)).collect();
    let taken: BTreeSet<String> = OF_CLIENTS.iter().map(ToString::to_string).collect();
    assert_eq!(there, taken, "these are to stand in OF_CLIENTS in tool-spec/src/names/taken.rs");
}

#[test]
fn no_parameter_is_called_as_a_function_of_a_call() {
    let there = functions_of_macros(&["tool_call", "pages", "items", "newest_first", "wait"]);
    assert!(there.contains("send") && there.contains("items"), "{there:?}");
    let free: Vec<&String> = there.iter().filter(|name| !OF_BUILDERS.contains(&name.as_str())).collect();
    assert!(free.is_empty(), "add to OF_BUILDERS in tool-spec/src/names/taken.rs: {free:?}");
}

#[test]
fn no_group_is_called_as_a_module_of_the_client() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../gong-client/src/lib.rs");
    let file = syn::parse_file(&fs::read_to_string(root).unwrap()).unwrap();
    let modules = file.items.into_iter().filter_map(|item| match item {
        Item::Mod(module) if !module.attrs.iter().any(|attribute| attribute.path().is_ident("cfg")) => {
            Some(module.ident.to_string())
        }
        _ => None,
    });
    let generated = ["catalog", "ids", "models", "service"].map(str::to_owned);
    let there: BTreeSet<String> = modules.chain(generated).collect();
    let taken: BTreeSet<String> = MODULES.iter().map(ToString::to_string).collect();
    assert_eq!(there, taken, "these are to stand in MODULES in tool-spec/src/names/taken.rs");
}
