//! Every tool is called typed, by its own example as the reference shows it in Rust, against the strict sandbox. The
//! calls are written by the build script from the spec.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]
#![allow(deprecated)] // what Gong has deprecated is called too

use gong_client::{BoxFuture, Client, catalog};
use gong_sandbox::{Builder, Sandbox};

type Result = std::result::Result<(), Box<dyn std::error::Error>>;
type Call = fn(Client) -> BoxFuture<'static, Result>;

include!(concat!(env!("OUT_DIR"), "/typed_examples.rs"));

/// A sandbox, and what came of a call in it.
async fn in_a_sandbox(builder: Builder, call: Call) -> Result {
    let sandbox = builder.start().await?;
    let client = Client::builder().api_key(sandbox.access_key(), sandbox.access_key_secret());
    let done = call(client.base_url(sandbox.base_url()).rate_limit(None).build()?).await;
    assert!(sandbox.violations().is_empty(), "Gong knows all that was sent: {:?}", sandbox.violations());
    done
}

fn status(done: &Result) -> Option<u16> {
    done.as_ref().err()?.downcast_ref::<gong_client::Error>()?.status()
}

#[tokio::test]
async fn the_example_of_every_tool_works_typed_or_the_sandbox_lacks_the_operation() {
    // Examples name files that lie where they are run. This program has this one test, so nothing else minds.
    let folder = tempfile::tempdir().unwrap();
    for tool in catalog::tools() {
        let example: serde_json::Value = serde_json::from_str(tool.example).unwrap();
        for param in tool.params.iter().filter(|param| param.format == Some("path")) {
            std::fs::write(folder.path().join(example[param.name].as_str().unwrap()), "{}\n").unwrap();
        }
    }
    std::env::set_current_dir(folder.path()).unwrap();

    assert_eq!(EXAMPLES.len(), catalog::tools().len());
    let mut faults = Vec::new();
    for (name, call) in EXAMPLES {
        let mut done = in_a_sandbox(Sandbox::builder(), *call).await;
        // What adds the one of which a company has one at most works where there is none yet.
        if status(&done) == Some(409) {
            done = in_a_sandbox(Sandbox::builder().crm_integration(false), *call).await;
        }
        match done {
            Err(_) if status(&done) == Some(501) => {}
            Err(error) => faults.push(format!("{name}: {error}")),
            Ok(()) => {}
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}
