//! What people slip on before a spec is one: YAML itself, and words that are right elsewhere. Each is reported where it
//! is, and not where a parser gave up.

use crate::{check, edited, told};

#[test]
fn yaml() {
    check(
        "yaml",
        "plain",
        &[
            &[("    method: list\n", "    method: [list\n")],
            &[("    effect: read\n", "\teffect: read\n")],
            &[("    effect: read\n", "    effect: &read read\n")],
            &[("    effect: read\n", "    effect: !read read\n")],
            &[("    title: List calls\n", "    title: List calls\n    title: All calls\n")],
            &[("  api:calls:read: Read calls.\n", "  api:calls:read: Read calls.\n---\na: b\n")],
        ],
    );
}

#[test]
fn slips_of_yaml() {
    let about = "    about: Lists calls that started in a range, oldest first, one page at a time.\n";
    let instead = |text: &'static str| [(about, text)];
    check(
        "slips_of_yaml",
        "plain",
        &[
            &[("    method: list\n", "\tmethod: list\n")],
            &[("    method: list\n", "  \t  method: list\n")],
            &[("    method: list\n", "     method: list\n")],
            &[("    title: List calls\n", "   title: List calls\n")],
            &[("    title: List calls\n", "      title: List calls\n")],
            &[("    method: list\n", "    method: \"list\n")],
            &[("    method: list\n", "    method: 'list\n")],
            &[("    method: list\n", "    method: {list\n")],
            &[("    method: list\n", "    method: list]\n"), ("    effect: read\n", "    effect: [read]]\n")],
            &instead("    about: @users of a company.\n"),
            &instead("    about: `Users` of a company.\n"),
            &instead("    about: %d users of a company.\n"),
            &instead("    about: Lists calls: the oldest first.\n"),
            &instead("    about: The users # to get.\n"),
            &instead("    about:\u{a0}Lists calls.\n"),
            &instead("    about: Lists\u{2009}calls.\n"),
        ],
    );
}

#[test]
fn types_of_other_languages() {
    let words = [
        "bool",
        "int",
        "float",
        "double",
        "object",
        "uuid",
        "binary",
        "str",
        "text",
        "datetime",
        "timestamp",
        "any",
        "dict",
        "array<string>",
        "List<string>",
        "Optional<string>",
        "string[]",
        "string?",
        "string|null",
        "array",
        "map",
        "enum",
    ];
    let there = "from_date_time: {type: date-time, required: true, about: The first instant.}";
    let told: String = words
        .iter()
        .map(|word| {
            let instead = format!("from_date_time: {{type: '{word}', required: true, about: The first instant.}}");
            let said = told(&edited("behaviours", &[(there, instead.as_str())]));
            let about = |line: &&str| line.starts_with("error") || line.contains("= help");
            format!("## {word}\n{}\n", said.lines().filter(about).collect::<Vec<_>>().join("\n"))
        })
        .collect();
    insta::assert_snapshot!("types_of_other_languages", told);
}

#[test]
fn numbers_and_truth_values_in_quotes() {
    check(
        "numbers_in_quotes",
        "behaviours",
        &[&[
            ("call_ids: {type: csv<id<call>>, min_items: 1,", "call_ids: {type: csv<id<call>>, min_items: \"1\","),
            ("unique: true, default: [parties]", "unique: 'true', default: [parties]"),
        ]],
    );
}
