//! Random specs of the language's own grammar. Whatever the check accepts is generated and compiled, with warnings as
//! errors; whatever it refuses, it refuses with a place. `RANDOM_SPECS` says how many specs are made and
//! `RANDOM_SPECS_FROM` the number of the first. A spec's number is its seed, so the number is enough to see it again.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that panics has failed")]

#[path = "../../common/cargo.rs"]
mod cargo;
#[path = "../generated_client/mod.rs"]
mod generated_client;
mod names;
mod pick;
mod spec;
mod templates;
mod tools;
mod types;

use std::fs;
use std::path::Path;

use cargo::cargo;
use codegen::example::{rust_call, rust_uses};
use generated_client::{CLIENT, GENERATED, lay, root, write};
use spec::{Accepted, accepted};
use tool_spec::model::{Request, Spec};

/// So many specs are compiled with each other: rustc reads the whole of a crate at once.
const TOGETHER: u64 = 100;

#[test]
fn what_the_check_accepts_is_generated_and_compiles() {
    let number = |name: &str, otherwise: u64| std::env::var(name).map_or(otherwise, |text| text.parse().unwrap());
    let (first, count) = (number("RANDOM_SPECS_FROM", 0), number("RANDOM_SPECS", 30));
    let work = root().join("target/fixtures/random");
    let mut from = first;
    while from < first + count {
        let to = (from + TOGETHER).min(first + count);
        let specs: Vec<Accepted> = (from..to).filter_map(accepted).collect();
        let tools: usize = specs.iter().map(|one| one.spec.tools().count()).sum();
        assert!(specs.len() as u64 * 2 > to - from, "of {} specs only {} became right", to - from, specs.len());
        assert!(tools >= specs.len(), "{} specs have only {tools} tools", specs.len());
        for word in ["shared: ", "exclude: ", ", when: ", "json: integer", "scope: []", "repeatable: "] {
            assert!(specs.iter().any(|one| one.text().contains(word)), "`{word}` is in none of them");
        }
        let holes = |one: &Accepted| one.spec.tools().any(|(_, tool)| tool.requests().iter().any(|of| has_path(of)));
        assert!(specs.iter().any(holes), "no path leads into a parameter in any of them");
        compile(&work, &specs);
        from = to;
    }
}

/// Whether a field of a parameter is sent by its path.
fn has_path(request: &Request) -> bool {
    let sent = request.query.iter().map(|(_, sent)| sent).chain(&request.body).map(ToString::to_string);
    let paths = request.segments.iter().map(ToString::to_string);
    sent.chain(paths).any(|text| {
        text.split('$')
            .skip(1)
            .any(|hole| hole.trim_start_matches(|c: char| c.is_alphanumeric() || c == '_').starts_with('.'))
    })
}

/// Compiles the client with the tools of all these specs, each in a module of its own.
fn compile(work: &Path, specs: &[Accepted]) {
    lay(work, CLIENT);
    let mut modules = String::new();
    for one in specs {
        let module = format!("s{}", one.case);
        put(work, &module, &one.spec);
        modules += &format!("pub mod {module};\n");
    }
    // The runtime needs some generated items; those of any spec will do.
    let first = format!("s{}", specs[0].case);
    let own = format!("pub(crate) use {first}::catalog;\npub use {first}::{{ids, models}};\n{modules}");
    write(&work.join(GENERATED).join("mod.rs"), &own);
    let service = work.join(GENERATED).join(&first).join("service.rs");
    write(&work.join(GENERATED).join("service.rs"), &fs::read_to_string(service).unwrap());
    // Of a module that nobody names everything must be public, so that nothing of it seems unused.
    let lib = work.join("gong-client/src/lib.rs");
    let public =
        fs::read_to_string(&lib).unwrap().replace("\nmod generated;", "\n#[allow(missing_docs)]\npub mod generated;");
    write(&lib, &public);
    let checked = cargo(&["check", "--offline", "--quiet", "--package", "gong-client", "--lib"])
        .current_dir(work)
        .env("CARGO_TARGET_DIR", root().join("target/fixtures/target"))
        .env_remove("RUSTFLAGS")
        .output()
        .unwrap();
    if !checked.status.success() {
        let told = String::from_utf8_lossy(&checked.stderr).into_owned();
        let guilty = specs.iter().find(|one| told.contains(&format!("/s{}/", one.case)));
        panic!("{told}\n{}", guilty.map_or(String::new(), |one| format!("spec {}:\n{}", one.case, one.text())));
    }
}

/// Puts what is generated from a spec into this module. Its groups get a client of their own, because two specs may
/// have a group of the same name.
fn put(work: &Path, module: &str, spec: &Spec) {
    let folder = work.join(GENERATED).join(module);
    for file in codegen::emit(spec) {
        let Some(path) = file.path.strip_prefix(GENERATED) else { continue };
        let text = file
            .contents
            .replace("crate::generated::", &format!("crate::generated::{module}::"))
            .replace("impl rt::Client {", "impl super::Own {")
            .replace("client: self", "client: &self.0");
        write(&folder.join(path.trim_start_matches('/')), &text);
    }
    let root_module = fs::read_to_string(folder.join("mod.rs")).unwrap();
    let own = "/// A client.\npub struct Own(pub(crate) crate::Client);\n\
               #[allow(missing_docs, unreachable_pub)]\nmod examples;\n";
    write(&folder.join("mod.rs"), &format!("{root_module}\n{own}"));
    write(&folder.join("examples.rs"), &examples(module, spec));
}

/// The examples of the reference, each in a function.
fn examples(module: &str, spec: &Spec) -> String {
    let functions = spec.tools().enumerate().map(|(at, (group, tool))| {
        let uses: String = rust_uses(spec, tool).iter().map(|line| format!("    {line}\n")).collect();
        let uses = uses.replace("gong_client::models", &format!("crate::generated::{module}::models"));
        let uses = uses.replace("gong_client::ids", &format!("crate::generated::{module}::ids"));
        let uses = uses.replace("gong_client::", "crate::");
        let deprecated = if tool.deprecated.is_some() { "#[allow(deprecated)]\n" } else { "" };
        format!(
            "{deprecated}pub async fn example_{at}(gong: super::Own) -> std::result::Result<(), std::boxed::Box<dyn \
             std::error::Error>> {{\n{uses}    let answer = {};\n    let _ = answer;\n    Ok(())\n}}\n",
            rust_call(spec, group, tool)
        )
    });
    functions.collect()
}
