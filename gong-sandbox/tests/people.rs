//! Users, coaching, statistics.

mod common;

use common::{Gong, strings};
use gong_sandbox::{MANAGER_EMAIL, OWNER_EMAIL, company::Call};
use serde_json::{Value, json};

#[tokio::test]
async fn avatars_are_users_that_show_only_when_asked_for() {
    let gong = Gong::new().await;
    let without = gong.get_all("/v2/users", &[], "users").await;
    let with = gong.get_all("/v2/users", &[("includeAvatars", "true")], "users").await;
    assert_eq!(without.len(), 250);
    assert_eq!(with.len(), 254);
}

#[tokio::test]
async fn users_report_to_users_and_some_have_left() {
    let gong = Gong::new().await;
    let users = gong.get_all("/v2/users", &[], "users").await;
    let ids = strings(&users, "id");
    let managed: Vec<&Value> = users.iter().filter(|user| !user["managerId"].is_null()).collect();
    assert_eq!(managed.len(), users.len() - 1);
    assert!(managed.iter().all(|user| ids.iter().any(|id| user["managerId"] == id.as_str())));
    assert!(users.iter().any(|user| user["active"] == false));
    assert!(users.iter().any(|user| user["title"].is_null()));
}

#[tokio::test]
async fn users_are_filtered_by_id_and_by_a_range_that_excludes_its_end() {
    let gong = Gong::new().await;
    let company = gong.sandbox.company();
    let ask = |filter: Value| gong.post("/v2/users/extensive", json!({"filter": filter}));
    let one = ask(json!({"userIds": [company.users[3].id]})).await.ok();
    assert_eq!(one["users"][0]["emailAddress"], company.users[3].email.as_str());

    let boundary = one["users"][0]["created"].as_str().unwrap();
    let until = ask(json!({"createdToDateTime": boundary})).await.ok();
    assert_eq!(until["records"]["totalRecords"], 3);
    let none = ask(json!({"userIds": ["1"]})).await;
    assert_eq!(none.refusal(), (404, "No users found corresponding to the provided filters"));
    assert_eq!(gong.post("/v2/users/extensive", json!({})).await.status, 400);
    assert_eq!(ask(json!({})).await.ok()["records"]["totalRecords"], 250);
}

#[tokio::test]
async fn a_single_user_is_read_by_id() {
    let gong = Gong::new().await;
    let owner = gong.sandbox.company().owner().unwrap().clone();
    let answer = gong.get(&format!("/v2/users/{}", owner.id), &[]).await.ok();
    assert_eq!(answer["user"]["emailAddress"], OWNER_EMAIL);
    for path in ["/v2/users/1", "/v2/users/1/settings-history"] {
        assert_eq!(gong.get(path, &[]).await.refusal(), (404, "User not found"));
    }
    for path in ["/v2/users/sam", "/v2/users/123456789012345678901", "/v2/users/1.5/settings-history"] {
        assert_eq!(gong.get(path, &[]).await.refusal(), (400, "id should be a valid Long"));
    }
}

#[tokio::test]
async fn the_history_of_a_users_settings_ends_with_how_they_are() {
    let gong = Gong::new().await;
    for user in gong.get_all("/v2/users", &[], "users").await.iter().take(60) {
        let path = format!("/v2/users/{}/settings-history", user["id"].as_str().unwrap());
        let answer = gong.get(&path, &[]).await.ok();
        let changes = answer["userSettingsHistory"].as_array().unwrap();
        let times = strings(changes, "time");
        assert!(
            times.is_sorted() && times.iter().all(|time| time.as_str() <= "2026-11-20T12:00:00-07:00"),
            "{times:?}"
        );
        let last = |name: &str| {
            let change = changes.iter().rfind(|change| change["setting"] == name);
            json!(change.is_some_and(|change| change["value"] == true))
        };
        assert_eq!(user["active"], last("active"));
        for (setting, value) in user["settings"].as_object().unwrap() {
            let name = if setting == "telephonyCallsImported" { "callsImported" } else { setting.as_str() };
            assert_eq!(*value, last(name), "{setting} of {}", user["id"]);
        }
    }
}

#[tokio::test]
async fn coaching_wants_kebab_case_and_full_date_times() {
    let gong = Gong::new().await;
    let company = gong.sandbox.company();
    let workspace = company.workspaces[0].id.as_str();
    let manager = company.user_by_email(MANAGER_EMAIL).unwrap().id.as_str();
    let ask = |from: &'static str| {
        let query =
            vec![("workspace-id", workspace), ("manager-id", manager), ("from", from), ("to", "2026-11-20T00:00:00Z")];
        let gong = &gong;
        async move { gong.get("/v2/coaching", &query).await }
    };
    let missing = gong.get("/v2/coaching", &[]).await;
    assert_eq!(missing.refusal(), (400, "workspace-id parameter is missing"));
    assert_eq!(ask("2026-09-01").await.status, 400);

    let answer = ask("2026-09-01T00:00:00Z").await.ok();
    let data = &answer["coachingData"][0];
    assert_eq!(data["manager"]["emailAddress"], MANAGER_EMAIL);
    let reports = data["directReportsMetrics"].as_array().unwrap();
    let owner = reports.iter().find(|one| one["report"]["emailAddress"] == OWNER_EMAIL).unwrap();
    let listened = owner["metrics"]["callsListenedTo"].as_array().unwrap();
    assert!(listened.iter().all(Value::is_string) && !listened.is_empty());
    let names: Vec<&String> = owner["metrics"].as_object().unwrap().keys().collect();
    let known = [
        "callsListenedTo",
        "callsManagerAttended",
        "callsManagerCommentedOn",
        "callsWithFeedback",
        "callsWithScorecardFilled",
    ];
    assert_eq!(names, known);
    let nobodys = [("workspace-id", workspace), ("manager-id", company.owner().unwrap().id.as_str())];
    let range = [("from", "2026-09-01T00:00:00Z"), ("to", "2026-11-20T00:00:00Z")];
    let of_nobody = gong.get("/v2/coaching", &[nobodys, range].concat()).await.ok();
    assert_eq!(of_nobody["coachingData"], json!([]), "to whom nobody reports");
}

fn november() -> Value {
    json!({"fromDate": "2026-11-01", "toDate": "2026-11-20"})
}

#[tokio::test]
async fn stats_want_bare_dates_that_have_come() {
    let gong = Gong::new().await;
    for path in ["/v2/stats/interaction", "/v2/stats/activity/aggregate"] {
        let ask = |filter: Value| gong.post(path, json!({"filter": filter}));
        assert_eq!(ask(november()).await.status, 200);
        let missing = ask(json!({"toDate": "2026-11-20"})).await;
        assert_eq!(missing.refusal(), (400, "filter.fromDate: may not be null"));
        let timed = ask(json!({"fromDate": "2026-11-01T00:00:00Z", "toDate": "2026-11-20"})).await;
        assert_eq!(timed.status, 400);
        let tomorrow = ask(json!({"fromDate": "2026-11-01", "toDate": "2026-11-21"})).await;
        assert_eq!(tomorrow.status, 400);
    }
}

#[tokio::test]
async fn interaction_stats_tell_of_those_who_hosted_calls() {
    let gong = Gong::new().await;
    let answer = gong.post("/v2/stats/interaction", json!({"filter": november()})).await.ok();
    assert_eq!(answer["fromDateTime"], "2026-11-01T00:00:00-07:00");
    assert_eq!(answer["timeZone"], gong.sandbox.company().time_zone);
    let rows = answer["peopleInteractionStats"].as_array().unwrap();
    let owner = rows.iter().find(|row| row["userEmailAddress"] == OWNER_EMAIL).unwrap();
    let names = strings(owner["personInteractionStats"].as_array().unwrap(), "name");
    assert!(names.contains(&"Question Rate".to_string()));
    assert_eq!((names.len(), names[0].as_str()), (6, "Talk Ratio"));
    let before_all = json!({"fromDate": "2020-01-01", "toDate": "2020-02-01"});
    assert_eq!(gong.post("/v2/stats/interaction", json!({"filter": before_all})).await.status, 404);
}

#[tokio::test]
async fn the_aggregate_counts_the_calls_that_were_hosted() {
    let gong = Gong::new().await;
    let company = gong.sandbox.company();
    let owner = company.owner().unwrap();
    let mut filter = november();
    filter["userIds"] = json!([owner.id]);
    let answer = gong.post("/v2/stats/activity/aggregate", json!({"filter": filter})).await.ok();
    let hosted = company.calls.iter().filter(|call| {
        let day = &call.started()[..10];
        call.primary_user_id == owner.id && ("2026-11-01".."2026-11-20").contains(&day)
    });
    let row = &answer["usersAggregateActivityStats"][0]["userAggregateActivityStats"];
    let hosted = hosted.count();
    assert_eq!(row["callsAsHost"], hosted);
    let owner_took_part = |call: &&Call| call.parties.iter().any(|party| party.user_id.as_ref() == Some(&owner.id));
    let attended = company.calls.iter().filter(owner_took_part).filter(|call| {
        let day = &call.started()[..10];
        ("2026-11-01".."2026-11-20").contains(&day)
    });
    assert_eq!(row["callsAttended"], attended.count(), "those that the user hosted are among them");
    filter["userIds"] = json!(["1"]);
    let unknown = gong.post("/v2/stats/activity/aggregate", json!({"filter": filter})).await;
    assert_eq!(unknown.refusal(), (404, "User not found"));
}

#[tokio::test]
async fn answered_scorecards_are_those_reviewed_by_hand_unless_asked_otherwise() {
    let gong = Gong::new().await;
    let path = "/v2/stats/activity/scorecards";
    let ask = |filter: Value| gong.post_all(path, json!({"filter": filter}), "answeredScorecards");
    let manual = ask(json!({})).await;
    assert!(manual.iter().all(|card| card["reviewMethod"] == "MANUAL" && card["callId"].is_string()));
    let both = ask(json!({"reviewMethod": "BOTH"})).await;
    assert_eq!(both.len(), gong.sandbox.company().answered_scorecards.len());
    assert!(manual.len() < both.len());
    let before_all = json!({"filter": {"callToDate": "2020-01-01"}});
    let none = gong.post(path, before_all).await;
    assert_eq!(none.refusal(), (404, "No answered scorecards found corresponding to the provided filters."));
}
