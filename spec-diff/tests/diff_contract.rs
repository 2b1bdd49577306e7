//! A real pair: the contract of 31 tools, and the wider list of the same server. Both are made into specs from what the
//! lists say, which is names, types and what is required.
// Helpers of tests may panic; Clippy's own exception knows test functions only.
#![allow(clippy::panic, clippy::indexing_slicing)]

mod diff_fixture;

use std::collections::BTreeMap;

use diff_fixture::{read, side};
use spec_diff::{Report, Side, Step, Version, Versions};
use tool_spec::source::SourceFile;

/// A spec in which each tool posts its parameters under their own names.
fn spec(list: &str) -> Side {
    let mut tools: BTreeMap<&str, Vec<[&str; 3]>> = BTreeMap::new();
    for row in list.lines().skip(1) {
        let cells: Vec<&str> = row.split(',').collect();
        let [tool, param, ty, required] = cells[..] else { panic!("a row of four cells: {row}") };
        let params = tools.entry(tool).or_default();
        if !param.is_empty() {
            params.push([param, ty, required]);
        }
    }
    let types =
        "Reply:\n  about: A reply.\n  fields:\n    requestId: {type: id<reply>, about: The id of the request.}\n";
    let mut text = "about: Tools.\ntools:\n".to_owned();
    tools.iter().for_each(|(tool, params)| text += &entry(tool, params));
    let service = read("spec/gong.yaml");
    let named = service.find("ids:\n").unwrap_or_else(|| panic!("the fixture has ids"));
    // These lists know no kinds of ids, so the one that there must be is a field of the reply.
    let service = format!("{}ids:\n  reply: A reply.\nscopes:\n  api:calls:read: Read calls.\n", &service[..named]);
    side(&[
        SourceFile { path: "spec/gong.yaml".to_owned(), text: service },
        SourceFile { path: "spec/tools/all.yaml".to_owned(), text },
        SourceFile { path: "spec/types/all.yaml".to_owned(), text: types.to_owned() },
    ])
}

fn entry(tool: &str, params: &[[&str; 3]]) -> String {
    let short = tool.trim_start_matches("gong_");
    let mut out =
        format!("  {tool}:\n    method: {short}\n    title: A tool\n    about: Does something.\n    effect: write\n");
    let mut body = String::new();
    if !params.is_empty() {
        out += "    params:\n";
        body += "      body:\n";
    }
    for [name, ty, required] in params {
        out += &format!("      {name}: {{type: {}, required: {required}, about: Something.}}\n", word(ty));
        body += &format!("        {name}: ${name}\n");
    }
    out += &format!("    request:\n      post: /v2/{short}\n      scope: api:calls:read\n{body}    answer: Reply\n");
    let example: Vec<String> = params
        .iter()
        .filter(|param| param[2] == "true")
        .map(|[name, ty, _]| format!("{name}: {}", sample(ty)))
        .collect();
    out + &format!("    example: {{{}}}\n", example.join(", "))
}

fn word(ty: &str) -> String {
    match ty.strip_prefix("array<").and_then(|of| of.strip_suffix('>')) {
        Some(of) => format!("list<{}>", word(of)),
        None if ty == "object" => "json".to_owned(),
        None => ty.to_owned(),
    }
}

fn sample(ty: &str) -> &'static str {
    match ty {
        "string" => "text",
        "integer" | "number" => "1",
        "boolean" => "true",
        "object" => "{}",
        _ => "[]",
    }
}

#[test]
fn the_wider_list_has_eighteen_tools_more_and_one_parameter() {
    let (base, head) = (spec(&read("published.csv")), spec(&read("wider.csv")));
    assert_eq!((base.spec.tools().count(), head.spec.tools().count()), (31, 49));
    let version = Version { major: 1, minor: 0, patch: 0 };
    let report = Report::of(&base, &head, Some(Versions { base: version, head: version }));
    let count = |id: &str| report.findings.iter().filter(|finding| finding.rule.id == id).count();
    assert_eq!(count("tool-added"), 18);
    assert_eq!(count("param-added-optional"), 1);
    assert_eq!(report.findings.len(), 19);
    assert_eq!(report.step(), Some(Step::Minor));
    assert_eq!(report.needed().map(|version| version.to_string()), Some("1.1.0".to_owned()));
}

#[test]
fn going_back_breaks() {
    let report = Report::of(&spec(&read("wider.csv")), &spec(&read("published.csv")), None);
    assert_eq!(report.findings.len(), 19);
    assert_eq!(report.step(), Some(Step::Major));
}
