use super::{version, with_entry};

#[test]
fn a_version_that_is_none_is_refused_before_anything_is_written() {
    for wrong in ["not a version", "", "1", "1.2", "v1.2.3", " 1.2.3", "1.2.3.4"] {
        let said = version(wrong).unwrap_err();
        assert!(said.contains(&format!("`{wrong}` is no version")), "{said}");
    }
    assert_eq!(version("0.2.0-rc.1").as_deref(), Ok("0.2.0-rc.1"));
}

#[test]
fn the_newest_entry_stands_first_and_an_old_one_of_its_version_goes() {
    let first = with_entry("# Changelog\n", "0.1.0", "## 0.1.0\n\n- One.\n");
    assert_eq!(first, "# Changelog\n\n## 0.1.0\n\n- One.\n");
    let second = with_entry(&first, "0.2.0", "## 0.2.0\n\n- Two.\n");
    assert_eq!(second, "# Changelog\n\n## 0.2.0\n\n- Two.\n\n## 0.1.0\n\n- One.\n");
    let again = with_entry(&second, "0.2.0", "## 0.2.0\n\n- Three.\n");
    assert_eq!(again, "# Changelog\n\n## 0.2.0\n\n- Three.\n\n## 0.1.0\n\n- One.\n");
}

#[test]
fn what_was_written_by_hand_stays() {
    let by_hand = "### Beyond the spec\n\n- The client is quicker.\n";
    let before = format!("# Changelog\n\n## 0.2.0\n\n- One.\n\n{by_hand}\n## 0.1.0\n\n- Old.\n");
    let after = with_entry(&before, "0.2.0", "## 0.2.0\n\n- Two.\n");
    assert_eq!(after, format!("# Changelog\n\n## 0.2.0\n\n- Two.\n\n{by_hand}\n## 0.1.0\n\n- Old.\n"));
}
