//! What tests share: a tool that is no tool of Gong's.

use crate::catalog;
use crate::error::Result;
use crate::runtime::prelude::*;

/// Parameters of the tool to test with.
#[derive(Clone, Debug, Default)]
pub(crate) struct ExampleList {
    cursor: Option<String>,
}

impl Tool for ExampleList {
    type Answer = serde_json::Value;
    const TOOL: &'static catalog::Tool = &catalog::EXAMPLE;

    fn read(&mut self, input: &mut Input<'_>) {
        input.take("cursor", &mut self.cursor);
    }

    fn check(&self, _: &mut Check<'_>) {}

    async fn run(&self, run: &mut Run<'_>) -> Result<serde_json::Value> {
        run.send(Request::get("/v2/example").query("cursor", &self.cursor)).await?.decode()
    }
}
