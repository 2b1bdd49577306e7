//! A short story through the generated client, against an embedded sandbox: `cargo xtask demo` runs it.
//!
//! A seller's Monday: look at last week's calls, read one again with the speakers' names, register a call that Gong did
//! not record, enrol prospects in a flow, and finish a task.
#![allow(clippy::print_stdout, reason = "printing the story is what it is for")]

use std::time::{Duration, SystemTime};

use gong_client::ids::CallId;
use gong_client::models::Party;
use gong_client::{Client, DateTime, Result};
use gong_sandbox::Sandbox;

const WEEK: Duration = Duration::from_secs(7 * 24 * 60 * 60);

#[tokio::main]
async fn main() -> std::result::Result<(), Box<dyn std::error::Error>> {
    let now = SystemTime::now();
    let sandbox = Sandbox::builder().now_at(now).strict(true).start().await?;
    let gong = Client::builder()
        .api_key(sandbox.access_key(), sandbox.access_key_secret())
        .base_url(sandbox.base_url())
        // The sandbox is nobody's company, so there is no limit to keep to.
        .rate_limit(None)
        .build()?;
    println!("A made-up company with {} users is at {}.", sandbox.company().users.len(), sandbox.base_url());

    let call = last_weeks_calls(&gong, (now - WEEK).into()).await?;
    if let Some(call) = call {
        read_again(&gong, call).await?;
    }
    register(&gong, now.into()).await?;
    let prospects = sandbox.company().free_prospects().iter().take(3).map(|prospect| prospect.crm_id.clone()).collect();
    enrol(&gong, prospects).await?;
    finish_a_task(&gong).await?;

    let sent = sandbox.requests().len();
    println!("\n{sent} requests were sent, and strict mode found {} faults in them.", sandbox.violations().len());
    Ok(())
}

/// Lists the calls of the last seven days, and picks one that both sides spoke in.
async fn last_weeks_calls(gong: &Client, since: DateTime) -> Result<Option<CallId>> {
    chapter("Last week's calls");
    let mut calls = gong.calls().list().from_date_time(since).items();
    let mut count = 0;
    let mut picked = None;
    while let Some(call) = calls.next().await {
        let call = call?;
        count += 1;
        if count <= 5 {
            let minutes = call.duration.unwrap_or_default() / 60;
            println!("  {minutes:>3} min  {}", call.title.as_deref().unwrap_or("(no title)"));
        }
        picked.get_or_insert(call.id);
    }
    println!("  {count} calls in all.");
    Ok(picked)
}

/// Prints the beginning of a call's transcript, with the speakers' names.
async fn read_again(gong: &Client, call: CallId) -> Result<()> {
    chapter("One of them, read again");
    let conversation = gong.conversation(call).await?;
    for turn in conversation.turns.iter().take(6) {
        let text: Vec<&str> = turn.sentences.iter().map(|sentence| sentence.text.as_str()).collect();
        println!("  {}: {}", conversation.label(turn), text.join(" "));
    }
    Ok(())
}

/// Registers a call that was made elsewhere.
async fn register(gong: &Client, now: DateTime) -> Result<()> {
    chapter("A call that Gong did not record");
    let host = gong.engage_people().users().items().next().await.transpose()?;
    let Some(host) = host else { return Ok(()) };
    let created = gong
        .calls()
        .create()
        .actual_start(now)
        .title("Lunch with Acme")
        .parties([Party::new().user_id(host.id), Party::new().email_address("kim@acme.example").name("Kim Bauer")])
        .send()
        .await?;
    println!("  Gong calls it {}.", created.call_id.as_ref().map_or("nothing yet", |id| id.as_str()));
    for notice in created.notices() {
        println!("  Note: {notice}");
    }
    Ok(())
}

/// Puts prospects into the first flow that the seller sees.
async fn enrol(gong: &Client, prospects: Vec<String>) -> Result<()> {
    chapter("Prospects enrolled");
    let flows = gong.engage_flows().list().flow_owner_email(gong_sandbox::OWNER_EMAIL).send().await?;
    let Some(flow) = flows.flows.first() else { return Ok(()) };
    let answer = gong
        .engage_prospects()
        .assign()
        .crm_prospect_ids(prospects)
        .flow_id(flow.id.clone())
        .flow_instance_owner_email(gong_sandbox::OWNER_EMAIL)
        .send()
        .await?;
    println!("  Into \"{}\":", flow.name.as_deref().unwrap_or("a flow"));
    for assigned in &answer.prospects_assigned {
        println!("  {} is in it.", assigned.crm_prospect_id.as_ref().map_or("?", |id| id.as_str()));
    }
    for refused in &answer.prospects_not_assigned {
        println!(
            "  {} is not: {}",
            refused.crm_prospect_id.as_ref().map_or("?", |id| id.as_str()),
            refused.error_message.as_deref().unwrap_or_default()
        );
    }
    Ok(())
}

/// Completes the seller's first open task. Gong keeps no notes with it, and the answer says so.
async fn finish_a_task(gong: &Client) -> Result<()> {
    chapter("A task done");
    let tasks = gong.engage_tasks().list().assignee_email(gong_sandbox::OWNER_EMAIL).send().await?;
    let Some(task) = tasks.tasks.first() else { return Ok(()) };
    println!(
        "  {} tasks are open; the first is \"{}\".",
        tasks.tasks.len(),
        task.title.as_deref().unwrap_or("(no title)")
    );
    let done =
        gong.engage_tasks().complete().task_id(task.id.clone()).user_email(gong_sandbox::OWNER_EMAIL).send().await?;
    for notice in done.notices() {
        println!("  Note: {notice}");
    }
    let left = gong.engage_tasks().list().assignee_email(gong_sandbox::OWNER_EMAIL).send().await?;
    println!("  {} are left.", left.tasks.len());
    Ok(())
}

fn chapter(title: &str) {
    println!("\n{title}");
}
