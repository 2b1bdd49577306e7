//! Whose types stand in public signatures: a release of one of those crates may be a breaking change of ours, so each
//! is named here with its reason, and no other may appear.
#![cfg(unix)]
// A script stands between cargo and rustdoc.
// Helpers of tests may panic; Clippy's own exception knows test functions only.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

#[path = "../common/cargo.rs"]
mod cargo;

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use cargo::cargo;
use serde_json::Value;

/// Every version of the standard library keeps what it has.
const STANDARD: [&str; 3] = ["alloc", "core", "std"];

/// The crates that our libraries may show, beside the standard library.
const ALLOWED: [(&str, &[&str]); 3] = [
    // `Value` is what JSON is in Rust, `Stream` is what every combinator takes, and serde's traits let the models be
    // read and written by any format. Stream's crate is below 1.0 and has not broken it in seven years; a `Stream` of
    // our own would fit nothing.
    ("gong-client", &["futures_core", "serde_core", "serde_json"]),
    // The client that an account comes with.
    ("gong-connect", &["gong_client"]),
    // `Value`, again.
    ("gong-sandbox", &["serde_json"]),
];

#[test]
fn only_the_crates_that_are_named_stand_in_public_signatures() {
    for (package, allowed) in ALLOWED {
        let mut shown = shown(package);
        assert!(shown.contains("core") && shown.contains("alloc"), "{package}: is this all? {shown:?}");
        shown.retain(|name| !STANDARD.contains(&name.as_str()));
        assert_eq!(Vec::from_iter(&shown), allowed, "{package} shows types of other crates than are named here");
    }
}

/// The crates whose types and traits the public items of a library name.
fn shown(package: &str) -> BTreeSet<String> {
    let described = describe(package);
    let mut ids = BTreeSet::new();
    for item in described["index"].as_object().unwrap().values().filter(|item| item["crate_id"] == 0) {
        // `impl<T> From<T> for T` and its like are written down at every type, and nobody chose them.
        let implementation = &item["inner"]["impl"];
        if implementation["is_synthetic"] != true && implementation["blanket_impl"].is_null() {
            named(&item["inner"], &mut ids);
        }
    }
    let path = |id: &u64| &described["paths"][id.to_string()];
    let krate = |id: &u64| described["external_crates"][path(id)["crate_id"].to_string()]["name"].as_str();
    ids.iter().filter_map(krate).map(str::to_owned).collect()
}

/// The ids of the types and traits that a part of an item names. Whatever has a path and an id is one.
fn named(part: &Value, ids: &mut BTreeSet<u64>) {
    match part {
        Value::Object(members) => {
            if members.contains_key("path") {
                ids.extend(members.get("id").and_then(Value::as_u64));
            }
            members.values().for_each(|member| named(member, ids));
        }
        Value::Array(elements) => elements.iter().for_each(|element| named(element, ids)),
        _ => {}
    }
}

/// What rustdoc says of a library as JSON, which a stable rustdoc gives only with RUSTC_BOOTSTRAP. The script sets that
/// for rustdoc alone, so that no dependency is built again.
fn describe(package: &str) -> Value {
    let folder = tempfile::tempdir().unwrap();
    let rustdoc = folder.path().join("rustdoc");
    fs::write(&rustdoc, "#!/bin/sh\nRUSTC_BOOTSTRAP=1 exec rustdoc \"$@\"\n").unwrap();
    fs::set_permissions(&rustdoc, fs::Permissions::from_mode(0o755)).unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    let mut cargo = cargo(&["rustdoc", "--offline", "--quiet", "--lib", "--package", package, "--target-dir"]);
    cargo.arg(&target).args(["--", "-Zunstable-options", "--output-format=json", "--cap-lints=allow"]);
    let done = cargo.current_dir(&root).env("RUSTDOC", &rustdoc).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let described = target.join("doc").join(package.replace('-', "_")).with_extension("json");
    serde_json::from_slice(&fs::read(described).unwrap()).unwrap()
}
