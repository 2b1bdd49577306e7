//! What the rules say of Rust callers, compared with cargo-semver-checks: the client is generated before and after
//! every rule's example, and both are asked, there and back. Where they differ, a table says why.
//!
//! Without the tool the test says `SKIPPED` on the terminal.
#![allow(clippy::unwrap_used, clippy::panic)] // Helpers of tests may panic; Clippy excepts test functions only.

#[path = "../common/cargo.rs"]
mod cargo;
#[path = "../../spec-diff/tests/diff_fixture/mod.rs"]
mod diff_fixture;
mod generated_client;
#[path = "../common/skipped.rs"]
mod skipped;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;
use std::thread;

use cargo::cargo;
use diff_fixture::{edited, files, side};
use generated_client::{CLIENT, fill, lay, root};
use skipped::skipped;
use spec_diff::{Finding, Level, Rule, Side, Step, compare, example, rules};

/// The version whose judgement the table below is about; another one may see more. `.ci/run` installs it.
const VERSION: &str = "0.51.0";

/// Where the two differ, and why: changes that break Rust callers and that cargo-semver-checks does not look at. That
/// they do break is seen by `diff_surface` of the generator's tests.
const UNSEEN: &[(&str, &[&str])] = &[
    (
        "It counts the arguments of a method, and does not look at their types.",
        &[
            "id-kind-removed backwards",
            "model-removed backwards",
            "param-became-enum",
            "param-became-enum backwards",
            "param-id-kind-changed",
            "param-id-kind-changed backwards",
            "param-type-changed",
            "param-type-changed backwards",
            "param-type-narrowed",
            "param-type-narrowed backwards",
            "param-type-widened",
            "param-type-widened backwards",
        ],
    ),
    (
        "What must be given is asked for when a call is sent, which no signature shows.",
        &[
            "param-added-required",
            "param-became-required",
            "param-became-optional backwards",
            "input-field-added-required",
            "input-field-became-required",
            "input-field-became-optional backwards",
        ],
    ),
    (
        "It looks for a structure's fields by their names, and not at their types.",
        &[
            "id-kind-added",
            "model-form-changed",
            "output-field-became-always",
            "output-field-became-always backwards",
            "output-field-became-optional",
            "output-field-became-optional backwards",
            "output-field-retyped",
            "output-field-retyped backwards",
            "output-field-type-changed",
            "output-field-type-changed backwards",
        ],
    ),
    (
        "It does not look at the types that an implementation names: here, what a tool answers.",
        &["answer-model-changed", "answer-model-changed backwards"],
    ),
];

/// What both say of a change.
struct Judgement {
    ours: Step,
    theirs: Step,
    /// Why: our rules, then their lints.
    because: String,
}

impl Judgement {
    /// Whether cargo-semver-checks finds worse than we do. That it may never do.
    fn misses(&self) -> bool {
        self.theirs > self.ours
    }

    /// Whether only we say that callers break. It asks for no minor version because of something new, nor of what is
    /// done otherwise, so milder findings of ours are not held against it.
    fn is_alone(&self) -> bool {
        self.ours == Step::Major && self.theirs < Step::Major
    }
}

#[test]
fn the_verdict_on_rust_callers_is_that_of_cargo_semver_checks() {
    if !is_there() {
        return;
    }
    let rules = rules();
    // Each half has a client and a build of its own, for two cannot be documented at the same time in one.
    let (one, two) = rules.split_at(rules.len() / 2);
    let judged: BTreeMap<String, Judgement> = thread::scope(|scope| {
        let halves = [("one", one), ("two", two)].map(|(name, half)| scope.spawn(|| judge(name, half)));
        halves.into_iter().flat_map(|half| half.join().unwrap()).collect()
    });
    let known: Vec<&str> = UNSEEN.iter().flat_map(|(_, changes)| *changes).copied().collect();
    let mut wrong: Vec<String> = judged
        .iter()
        .filter(|(change, judgement)| judgement.misses() || judgement.is_alone() != known.contains(&change.as_str()))
        .map(|(change, it)| format!("{change}: {} here, {} there, {}", it.ours, it.theirs, it.because))
        .collect();
    wrong.extend(
        known.iter().filter(|change| !judged.contains_key(**change)).map(|change| format!("{change}: no such")),
    );
    assert!(wrong.is_empty(), "differs, or is in the table and does not:\n{}", wrong.join("\n"));
}

/// Whether the tool is there in the version that is wanted.
fn is_there() -> bool {
    let said = cargo(&["semver-checks", "--version"]).output().unwrap();
    let there = String::from_utf8_lossy(&said.stdout).trim().ends_with(&format!(" {VERSION}"));
    if !there {
        let wanted =
            format!("cargo-semver-checks {VERSION} (cargo install cargo-semver-checks --version {VERSION} --locked)");
        skipped("our verdicts against cargo-semver-checks'", &wanted);
    }
    there
}

/// What both say of these rules' examples, there and back.
fn judge(name: &str, rules: &[&Rule]) -> Vec<(String, Judgement)> {
    // A fixed place, so that a second run finds what the first one built.
    let work = root().join("target/semver-checks").join(name);
    lay(&work, CLIENT);
    let base = (side(&files()), work.join("base.json"));
    document(&work, &base);
    rules
        .iter()
        .flat_map(|rule| {
            let head = (side(&edited(example(rule.id))), work.join("head.json"));
            document(&work, &head);
            [(rule.id.to_owned(), judgement(&base, &head)), (format!("{} backwards", rule.id), judgement(&head, &base))]
        })
        .collect()
}

/// A spec, and where the client that is made of it is described.
type State = (Side, PathBuf);

/// Describes the public items of the client that is made of a spec.
fn document(work: &Path, (side, to): &State) {
    fill(work, CLIENT, &side.spec);
    let mut rustdoc = cargo(&["rustdoc", "--offline", "--quiet", "--package", "gong-client", "--lib"]);
    // TLS makes no difference to what is public, and takes longest to build.
    rustdoc.args(["--no-default-features", "--", "-Zunstable-options", "--output-format=json", "--cap-lints=allow"]);
    // So does cargo-semver-checks make a stable compiler write JSON.
    rustdoc.current_dir(work).env("CARGO_TARGET_DIR", work.join("target")).env("RUSTC_BOOTSTRAP", "1");
    let output = rustdoc.env_remove("RUSTFLAGS").env_remove("RUSTDOCFLAGS").output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    fs::rename(work.join("target/doc/gong_client.json"), to).unwrap();
}

fn judgement((base, before): &State, (head, after): &State) -> Judgement {
    let findings = compare(base, head);
    let mut checks = cargo(&["semver-checks", "--release-type", "patch", "--color", "never"]);
    let output = checks.arg("--baseline-rustdoc").arg(before).arg("--current-rustdoc").arg(after).output().unwrap();
    let rules: Vec<&str> = findings.iter().map(|finding| finding.rule.id).collect();
    let said = String::from_utf8_lossy(&output.stdout);
    let lints: Vec<&str> = said.lines().filter_map(|line| line.strip_prefix("--- failure ")).collect();
    Judgement { ours: ours(&findings), theirs: theirs(&output), because: format!("{rules:?}, {lints:?}") }
}

/// What the findings ask of the version for the sake of Rust callers.
fn ours(findings: &[Finding]) -> Step {
    let step = |finding: &Finding| match finding.rule.rust {
        Level::Breaking => Step::Major,
        Level::Dangerous | Level::Compatible => finding.rule.step.min(Step::Minor),
        Level::None => Step::Patch,
    };
    findings.iter().map(step).max().unwrap_or(Step::Patch)
}

/// What cargo-semver-checks asks of the version.
fn theirs(output: &Output) -> Step {
    let said = String::from_utf8_lossy(&output.stderr);
    let steps = [
        ("no semver update required", Step::Patch),
        ("semver requires new minor version", Step::Minor),
        ("semver requires new major version", Step::Major),
    ];
    let step = steps.into_iter().find(|(words, _)| said.contains(&format!("Summary {words}")));
    step.unwrap_or_else(|| panic!("cargo-semver-checks says neither this nor that: {said}")).1
}
