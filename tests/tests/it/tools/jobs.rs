//! Jobs that are waited for: until they are done, failed, or time has run out, on the client's own clock.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use gong_client::{Backoff, ErrorKind};
use gong_sandbox::{Fault, Sandbox};
use serde_json::{Value, json};

use crate::support::{World, a_flow};

const STATUS: &str = "gong_engage_prospects_bulk_assign_status";

/// Begins a bulk assignment and says by which id it is asked for.
async fn begun(world: &World) -> String {
    let company = world.company();
    let input = json!({
        "crm_prospect_ids": [company.free_prospects()[0].crm_id],
        "flow_id": a_flow(&company),
        "flow_instance_owner_email": company.owner().unwrap().email,
    });
    let answer = world.gong.call("gong_engage_prospects_bulk_assign", input).await.unwrap();
    world.sandbox.clear_requests();
    answer["id"].as_str().unwrap().to_owned()
}

/// That the job stands like this, so often.
fn stands(world: &World, status: &Value, times: usize) {
    let answer = json!({"requestId": "r-7", "id": "j", "status": status, "results": []});
    world.sandbox.inject(Fault::page(200, "application/json", answer.to_string()).times(times));
}

fn asked(world: &World) -> usize {
    world.sandbox.requests().len()
}

#[tokio::test]
async fn a_job_is_waited_for_until_it_is_done_and_its_answers_are_seen_on_the_way() {
    let world = World::new().await;
    let id = begun(&world).await;
    let seen = Arc::new(Mutex::new(Vec::new()));
    let seen_too = seen.clone();
    let progress = move |job: &gong_client::models::BulkAssignment| {
        seen_too.lock().unwrap().push(job.status.as_ref().unwrap().as_str().to_owned());
    };
    let done =
        world.gong.engage_prospects().bulk_assign_status().assignment_id(&id).wait().progress(progress).await.unwrap();
    assert_eq!((done.processed_count, done.results.len()), (done.total_count, 1));
    let seen = seen.lock().unwrap().clone();
    assert_eq!((seen.len(), seen.last().map(String::as_str)), (asked(&world), Some("COMPLETED")));
    assert!(seen[..seen.len() - 1].iter().all(|status| status == "PENDING" || status == "IN_PROGRESS"), "{seen:?}");
}

#[tokio::test]
async fn by_name_a_job_is_waited_for_likewise() {
    let world = World::new().await;
    let id = begun(&world).await;
    let done = world.gong.call(STATUS, json!({"assignment_id": id})).wait().await.unwrap();
    assert_eq!(done["status"], "COMPLETED");
    let input = json!({"assignment_id": id}).to_string();
    let done = world.gong.call_text(STATUS, &input).wait().await.unwrap();
    assert_eq!(serde_json::from_str::<Value>(&done).unwrap()["status"], "COMPLETED");
}

#[tokio::test]
async fn a_job_that_never_ends_is_told_with_how_it_stood_and_how_to_go_on() {
    let world = World::new().await;
    stands(&world, &json!("IN_PROGRESS"), 99);
    let error = world.gong.call(STATUS, json!({"assignment_id": "j"})).wait().await.unwrap_err();
    assert_eq!((error.kind(), error.is_retryable(), error.request_id()), (ErrorKind::Timeout, true, Some("r-7")));
    assert_eq!(
        error.to_string(),
        "gong_engage_prospects_bulk_assign_status: the job had not ended after 600 seconds: `status` was last \
         IN_PROGRESS. Gong goes on with it: wait for it again, or for longer. (Gong's request r-7)"
    );
    assert_eq!(asked(&world), 26, "the pauses grow");
}

#[tokio::test]
async fn the_pause_and_the_time_are_the_callers() {
    let world = World::new().await;
    stands(&world, &json!("PENDING"), 99);
    let status = || world.gong.engage_prospects().bulk_assign_status().assignment_id("j");
    let wait = status().wait().every(Duration::from_secs(10)).timeout(Duration::from_secs(35));
    let error = wait.await.unwrap_err();
    assert!(error.to_string().contains("after 35 seconds"), "{error}");
    assert_eq!(asked(&world), 5, "at 0, 10, 20, 30 and, for the last time, 35 seconds");

    world.sandbox.clear_requests();
    status().wait().timeout(Duration::ZERO).await.unwrap_err();
    assert_eq!(asked(&world), 1, "without time it is asked once");
    world.sandbox.clear_requests();
    let unlimited = world.keyed().rate_limit(None).build().unwrap();
    let status = || unlimited.engage_prospects().bulk_assign_status().assignment_id("j");
    status().wait().every(Duration::ZERO).timeout(Duration::from_secs(1)).await.unwrap_err();
    assert_eq!(asked(&world), 11, "no pause is shorter than a tenth of a second");
}

#[tokio::test]
async fn a_job_that_failed_is_an_error_with_what_gong_says_of_it_and_no_secret() {
    let world = World::new().await;
    stands(&world, &json!("PENDING"), 1);
    let secret = world.sandbox.access_key_secret();
    let answer = json!({"requestId": "r-8", "id": "j", "status": "FAILED", "why": format!("no flow {secret}")});
    world.sandbox.inject(Fault::page(200, "application/json", answer.to_string()));
    let error = world.gong.call(STATUS, json!({"assignment_id": "j"})).wait().await.unwrap_err();
    assert_eq!((error.kind(), error.is_retryable(), error.status()), (ErrorKind::JobFailed, false, Some(200)));
    let said = error.to_string();
    assert!(said.contains("the job failed: `status` is FAILED. Gong says: {") && said.contains("no flow <hidden>"));
    assert_eq!(error.answer().unwrap().json().unwrap()["why"], "no flow <hidden>");
    assert!(!format!("{error:?}").contains(secret) && !said.contains(secret), "{said}");
    assert_eq!(asked(&world), 2);
}

#[tokio::test]
async fn a_status_that_is_not_known_does_not_end_the_wait_and_is_told_when_time_has_run_out() {
    for (status, told) in [
        (json!("PAUSED"), "`status` was last PAUSED, which this version does not know: it may be an end of the job."),
        (json!(null), "the last answer does not say how it stands (it has no `status`)."),
        (json!(7), "`status` was last 7, which this version does not know: it may be an end of the job."),
    ] {
        let world = World::new().await;
        stands(&world, &status, 2);
        stands(&world, &json!("COMPLETED"), 1);
        let wait = || world.gong.engage_prospects().bulk_assign_status().assignment_id("j").wait();
        wait().await.unwrap();
        assert_eq!(asked(&world), 3);

        stands(&world, &status, 99);
        let error = wait().await.unwrap_err();
        assert!(error.to_string().contains(told), "{error}");
    }
}

#[tokio::test]
async fn what_goes_wrong_on_the_way_is_tried_again_and_what_does_not_pass_says_how_the_job_stood() {
    let world = World::with(Sandbox::builder()).await;
    let id = begun(&world).await;
    for fault in [Fault::unavailable(), Fault::too_many_requests(7), Fault::reset_after_the_work()] {
        world.sandbox.inject(fault);
    }
    world.gong.engage_prospects().bulk_assign_status().assignment_id(&id).wait().await.unwrap();

    let gong = world.keyed().retry(Arc::new(Backoff::never())).build().unwrap();
    let wait = || gong.engage_prospects().bulk_assign_status().assignment_id("j").wait();
    stands(&world, &json!("IN_PROGRESS"), 1);
    world.sandbox.inject(Fault::unavailable());
    let error = wait().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Server);
    assert!(error.to_string().contains("The job itself goes on: `status` was last IN_PROGRESS."), "{error}");

    let error = wait().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotFound);
    assert!(!error.to_string().contains("goes on"), "nothing is known of the job: {error}");
}

#[tokio::test]
async fn only_a_tool_that_tells_of_a_job_can_be_waited_for() {
    let world = World::new().await;
    let error = world.gong.call("gong_users_list", json!({})).wait().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidInput);
    assert_eq!(error.to_string(), "gong_users_list: it tells of no job that could be waited for.");
    let error = world.gong.call(STATUS, json!({})).wait().await.unwrap_err();
    assert_eq!((error.violations().len(), asked(&world)), (1, 0), "the input is checked as ever");
    let jobs = gong_client::catalog::tools().iter().filter_map(|tool| tool.job);
    assert!(jobs.clone().count() > 0 && jobs.clone().all(|job| !job.done.is_empty()));
}
