//! Engage: prospects into flows and out of them.

use gong_client::models::{FlowOverrides, FlowVariable};
use gong_sandbox::{Company, OWNER_EMAIL};
use serde_json::{Value, json};

use super::{both, both_in};
use crate::support::{World, a_flow, each, free, open_instance, same};

const ASSIGN: &str = "POST /v2/flows/prospects/assign";

/// The input that puts prospects into a flow.
fn into_a_flow(ids: &[String], company: &Company) -> Value {
    json!({"crm_prospect_ids": ids, "flow_id": a_flow(company), "flow_instance_owner_email": OWNER_EMAIL})
}

pub(super) async fn assign(name: &str) {
    let input = |company: &Company| {
        let mut input = into_a_flow(&free(company, 3), company);
        let variable = json!({"name": "recipient.first_name", "value": "Kim"});
        input["overrides"] = json!({"flowInstanceVariables": [variable]});
        input
    };
    let answer = both(name, input, |gong, company| {
        let variable = FlowVariable::new().name("recipient.first_name").value("Kim");
        let assign = gong
            .engage_prospects()
            .assign()
            .crm_prospect_ids(free(company, 3))
            .flow_id(a_flow(company))
            .flow_instance_owner_email(OWNER_EMAIL);
        assign.overrides(FlowOverrides::new().flow_instance_variables([variable]))
    });
    let answer = answer.await;
    let (ids, flow) = (free(&answer.before, 3), a_flow(&answer.before));
    let assigned = answer.prospects_assigned.iter().map(|one| one.crm_prospect_id.as_ref().unwrap().to_string());
    assert_eq!(assigned.collect::<Vec<_>>(), ids);
    assert!(answer.prospects_not_assigned.is_empty());

    let company = answer.world.company();
    for id in &ids {
        let instance = company.open_instances(id).find(|instance| instance.flow_id == flow).unwrap();
        assert_eq!(instance.owner_id, company.owner().unwrap().id);
        assert_eq!(instance.overrides.as_ref().unwrap()["flowInstanceVariables"][0]["name"], "recipient.first_name");
    }
}

pub(super) async fn assign_cool_off_override(name: &str) {
    let cooling = |company: &Company| [company.cooling_prospects()[0].crm_id.clone()];
    let worlds = [World::new().await, World::new().await];
    for world in &worlds {
        let company = world.company();
        let assign = world
            .gong
            .engage_prospects()
            .assign()
            .crm_prospect_ids(cooling(&company))
            .flow_id(a_flow(&company))
            .flow_instance_owner_email(OWNER_EMAIL);
        assert_eq!(assign.send().await.unwrap().prospects_not_assigned.len(), 1, "Gong lets them cool off");
    }
    let input = |company: &Company| into_a_flow(&cooling(company), company);
    let answer = both_in(worlds, name, input, |gong, company| {
        let assign = gong
            .engage_prospects()
            .assign_cool_off_override()
            .crm_prospect_ids(cooling(company))
            .flow_id(a_flow(company));
        assign.flow_instance_owner_email(OWNER_EMAIL)
    });
    let answer = answer.await;
    let ([id], flow) = (cooling(&answer.before), a_flow(&answer.before));
    let [assigned] = answer.prospects_assigned.as_slice() else { panic!("one prospect: {:?}", answer.answer) };
    assert_eq!(assigned.crm_prospect_id.as_ref().unwrap().as_str(), id);
    assert!(answer.world.company().open_instances(&id).any(|instance| instance.flow_id == flow));
    assert_eq!(answer.world.sent(), [ASSIGN; 2], "not the deprecated endpoint");
}

pub(super) async fn bulk_assign(name: &str) {
    let bulk = both(
        name,
        |company| into_a_flow(&free(company, 4), company),
        |gong, company| {
            let assign =
                gong.engage_prospects().bulk_assign().crm_prospect_ids(free(company, 4)).flow_id(a_flow(company));
            assign.flow_instance_owner_email(OWNER_EMAIL)
        },
    );
    let bulk = bulk.await;
    assert_eq!(bulk.status.as_ref().unwrap().as_str(), "PENDING");
    assert_eq!((bulk.total_count, bulk.processed_count), (Some(4), Some(0)));
    assert_eq!(each(&bulk.world.only_body()["prospects"], "crmId"), free(&bulk.before, 4));
}

/// A bulk assignment has to be made before it can be asked about, and goes on when it is.
pub(super) async fn bulk_assign_status(name: &str) {
    let mut worlds = [World::new().await, World::new().await];
    let mut made = String::new();
    for world in &worlds {
        let company = world.company();
        let bulk =
            world.gong.engage_prospects().bulk_assign().crm_prospect_ids(free(&company, 4)).flow_id(a_flow(&company));
        made = bulk.flow_instance_owner_email(OWNER_EMAIL).send().await.unwrap().id.to_string();
    }
    let ids = free(&worlds[0].company(), 4);
    for (state, succeeded) in [("IN_PROGRESS", 2), ("COMPLETED", 4)] {
        let status = both_in(
            worlds,
            name,
            |_| json!({"assignment_id": made}),
            |gong, _| gong.engage_prospects().bulk_assign_status().assignment_id(made.as_str()),
        );
        let status = status.await;
        assert_eq!((status.status.as_ref().unwrap().as_str(), status.success_count), (state, Some(succeeded)));
        if state == "COMPLETED" {
            let results = status.results.iter().map(|result| result.crm_id.as_ref().unwrap().to_string());
            assert_eq!(results.collect::<Vec<_>>(), ids);
        }
        worlds = [status.by_name, status.world];
    }
    let company = worlds[1].company();
    let flow = a_flow(&company);
    assert!(company.open_instances(&ids[3]).any(|instance| instance.flow_id == flow));
}

pub(super) async fn flows(name: &str) {
    let asked = |company: &Company| -> Vec<String> {
        company.flow_instances.iter().take(20).map(|one| one.crm_prospect_id.clone()).collect()
    };
    let answer = both(
        name,
        |company| json!({"crm_prospect_ids": asked(company)}),
        |gong, company| gong.engage_prospects().flows().crm_prospect_ids(asked(company)),
    );
    let answer = answer.await;
    let company = &answer.before;
    let ids = asked(company);
    let truth = ids.iter().flat_map(|id| company.open_instances(id)).map(|one| (one.id.as_str(), one.status));
    let ours = answer.prospects_assigned.iter().map(|one| {
        (one.flow_instance_id.as_ref().unwrap().as_str(), one.flow_instance_status.as_ref().unwrap().as_str())
    });
    same(ours, truth);
}

pub(super) async fn unassign(name: &str) {
    let input = |company: &Company| {
        let instance = open_instance(company);
        json!({"crm_prospect_ids": [instance.crm_prospect_id], "flow_id": instance.flow_id})
    };
    let answer = both(name, input, |gong, company| {
        let instance = open_instance(company);
        gong.engage_prospects().unassign().crm_prospect_ids([instance.crm_prospect_id]).flow_id(instance.flow_id)
    });
    let answer = answer.await;
    let instance = open_instance(&answer.before);
    let [outcome] = answer.outcomes.as_slice() else { panic!("one outcome: {:?}", answer.answer) };
    assert_eq!(outcome.crm_prospect_id.as_str(), instance.crm_prospect_id);
    let ended = outcome.unassigned_flow_instance_ids.iter().map(|id| id.as_str());
    assert_eq!(ended.collect::<Vec<_>>(), [instance.id.as_str()]);
    assert_eq!(outcome.error, None);
    assert_eq!(answer.world.company().open_instances(&instance.crm_prospect_id).count(), 0);
}

pub(super) async fn unassign_by_instance(name: &str) {
    let ids = |company: &Company| -> Vec<String> {
        let open = company.flow_instances.iter().filter(|instance| instance.is_open());
        open.take(2).map(|instance| instance.id.clone()).collect()
    };
    let input = |company: &Company| json!({"flow_instance_ids": ids(company), "unassigned_by_email": OWNER_EMAIL});
    let answer = both(name, input, |gong, company| {
        gong.engage_prospects().unassign_by_instance().flow_instance_ids(ids(company)).unassigned_by_email(OWNER_EMAIL)
    });
    let answer = answer.await;
    let ids = ids(&answer.before);
    let ended = answer.unassigned_flow_instance_ids.iter().map(|id| id.to_string());
    assert_eq!(ended.collect::<Vec<_>>(), ids);
    assert_eq!(answer.world.only_body()["unassignedByUserEmail"], OWNER_EMAIL);
    let company = answer.world.company();
    assert!(company.flow_instances.iter().filter(|one| ids.contains(&one.id)).all(|one| !one.is_open()));
}
