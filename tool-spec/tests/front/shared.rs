//! Parameters and fields that entries share by name.

use tool_spec::SourceFile;

use crate::{edited, faults, fixture};

const CURSOR: &str = "      cursor: {type: string, about: Where the page before this one ended.}\n";
const IDS: &str = "ids:\n";

/// The plain fixture with this shared, and with this in the place of its cursor.
fn sharing(sections: &str, cursor: &str) -> Vec<SourceFile> {
    edited("plain", &[(IDS, &format!("{sections}{IDS}")), (CURSOR, cursor)])
}

const SHARED: &str = "params:\n  cursor: {type: string, about: Where the page before this one ended.}\n";

#[test]
fn what_is_shared_is_as_if_it_were_written_where_it_is_used() {
    let plain = format!("{:?}", tool_spec::load(&fixture("plain")).unwrap());
    let said = |cursor| format!("{:?}", tool_spec::load(&sharing(SHARED, cursor)).unwrap());
    assert_eq!(said("      cursor: shared\n"), plain);
    assert_eq!(said("      cursor: {shared: cursor}\n"), plain);
    let other = said("      cursor: {shared: cursor, about: Another sentence., max_length: 9}\n");
    assert!(other.contains("Another sentence.") && other.contains("max_length: Some(9)"), "{other}");
    let fields = "fields:\n  requestId: {type: string, about: The id by which Gong's support finds the request.}\n";
    let written = "requestId: {type: string, about: The id by which Gong's support finds the request.}";
    let files = edited("plain", &[(written, "requestId: shared"), (IDS, &format!("{fields}{IDS}"))]);
    assert_eq!(format!("{:?}", tool_spec::load(&files).unwrap()), plain);
}

#[test]
fn what_is_wrong_with_it_points_at_both_places() {
    let mut all = String::new();
    for (sections, cursor) in [
        (SHARED, "      cursor: {shared: curser}\n"),
        ("", "      cursor: shared\n"),
        (SHARED, "      cursor: share\n"),
        (SHARED, CURSOR),
        (SHARED, "      cursor: {shared: cursor, abuot: It.}\n"),
        (SHARED, "      cursor: {shared: cursor, max: 3}\n"),
        ("params:\n  cursor: {type: strng, about: It.}\n", "      cursor: shared\n"),
        ("params:\n  cursor: {type: string, max: 3, about: It.}\n", "      cursor: shared\n"),
        ("params:\n  cursor: {type: string, about: It}\n", "      cursor: shared\n"),
        ("params:\n  cursor: shared\n", "      cursor: shared\n"),
        ("params: [cursor]\n", "      cursor: shared\n"),
    ] {
        let line = |text: &str| text.lines().map(str::trim).collect::<Vec<_>>().join(" ⏎ ");
        let told = faults(&sharing(sections, cursor));
        all.push_str(&format!("## {}  |  {}\n{told}\n", line(sections), line(cursor)));
    }
    insta::assert_snapshot!(all);
}
