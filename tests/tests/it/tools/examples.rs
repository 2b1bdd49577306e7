//! Each tool by its own example, so that a tool which is only in the spec is tested too: the example is taken, a dry
//! run of it shows what its entry says is sent, and it works in the sandbox, whose company has what examples name.
//! Where the sandbox lacks the operation it says so, and where it has it, the scopes of the entry are all that is
//! needed.

use gong_client::{Client, Method, catalog};
use gong_sandbox::Sandbox;
use serde_json::Value;

use super::each::fits;
use crate::support::{World, confirmed, with_files};

fn example(tool: &catalog::Tool) -> Value {
    serde_json::from_str(tool.example).unwrap()
}

/// Whether a path is one of this pattern, such as `/v2/calls/{id}`.
fn is_of(path: &str, pattern: &str) -> bool {
    let (path, pattern): (Vec<&str>, Vec<&str>) = (path.split('/').collect(), pattern.split('/').collect());
    let same = |(step, pattern): (&&str, &&str)| pattern.contains('{') || step == pattern;
    path.len() == pattern.len() && path.iter().zip(&pattern).all(same)
}

#[tokio::test]
async fn the_example_of_every_tool_is_planned_as_its_entry_says() {
    let world = World::new().await;
    for tool in catalog::tools() {
        fits(tool.input_schema, &example(tool));
        let planned =
            with_files(&world.gong, tool, example(tool)).dry_run().await.unwrap_or_else(|error| panic!("{error}"));
        let asked = tool.asks.iter().filter_map(|name| catalog::tool(name).ok()).flat_map(|tool| tool.requests);
        let routes: Vec<_> = tool.requests.iter().chain(asked).collect();
        for request in &planned {
            let path = request.url.trim_start_matches(world.sandbox.base_url()).split('?').next().unwrap();
            let known = routes.iter().any(|route| route.method == request.method.as_str() && is_of(path, route.path));
            assert!(known, "{}: {} {path} is none of {routes:?}", tool.name, request.method);
        }
        assert!(!planned.is_empty(), "{} sends nothing", tool.name);
    }
}

#[tokio::test]
async fn the_example_of_every_tool_works_in_the_sandbox_within_its_scopes_or_the_sandbox_lacks_the_operation() {
    let mut faults = Vec::new();
    for tool in catalog::tools() {
        let asked = tool.asks.iter().filter_map(|name| catalog::tool(name).ok()).flat_map(|tool| tool.scopes);
        let scopes: Vec<&str> = tool.scopes.iter().chain(asked).copied().collect();
        let world = World::new().await;
        let mut answer = confirmed(&world.with_scopes(&scopes), tool.name, example(tool)).await;
        // What adds the one of which a company has one at most works where there is none yet.
        let bare = World::with(Sandbox::builder().crm_integration(false)).await;
        if answer.as_ref().is_err_and(|error| error.status() == Some(409)) {
            answer = confirmed(&bare.with_scopes(&scopes), tool.name, example(tool)).await;
        }
        match answer {
            Ok(answer) => fits(tool.output_schema, &answer),
            Err(error) if error.status() == Some(501) => {}
            Err(error) => faults.push(format!("{}: {error}", tool.name)),
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[tokio::test]
async fn a_sandbox_tells_an_operation_that_it_lacks_from_one_that_finds_nothing() {
    let sandbox = Sandbox::start().await.unwrap();
    let gong = Client::builder().base_url(sandbox.base_url()).access_token(sandbox.access_token());
    let error = gong.build().unwrap().request(Method::Get, "/v2/brand-new").send().await.unwrap_err();
    assert_eq!(error.status(), Some(501), "{error}");
    assert!(error.to_string().contains("GET /v2/brand-new"), "{error}");
}
