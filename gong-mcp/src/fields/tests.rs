use gong_client::catalog;

use super::*;

fn picked(tool: &str, paths: &[&str], text: &str) -> String {
    let paths: Vec<String> = paths.iter().map(|path| (*path).to_owned()).collect();
    let fields = read(catalog::tool(tool).unwrap(), &paths).unwrap();
    let mut out = String::new();
    pick(&fields, text, &mut out);
    out
}

#[test]
fn of_an_item_the_named_fields_stay_through_objects_and_lists() {
    let parties = r#"[{"name":"Kim","userId":"1"},{"name":"Lee"}]"#;
    let call = format!(r#"{{"metaData":{{"id":"7","title":"A \"deal\"","url":"u"}},"parties":{parties}}}"#);
    assert_eq!(
        picked("gong_calls_get", &["metaData.title", "parties.name"], &call),
        r#"{"metaData":{"title":"A \"deal\""},"parties":[{"name":"Kim"},{"name":"Lee"}]}"#
    );
}

#[test]
fn a_path_may_begin_at_the_answer_too() {
    assert_eq!(picked("gong_users_list", &["users.id"], r#"{"id":"1","active":true}"#), r#"{"id":"1"}"#);
}

#[test]
fn every_path_that_leads_nowhere_is_told_with_what_there_is() {
    let paths = ["ttle", "metaData.strat", "metaData.title"].map(str::to_owned);
    let faults = read(catalog::tool("gong_calls_get").unwrap(), &paths).unwrap_err();
    assert_eq!(faults.len(), 2);
    assert!(faults[0].starts_with("`ttle` is no field of the answer; there is metaData, "), "{}", faults[0]);
    assert!(faults[1].contains("`metaData.strat`") && faults[1].contains(" started, "), "{}", faults[1]);
}

#[test]
fn fields_can_be_named_of_every_tool() {
    for tool in catalog::tools() {
        let schema: Value = serde_json::from_str(tool.output_schema).unwrap();
        let places = Places { schema: &schema };
        let root = tool.items.map_or(&schema, |items| places.member(&schema, items).unwrap());
        assert!(places.target(root).get("properties").is_some(), "{} has fields to pick", tool.name);
    }
}
