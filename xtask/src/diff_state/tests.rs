use super::version;

#[test]
fn the_version_is_that_of_its_section() {
    let manifest =
        "[dependencies]\nversion = \"9.9.9\"\n\n[workspace.package]\nedition = \"2024\"\nversion = \"0.3.1\" # ours\n";
    assert_eq!(version(manifest, "workspace.package").map(|version| version.to_string()), Some("0.3.1".to_owned()));
    assert_eq!(version("[package]\nversion.workspace = true\n", "package"), None);
    assert_eq!(version("", "package"), None);
}
