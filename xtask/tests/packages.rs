//! What a crate is published with.
#![allow(clippy::unwrap_used)] // Helpers of tests may panic too; Clippy's own exception knows test functions only.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

/// The files of a package as it would be published.
fn files(package: &str) -> BTreeSet<String> {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap());
    cargo.args(["package", "--list", "--allow-dirty", "--offline", "--package", package]);
    let output = cargo.current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("..")).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().lines().map(|line| line.replace('\\', "/")).collect()
}

#[test]
fn a_package_has_its_licences_and_a_readme_and_nothing_of_our_tests() {
    for package in ["gong-client", "gong-connect", "gong-sandbox", "gong-cli"] {
        let files = files(package);
        for wanted in ["LICENSE-APACHE", "LICENSE-MIT", "README.md", "Cargo.toml"] {
            assert!(files.contains(wanted), "{package} lacks {wanted}");
        }
        let is_ours =
            |file: &&String| file.starts_with("tests/") || file.starts_with("benches/") || file.ends_with(".snap");
        assert_eq!(files.iter().find(is_ours), None, "{package}");
    }
}

/// A link in Git that a system without links has as a file with a path in it.
#[test]
fn the_licences_of_a_package_are_those_of_the_repository() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    for package in ["gong-client", "gong-connect", "gong-sandbox", "gong-cli"] {
        for licence in ["LICENSE-APACHE", "LICENSE-MIT"] {
            let link = root.join(package).join(licence);
            let text = std::fs::read_to_string(&link).unwrap();
            let is_path = text.trim() == format!("../{licence}");
            assert!(is_path || text == std::fs::read_to_string(root.join(licence)).unwrap(), "{package}/{licence}");
        }
    }
}
