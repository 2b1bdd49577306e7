//! A user who has to connect their account first: the host asks them where it can, and else the model does.

use gong_connect::{Connection, Connections, Store};
use gong_mcp::{Account, Offer, Selection, Server, Toolbox};
use gong_sandbox::Sandbox;
use serde_json::{Value, json};

use crate::host::{HttpHost, LineHost, Messages, Version};

const TOOL: &str = "gong_users_list";
const CALLBACK: &str = "https://platform.example/callback";

/// A company with an app that has no account yet.
struct Unconnected {
    sandbox: Sandbox,
    connections: Connections,
}

impl Unconnected {
    async fn new() -> Self {
        let scopes = ["api:users:read"];
        let sandbox = Sandbox::builder().app("platform", "secret", [CALLBACK], scopes).start().await.unwrap();
        let connections = Connections::open(Store::memory()).await.unwrap();
        let app = Connection::oauth("gong", "platform", "secret", CALLBACK).scopes(scopes);
        connections.register(app.authorize_at(sandbox.base_url())).await.unwrap();
        Unconnected { sandbox, connections }
    }

    fn server(&self) -> Server {
        let account = Account::connected(self.connections.clone(), "gong", "ann");
        Server::new(Toolbox::new(account, Offer::new(&Selection::default()).unwrap()))
    }

    async fn host(&self, version: Version, capabilities: Value) -> LineHost {
        LineHost::new(self.server(), version, capabilities).await
    }

    /// The user opens the link, consents, and is led back.
    async fn connect(&self, link: &str) {
        let callback = self.sandbox.allow(link).unwrap();
        self.connections.complete_as("gong", "ann", &callback).await.unwrap();
    }
}

fn opens_links() -> Value {
    json!({"elicitation": {"form": {}, "url": {}}})
}

/// The question of a server's message, and its link.
fn question(asked: &Value) -> &str {
    assert_eq!((&asked["method"], &asked["params"]["mode"]), (&json!("elicitation/create"), &json!("url")));
    assert!(asked["params"]["message"].as_str().unwrap().contains("Gong"));
    asked["params"]["url"].as_str().unwrap()
}

#[tokio::test]
async fn a_host_that_cannot_open_links_gets_it_as_the_answer() {
    let company = Unconnected::new().await;
    for version in Version::BOTH {
        for capabilities in [json!({}), json!({"elicitation": {}}), json!({"elicitation": {"form": {}}})] {
            let mut host = company.host(version, capabilities).await;
            let heard = host.call(TOOL, json!({}), false).await;
            assert_eq!(
                (&heard.answer["result"]["isError"], &heard.result()["error"]),
                (&json!(true), &json!("NeedsAuthorization"))
            );
            assert!(heard.result()["authorization_link"].as_str().unwrap().starts_with(company.sandbox.base_url()));
        }
    }
}

/// A host of the version with sessions, which asks its user; what they said, and what the model then hears.
async fn asked(company: &Unconnected, action: &str, connects: bool) -> Value {
    let mut host = company.host(Version::Sessions, opens_links()).await;
    let id = host.begin(TOOL, json!({}), false).await;
    let asked = host.hear().await;
    let link = question(&asked).to_owned();
    assert!(!asked["params"]["elicitationId"].as_str().unwrap().is_empty());
    if connects {
        company.connect(&link).await;
    }
    host.say(&json!({"jsonrpc": "2.0", "id": asked["id"], "result": {"action": action}})).await;
    let answer = host.hear().await;
    assert_eq!(answer["id"], id);
    assert!(!answer.to_string().contains(&link), "the model does not see the link: {answer}");
    answer["result"].clone()
}

#[tokio::test]
async fn a_host_that_opens_links_is_asked_while_the_call_goes_on() {
    let company = Unconnected::new().await;
    let declined = asked(&company, "decline", false).await;
    assert!(declined["structuredContent"]["message"].as_str().unwrap().contains("declined"), "{declined}");
    let later = asked(&company, "accept", false).await;
    assert_eq!(later["isError"], true);
    assert!(later["structuredContent"]["what_to_do"].as_str().unwrap().contains("call again"), "{later}");
    let done = asked(&company, "accept", true).await;
    assert!(done["structuredContent"]["users"].is_array(), "the call goes on: {done}");
}

#[tokio::test]
async fn a_host_that_cannot_after_all_leaves_it_to_the_model() {
    let company = Unconnected::new().await;
    let mut host = company.host(Version::Sessions, opens_links()).await;
    host.begin(TOOL, json!({}), false).await;
    let asked = host.hear().await;
    let error = json!({"code": -32601, "message": "no such method"});
    host.say(&json!({"jsonrpc": "2.0", "id": asked["id"], "error": error})).await;
    let answer = host.hear().await;
    assert!(answer["result"]["structuredContent"]["authorization_link"].is_string(), "{answer}");
}

/// Calls once more in the newest version, with what the user said.
async fn called_again(host: &mut LineHost, action: Value) -> Value {
    let mut again = Version::Newest.call(99, TOOL, json!({}), false, &opens_links());
    again["params"]["inputResponses"] = json!({"authorization": {"action": action}});
    host.say(&again).await;
    host.hear().await["result"].clone()
}

#[tokio::test]
async fn in_the_newest_version_the_answer_asks_and_the_next_call_has_what_the_user_said() {
    let company = Unconnected::new().await;
    let mut host = company.host(Version::Newest, opens_links()).await;
    let heard = host.call(TOOL, json!({}), false).await;
    let result = &heard.answer["result"];
    assert_eq!(result["resultType"], "input_required", "{result}");
    let link = question(&result["inputRequests"]["authorization"]).to_owned();

    let later = called_again(&mut host, json!("accept")).await;
    assert!(later["structuredContent"]["what_to_do"].as_str().unwrap().contains("call again"), "{later}");
    let declined = called_again(&mut host, json!("decline")).await;
    assert!(declined["structuredContent"]["message"].as_str().unwrap().contains("declined"), "{declined}");
    let odd = called_again(&mut host, json!({"x": 1})).await;
    assert!(odd["structuredContent"]["authorization_link"].is_string(), "{odd}");
    company.connect(&link).await;
    let done = called_again(&mut host, json!("accept")).await;
    assert!(done["structuredContent"]["users"].is_array(), "{done}");
}

#[tokio::test]
async fn over_http_hosts_are_asked_likewise() {
    let company = Unconnected::new().await;
    let host = HttpHost::new(company.server(), Version::Newest, opens_links()).await;
    let heard = host.call(TOOL, json!({}), false).await;
    let asked = &heard.answer["result"]["inputRequests"]["authorization"];
    assert!(question(asked).starts_with(company.sandbox.base_url()));

    let host = HttpHost::new(company.server(), Version::Sessions, opens_links()).await;
    let mut messages = Messages::of(host.request(TOOL, json!({}), false)).await;
    let asked = messages.next().await;
    company.connect(question(&asked)).await;
    let accepted = json!({"jsonrpc": "2.0", "id": asked["id"], "result": {"action": "accept"}});
    assert_eq!(host.post(&accepted).send().await.unwrap().status(), 202);
    let answer = messages.next().await;
    assert!(answer["result"]["structuredContent"]["users"].is_array(), "{answer}");
}
