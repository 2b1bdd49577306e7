//! What makes prospects go into flows and out of them against Gong as it is: chunks of a hundred, one request each, and
//! what happens in the middle of either.

use gong_client::ErrorKind;
use gong_sandbox::{Company, Fault, OWNER_EMAIL};
use serde_json::{Value, json};

use crate::support::{World, a_flow, confirmed, each, free, same};

const ASSIGN: &str = "/v2/flows/prospects/assign";
const TAKE_OUT: &str = "/v2/flows/prospects/unassign-flows-by-crm-id";

fn prospects(company: &Company, count: usize) -> Vec<String> {
    company.prospects.iter().take(count).map(|prospect| prospect.crm_id.clone()).collect()
}

/// How many prospects a request is about.
fn chunk(body: &Value) -> usize {
    body["crmProspectsIds"].as_array().unwrap().len()
}

#[tokio::test]
async fn two_hundred_prospects_are_two_full_requests_and_keep_their_order() {
    let world = World::new().await;
    let company = world.company();
    let ids = prospects(&company, 200);
    let answer = world
        .gong
        .engage_prospects()
        .assign()
        .crm_prospect_ids(&ids)
        .flow_id(a_flow(&company))
        .flow_instance_owner_email(OWNER_EMAIL)
        .send()
        .await
        .unwrap();
    assert_eq!(world.bodies(ASSIGN).iter().map(chunk).collect::<Vec<_>>(), [100, 100]);
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
    let world = World::new().await;
    let company = world.company();
    let ids = free(&company, 150);
    world.fails_after(1, ASSIGN, Fault::refuse(400, "enough"));
    let assign = world
        .gong
        .engage_prospects()
        .assign()
        .crm_prospect_ids(&ids)
        .flow_id(a_flow(&company))
        .flow_instance_owner_email(OWNER_EMAIL);
    let error = assign.send().await.unwrap_err();
    assert_eq!((error.kind(), error.messages()), (ErrorKind::BadRequest, &["enough".to_owned()][..]));
    let [first] = error.completed() else { panic!("one answer: {error}") };
    let first = first.json().unwrap();
    assert_eq!(each(&first["prospectsAssigned"], "crmProspectId"), ids[..100]);
    assert_eq!(world.bodies(ASSIGN).iter().map(chunk).collect::<Vec<_>>(), [100, 50]);
    assert!(error.to_string().contains("One request of this call had been answered before"), "{error}");
}

#[tokio::test]
async fn an_owner_that_gong_needs_and_the_contract_lacks_is_asked_for_before_the_wire() {
    let world = World::new().await;
    let company = world.company();
    for tool in ["gong_engage_prospects_assign_cool_off_override", "gong_engage_prospects_bulk_assign"] {
        let input = json!({"crm_prospect_ids": free(&company, 1), "flow_id": a_flow(&company)});
        let error = world.gong.call(tool, input).await.unwrap_err();
        assert!(error.to_string().contains("flow_instance_owner_email"), "{error}");
    }
    assert_eq!(world.sent(), [] as [&str; 0]);
}

#[tokio::test]
async fn a_bulk_assignment_takes_fifty() {
    let world = World::new().await;
    let company = world.company();
    let bulk =
        world.gong.engage_prospects().bulk_assign().crm_prospect_ids(free(&company, 51)).flow_id(a_flow(&company));
    let error = bulk.flow_instance_owner_email(OWNER_EMAIL).send().await.unwrap_err();
    assert_eq!(error.violations()[0].path, "crm_prospect_ids");
    assert_eq!(world.sent(), [] as [&str; 0]);
}

#[tokio::test]
async fn taking_prospects_out_is_a_request_each_and_an_outcome_each() {
    let world = World::new().await;
    let company = world.company();
    let open: Vec<_> = company.flow_instances.iter().filter(|instance| instance.is_open()).collect();
    let flow = open[0].flow_id.clone();
    let ours: Vec<String> =
        open.iter().filter(|one| one.flow_id == flow).take(2).map(|one| one.crm_prospect_id.clone()).collect();
    let nobody = "003Unknown0000000AAA";
    let input = json!({"crm_prospect_ids": [ours[0], nobody, ours[1]], "flow_id": flow});
    let answer = confirmed(&world.gong, "gong_engage_prospects_unassign", input).await.unwrap();

    assert_eq!(world.sent(), ["POST /v2/flows/prospects/unassign-flows-by-crm-id"; 3]);
    for request in world.sandbox.requests() {
        assert_eq!(request.json().unwrap()["flowId"], json!(flow), "without it Gong would empty every flow");
    }
    let counts: Vec<usize> = answer["outcomes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|outcome| outcome["unassignedFlowInstanceIds"].as_array().unwrap().len())
        .collect();
    assert_eq!(
        (each(&answer["outcomes"], "crmProspectId"), counts),
        (vec![ours[0].as_str(), nobody, ours[1].as_str()], vec![1, 0, 1])
    );
    assert!(answer["outcomes"].as_array().unwrap().iter().all(|outcome| outcome.get("error").is_none()));
}

#[tokio::test]
async fn one_prospect_that_fails_does_not_hide_the_others() {
    for place in 0..3 {
        let world = World::new().await;
        let company = world.company();
        world.fails_after(place, TAKE_OUT, Fault::refuse(400, "this one is stuck"));
        let out = world
            .gong
            .engage_prospects()
            .unassign()
            .crm_prospect_ids(prospects(&company, 3))
            .flow_id(a_flow(&company))
            .send()
            .await
            .unwrap();
        let failed: Vec<usize> = (0..3).filter(|index| out.outcomes[*index].error.is_some()).collect();
        assert_eq!(failed, [place]);
        assert!(out.outcomes[place].error.as_ref().unwrap().contains("this one is stuck"));
        let told = out.outcomes.iter().map(|outcome| outcome.crm_prospect_id.to_string());
        assert_eq!(told.collect::<Vec<_>>(), prospects(&company, 3));
    }
}

#[tokio::test]
async fn a_failure_that_all_would_share_leaves_the_rest_untried_and_says_so() {
    let world = World::new().await;
    world.fails_after(1, TAKE_OUT, Fault::refuse(401, "access token has been revoked"));
    let company = world.company();
    let out = world
        .gong
        .engage_prospects()
        .unassign()
        .crm_prospect_ids(prospects(&company, 4))
        .flow_id(a_flow(&company))
        .send()
        .await
        .unwrap();
    assert_eq!(world.bodies(TAKE_OUT).len(), 2);
    let last = out.outcomes[3].error.as_ref().unwrap();
    assert!(out.outcomes[0].error.is_none() && last.starts_with("not tried"), "{out:?}");

    world.sandbox.clear_requests();
    world.sandbox.inject(Fault::refuse(401, "access token has been revoked").on("POST", TAKE_OUT));
    let error = world
        .gong
        .engage_prospects()
        .unassign()
        .crm_prospect_ids(prospects(&company, 4))
        .flow_id(a_flow(&company))
        .send()
        .await
        .unwrap_err();
    assert_eq!((error.kind(), world.sent().len()), (ErrorKind::Unauthorized, 1), "nothing was done, so it is an error");
}

#[tokio::test]
async fn an_empty_flow_is_never_sent() {
    let world = World::new().await;
    for flow in [json!(""), json!(null)] {
        let input = json!({"crm_prospect_ids": ["003A00000000001AAA"], "flow_id": flow});
        let error = confirmed(&world.gong, "gong_engage_prospects_unassign", input).await.unwrap_err();
        assert_eq!(error.violations()[0].path, "flow_id");
    }
    assert_eq!(world.sent(), [] as [&str; 0]);
}
