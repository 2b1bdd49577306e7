//! Answers that would have a caller repeat a write, hold a secret or fill the memory.

use gong_client::{ErrorKind, catalog};
use gong_sandbox::{Fault, OWNER_EMAIL};
use serde_json::{Value, json};

use crate::support::{World, a_flow, free};

/// Writes, each with an input and the request that it ends with.
fn writes(world: &World) -> [(&'static str, Value, &'static str, String); 4] {
    let company = world.company();
    let owner = &company.owner().unwrap().id;
    let task = &company.open_tasks(owner)[0].id;
    let parties = json!([{"userId": owner}, {"emailAddress": "kim@example.com"}]);
    let event = json!({
        "event_name": "seen", "event_timestamp": "2026-11-20T09:30:00Z", "prospect_email": "kim@example.com"
    });
    let assign = json!({
        "crm_prospect_ids": free(&company, 1), "flow_id": a_flow(&company), "flow_instance_owner_email": OWNER_EMAIL
    });
    [
        (
            "gong_calls_create",
            json!({"actual_start": "2026-11-20T09:30:00Z", "parties": parties}),
            "POST",
            "/v2/calls".to_owned(),
        ),
        ("gong_engage_task_complete", json!({"task_id": task, "user_id": owner}), "PATCH", format!("/v2/tasks/{task}")),
        ("gong_engage_digital_interactions_create", event, "POST", "/v2/digital-interaction".to_owned()),
        ("gong_engage_prospects_assign", assign, "POST", "/v2/flows/prospects/assign".to_owned()),
    ]
}

#[tokio::test]
async fn a_write_that_ends_half_way_says_that_gong_may_have_acted() {
    for status in [408, 500, 502, 503, 504] {
        let world = World::new().await;
        for (tool, input, method, path) in writes(&world) {
            world.sandbox.inject(Fault::edge_page(status).on(method, path).times(20));
            let error = world.gong.call(tool, input).await.unwrap_err();
            assert!(error.may_have_been_sent(), "{tool} {status}");
            assert!(error.to_string().contains("Gong may have acted on the request"), "{tool} {status}: {error}");
        }
    }
}

#[tokio::test]
async fn a_write_whose_answer_cannot_be_read_says_that_it_was_done() {
    let world = World::new().await;
    for (tool, input, method, path) in writes(&world) {
        assert_ne!(catalog::tool(tool).unwrap().effect, catalog::Effect::Read);
        let odd = Fault::page(200, "application/json", "[]").after_the_work();
        world.sandbox.inject(odd.on(method, path).times(20));
        let error = world.gong.call(tool, input).await.unwrap_err();
        assert!(error.was_done(), "{tool}: {error}");
        assert!(error.to_string().contains("do not repeat the call"), "{tool}: {error}");
    }
}

#[tokio::test]
async fn an_answer_that_takes_more_memory_than_is_allowed_is_refused_with_both_figures() {
    let world = World::new().await;
    let gong = world.keyed().decoded_limit(1 << 20).build().unwrap();
    let items = vec!["{}"; 60_000].join(",");
    for body in [format!("{{\"users\": [{items}]}}"), format!("{{\"users\": [], \"more\": [{items}]}}")] {
        world.sandbox.inject(Fault::page(200, "application/json", body.clone()));
        let refused = gong.users().list().send().await;
        if body.contains("more") {
            assert!(refused.is_ok(), "what no field takes takes no room");
            continue;
        }
        let error = refused.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode);
        let told = error.to_string();
        assert!(told.contains(&body.len().to_string()) && told.contains("1048576"), "{told}");
    }
}
