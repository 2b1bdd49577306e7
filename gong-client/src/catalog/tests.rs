//! Tests of `catalog`.

use super::*;
use crate::{Client, Upload};
use serde_json::Value;

#[tokio::test]
async fn every_example_is_taken() {
    let client = Client::builder().access_token("t").build().unwrap();
    for tool in tools() {
        let example: Value = serde_json::from_str(tool.example).unwrap();
        let mut call = client.call(tool.name, example.clone());
        for param in tool.params.iter().filter(|param| param.format == Some("path")) {
            call = call.file(param.name, Upload::from_bytes(example[param.name].as_str().unwrap(), *b"{}\n"));
        }
        let planned = call.dry_run().await.unwrap_or_else(|error| panic!("{error}"));
        assert!(!planned.is_empty(), "{}", tool.name);
        for schema in [tool.input_schema, tool.output_schema] {
            assert!(serde_json::from_str::<Value>(schema).unwrap().is_object(), "{}", tool.name);
        }
    }
}

#[test]
fn a_name_that_is_not_there_suggests_one_that_is() {
    let known = tools()[0].name;
    let error = tool(&format!("{known}s")).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::UnknownTool);
    assert!(error.to_string().ends_with(&format!("Did you mean `{known}`?")), "{error}");
}
