//! Access to single calls that users are given through the API.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;

use common::{Answer, Gong};
use gong_sandbox::Sandbox;
use serde_json::{Value, json};

const PATH: &str = "/v2/calls/users-access";

struct Asked {
    gong: Gong,
    call: String,
    outsiders: [String; 2],
    host: String,
}

impl Asked {
    /// The last call, its host, and two users who did not take part in it.
    async fn new() -> Self {
        let gong = Gong::with(Sandbox::builder().strict(true).start().await.unwrap());
        let company = gong.sandbox.company();
        let call = company.calls.last().unwrap();
        let is_party = |id: &String| call.parties.iter().any(|party| party.user_id.as_ref() == Some(id));
        let mut outsiders = company.users.iter().map(|user| user.id.clone()).filter(|id| !is_party(id));
        let outsiders = [outsiders.next().unwrap(), outsiders.next().unwrap()];
        Self { call: call.id.clone(), outsiders, host: call.primary_user_id.clone(), gong }
    }

    async fn send(&self, method: &str, items: Value) -> Answer {
        Gong::send(self.gong.request(method, PATH).json(&json!({"callAccessList": items}))).await
    }

    async fn change(&self, method: &str, user: &str) -> Answer {
        self.send(method, json!([{"callId": self.call, "userIds": [user]}])).await
    }

    async fn users(&self) -> Value {
        let answer = self.gong.post(PATH, json!({"filter": {"callIds": [self.call, "1"]}})).await.ok();
        assert_eq!(answer["callAccessList"][0]["callId"], self.call.as_str());
        assert_eq!(answer["callAccessList"].as_array().unwrap().len(), 1, "nothing is said of an unknown call");
        answer["callAccessList"][0]["users"].clone()
    }
}

#[tokio::test]
async fn whoever_is_given_access_is_in_the_list_until_it_is_taken_again() {
    let asked = Asked::new().await;
    let [one, other] = &asked.outsiders;
    assert_eq!(asked.users().await, json!([]));
    for user in [one, other, one] {
        asked.change("PUT", user).await.ok();
    }
    assert_eq!(asked.users().await, json!([{"userId": one}, {"userId": other}]), "nobody is in it twice");
    assert_eq!(asked.gong.sandbox.company().calls.last().unwrap().granted_users, [one.clone(), other.clone()]);
    for _ in 0..2 {
        asked.change("DELETE", one).await.ok();
        assert_eq!(asked.users().await, json!([{"userId": other}]), "to take it twice does no more");
    }
    assert_eq!(asked.gong.sandbox.violations(), []);
}

#[tokio::test]
async fn whoever_took_part_has_access_already_and_is_not_in_the_list() {
    let asked = Asked::new().await;
    asked.change("PUT", &asked.host).await.ok();
    assert_eq!(asked.users().await, json!([]));
}

#[tokio::test]
async fn some_were_given_access_before() {
    let asked = Asked::new().await;
    let first = asked.gong.sandbox.company().calls[0].clone();
    let answer = asked.gong.post(PATH, json!({"filter": {"callIds": [first.id]}})).await.ok();
    let users = json!([{"userId": "1893659490928536864"}, {"userId": "3498892682717610233"}]);
    assert_eq!(answer["callAccessList"], json!([{"callId": "3101105605033565518", "users": users}]));
}

#[tokio::test]
async fn nothing_is_done_if_any_item_is_wrong() {
    let asked = Asked::new().await;
    let [one, _] = &asked.outsiders;
    let good = json!({"callId": asked.call, "userIds": [one]});
    let wrong = [
        (json!({"userIds": [one]}), "callAccessList[1].callId: must not be null"),
        (json!({"callId": asked.call}), "callAccessList[1].userIds: must not be null"),
        (json!({"callId": asked.call, "userIds": []}), "callAccessList[1].userIds: must not be empty"),
        (json!({"callId": "1", "userIds": [one]}), "Call ID 1 was not found"),
        (json!({"callId": asked.call, "userIds": ["1"]}), "User ID 1 was not found"),
        (json!({"callId": asked.call, "userIds": one}), "Json parse error"),
        (json!("all"), "Json parse error"),
    ];
    for (item, text) in wrong {
        for method in ["PUT", "DELETE"] {
            assert_eq!(asked.send(method, json!([good, item])).await.refusal(), (400, text));
        }
    }
    let several = asked.send("PUT", json!([good, {}, {"callId": "1", "userIds": ["2"]}])).await;
    assert_eq!(several.body["errors"].as_array().unwrap().len(), 4, "{}", several.body);
    assert_eq!(asked.users().await, json!([]));
}

#[tokio::test]
async fn a_list_that_is_missing_or_empty_is_refused() {
    let asked = Asked::new().await;
    for items in [Value::Null, json!([])] {
        assert_eq!(asked.send("PUT", items).await.refusal(), (400, "callAccessList: must not be empty"));
    }
    let ask = |body: Value| asked.gong.post(PATH, body);
    assert_eq!(ask(json!({})).await.refusal(), (400, "filter: must not be null"));
    assert_eq!(ask(json!({"filter": {}})).await.refusal(), (400, "filter.callIds: may not be null"));
    assert_eq!(ask(json!({"filter": {"callIds": []}})).await.refusal(), (400, "filter.callIds: must not be empty"));
    assert_eq!(ask(json!({"filter": {"callIds": "1"}})).await.refusal(), (400, "Json parse error"));
}

#[tokio::test]
async fn to_read_access_is_another_scope_than_to_change_it() {
    let asked = Asked::new().await;
    let token = asked.gong.sandbox.issue_token(["api:call-user-access:read"]);
    let send = |method| {
        let body = json!({"filter": {"callIds": [asked.call]}});
        Gong::send(asked.gong.bare(method, PATH).bearer_auth(&token).json(&body))
    };
    send("POST").await.ok();
    for method in ["PUT", "DELETE"] {
        let text = "You don't have permission to use 'api:call-user-access:write' in your app.";
        assert_eq!(send(method).await.refusal(), (401, text));
    }
}
