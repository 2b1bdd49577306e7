use super::*;

#[test]
fn the_first_clause_is_what_a_model_needs_first() {
    assert_eq!(
        first_clause("Calls from this instant on; left out, all of them. A `call` id."),
        "Calls from this instant on"
    );
    assert_eq!(first_clause("Lists calls.\nMore."), "Lists calls");
}

#[test]
fn a_schema_says_what_to_give_and_leaves_the_rest_to_the_check() {
    let tool = gong_client::catalog::tool("gong_engage_digital_interactions_create").unwrap();
    insta::assert_json_snapshot!(Value::Object(input_schema(tool)));
}

#[test]
fn a_value_of_several_types_is_listed_with_the_one_that_takes_them_all() {
    let tool = gong_client::catalog::tool("gong_crm_integration_delete").unwrap();
    assert_eq!(schema::input(tool)["properties"]["integration_id"]["type"], serde_json::json!(["integer", "string"]));
    assert_eq!(input_schema(tool)["properties"]["integration_id"]["type"], "string");
}
