//! What the rules say of Rust callers, compared with the Rust that is generated: its public items before and after
//! every example. An item that is gone or has another signature breaks, one that is new does not. cargo-semver-checks
//! is asked too, in `tests/tests/semver_checks.rs`; it takes minutes and does not look at the types of signatures, as
//! this does.
// Helpers of tests may panic; Clippy's own exception knows test functions only.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod diff_fixture;

use std::collections::BTreeMap;

use diff_fixture::{edited, files, side};
use spec_diff::{Finding, Level, Rule, Side, compare, example, rules};
use syn::{FnArg, ImplItem, Item, ReturnType, Visibility};
use tool_spec::source::SourceFile;

/// Public items by name, each with what callers depend on.
type Surface = BTreeMap<String, String>;

/// Rules that say that Rust callers break although every signature is as it was: what must be given is asked for when a
/// call is sent.
const SILENT: &[&str] =
    &["param-added-required", "param-became-required", "input-field-added-required", "input-field-became-required"];

fn surface(side: &Side) -> Surface {
    let mut surface = Surface::new();
    let outputs = codegen::rust::emit(&side.spec);
    for output in outputs.iter().filter(|output| output.path.ends_with(".rs") && !output.path.ends_with("catalog.rs")) {
        let file = syn::parse_file(&output.contents).unwrap_or_else(|error| panic!("{}: {error}", output.path));
        let mut items = Surface::new();
        file.items.iter().for_each(|item| add(&mut items, item));
        // Each group of tools is a module, and has types of its own.
        let module = output.path.split_once("/generated/").map(|(_, file)| file).unwrap();
        let module = if module.starts_with("models/") { "models" } else { module };
        surface.extend(items.into_iter().map(|(name, signature)| (format!("{module} {name}"), signature)));
    }
    surface
}

fn text(tokens: &impl quote::ToTokens) -> String {
    tokens.to_token_stream().to_string()
}

fn add(surface: &mut Surface, item: &Item) {
    match item {
        Item::Struct(structure) if matches!(structure.vis, Visibility::Public(_)) => {
            surface.insert(format!("struct {}", structure.ident), String::new());
            for field in structure.fields.iter().filter(|field| matches!(field.vis, Visibility::Public(_))) {
                let name = field.ident.as_ref().map(ToString::to_string).unwrap_or_default();
                surface.insert(format!("{}.{name}", structure.ident), text(&field.ty));
            }
        }
        Item::Impl(block) => implementation(surface, block),
        Item::Macro(call) => invocation(surface, call),
        _ => {}
    }
}

fn implementation(surface: &mut Surface, block: &syn::ItemImpl) {
    let owner = text(&block.self_ty);
    // No caller can name the traits that generated types have.
    if block.trait_.is_some() {
        return;
    }
    for item in &block.items {
        let ImplItem::Fn(method) = item else { continue };
        if matches!(method.vis, Visibility::Public(_)) {
            let inputs = method.sig.inputs.iter().map(|input| match input {
                FnArg::Receiver(receiver) => text(receiver),
                FnArg::Typed(argument) => text(&argument.ty),
            });
            let output = match &method.sig.output {
                ReturnType::Default => String::new(),
                ReturnType::Type(_, ty) => text(ty),
            };
            let signature = format!("({}) -> {output}", inputs.collect::<Vec<_>>().join(", "));
            surface.insert(format!("{owner}::{}", method.sig.ident), signature);
        }
    }
}

/// The runtime's macros make items too: variants of enums, types of ids, and what a model can do.
fn invocation(surface: &mut Surface, call: &syn::ItemMacro) {
    let name = call.mac.path.segments.last().unwrap().ident.to_string();
    let tokens = call.mac.tokens.to_string();
    match name.as_str() {
        "open_enum" => {
            let (head, values) = tokens.split_once('{').unwrap();
            let owner = head.rsplit(' ').find(|word| !word.is_empty()).unwrap();
            surface.insert(format!("enum {owner}"), String::new());
            let words: Vec<&str> = values.split_whitespace().collect();
            for pair in words.windows(2).filter(|pair| pair[1] == "=") {
                surface.insert(format!("{owner}::{}", pair[0]), String::new());
            }
        }
        "id_kinds" => {
            let words: Vec<&str> = tokens.split([' ', ',']).filter(|word| !word.is_empty()).collect();
            for pair in words.windows(2).filter(|pair| pair[1] == "kind") {
                surface.insert(format!("struct {}", pair[0]), String::new());
            }
        }
        "record" => {
            let owner = tokens.split_whitespace().next().unwrap_or_default();
            surface.insert(format!("record for {owner}"), String::new());
        }
        // The ways to send a call, and what they give.
        _ => {
            surface.insert(format!("{name} for {}", tokens.split(',').next().unwrap_or_default()), tokens);
        }
    }
}

/// Items that are gone or changed.
fn broken(base: &Surface, head: &Surface) -> Vec<String> {
    base.iter().filter(|(name, signature)| head.get(*name) != Some(signature)).map(|(name, _)| name.clone()).collect()
}

fn says_breaking(findings: &[Finding], silent: bool) -> bool {
    findings.iter().any(|finding| finding.rule.rust == Level::Breaking && SILENT.contains(&finding.rule.id) == silent)
}

/// A side and its surface.
type Judged = (Side, Surface);

fn judged(files: &[SourceFile]) -> Judged {
    let side = side(files);
    let surface = surface(&side);
    (side, surface)
}

/// Judges a change, and says how the two judgements differ.
fn differ(name: &str, (base, before): &Judged, (head, after): &Judged) -> Option<String> {
    let findings = compare(base, head);
    let broken = broken(before, after);
    let ids: Vec<&str> = findings.iter().map(|finding| finding.rule.id).collect();
    if broken.is_empty() == says_breaking(&findings, false) {
        return Some(format!("{name}: {ids:?}, but broken is {broken:?}"));
    }
    let added = after.keys().any(|name| !before.contains_key(name));
    let says_anything = findings.iter().any(|finding| finding.rule.rust > Level::None);
    (added && !says_anything).then(|| format!("{name}: {ids:?}, but something is new"))
}

/// How the two judgements of these rules' examples differ, each there and back.
fn differences(rules: &[&Rule], base: &Judged) -> Vec<String> {
    let differ = |rule: &&Rule| {
        let head = judged(&edited(example(rule.id)));
        let back = format!("{} backwards", rule.id);
        [differ(rule.id, base, &head), differ(&back, &head, base)]
    };
    rules.iter().flat_map(differ).flatten().collect()
}

/// More than a hundred small changes, in two halves at once.
#[test]
fn what_is_said_of_rust_callers_is_what_the_generated_code_does_to_them() {
    let base = judged(&files());
    let rules = rules();
    let (some, others) = rules.split_at(rules.len() / 2);
    let differences = std::thread::scope(|scope| {
        let some = scope.spawn(|| differences(some, &base));
        [differences(others, &base), some.join().unwrap()].concat()
    });
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}
