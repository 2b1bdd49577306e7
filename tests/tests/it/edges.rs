//! The edges of behaviours: what happens in the middle, at the limit, and when "nothing" is an answer.

use std::time::Duration;

use gong_client::{ErrorKind, catalog};
use gong_sandbox::company::FlowInstance;
use gong_sandbox::{Company, Fault, OWNER_EMAIL};
use serde_json::{Value, json};

use crate::support::{Stage, at, same};

const ASSIGN: &str = "/v2/flows/prospects/assign";
const LOOK_UP: &str = "/v2/flows/prospects";
const END: &str = "/v2/flows/prospects/unassign-flows-by-instance-id";
const TAKE_OUT: &str = "/v2/flows/prospects/unassign-flows-by-crm-id";

fn open_instance(company: &Company) -> FlowInstance {
    company.flow_instances.iter().find(|instance| instance.is_open()).unwrap().clone()
}

fn flow(company: &Company) -> String {
    company.flows.iter().find(|flow| flow.owner_id.is_none() && !flow.exclusive).unwrap().id.clone()
}

fn prospects(company: &Company, count: usize) -> Vec<String> {
    company.prospects.iter().take(count).map(|prospect| prospect.crm_id.clone()).collect()
}

/// The call that an error's text asks for: a tool, and its input.
fn remedy(told: &str) -> (&'static str, Value) {
    let tools = catalog::tools().iter().map(|tool| tool.name);
    let (start, name) =
        tools.filter_map(|name| Some((told.rfind(&format!("call {name} with "))?, name))).next().unwrap();
    let input = &told[start + format!("call {name} with ").len()..];
    (name, serde_json::Deserializer::from_str(input).into_iter().next().unwrap().unwrap())
}

#[tokio::test]
async fn the_input_that_finishes_a_restart_can_be_used_whatever_is_in_the_values() {
    let stage = Stage::new().await;
    let instance = open_instance(&stage.company());
    let values = json!({"recipient.first_name": "Kim \"K.\" {flow_id} O'Neil\\", "note": "one\ntwo 😀"});
    stage.sandbox.inject(Fault::refuse(400, "not today").on("POST", ASSIGN));
    let input = json!({"flow_instance_id": instance.id, "field_values": values, "restart_flow": true});
    let error = stage.gong.call("gong_engage_flow_content_override", input).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::BadRequest);
    assert_eq!(error.completed().len(), 2, "the look-up and the end of the instance");

    let (tool, input) = remedy(&error.to_string());
    stage.gong.call(tool, input).await.unwrap();
    let company = stage.company();
    let now = company.open_instances(&instance.crm_prospect_id).find(|one| one.flow_id == instance.flow_id).unwrap();
    let given = now.overrides.as_ref().unwrap()["flowInstanceVariables"].as_array().unwrap();
    let pairs = given.iter().map(|one| (one["name"].as_str().unwrap(), one["value"].as_str().unwrap()));
    same(pairs, values.as_object().unwrap().iter().map(|(name, value)| (name.as_str(), value.as_str().unwrap())));
}

#[tokio::test]
async fn a_restart_whose_last_answer_is_lost_says_so_and_the_remedy_does_no_harm() {
    let stage = Stage::new().await;
    let instance = open_instance(&stage.company());
    stage.sandbox.inject(Fault::reset_after_the_work().on("POST", ASSIGN));
    let restart = stage.gong.engage_flows().override_content(&instance.id, [("a", "b")]).restart_flow(true);
    let error = restart.send().await.unwrap_err();
    assert!(error.may_have_been_sent() && !error.is_retryable());
    let (tool, input) = remedy(&error.to_string());
    stage.gong.call(tool, input).await.unwrap();
    let company = stage.company();
    let open = company.open_instances(&instance.crm_prospect_id).filter(|one| one.flow_id == instance.flow_id);
    assert_eq!(open.count(), 1, "the prospect is in the flow once");
}

#[tokio::test]
async fn a_restart_that_fails_before_its_last_step_starts_nothing() {
    let stage = Stage::new().await;
    let instance = open_instance(&stage.company());
    stage.sandbox.inject(Fault::refuse(400, "not today").on("POST", END));
    let restart = stage.gong.engage_flows().override_content(&instance.id, [("a", "b")]).restart_flow(true);
    let told = restart.send().await.unwrap_err().to_string();
    assert!(told.contains("Nothing was started anew") && told.contains(&instance.crm_prospect_id), "{told}");
    assert_eq!(stage.sent(), [format!("POST {LOOK_UP}"), format!("POST {END}")]);
    assert!(stage.company().flow_instances.iter().find(|one| one.id == instance.id).unwrap().is_open());
}

#[tokio::test]
async fn a_flow_that_a_prospect_has_finished_is_not_started_again() {
    let stage = Stage::new().await;
    let company = stage.company();
    let over = company.flow_instances.iter().find(|instance| !instance.is_open()).unwrap();
    let restart = stage.gong.engage_flows().override_content(&over.id, [("a", "b")]).restart_flow(true);
    let told = restart.send().await.unwrap_err().to_string();
    assert!(told.contains("nothing was started anew"), "{told}");
    assert_eq!(stage.bodies(ASSIGN), [] as [Value; 0]);
}

#[tokio::test]
async fn two_hundred_prospects_are_two_full_requests_and_keep_their_order() {
    let stage = Stage::new().await;
    let company = stage.company();
    let ids = prospects(&company, 200);
    let answer = stage.gong.engage_prospects().assign(&ids, flow(&company), OWNER_EMAIL).send().await.unwrap();
    let sizes = stage.bodies(ASSIGN).into_iter().map(|body| body["crmProspectsIds"].as_array().unwrap().len());
    assert_eq!(sizes.collect::<Vec<_>>(), [100, 100]);
    let taken: Vec<&str> =
        answer.prospects_assigned.iter().map(|one| one.crm_prospect_id.as_ref().unwrap().as_str()).collect();
    let refused: Vec<&str> =
        answer.prospects_not_assigned.iter().map(|one| one.crm_prospect_id.as_ref().unwrap().as_str()).collect();
    assert!(!refused.is_empty(), "some of them cool off or are in an exclusive flow");
    same(taken.iter().chain(&refused).copied(), ids.iter().map(String::as_str));
    let place = |id: &&str| ids.iter().position(|known| known == id);
    assert!(taken.is_sorted_by_key(place) && refused.is_sorted_by_key(place));
    assert_eq!(answer.raw().len(), 2);
}

#[tokio::test]
async fn a_second_chunk_that_gong_refuses_leaves_the_answer_of_the_first() {
    let stage = Stage::new().await;
    let company = stage.company();
    stage.second_fails(ASSIGN, Fault::refuse(400, "enough"));
    let assign = stage.gong.engage_prospects().assign(prospects(&company, 150), flow(&company), OWNER_EMAIL);
    let error = assign.send().await.unwrap_err();
    assert_eq!((error.kind(), error.messages()), (ErrorKind::BadRequest, &["enough".to_owned()][..]));
    let [first] = error.completed() else { panic!("one answer: {error}") };
    let first = first.json().unwrap();
    let told =
        first["prospectsAssigned"].as_array().unwrap().len() + first["prospectsNotAssigned"].as_array().unwrap().len();
    assert_eq!(told, 100);
    assert!(error.to_string().contains("One request"), "{error}");
}

#[tokio::test]
async fn a_failure_in_the_middle_leaves_the_others_their_outcomes() {
    let stage = Stage::new().await;
    stage.second_fails(TAKE_OUT, Fault::refuse(400, "stuck"));
    let company = stage.company();
    let out = stage.gong.engage_prospects().unassign(prospects(&company, 3), flow(&company)).send().await.unwrap();
    let errors: Vec<bool> = out.outcomes.iter().map(|outcome| outcome.error.is_some()).collect();
    assert_eq!(errors, [false, true, false]);
    assert!(out.outcomes[1].error.as_ref().unwrap().contains("stuck"));
    same(out.outcomes.iter().map(|outcome| outcome.crm_prospect_id.to_string()), prospects(&company, 3));
}

#[tokio::test]
async fn a_failure_that_all_would_share_leaves_the_rest_untried_and_says_so() {
    let stage = Stage::new().await;
    stage.second_fails(TAKE_OUT, Fault::refuse(401, "access token has been revoked"));
    let company = stage.company();
    let out = stage.gong.engage_prospects().unassign(prospects(&company, 4), flow(&company)).send().await.unwrap();
    assert_eq!(stage.bodies(TAKE_OUT).len(), 2);
    let last = out.outcomes[3].error.as_ref().unwrap();
    assert!(out.outcomes[0].error.is_none() && last.starts_with("not tried"), "{out:?}");

    stage.sandbox.clear_requests();
    stage.sandbox.inject(Fault::refuse(401, "access token has been revoked").on("POST", TAKE_OUT));
    let error =
        stage.gong.engage_prospects().unassign(prospects(&company, 4), flow(&company)).send().await.unwrap_err();
    assert_eq!(
        (error.kind(), stage.sent().len()),
        (ErrorKind::Unauthenticated, 1),
        "nothing was done, so it is an error"
    );
}

#[tokio::test]
async fn a_look_up_is_remembered_for_five_minutes() {
    let stage = Stage::new().await;
    let look_ups = || stage.sent().into_iter().filter(|line| line == "GET /v2/users").count();
    stage.gong.engage_tasks().list(OWNER_EMAIL).send().await.unwrap();
    assert_eq!(look_ups(), 3, "250 users are three pages");
    stage.clock.advance(Duration::from_secs(4 * 60));
    stage.gong.engage_tasks().list(OWNER_EMAIL).send().await.unwrap();
    assert_eq!(look_ups(), 3);
    stage.clock.advance(Duration::from_secs(60));
    stage.gong.engage_tasks().list(OWNER_EMAIL).send().await.unwrap();
    assert_eq!(look_ups(), 6);
}

#[tokio::test]
async fn a_task_of_somebody_else_or_of_nobody_is_an_error() {
    let stage = Stage::new().await;
    let company = stage.company();
    let owner = company.owner().unwrap();
    let task = company.open_tasks(&owner.id)[0];
    let other = &company.users[0].id;
    let error = stage.gong.engage_tasks().complete(&task.id).user_id(other).send().await.unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::Forbidden, Some(403)));
    let error = stage.gong.engage_tasks().skip("1").user_id(&owner.id).send().await.unwrap_err();
    assert_eq!((error.kind(), error.messages()), (ErrorKind::NotFound, &["TaskId not found".to_owned()][..]));
    let error = stage.gong.engage_tasks().skip("1").user_email("nobody@example.com").send().await.unwrap_err();
    assert!(error.to_string().contains("nobody@example.com"), "{error}");
}

#[tokio::test]
async fn an_id_stays_in_its_place_of_the_path() {
    let stage = Stage::new().await;
    for (id, path) in [("a/b?c#d", "a%2Fb%3Fc%23d"), ("../../users", "..%2F..%2Fusers"), ("%2e%2e", "%252e%252e")] {
        stage.sandbox.clear_requests();
        let error = stage.gong.engage_prospects().bulk_assign_status(id).send().await.unwrap_err();
        assert_eq!(error.messages(), [format!("Flow prospects bulk assignment {id} not found")]);
        assert_eq!(stage.sent(), [format!("GET /v2/flows/prospects/bulk-assignments/{path}")]);
    }
    stage.sandbox.clear_requests();
    for id in ["..", ".", "", " "] {
        let error = stage.gong.engage_prospects().bulk_assign_status(id).send().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::RefusedInput, "{id:?}");
    }
    assert_eq!(stage.sent(), [] as [&str; 0]);
}

/// A tool, an input that matches nothing, and the list that is empty then.
const NOTHING: [(&str, &str, &str); 7] = [
    ("gong_calls_list", r#"{"to_date_time": "2001-01-01T00:00:00Z"}"#, "calls"),
    ("gong_calls_list", r#"{"call_ids": "1,2"}"#, "calls"),
    ("gong_calls_get", r#"{"call_ids": ["1"]}"#, "calls"),
    ("gong_calls_transcript_get", r#"{"call_ids": ["1"]}"#, "callTranscripts"),
    ("gong_users_get", r#"{"user_ids": ["1"]}"#, "users"),
    (
        "gong_stats_interaction",
        r#"{"from_date_time": "2001-01-01T00:00:00Z", "to_date_time": "2001-02-01T00:00:00Z"}"#,
        "peopleInteractionStats",
    ),
    (
        "gong_stats_user_actions",
        r#"{"from_date_time": "2001-01-01T00:00:00Z", "to_date_time": "2001-02-01T00:00:00Z"}"#,
        "answeredScorecards",
    ),
];

#[tokio::test]
async fn a_404_that_says_nothing_matched_is_an_empty_answer() {
    let stage = Stage::new().await;
    for (tool, input, list) in NOTHING {
        let answer = stage.gong.call(tool, serde_json::from_str(input).unwrap()).await.unwrap();
        assert_eq!(answer[list], json!([]), "{tool}");
        assert_eq!(answer.raw()[0].status(), 404, "{tool}");
        assert!(answer.request_id().is_some() && answer["requestId"].is_string(), "{tool}");
    }
}

#[tokio::test]
async fn the_same_requests_take_any_other_404_for_an_error() {
    let stage = Stage::new().await;
    for (tool, input, _) in NOTHING {
        stage.sandbox.inject(Fault::refuse(404, "Not Found"));
        let error = stage.gong.call(tool, serde_json::from_str(input).unwrap()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NotFound, "{tool}");
    }
    for (tool, input) in [
        ("gong_trackers_list", json!({"workspace_id": "1"})),
        ("gong_library_folder_content_get", json!({"folder_id": "1"})),
        (
            "gong_engage_prospects_assign",
            json!({"crm_prospect_ids": ["1"], "flow_id": "1", "flow_instance_owner_email": OWNER_EMAIL}),
        ),
    ] {
        let error = stage.gong.call(tool, input).await.unwrap_err();
        assert_eq!((error.kind(), error.status()), (ErrorKind::NotFound, Some(404)), "{tool}");
    }
}

#[tokio::test]
async fn folders_that_are_not_there_are_an_empty_list() {
    let stage = Stage::new().await;
    let folders = stage.gong.library().folders().workspace_id("1").send().await.unwrap();
    assert!(folders.folders.is_empty());
    let error = stage.gong.library().folders().send().await.unwrap_err();
    assert_eq!(error.messages(), ["workspaceId parameter is missing"], "a company of two must say which");
}

#[tokio::test]
async fn a_range_is_the_days_as_they_are_written_whatever_the_offset() {
    let stage = Stage::new().await;
    for (from, to, days) in [
        ("2026-11-01T00:00:00+14:00", "2026-11-03T00:00:00+14:00", ["2026-11-01", "2026-11-03"]),
        ("2026-11-01T23:59:59-11:00", "2026-11-03T00:00:01-11:00", ["2026-11-01", "2026-11-04"]),
        ("2026-11-19T00:00:00Z", "2026-11-20T19:00:00Z", ["2026-11-19", "2026-11-20"]),
    ] {
        for report in ["scorecards", "aggregate"] {
            stage.sandbox.clear_requests();
            let input = json!({"from_date_time": from, "to_date_time": to, "report": report});
            stage.gong.call("gong_stats_user_actions", input).await.unwrap();
            let filter = stage.only_body()["filter"].clone();
            let sent = if report == "aggregate" { ["fromDate", "toDate"] } else { ["callFromDate", "callToDate"] };
            assert_eq!(sent.map(|name| filter[name].as_str().unwrap().to_owned()), days, "{report} {from} {to}");
        }
    }
}

#[tokio::test]
async fn the_same_e_mail_event_is_taken_once() {
    let stage = Stage::new().await;
    let report = |link: &str| {
        stage.gong.call(
            "gong_engage_email_activity_report",
            json!({
                "email_id": "m-1", "event_type": "EMAIL_LINK_CLICKED", "event_timestamp": "2026-11-20T09:30:00Z",
                "prospect_email": "kim@example.com", "link_url": link,
            }),
        )
    };
    report("https://example.com/a").await.unwrap();
    report("https://example.com/b").await.unwrap();
    let error = report("https://example.com/a").await.unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::Conflict, Some(409)));
    assert_eq!(stage.company().digital_interactions.len(), 2);
}

#[tokio::test]
async fn a_call_with_the_same_unique_id_is_added_once() {
    let stage = Stage::new().await;
    let host = gong_client::models::Party::new().user_id(&stage.company().owner().unwrap().id);
    let call = stage.gong.calls().create(at("2026-11-20T15:00:00Z")).client_unique_id("x").parties([host]);
    call.clone().send().await.unwrap();
    assert_eq!(call.send().await.unwrap_err().kind(), ErrorKind::Conflict);
}
