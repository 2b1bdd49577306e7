//! Each tool, typed and by name: its answer is what the company really has, and what it changes is changed. The two
//! ways are taken in two companies of the same seed, so that they have to give the same answer to the letter, and both
//! have to fit the schemas.

mod calls;
mod engage;
mod people;
mod prospects;
mod rest;

use std::collections::BTreeSet;
use std::ops::Deref;

use gong_client::catalog::Effect;
use gong_client::{Answer, Client, PlannedRequest, ToolCall, catalog};
use gong_sandbox::Company;
use serde_json::{Value, json};

use crate::support::{World, confirmed, published};

/// A test a tool, whose name says which; together they are the whole published contract. What the spec has beyond it is
/// tested by its own example, in `examples`.
macro_rules! tools {
    ($($name:ident: $test:path;)*) => {
        $(#[tokio::test]
        async fn $name() {
            $test(stringify!($name)).await;
        })*

        #[test]
        fn no_published_tool_is_without_a_test() {
            let tested: BTreeSet<&str> = [$(stringify!($name)),*].into();
            assert_eq!(published().difference(&tested).collect::<Vec<_>>(), [] as [&&str; 0]);
        }
    };
}

tools! {
    gong_calls_list: calls::list;
    gong_calls_get: calls::get;
    gong_calls_create: calls::create;
    gong_calls_transcript_get: calls::transcripts;
    gong_call_outcomes_list: calls::outcomes;
    gong_coaching_get: people::coaching;
    gong_engage_digital_interactions_create: engage::create_digital_interaction;
    gong_engage_email_activity_report: engage::report_email_activity;
    gong_engage_flows_list: engage::flows;
    gong_engage_flow_folders_list: engage::flow_folders;
    gong_engage_flow_content_override: engage::override_content;
    gong_engage_prospects_assign: prospects::assign;
    gong_engage_prospects_assign_cool_off_override: prospects::assign_cool_off_override;
    gong_engage_prospects_bulk_assign: prospects::bulk_assign;
    gong_engage_prospects_bulk_assign_status: prospects::bulk_assign_status;
    gong_engage_prospects_flows_list: prospects::flows;
    gong_engage_prospects_unassign: prospects::unassign;
    gong_engage_prospects_unassign_by_instance: prospects::unassign_by_instance;
    gong_engage_tasks_list: engage::tasks;
    gong_engage_task_complete: engage::complete_task;
    gong_engage_task_skip: engage::skip_task;
    gong_engage_users_list: people::engage_users;
    gong_engage_workspaces_list: people::workspaces;
    gong_library_folders_list: rest::folders;
    gong_library_folder_content_get: rest::folder_content;
    gong_scorecards_list: rest::scorecards;
    gong_trackers_list: rest::trackers;
    gong_stats_interaction: rest::interaction;
    gong_stats_user_actions: rest::user_actions;
    gong_users_list: people::users;
    gong_users_get: people::chosen_users;
}

/// What came of a tool that was called both ways.
struct Called<T> {
    /// The typed answer.
    answer: Answer<T>,
    /// The company as it was before.
    before: Company,
    /// The world in which it was called by name.
    by_name: World,
    /// The world in which it was called typed.
    world: World,
}

impl<T> Deref for Called<T> {
    type Target = Answer<T>;

    fn deref(&self) -> &Answer<T> {
        &self.answer
    }
}

/// Calls a tool both ways in fresh worlds.
async fn both<O: ToolCall>(
    name: &str,
    input: impl Fn(&Company) -> Value,
    typed: impl Fn(&Client, &Company) -> O,
) -> Called<O::Answer> {
    both_in([World::new().await, World::new().await], name, input, typed).await
}

/// Calls a tool both ways, each in its world.
async fn both_in<O: ToolCall>(
    [one, other]: [World; 2],
    name: &str,
    input: impl Fn(&Company) -> Value,
    typed: impl Fn(&Client, &Company) -> O,
) -> Called<O::Answer> {
    let before = other.company();
    let input = input(&before);
    let invocation = typed(&other.gong, &before);
    assert_eq!(O::TOOL, name);

    let tool = catalog::tool(name).unwrap();
    fits(tool.input_schema, &input);
    let arrived = one.sent();
    let planned = one.gong.dry_run(name, input.clone()).await.unwrap();
    assert_eq!(planned, with_host(invocation.clone().dry_run().await.unwrap(), &other, &one), "what would be sent");
    assert_eq!(one.sent(), arrived, "a dry run sends nothing");

    // What reads is asked for as text, what writes as a value.
    let answer_by_name: Value = match tool.effect {
        Effect::Read => serde_json::from_str(&one.gong.call_text(name, &input.to_string()).await.unwrap()).unwrap(),
        Effect::Write | Effect::Destructive => confirmed(&one.gong, name, input).await.unwrap().into_inner(),
    };
    let answer = invocation.await.unwrap();
    let mut from_typed = serde_json::to_value(&*answer).unwrap();
    if !answer.notices().is_empty() {
        from_typed["notices"] = json!(answer.notices());
    }
    assert_eq!(answer_by_name, from_typed, "the same answer both ways");
    assert_eq!(one.sent(), other.sent(), "the same requests both ways");
    fits(tool.output_schema, &answer_by_name);
    Called { answer, before, by_name: one, world: other }
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

pub(super) fn fits(schema: &str, value: &Value) {
    let schema: Value = serde_json::from_str(schema).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let faults: Vec<String> =
        validator.iter_errors(value).map(|fault| format!("{}: {fault}", fault.instance_path())).collect();
    assert!(faults.is_empty(), "{faults:#?}\n{value:#}");
}

fn owner_id(company: &Company) -> String {
    company.owner().unwrap().id.clone()
}
