//! What agents and shells write for a list, for nothing and for an id, of every parameter of every tool.

use gong_client::catalog::{self, Param, Tool};
use gong_client::models::Party;
use gong_client::{Client, Error, ErrorKind};
use serde_json::{Map, Value, json};

use crate::support::{World, at, with_files};

/// A client that has nobody to talk to: enough to see what would be sent.
fn client() -> Client {
    Client::builder().access_token("t").build().unwrap()
}

/// The example of a tool with this parameter.
fn with(tool: &Tool, param: &str, value: Value) -> Value {
    let mut input: Map<String, Value> = serde_json::from_str(tool.example).unwrap();
    input.insert(param.to_owned(), value);
    input.into()
}

async fn sent(tool: &Tool, input: Value) -> Result<String, Error> {
    let planned = with_files(&client(), tool, input).dry_run().await?;
    let ids = ["eventId", "clientUniqueId"];
    let one = |request: &gong_client::PlannedRequest| {
        let mut body = request.body.clone().unwrap_or_default();
        if let Some(body) = body.as_object_mut() {
            ids.iter().for_each(|id| drop(body.remove(*id)));
        }
        let url = request.url.split('?').next().unwrap_or_default().to_owned();
        // What follows from the clock or from chance has no place in a comparison.
        let differs = |part: &&str| ["to=", "from=", "clientRequestId="].iter().any(|name| part.starts_with(name));
        let query: Vec<&str> = request.url.split(['?', '&']).skip(1).filter(|part| !differs(part)).collect();
        format!("{} {url} {query:?} {body}\n", request.method)
    };
    Ok(planned.iter().map(one).collect())
}

fn params() -> impl Iterator<Item = (&'static Tool, &'static Param)> {
    catalog::tools().iter().flat_map(|tool| tool.params.iter().map(move |param| (*tool, param)))
}

/// Two elements that a list of this parameter takes.
fn two(tool: &Tool, param: &Param) -> [String; 2] {
    let schema: Value = serde_json::from_str(tool.input_schema).unwrap();
    let items = &schema["properties"][param.name]["items"];
    match (&items["enum"], &items["format"]) {
        (Value::Array(values), _) => [0, 1].map(|index| values[index].as_str().unwrap().to_owned()),
        (_, Value::String(format)) if format == "email" => ["ann@example.com", "ben@example.com"].map(str::to_owned),
        _ => ["7782342274025937895", "7782342274025937896"].map(str::to_owned),
    }
}

#[tokio::test]
async fn every_list_whose_elements_hold_no_comma_may_be_text_with_commas() {
    let mut lists = 0;
    for (tool, param) in params().filter(|(_, param)| param.commas) {
        lists += 1;
        let [one, other] = two(tool, param);
        let expected = sent(tool, with(tool, param.name, json!([one, other]))).await.unwrap();
        for text in [format!("{one},{other}"), format!(" {one} , {other},"), format!("[\"{one}\", \"{other}\"]")] {
            let got = sent(tool, with(tool, param.name, json!(text))).await.unwrap();
            assert_eq!(got, expected, "{} {}", tool.name, param.name);
        }
        let single = sent(tool, with(tool, param.name, json!(one))).await.unwrap();
        assert_eq!(single, sent(tool, with(tool, param.name, json!([one]))).await.unwrap());
        let joined = sent(tool, with(tool, param.name, json!([format!("{one},{other}")]))).await.unwrap_err();
        assert!(joined.to_string().contains(&format!("`{}[0]` must be", param.name)), "{joined}");
    }
    assert!(lists >= 14, "{lists}");
}

#[tokio::test]
async fn another_list_says_how_several_are_given() {
    let text = json!("{\"system\": \"Salesforce\"},{\"system\": \"Generic\"}");
    let tool = catalog::tool("gong_calls_create").unwrap();
    for param in tool.params.iter().filter(|param| param.kind.starts_with("array")) {
        let error = sent(tool, with(tool, param.name, text.clone())).await.unwrap_err().to_string();
        assert!(error.contains("must be a list; write [") && error.contains(", or for several ["), "{error}");
    }
}

#[tokio::test]
async fn empty_text_is_nothing_or_refused_and_never_sent() {
    let (mut nothing, mut refused) = (0, 0);
    for (tool, param) in params() {
        let mut without: Map<String, Value> = serde_json::from_str(tool.example).unwrap();
        without.remove(param.name);
        let expected = sent(tool, without.into()).await.map_err(|error| error.to_string());
        for blank in ["", "  ", "\t\n"] {
            let got = sent(tool, with(tool, param.name, json!(blank))).await.map_err(|error| error.to_string());
            match got {
                // As if it were not there, in what is sent and in what is refused.
                got if got == expected => nothing += 1,
                Err(error) => {
                    refused += 1;
                    assert!(error.contains(&format!("`{}`", param.name)), "{error}");
                    assert!(
                        error.contains("must not be empty")
                            || error.contains(" elements, not 0")
                            || error.contains("e-mail")
                            || error.contains("an address"),
                        "{} {}: {error}",
                        tool.name,
                        param.name
                    );
                }
                Ok(sent) => panic!("{} {}: {sent}", tool.name, param.name),
            }
        }
        let null = sent(tool, with(tool, param.name, Value::Null)).await.map_err(|error| error.to_string());
        assert_eq!(null, expected, "{} {}", tool.name, param.name);
    }
    assert_eq!(nothing % 3 + refused % 3, 0);
    println!("{} parameters where empty text is nothing, {} where it is refused", nothing / 3, refused / 3);
}

#[tokio::test]
async fn an_empty_cursor_is_the_first_page_on_every_path() {
    let world = World::paged(100).await;
    for cursor in ["", " "] {
        let page = world.gong.call("gong_users_get", json!({"cursor": cursor})).await.unwrap();
        assert_eq!(page["records"]["currentPageNumber"], 0);
        assert_eq!(world.last_body(), json!({"filter": {}}));
        world.gong.users().list().cursor(cursor).send().await.unwrap();
        assert_eq!(world.last().query, []);
        let mut users = world.gong.users().list().cursor(cursor).items();
        assert_eq!(users.next().await.unwrap().unwrap().id.as_str(), world.company().users[0].id);
        let mut calls = world.gong.calls().list().cursor(cursor).newest_first().limit(1);
        assert!(calls.next().await.unwrap().is_ok());
        let mut pages = world.gong.pages("gong_calls_list", json!({"cursor": cursor})).unwrap();
        assert!(pages.next().await.unwrap().is_ok());
    }
}

#[tokio::test]
async fn empty_texts_of_a_party_are_not_sent() {
    let call = json!({"actual_start": "2026-11-20T15:00:00Z", "title": "", "parties": [
        {"userId": "1597409306735779049", "name": "", "emailAddress": " ", "mediaChannelId": "", "affiliation": ""},
    ]});
    let planned = client().dry_run("gong_calls_create", call).await.unwrap();
    let body = planned[0].body.clone().unwrap();
    assert_eq!((&body["parties"], body.get("title")), (&json!([{"userId": "1597409306735779049"}]), None));
    let party = Party::new().user_id("1597409306735779049").name("").email_address("");
    let at = "2026-11-20T15:00:00Z".parse::<gong_client::DateTime>().unwrap();
    let planned = client().calls().create().actual_start(at).title(" ").parties([party]).dry_run().await.unwrap();
    let body = planned[0].body.clone().unwrap();
    assert_eq!((&body["parties"], body.get("title")), (&json!([{"userId": "1597409306735779049"}]), None));
}

#[tokio::test]
async fn a_value_of_a_flow_may_be_empty() {
    let tool = catalog::tool("gong_engage_prospects_assign").unwrap();
    let overrides = json!({"flowInstanceVariables": [{"name": "recipient.first_name", "value": ""}]});
    let input = with(tool, "overrides", overrides.clone());
    let planned = client().dry_run(tool.name, input).await.unwrap();
    assert_eq!(planned[0].body.as_ref().unwrap()["overrides"], overrides);
}

/// Texts that are no id of Gong's.
const NONE: [&str; 7] =
    ["null", "abc", "Sales Team", "https://app.gong.io/home", "-1", "12.5", "100000000000000000000"];

#[tokio::test]
async fn what_is_no_id_is_refused_before_anything_is_sent() {
    let schema = |tool: &Tool, param: &Param| {
        let schema: Value = serde_json::from_str(tool.input_schema).unwrap();
        schema["properties"][param.name].to_string()
    };
    let mut ids = 0;
    for (tool, param) in params() {
        let schema = schema(tool, param);
        let Some((before, _)) = schema.split_once("` id.") else { continue };
        let kind = before.rsplit('`').next().unwrap();
        ids += 1;
        for text in NONE {
            let is_word = ["crm", "crm_request", "bulk_assignment", "target"].contains(&kind);
            if is_word && !text.contains(' ') {
                continue;
            }
            let value = if param.kind.starts_with("array") { json!([text]) } else { json!(text) };
            let error = sent(tool, with(tool, param.name, value)).await.unwrap_err().to_string();
            let form = if is_word { "has no spaces and no commas" } else { "is digits only" };
            assert!(error.contains(&format!("must be a {kind} id, which {form}, not {text:?}")), "{error}");
        }
    }
    println!("{ids} parameters with ids");
    assert!(ids > 30, "{ids}");
    let error = client().calls().get().call_ids(["1,2"]).dry_run().await.unwrap_err().to_string();
    assert!(error.contains("`call_ids[0]` must be a call id, which is digits only, not \"1,2\""), "{error}");
}

#[tokio::test]
async fn an_id_keeps_all_its_digits_and_a_calls_address_has_one() {
    let tool = catalog::tool("gong_calls_get").unwrap();
    let expected = sent(tool, json!({"call_ids": ["7782342274025937895"]})).await.unwrap();
    for id in [
        json!(7_782_342_274_025_937_895_u64),
        json!(" 7782342274025937895 "),
        json!("https://us-12345.app.gong.io/call?id=7782342274025937895&xtid=3"),
        json!("https://app.gong.io/call?xtid=1,2&id=7782342274025937895"),
    ] {
        assert_eq!(sent(tool, json!({"call_ids": [id]})).await.unwrap(), expected, "{id}");
    }
    let largest = sent(tool, json!({"call_ids": [u64::MAX]})).await.unwrap();
    assert!(largest.contains("[\"18446744073709551615\"]"), "{largest}");
    let wrong = sent(tool, json!({"call_ids": [1.5e19]})).await.unwrap_err().to_string();
    assert!(wrong.contains("this number has lost digits"), "{wrong}");
    for address in ["https://app.gong.io/call?id=abc", "https://app.gong.io/deal?id=1", "https://app.gong.io/call"] {
        assert!(sent(tool, json!({"call_ids": [address]})).await.is_err(), "{address}");
    }
}

#[tokio::test]
async fn an_instant_may_be_text_and_one_that_is_none_is_told_as_by_name_with_all_other_faults() {
    let gong = client();
    let calls = gong.calls().list();
    let typed = calls.clone().from_date_time("2026-11-16T09:00:00+01:00").to_date_time(at("2026-11-23T00:00:00Z"));
    assert!(typed.dry_run().await.unwrap()[0].url.contains("fromDateTime=2026-11-16T09:00:00%2B01:00"));

    let typed =
        calls.from_date_time("2026-11-16T09:00:00").to_date_time("soon").workspace_id("null").await.unwrap_err();
    let input = json!({"from_date_time": "2026-11-16T09:00:00", "to_date_time": "soon", "workspace_id": "null"});
    let by_name = gong.check("gong_calls_list", &input).unwrap_err();
    assert_eq!(typed.violations().len(), 3);
    assert_eq!(typed.to_string(), by_name.to_string());
}

#[tokio::test]
async fn what_is_required_and_missing_is_told_before_anything_is_sent() {
    let error = client().calls().get().await.unwrap_err();
    assert_eq!((error.kind(), error.may_have_been_sent()), (ErrorKind::InvalidInput, false));
    assert!(error.to_string().contains("`call_ids` is required"), "{error}");
}
