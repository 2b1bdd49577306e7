//! The logs for audits.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;

use std::{collections::BTreeSet, time::Duration};

use common::{Gong, strings};
use serde_json::{Value, json};

const LONG_AGO: &str = "2020-01-01T00:00:00Z";

async fn log(gong: &Gong, log: &str) -> Vec<Value> {
    gong.get_all("/v2/logs", &[("logType", log), ("fromDateTime", LONG_AGO)], "logEntries").await
}

#[tokio::test]
async fn every_log_is_told_oldest_first_and_within_its_range() {
    let gong = Gong::new().await;
    for name in
        ["AccessLog", "UserActivityLog", "UserCallPlay", "ExternallySharedCallAccess", "ExternallySharedCallPlay"]
    {
        let entries = log(&gong, name).await;
        let times = strings(&entries, "eventTime");
        assert!(entries.len() > 5 && times.is_sorted(), "{name}: {times:?}");
        assert!(times.last().unwrap().as_str() <= "2026-11-20T12:00:00-07:00");
        let (from, to) = (times[1].as_str(), times[4].as_str());
        let range = [("logType", name), ("fromDateTime", from), ("toDateTime", to)];
        let some = gong.get("/v2/logs", &range).await.ok();
        let expected: Vec<&String> = times.iter().filter(|time| (from..to).contains(&time.as_str())).collect();
        assert_eq!(strings(some["logEntries"].as_array().unwrap(), "eventTime").iter().collect::<Vec<_>>(), expected);
        assert!(entries.iter().all(|entry| entry["logRecord"].is_object()), "{name}");
    }
}

#[tokio::test]
async fn a_long_log_comes_in_pages() {
    let gong = Gong::new().await;
    let query = [("logType", "UserCallPlay"), ("fromDateTime", LONG_AGO)];
    let first = gong.get("/v2/logs", &query).await.ok();
    assert_eq!(first["records"]["currentPageSize"], 100);
    let cursor = first["records"]["cursor"].as_str().unwrap();
    let other = [("logType", "AccessLog"), ("fromDateTime", LONG_AGO), ("cursor", cursor)];
    assert_eq!(gong.get("/v2/logs", &other).await.refusal(), (400, "failed to verify cursor"));
    assert_eq!(log(&gong, "UserCallPlay").await.len(), first["records"]["totalRecords"]);
}

#[tokio::test]
async fn who_played_what_is_what_the_statistics_say() {
    let gong = Gong::new().await;
    let range = [
        ("logType", "UserCallPlay"),
        ("fromDateTime", "2026-11-10T00:00:00-07:00"),
        ("toDateTime", "2026-11-11T00:00:00-07:00"),
    ];
    let plays = gong.get_all("/v2/logs", &range, "logEntries").await;
    let text = |value: &Value| value.as_str().unwrap().to_string();
    let plays: BTreeSet<_> =
        plays.iter().map(|entry| (text(&entry["userId"]), text(&entry["logRecord"]["call_id"]))).collect();
    let body = json!({"filter": {"fromDate": "2026-11-10", "toDate": "2026-11-11"}});
    let users = gong.post_all("/v2/stats/activity/day-by-day", body, "usersDetailedActivities").await;
    let mut told = BTreeSet::new();
    for user in &users {
        let day = &user["userDailyActivityStats"][0];
        let calls = [&day["ownCallsListenedTo"], &day["othersCallsListenedTo"]].map(|calls| calls.as_array().unwrap());
        told.extend(calls.into_iter().flatten().map(|call| (text(&user["userId"]), text(call))));
    }
    assert!(!plays.is_empty() && plays == told);
}

#[tokio::test]
async fn requests_are_kept_for_fourteen_days_only() {
    let gong = Gong::new().await;
    assert!(log(&gong, "AccessLog").await[0]["eventTime"].as_str().unwrap() >= "2026-11-06T12:00:00-07:00");
    gong.sandbox.advance(Duration::from_secs(40 * 24 * 60 * 60));
    let query = [("logType", "AccessLog"), ("fromDateTime", LONG_AGO)];
    assert_eq!(gong.get("/v2/logs", &query).await.refusal(), (404, "No logs found for the specified period"));
    assert!(!log(&gong, "UserCallPlay").await.is_empty());
}

#[tokio::test]
async fn somebody_at_gong_acts_in_a_users_place_now_and_then() {
    let gong = Gong::new().await;
    let entries = log(&gong, "UserActivityLog").await;
    let company = gong.sandbox.company();
    let impersonated: Vec<&Value> = entries.iter().filter(|entry| entry.get("impersonatorUserId").is_some()).collect();
    assert!(!impersonated.is_empty() && impersonated.len() < entries.len());
    for entry in impersonated {
        assert!(company.user(entry["impersonatorUserId"].as_str().unwrap()).unwrap().avatar);
        assert!(entry["userId"].is_string() && entry["impersonatorCompanyId"].is_string());
    }
}

#[tokio::test]
async fn guests_are_no_users() {
    let gong = Gong::new().await;
    let opened = log(&gong, "ExternallySharedCallAccess").await;
    let played = log(&gong, "ExternallySharedCallPlay").await;
    assert!(played.len() < opened.len());
    for entry in opened.iter().chain(&played) {
        assert!(entry.get("userId").is_none() && entry["userEmailAddress"].is_string());
        assert!(gong.sandbox.company().user_by_email(entry["userEmailAddress"].as_str().unwrap()).is_none());
    }
    assert_eq!(played[0]["logRecord"]["sequence_num"], "1", "a number in the log of users' plays");
}

#[tokio::test]
async fn a_log_and_its_beginning_are_wanted() {
    let gong = Gong::new().await;
    let ask = |query: &'static [(&'static str, &'static str)]| gong.get("/v2/logs", query);
    assert_eq!(ask(&[]).await.refusal(), (400, "logType parameter is missing"));
    assert_eq!(ask(&[("logType", "AccessLog")]).await.refusal(), (400, "fromDateTime parameter is missing"));
    let unknown = ask(&[("logType", "accessLog"), ("fromDateTime", LONG_AGO)]).await;
    assert!(unknown.refusal().1.starts_with("logType should be one of AccessLog, "));
    for date in [
        &[("logType", "AccessLog"), ("fromDateTime", "2026-11-01")],
        &[("logType", "AccessLog"), ("fromDateTime", "2026-11-01T00:00:00")],
    ] {
        assert_eq!(ask(date).await.status, 400);
    }
    let token = gong.sandbox.issue_token(["api:users:read"]);
    let scopeless = Gong::send(gong.bare("GET", "/v2/logs").bearer_auth(token)).await;
    assert_eq!(scopeless.refusal(), (401, "You don't have permission to use 'api:logs:read' in your app."));
}

#[tokio::test]
async fn somebody_who_was_erased_is_in_no_log() {
    let gong = Gong::new().await;
    let opened = log(&gong, "ExternallySharedCallAccess").await.remove(0);
    let email = opened["userEmailAddress"].as_str().unwrap();
    let erase = gong.request("POST", "/v2/data-privacy/erase-data-for-email-address").query(&[("emailAddress", email)]);
    Gong::send(erase).await.ok();
    gong.sandbox.advance(Duration::from_secs(2 * 60 * 60));
    let call = opened["logRecord"]["call_id"].as_str().unwrap();
    for name in ["AccessLog", "UserCallPlay", "ExternallySharedCallAccess", "ExternallySharedCallPlay"] {
        let entries = json!(log(&gong, name).await).to_string();
        assert!(!entries.contains(email) && !entries.contains(call), "{name}");
    }
    let access = gong.post("/v2/calls/users-access", json!({"filter": {"callIds": [call]}})).await.ok();
    assert_eq!(access["callAccessList"], json!([]), "nor does the list of who has access know the call");
}
