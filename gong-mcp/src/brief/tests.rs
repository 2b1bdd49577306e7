use super::*;
use serde_json::json;

#[test]
fn the_first_clause_is_what_a_model_needs_first() {
    assert_eq!(first_clause("Calls from this instant on; left out, all of them. A `call` id."), "Calls from this instant on");
    assert_eq!(first_clause("Lists calls.\nMore."), "Lists calls");
}

#[test]
fn tokens() {
    let tokenizer = tiktoken_rs::o200k_base().unwrap();
    let mut total = 0;
    let mut all = Vec::new();
    for tool in gong_client::catalog::tools() {
        let full: Value = serde_json::from_str(tool.input_schema).unwrap();
        let tool = json!({"name": tool.name, "title": tool.title, "description": first_clause(tool.description), "inputSchema": input_schema(&full),
          "annotations": {"readOnlyHint": true, "destructiveHint": false, "idempotentHint": true, "openWorldHint": true}});
        let n = tokenizer.encode_ordinary(&tool.to_string()).len();
        total += n;
        all.push((n, tool["name"].to_string()));
    }
    all.sort();
    println!("{total} {all:?}");
}
