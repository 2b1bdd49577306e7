//! What users did with calls: statistics over a range, period by period and day by day, which tell the same.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;

use std::collections::BTreeMap;

use common::{Gong, strings};
use gong_sandbox::Sandbox;
use serde_json::{Map, Value, json};

const AGGREGATE: &str = "/v2/stats/activity/aggregate";
const BY_PERIOD: &str = "/v2/stats/activity/aggregate-by-period";
const DAY_BY_DAY: &str = "/v2/stats/activity/day-by-day";

async fn strict() -> Gong {
    Gong::with(Sandbox::builder().strict(true).start().await.unwrap())
}

fn autumn() -> Value {
    json!({"fromDate": "2026-09-16", "toDate": "2026-11-18"})
}

async fn by_period(gong: &Gong, filter: &Value, period: &str) -> Vec<Value> {
    let body = json!({"filter": filter, "aggregationPeriod": period});
    gong.post_all(BY_PERIOD, body, "usersAggregateActivity").await
}

/// Adds up the figures of a user's rows; a list counts what is in it.
fn sum(rows: &Value) -> BTreeMap<String, u64> {
    let mut sums = BTreeMap::new();
    let rows = rows.as_array().map(Vec::as_slice).unwrap_or(std::slice::from_ref(rows));
    for (name, value) in rows.iter().flat_map(|row| row.as_object().unwrap()) {
        if !name.ends_with("Date") {
            let number = value.as_u64().unwrap_or_else(|| value.as_array().unwrap().len() as u64);
            *sums.entry(name.clone()).or_default() += number;
        }
    }
    sums
}

fn by_user<'a>(rows: &'a [Value], name: &str) -> BTreeMap<&'a str, BTreeMap<String, u64>> {
    rows.iter().map(|row| (row["userId"].as_str().unwrap(), sum(&row[name]))).collect()
}

#[tokio::test]
async fn a_range_a_period_and_a_day_tell_the_same() {
    let gong = strict().await;
    let whole = gong.post_all(AGGREGATE, json!({"filter": autumn()}), "usersAggregateActivityStats").await;
    let whole = by_user(&whole, "userAggregateActivityStats");
    assert!(whole.len() > 50 && whole.values().next().unwrap().len() == 15);
    for period in ["DAY", "WEEK", "MONTH", "QUARTER", "YEAR"] {
        let rows = by_period(&gong, &autumn(), period).await;
        assert_eq!(by_user(&rows, "userAggregateActivity"), whole, "{period}");
    }
    let days = gong.post_all(DAY_BY_DAY, json!({"filter": autumn()}), "usersDetailedActivities").await;
    assert_eq!(by_user(&days, "userDailyActivityStats"), whole);
    let total = |figure: &str| whole.values().map(|user| user[figure]).sum::<u64>();
    for figure in whole.values().next().unwrap().keys() {
        assert!(total(figure) > 0, "{figure}");
    }
    assert_eq!(total("callsCommentsGiven"), total("callsCommentsReceived"));
    assert_eq!(gong.sandbox.violations(), []);
}

#[tokio::test]
async fn days_name_the_calls_that_there_are() {
    let gong = strict().await;
    let company = gong.sandbox.company();
    let owner = company.owner().unwrap();
    let filter = json!({"fromDate": "2026-11-02", "toDate": "2026-11-16", "userIds": [owner.id]});
    let answer = gong.post(DAY_BY_DAY, json!({"filter": filter})).await.ok();
    let days = answer["usersDetailedActivities"][0]["userDailyActivityStats"].as_array().unwrap();
    assert_eq!(days.len(), 14, "those without any activity too");
    assert_eq!(days[0]["fromDate"], "2026-11-02T00:00:00-07:00");
    assert_eq!(days[0]["toDate"], days[1]["fromDate"]);
    for day in days {
        let range = day["fromDate"].as_str().unwrap()..day["toDate"].as_str().unwrap();
        let hosted = company.calls.iter().filter(|call| call.primary_user_id == owner.id);
        let mut hosted: Vec<&str> =
            hosted.filter(|call| range.contains(&call.started().as_str())).map(|call| call.id.as_str()).collect();
        hosted.sort_unstable();
        assert_eq!(day["callsAsHost"], json!(hosted));
        assert!(hosted.iter().all(|id| day["callsAttended"].as_array().unwrap().contains(&json!(id))));
    }
}

#[tokio::test]
async fn periods_are_those_of_the_calendar_cut_to_the_range() {
    let gong = strict().await;
    let dates = async |period| {
        let rows = by_period(&gong, &autumn(), period).await;
        let periods = rows[0]["userAggregateActivity"].as_array().unwrap().clone();
        let mut dates = strings(&periods, "fromDate");
        dates.push(periods.last().unwrap()["toDate"].as_str().unwrap().to_string());
        dates.iter().map(|date| date[..10].to_string()).collect::<Vec<_>>()
    };
    assert_eq!(dates("MONTH").await, ["2026-09-16", "2026-10-01", "2026-11-01", "2026-11-18"]);
    assert_eq!(dates("QUARTER").await, ["2026-09-16", "2026-10-01", "2026-11-18"]);
    assert_eq!(dates("YEAR").await, ["2026-09-16", "2026-11-18"]);
    let weeks = dates("WEEK").await;
    assert_eq!((weeks[1].as_str(), weeks.len()), ("2026-09-21", 11), "a Monday");
}

#[tokio::test]
async fn users_without_activity_have_rows_only_where_they_were_asked_for_by_period() {
    let gong = strict().await;
    let head = gong.sandbox.company().users[0].id.clone();
    let filter = json!({"fromDate": "2026-11-14", "toDate": "2026-11-15", "userIds": [head, "1"]});
    let rows = by_period(&gong, &filter, "DAY").await;
    assert_eq!((rows.len(), &rows[0]["userId"]), (1, &json!(head)), "nobody does anything on a Saturday");
    assert!(sum(&rows[0]["userAggregateActivity"]).values().all(|number| *number == 0));
    for (path, name) in [(AGGREGATE, "usersAggregateActivityStats"), (DAY_BY_DAY, "usersDetailedActivities")] {
        assert_eq!(gong.post(path, json!({"filter": filter})).await.ok()[name], json!([]));
    }
}

#[tokio::test]
async fn a_period_and_dates_that_have_come_are_wanted() {
    let gong = strict().await;
    let ask = |body: Value| gong.post(BY_PERIOD, body);
    let nothing = ask(json!({})).await;
    assert_eq!(nothing.body["errors"], json!(["aggregationPeriod: must not be null", "filter: must not be null"]));
    let hour = json!({"filter": autumn(), "aggregationPeriod": "HOUR"});
    assert_eq!(ask(hour).await.refusal(), (400, "Json parse error"));
    for path in [BY_PERIOD, DAY_BY_DAY] {
        let ask = |changes: Value| {
            let mut filter: Map<String, Value> = autumn().as_object().unwrap().clone();
            filter.extend(changes.as_object().unwrap().clone());
            gong.post(path, json!({"filter": filter, "aggregationPeriod": "DAY"}))
        };
        assert_eq!(ask(json!({"fromDate": null})).await.refusal(), (400, "filter.fromDate: may not be null"));
        let timed = ask(json!({"fromDate": "2026-11-01T00:00:00Z"})).await;
        assert_eq!(timed.refusal(), (400, "filter.fromDate: '2026-11-01T00:00:00Z' is not a valid date"));
        let tomorrow = ask(json!({"toDate": "2026-11-21"})).await;
        assert_eq!(tomorrow.refusal(), (400, "filter.toDate: must not be later than today"));
        assert_eq!(ask(json!({"userIds": ["1"]})).await.refusal(), (404, "User not found"));
    }
}

#[tokio::test]
async fn the_calls_of_each_day_take_a_scope_of_their_own() {
    let gong = strict().await;
    let token = gong.sandbox.issue_token(["api:stats:user-actions"]);
    let body = json!({"filter": autumn(), "aggregationPeriod": "YEAR"});
    let send = |path| Gong::send(gong.bare("POST", path).bearer_auth(&token).json(&body));
    send(BY_PERIOD).await.ok();
    let text = "You don't have permission to use 'api:stats:user-actions:detailed' in your app.";
    assert_eq!(send(DAY_BY_DAY).await.refusal(), (401, text));
}
