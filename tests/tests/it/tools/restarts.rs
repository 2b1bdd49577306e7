//! New texts for a flow that a prospect is in: the flow is started again, which may stop half-way, and then says how to
//! go on.

use gong_client::{ErrorKind, catalog};
use gong_sandbox::Fault;
use serde_json::{Value, json};

use crate::support::{World, confirmed, each, open_instance, same};

const ASSIGN: &str = "/v2/flows/prospects/assign";
const LOOK_UP: &str = "/v2/flows/prospects";
const END: &str = "/v2/flows/prospects/unassign-flows-by-instance-id";

/// The call that an error's text asks for: a tool, and its input.
fn remedy(told: &str) -> (&'static str, Value) {
    let tools = catalog::tools().iter().map(|tool| tool.name);
    let (start, name) =
        tools.filter_map(|name| Some((told.rfind(&format!("call {name} with "))?, name))).next().unwrap();
    let input = &told[start + format!("call {name} with ").len()..];
    (name, serde_json::Deserializer::from_str(input).into_iter().next().unwrap().unwrap())
}

#[tokio::test]
async fn a_flow_is_restarted_only_when_that_is_agreed_to() {
    let world = World::new().await;
    let company = world.company();
    let instance = open_instance(&company);
    for agreed in [json!(null), json!(false)] {
        let input = json!({"flow_instance_id": instance.id, "field_values": {"a": "b"}, "restart_flow": agreed});
        let error = confirmed(&world.gong, "gong_engage_flow_content_override", input).await.unwrap_err();
        assert!(error.to_string().contains("restart_flow"), "{error}");
    }
    assert_eq!(world.sent(), [] as [&str; 0]);
}

#[tokio::test]
async fn the_input_that_finishes_a_restart_can_be_used_whatever_is_in_the_values() {
    let world = World::new().await;
    let instance = open_instance(&world.company());
    let values = json!({"recipient.first_name": "Kim \"K.\" {flow_id} O'Neil\\", "note": "one\ntwo 😀"});
    world.sandbox.inject(Fault::refuse(400, "not today").on("POST", ASSIGN));
    let input = json!({"flow_instance_id": instance.id, "field_values": values, "restart_flow": true});
    let error = confirmed(&world.gong, "gong_engage_flow_content_override", input).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::BadRequest);
    assert_eq!(error.completed().len(), 2, "the look-up and the end of the instance");

    let told = error.to_string();
    assert!(told.contains("not today") && told.contains("in no instance of it now"), "{told}");
    let (tool, input) = remedy(&told);
    assert_eq!(tool, "gong_engage_prospects_assign_cool_off_override");
    let answer = world.gong.call(tool, input).await.unwrap();
    assert_eq!(each(&answer["prospectsAssigned"], "crmProspectId"), [instance.crm_prospect_id.as_str()]);
    let company = world.company();
    let now = company.open_instances(&instance.crm_prospect_id).find(|one| one.flow_id == instance.flow_id).unwrap();
    let given = now.overrides.as_ref().unwrap()["flowInstanceVariables"].as_array().unwrap();
    let pairs = given.iter().map(|one| (one["name"].as_str().unwrap(), one["value"].as_str().unwrap()));
    same(pairs, values.as_object().unwrap().iter().map(|(name, value)| (name.as_str(), value.as_str().unwrap())));
}

#[tokio::test]
async fn a_restart_whose_last_answer_is_lost_says_so_and_the_remedy_does_no_harm() {
    let world = World::new().await;
    let instance = open_instance(&world.company());
    world.sandbox.inject(Fault::reset_after_the_work().on("POST", ASSIGN));
    let restart = world
        .gong
        .engage_flows()
        .override_content()
        .flow_instance_id(&instance.id)
        .field_values([("a", "b")])
        .restart_flow(true);
    let error = restart.send().await.unwrap_err();
    assert!(error.may_have_been_sent() && !error.is_retryable());
    let (tool, input) = remedy(&error.to_string());
    world.gong.call(tool, input).await.unwrap();
    let company = world.company();
    let open = company.open_instances(&instance.crm_prospect_id).filter(|one| one.flow_id == instance.flow_id);
    assert_eq!(open.count(), 1, "the prospect is in the flow once");
}

#[tokio::test]
async fn a_restart_that_fails_before_its_last_step_starts_nothing() {
    let world = World::new().await;
    let instance = open_instance(&world.company());
    world.sandbox.inject(Fault::refuse(400, "not today").on("POST", END));
    let restart = world
        .gong
        .engage_flows()
        .override_content()
        .flow_instance_id(&instance.id)
        .field_values([("a", "b")])
        .restart_flow(true);
    let told = restart.send().await.unwrap_err().to_string();
    assert!(told.contains("Nothing was started anew") && told.contains(&instance.crm_prospect_id), "{told}");
    assert_eq!(world.sent(), [format!("POST {LOOK_UP}"), format!("POST {END}")]);
    assert!(world.company().flow_instances.iter().find(|one| one.id == instance.id).unwrap().is_open());
}

#[tokio::test]
async fn a_flow_that_a_prospect_has_finished_is_not_started_again() {
    let world = World::new().await;
    let company = world.company();
    let over = company.flow_instances.iter().find(|instance| !instance.is_open()).unwrap();
    let restart = world
        .gong
        .engage_flows()
        .override_content()
        .flow_instance_id(&over.id)
        .field_values([("a", "b")])
        .restart_flow(true);
    let told = restart.send().await.unwrap_err().to_string();
    assert!(told.contains("nothing was started anew"), "{told}");
    assert_eq!(world.bodies(ASSIGN), [] as [Value; 0]);
}

#[tokio::test]
async fn an_instance_that_gong_does_not_know_changes_nothing() {
    let world = World::new().await;
    let input = json!({"flow_instance_id": "1", "field_values": {"a": "b"}, "restart_flow": true});
    let error = confirmed(&world.gong, "gong_engage_flow_content_override", input).await.unwrap_err();
    assert!(error.to_string().contains("flow instance 1"), "{error}");
    assert_eq!(world.sent(), ["POST /v2/flows/prospects"]);
}
