//! What removes something is called by name only with a confirmation beside its input.

use gong_client::catalog::Effect;
use gong_client::{ErrorKind, catalog};
use serde_json::{Value, json};

use crate::support::{World, confirmed, open_instance, with_files, with_files_of};

const UNASSIGN: &str = "gong_engage_prospects_unassign";
const ERASE: &str = "gong_data_privacy_email_erase";

fn unassign(world: &World) -> Value {
    let instance = open_instance(&world.company());
    json!({"crm_prospect_ids": [instance.crm_prospect_id], "flow_id": instance.flow_id})
}

fn erase() -> Value {
    json!({"email_address": "kim.private@example.com"})
}

#[tokio::test]
async fn without_its_confirmation_no_tool_that_removes_is_called_by_name_whichever_way() {
    let world = World::new().await;
    let destructive = catalog::tools().iter().filter(|tool| tool.effect == Effect::Destructive);
    for tool in destructive {
        let input: Value = serde_json::from_str(tool.example).unwrap();
        let text = input.to_string();
        let called = || with_files(&world.gong, tool, input.clone());
        let calls = [
            called().await.unwrap_err(),
            with_files_of(world.gong.call_text(tool.name, &text), tool, &input).await.unwrap_err(),
            called().pages().unwrap().next().await.unwrap().unwrap_err(),
            called().confirm("").text().await.unwrap_err(),
        ];
        for error in calls {
            assert_eq!((error.kind(), error.tool()), (ErrorKind::Unconfirmed, Some(tool.name)));
            assert!(!error.is_retryable() && !error.may_have_been_sent());
            assert!(error.to_string().contains(tool.description), "{error}");
        }
        assert!(!called().dry_run().await.unwrap().is_empty(), "a dry run sends nothing");
        called().check().unwrap();
    }
    assert_eq!(world.sent(), [] as [&str; 0]);
}

#[tokio::test]
async fn what_is_wanted_and_how_it_is_given_is_told_and_nothing_of_what_was_given() {
    let world = World::new().await;
    let plain = world.gong.call(UNASSIGN, unassign(&world)).await.unwrap_err().to_string();
    let description = catalog::tool(UNASSIGN).unwrap().description;
    assert_eq!(
        plain,
        format!(
            "{UNASSIGN}: it removes something and was not confirmed; nothing was sent. What it does: {description} \
             Give the tool's name outside of the input too, with `NamedCall::confirm`, if that is meant."
        )
    );
    for wrong in ["yes", "kim.other@example.com", ERASE] {
        let error = world.gong.call(ERASE, erase()).confirm(wrong).await.unwrap_err().to_string();
        assert!(error.contains("the confirmation is not the value of `email_address`; nothing was sent."), "{error}");
        assert!(!error.contains("kim."), "{error}");
    }
    assert_eq!(world.sent(), [] as [&str; 0]);
}

#[tokio::test]
async fn a_confirmed_call_is_sent_and_space_around_the_confirmation_is_none() {
    let world = World::new().await;
    let answer = world.gong.call(UNASSIGN, unassign(&world)).confirm(format!(" {UNASSIGN}\n")).await.unwrap();
    assert_eq!(answer["outcomes"].as_array().unwrap().len(), 1);
    let mut pages = world.gong.call(UNASSIGN, unassign(&world)).confirm(UNASSIGN).pages().unwrap();
    assert!(pages.next().await.unwrap().is_ok());
    // Whether this sandbox has somebody of that address is not what this is about.
    if let Err(error) = confirmed(&world.gong, ERASE, erase()).await {
        assert!(error.status().is_some(), "{error}");
    }
    assert!(world.sent().last().unwrap().ends_with("/v2/data-privacy/erase-data-for-email-address"));
}

#[tokio::test]
async fn a_wrong_input_is_told_before_a_missing_confirmation() {
    let world = World::new().await;
    let error = world.gong.call(ERASE, json!({"email_address": "nobody", "x": 1})).await.unwrap_err();
    assert_eq!((error.kind(), error.violations().len()), (ErrorKind::InvalidInput, 2));
}

#[tokio::test]
async fn what_removes_nothing_wants_no_confirmation_and_takes_one_that_is_given() {
    let world = World::new().await;
    world.gong.call("gong_users_list", json!({})).confirm("whatever").await.unwrap();
    let removes = |tool: &&&catalog::Tool| tool.effect == Effect::Destructive;
    assert!(catalog::tools().iter().filter(|tool| tool.confirm.is_some()).all(|tool| removes(&tool)));
}
