//! Each tool, typed and by name. The two ways are taken in two companies of the same seed, so that they have to give the same
//! answer to the letter, and both have to fit the schemas.

use std::collections::BTreeSet;

use gong_client::models::{CallDirection, EmailEvent, Party, UserReport};
use gong_client::{Client, DateTime, Invocation, PlannedRequest, Tool, catalog};
use gong_sandbox::company::Company;
use gong_sandbox::{MANAGER_EMAIL, OWNER_EMAIL};
use serde_json::{Value, json};

use crate::support::{World, each};

/// Calls a tool both ways and gives the answer, with the company as it was before.
async fn check<P: Tool>(
    name: &str,
    input: impl Fn(&Company) -> Value,
    typed: impl Fn(&Client, &Company) -> Invocation<P>,
) -> (Value, Company) {
    let (one, other) = (World::small().await, World::small().await);
    let input = input(&one.company);
    let invocation = typed(&other.gong, &other.company);
    assert_eq!(P::TOOL.name, name);

    let tool = catalog::tool(name).unwrap();
    fits(tool.input_schema, &input);
    let planned = one.gong.dry_run(name, input.clone()).await.unwrap();
    assert_eq!(planned, with_host(invocation.clone().dry_run().await.unwrap(), &other, &one), "what would be sent");
    assert_eq!(one.sent(), [] as [&str; 0], "a dry run sends nothing");

    let by_name = one.gong.call(name, input).await.unwrap();
    let answer = invocation.send().await.unwrap();
    let mut from_typed = serde_json::to_value(&*answer).unwrap();
    if !answer.notices().is_empty() {
        from_typed["notices"] = json!(answer.notices());
    }
    assert_eq!(*by_name, from_typed, "the same answer both ways");
    assert_eq!(one.sent(), other.sent(), "the same requests both ways");
    fits(tool.output_schema, &by_name);
    (by_name.into_inner(), one.company.clone())
}

/// The planned requests with one sandbox's address instead of another's.
fn with_host(planned: Vec<PlannedRequest>, from: &World, to: &World) -> Vec<PlannedRequest> {
    planned
        .into_iter()
        .map(|mut request| {
            request.url = request.url.replace(from.sandbox.base_url(), to.sandbox.base_url());
            request
        })
        .collect()
}

fn fits(schema: &str, value: &Value) {
    let schema: Value = serde_json::from_str(schema).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let faults: Vec<String> =
        validator.iter_errors(value).map(|fault| format!("{}: {fault}", fault.instance_path())).collect();
    assert!(faults.is_empty(), "{faults:#?}\n{value:#}");
}

fn instant(text: &str) -> DateTime {
    text.parse().unwrap()
}

fn owner_id(company: &Company) -> String {
    company.owner().unwrap().id.clone()
}

fn a_flow(company: &Company) -> String {
    company.flows_seen_by(company.owner().unwrap())[0].id.clone()
}

fn free(company: &Company, count: usize) -> Vec<String> {
    company.free_prospects().iter().take(count).map(|prospect| prospect.crm_id.clone()).collect()
}

/// Prospects in flows, with the flow and the instance.
fn enrolled(company: &Company, count: usize) -> Vec<(String, String, String)> {
    let open = company.flow_instances.iter().filter(|instance| instance.is_open());
    open.take(count)
        .map(|instance| (instance.crm_prospect_id.clone(), instance.flow_id.clone(), instance.id.clone()))
        .collect()
}

/// A test a tool, whose name says which; together they are the whole catalog.
macro_rules! tools {
    ($($name:ident: $test:expr;)*) => {
        $(#[tokio::test]
        async fn $name() {
            ($test)(stringify!($name)).await;
        })*

        #[test]
        fn no_tool_is_without_a_test() {
            let tested: BTreeSet<&str> = [$(stringify!($name)),*].into();
            assert_eq!(tested, catalog::tools().iter().map(|tool| tool.name).collect());
        }
    };
}

tools! {
    gong_calls_list: async |name| {
        let (from, to) = ("2026-11-13T00:00:00-07:00", "2026-11-20T00:00:00-07:00");
        let (answer, company) = check(name, |_| json!({"from_date_time": from, "to_date_time": to}), |gong, _| {
            gong.calls().list().from_date_time(instant(from)).to_date_time(instant(to))
        }).await;
        let truth: Vec<&str> = company.calls.iter().filter(|call| {
            let started = call.started();
            ("2026-11-13".."2026-11-20").contains(&started.as_str())
        }).map(|call| call.id.as_str()).collect();
        assert_eq!(each(&answer["calls"], "id"), truth);
    };
    gong_calls_get: async |name| {
        let id = |company: &Company| company.calls[7].id.clone();
        let (answer, company) = check(name, |company| json!({"call_ids": [id(company)]}), |gong, company| gong.calls().get([id(company)])).await;
        assert_eq!(answer["calls"][0]["metaData"]["id"], id(&company));
        assert_eq!(answer["calls"][0]["parties"].as_array().unwrap().len(), company.calls[7].parties.len());
        for section in ["topics", "trackers", "brief", "outline", "highlights", "keyPoints"] {
            assert!(!answer["calls"][0]["content"][section].is_null(), "{section}");
        }
        assert!(!answer["calls"][0]["interaction"]["interactionStats"].as_array().unwrap().is_empty());
    };
    gong_calls_create: async |name| {
        let (answer, _) = check(name, |company| json!({
            "actual_start": "2026-11-19T10:00:00Z",
            "client_unique_id": "dialler-17",
            "direction": "Outbound",
            "parties": [{"userId": owner_id(company)}, {"emailAddress": "kim@acme.example", "name": "Kim Bauer"}],
            "title": "Lunch",
        }), |gong, company| {
            gong.calls()
                .create(instant("2026-11-19T10:00:00Z"))
                .client_unique_id("dialler-17")
                .direction(CallDirection::Outbound)
                .parties([
                    Party::new().user_id(owner_id(company)),
                    Party::new().email_address("kim@acme.example").name("Kim Bauer"),
                ])
                .title("Lunch")
        }).await;
        assert!(!answer["callId"].as_str().unwrap().is_empty());
        assert!(answer["notices"][0].as_str().unwrap().contains("PUT /v2/calls/"), "{answer}");
    };
    gong_calls_transcript_get: async |name| {
        let id = |company: &Company| company.calls[3].id.clone();
        let (answer, company) = check(name, |company| json!({"call_ids": [id(company)]}), |gong, company| gong.calls().transcripts([id(company)])).await;
        let said = company.transcript(&company.calls[3]);
        assert_eq!(answer["callTranscripts"][0]["transcript"].as_array().unwrap().len(), said.len());
    };
    gong_call_outcomes_list: async |name| {
        let (answer, company) = check(name, |_| json!({}), |gong, _| gong.calls().outcomes()).await;
        assert_eq!(each(&answer["outcomes"], "callOutcome").len(), company.call_outcomes.len());
    };
    gong_coaching_get: async |name| {
        let manager = |company: &Company| company.user_by_email(MANAGER_EMAIL).unwrap().id.clone();
        let (answer, company) = check(name, |company| json!({"manager_id": manager(company)}), |gong, company| gong.coaching().get().manager_id(manager(company))).await;
        assert_eq!(answer["coachingData"][0]["manager"]["id"], manager(&company));
    };
    gong_engage_digital_interactions_create: async |name| {
        check(name, |_| json!({
            "event_name": "page viewed",
            "event_timestamp": "2026-11-19T10:00:00Z",
            "url": "https://shop.example/pricing",
            "prospect_email": "kim@acme.example",
        }), |gong, _| {
            gong.engage_activity()
                .create_digital_interaction("page viewed", instant("2026-11-19T10:00:00Z"))
                .url("https://shop.example/pricing")
                .prospect_email("kim@acme.example")
        }).await;
    };
    gong_engage_email_activity_report: async |name| {
        check(name, |_| json!({
            "event_type": "EMAIL_LINK_CLICKED",
            "event_timestamp": "2026-11-19T10:00:00Z",
            "email_id": "mail-5",
            "link_url": "https://shop.example/offer",
            "prospect_email": "kim@acme.example",
        }), |gong, _| {
            gong.engage_activity()
                .report_email_activity(
                    "mail-5",
                    EmailEvent::EmailLinkClicked,
                    instant("2026-11-19T10:00:00Z"),
                    "kim@acme.example",
                )
                .link_url("https://shop.example/offer")
        }).await;
    };
    gong_engage_flows_list: async |name| {
        let (answer, company) = check(name, |_| json!({"flow_owner_email": OWNER_EMAIL}), |gong, _| gong.engage_flows().list(OWNER_EMAIL)).await;
        let seen = company.flows_seen_by(company.owner().unwrap());
        assert_eq!(each(&answer["flows"], "id"), seen.iter().map(|flow| flow.id.as_str()).collect::<Vec<_>>());
    };
    gong_engage_flow_folders_list: async |name| {
        let (answer, _) = check(name, |_| json!({"flow_owner_email": OWNER_EMAIL}), |gong, _| gong.engage_flows().folders(OWNER_EMAIL)).await;
        assert!(!answer["flowsFolders"].as_array().unwrap().is_empty());
    };
    gong_engage_flow_content_override: async |name| {
        let instance = |company: &Company| enrolled(company, 1)[0].2.clone();
        let (answer, company) = check(name, |company| json!({
            "flow_instance_id": instance(company),
            "field_values": {"recipient.first_name": "Kim"},
            "restart_flow": true,
        }), |gong, company| {
            gong.engage_flows().override_content(instance(company), [("recipient.first_name", "Kim")]).restart_flow(true)
        }).await;
        assert_eq!(answer["prospectsAssigned"][0]["crmProspectId"], enrolled(&company, 1)[0].0);
        assert_ne!(answer["prospectsAssigned"][0]["flowInstanceId"], instance(&company));
    };
    gong_engage_prospects_assign: async |name| {
        let (answer, company) = check(name, |company| json!({
            "crm_prospect_ids": free(company, 2), "flow_id": a_flow(company), "flow_instance_owner_email": OWNER_EMAIL,
        }), |gong, company| gong.engage_prospects().assign(free(company, 2), a_flow(company), OWNER_EMAIL)).await;
        assert_eq!(each(&answer["prospectsAssigned"], "crmProspectId"), free(&company, 2));
    };
    gong_engage_prospects_assign_cool_off_override: async |name| {
        let cooling = |company: &Company| company.cooling_prospects()[0].crm_id.clone();
        let (answer, company) = check(name, |company| json!({
            "crm_prospect_ids": [cooling(company)], "flow_id": a_flow(company), "flow_instance_owner_email": OWNER_EMAIL,
        }), |gong, company| {
            gong.engage_prospects()
                .assign_cool_off_override([cooling(company)], a_flow(company))
                .flow_instance_owner_email(OWNER_EMAIL)
        }).await;
        assert_eq!(each(&answer["prospectsAssigned"], "crmProspectId"), [cooling(&company)]);
    };
    gong_engage_prospects_bulk_assign: async |name| {
        let (answer, _) = check(name, |company| json!({
            "crm_prospect_ids": free(company, 3), "flow_id": a_flow(company), "flow_instance_owner_email": OWNER_EMAIL,
        }), |gong, company| {
            gong.engage_prospects().bulk_assign(free(company, 3), a_flow(company)).flow_instance_owner_email(OWNER_EMAIL)
        }).await;
        assert_eq!((&answer["status"], &answer["totalCount"]), (&json!("PENDING"), &json!(3)));
    };
    gong_engage_prospects_bulk_assign_status: bulk_assign_status;
    gong_engage_prospects_flows_list: async |name| {
        let prospect = |company: &Company| enrolled(company, 1)[0].0.clone();
        let (answer, company) = check(name, |company| json!({"crm_prospect_ids": [prospect(company)]}), |gong, company| {
            gong.engage_prospects().flows([prospect(company)])
        }).await;
        let prospect = prospect(&company);
        let truth: Vec<&str> = company.open_instances(&prospect).map(|instance| instance.id.as_str()).collect();
        assert_eq!(each(&answer["prospectsAssigned"], "flowInstanceId"), truth);
    };
    gong_engage_prospects_unassign: async |name| {
        let one = |company: &Company| enrolled(company, 1).remove(0);
        let (answer, company) = check(name, |company| json!({"crm_prospect_ids": [one(company).0], "flow_id": one(company).1}), |gong, company| {
            gong.engage_prospects().unassign([one(company).0], one(company).1)
        }).await;
        assert_eq!(answer["outcomes"][0]["unassignedFlowInstanceIds"], json!([one(&company).2]));
    };
    gong_engage_prospects_unassign_by_instance: async |name| {
        let ids = |company: &Company| enrolled(company, 2).into_iter().map(|open| open.2).collect::<Vec<_>>();
        let (answer, company) = check(name, |company| json!({"flow_instance_ids": ids(company)}), |gong, company| {
            gong.engage_prospects().unassign_by_instance(ids(company))
        }).await;
        assert_eq!(answer["unassignedFlowInstanceIds"], json!(ids(&company)));
    };
    gong_engage_tasks_list: async |name| {
        let (answer, company) = check(name, |_| json!({"assignee_email": OWNER_EMAIL}), |gong, _| gong.engage_tasks().list(OWNER_EMAIL)).await;
        let owner = owner_id(&company);
        let truth: Vec<&str> = company.open_tasks(&owner).iter().map(|task| task.id.as_str()).collect();
        assert_eq!(each(&answer["tasks"], "id"), truth);
    };
    gong_engage_task_complete: async |name| {
        let task = |company: &Company| company.open_tasks(&owner_id(company))[0].id.clone();
        let (answer, _) = check(name, |company| json!({"task_id": task(company), "user_email": OWNER_EMAIL}), |gong, company| {
            gong.engage_tasks().complete(task(company)).user_email(OWNER_EMAIL)
        }).await;
        assert_eq!(answer["tasks"][0]["status"], "DONE");
    };
    gong_engage_task_skip: async |name| {
        let task = |company: &Company| company.open_tasks(&owner_id(company))[0].id.clone();
        let (answer, _) = check(name, |company| json!({"task_id": task(company), "user_id": owner_id(company), "skip_reason": "ill"}), |gong, company| {
            gong.engage_tasks().skip(task(company)).user_id(owner_id(company)).skip_reason("ill")
        }).await;
        assert_eq!(answer["tasks"][0]["status"], "DISMISSED");
        assert!(answer["notices"][0].as_str().unwrap().contains("skip_reason"));
    };
    gong_engage_users_list: async |name| {
        let (answer, _) = check(name, |_| json!({}), |gong, _| gong.engage_people().users()).await;
        assert!(answer["users"].as_array().unwrap().iter().all(|user| user["active"] == true));
    };
    gong_engage_workspaces_list: async |name| {
        let (answer, company) = check(name, |_| json!({}), |gong, _| gong.engage_people().workspaces()).await;
        assert_eq!(each(&answer["workspaces"], "id"), [company.workspaces[0].id.as_str()]);
    };
    gong_library_folders_list: async |name| {
        let (answer, _) = check(name, |_| json!({}), |gong, _| gong.library().folders()).await;
        assert!(!answer["folders"].as_array().unwrap().is_empty());
    };
    gong_library_folder_content_get: async |name| {
        let folder = |company: &Company| company.library_folders[0].id.clone();
        let (answer, company) = check(name, |company| json!({"folder_id": folder(company)}), |gong, company| gong.library().folder_content(folder(company))).await;
        assert_eq!(answer["id"], folder(&company));
    };
    gong_scorecards_list: async |name| {
        let (answer, company) = check(name, |_| json!({}), |gong, _| gong.settings().scorecards()).await;
        assert_eq!(each(&answer["scorecards"], "scorecardId").len(), company.scorecards.len());
    };
    gong_trackers_list: async |name| {
        let (answer, company) = check(name, |_| json!({}), |gong, _| gong.settings().trackers()).await;
        assert_eq!(each(&answer["keywordTrackers"], "trackerId").len(), company.trackers.len());
    };
    gong_stats_interaction: async |name| {
        let (from, to) = ("2026-11-01T00:00:00-07:00", "2026-11-15T00:00:00-07:00");
        let (answer, _) = check(name, |_| json!({"from_date_time": from, "to_date_time": to}), |gong, _| gong.stats().interaction(instant(from), instant(to))).await;
        assert!(!answer["peopleInteractionStats"][0]["personInteractionStats"].as_array().unwrap().is_empty());
    };
    gong_stats_user_actions: async |name| {
        let (from, to) = ("2026-11-01T00:00:00-07:00", "2026-11-15T00:00:00-07:00");
        let (answer, _) = check(name, |_| json!({"from_date_time": from, "to_date_time": to, "report": "aggregate"}), |gong, _| {
            gong.stats().user_actions(instant(from), instant(to)).report(UserReport::Aggregate)
        }).await;
        assert!(!answer["usersAggregateActivityStats"].as_array().unwrap().is_empty());
    };
    gong_users_list: async |name| {
        let (answer, company) = check(name, |_| json!({"include_avatars": true}), |gong, _| gong.users().list().include_avatars(true)).await;
        assert_eq!(each(&answer["users"], "id"), company.users.iter().take(100).map(|user| user.id.as_str()).collect::<Vec<_>>());
    };
    gong_users_get: async |name| {
        let (answer, company) = check(name, |company| json!({"user_ids": [owner_id(company)]}), |gong, company| gong.users().get().user_ids([owner_id(company)])).await;
        assert_eq!(each(&answer["users"], "id"), [owner_id(&company)]);
    };
}

/// A bulk assignment has to be made before it can be asked about.
async fn bulk_assign_status(name: &str) {
    let mut answers = Vec::new();
    for by_name in [true, false] {
        let world = World::small().await;
        let made = world.gong.engage_prospects().bulk_assign(free(&world.company, 2), a_flow(&world.company));
        let made = made.flow_instance_owner_email(OWNER_EMAIL).send().await.unwrap();
        answers.push(if by_name {
            world.gong.call(name, json!({"assignment_id": made.id})).await.unwrap().into_inner()
        } else {
            let answer = world.gong.engage_prospects().bulk_assign_status(made.id.clone()).send().await.unwrap();
            serde_json::to_value(&*answer).unwrap()
        });
    }
    assert_eq!(answers[0], answers[1]);
    assert_eq!(answers[0]["status"], "IN_PROGRESS");
    fits(catalog::tool(name).unwrap().output_schema, &answers[0]);
}
