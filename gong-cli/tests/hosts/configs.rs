//! The configurations that the pages of hosts show: each starts or finds a server that serves that host.

use gong_mcp::{Offer, Selection};
use serde_json::{Value, json};

use crate::host::{Host, Line};
use crate::page::{Page, at};
use crate::serving::Serving;
use crate::shell::Shell;

/// The longest name of a tool that the pages promise, which compare it with what hosts take.
const LONGEST_NAME: usize = 50;
/// The tools that find, describe and call all others.
const DISCOVERING: usize = 3;

/// The pages, where the server stands in the host's file, and what the host says of itself, as far as it is known; the
/// pages tell where from.
fn hosts() -> [(&'static str, &'static str, Host); 5] {
    let host = |version, capabilities, name, number| Host {
        version,
        capabilities,
        info: json!({"name": name, "version": number}),
    };
    let of_vs_code = json!({"roots": {"listChanged": true}, "sampling": {}, "elicitation": {"form": {}, "url": {}}});
    let of_goose = json!({"roots": {}, "sampling": {}, "elicitation": {}});
    [
        ("claude-desktop", "/mcpServers/gong", host("2025-11-25", json!({}), "claude-ai", "0.1.0")),
        ("lm-studio", "/mcpServers/gong", host("2025-06-18", json!({}), "lm-studio", "0.4.8")),
        ("goose", "/extensions/gong", host("2026-07-28", of_goose, "goose", "1.0.0")),
        ("vs-code", "/servers/gong", host("2025-11-25", of_vs_code, "Visual Studio Code", "1.140.0")),
        ("cursor", "/mcpServers/gong", host("2025-06-18", json!({"elicitation": {}}), "cursor-vscode", "1.0.0")),
    ]
}

/// The server in the configuration that a page shows below this heading.
fn server(page: &str, heading: &str, place: &str, fill: impl Fn(&str) -> String) -> Value {
    let code = fill(&Page::read(&format!("hosts/{page}.md")).code(heading));
    let config = if code.starts_with('{') { serde_json::from_str(&code).unwrap() } else { yaml(&code) };
    config.pointer(place).expect("a server").clone()
}

/// YAML as Goose's page has it: maps in maps, and values that are JSON or a word.
fn yaml(code: &str) -> Value {
    let mut places = vec![String::new()];
    let mut config = json!({});
    for line in code.lines() {
        let depth = (line.len() - line.trim_start().len()) / 2;
        let (name, value) = line.trim().split_once(':').unwrap();
        places.truncate(depth + 1);
        let value = match value.trim() {
            "" => json!({}),
            value => serde_json::from_str(value).unwrap_or_else(|_| json!(value)),
        };
        config.pointer_mut(&places.concat()).unwrap()[name] = value;
        places.push(format!("/{name}"));
    }
    config
}

/// How many tools a server offers unless it is told otherwise.
fn offered() -> usize {
    let offer = Offer::new(&Selection::default()).unwrap();
    offer.tools().len() + usize::from(offer.has_conversations())
}

fn words(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|word| word.as_str().unwrap()).collect()
}

#[tokio::test]
async fn what_a_page_has_a_host_start_serves_that_host() {
    for (page, place, host) in hosts() {
        let server = server(page, "On standard input and output", place, str::to_owned);
        let command = server.get("command").or(server.get("cmd")).unwrap();
        assert_eq!(command, "gong", "{page}");
        let args = [words(&server["args"]), vec!["--sandbox"]].concat();
        let tools = host.uses(&mut Line::pipes(Shell::new().command(&args))).await;
        let offered = if args.contains(&"--discover") { DISCOVERING } else { offered() };
        assert_eq!(tools, offered, "{page}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_page_has_a_host_ask_over_http_serves_that_host() {
    let serving = Serving::start(&["mcp", "--http", "127.0.0.1:0"], "me").await;
    for (page, place, host) in hosts() {
        let server = server(page, "Over HTTP", place, |code| at(code, &serving.address, &serving.token));
        let url = server.get("url").or(server.get("uri"));
        let mut line = match url {
            Some(url) => {
                let headers = server["headers"].as_object().unwrap().iter();
                let headers = headers.map(|(name, value)| (name.clone(), value.as_str().unwrap().to_owned()));
                Line::http(url.as_str().unwrap().to_owned(), headers.collect(), host.version)
            }
            // By a program between them.
            None => match crate::packages::bridge(&words(&server["args"]), server["env"].as_object().unwrap()) {
                Some(command) => Line::pipes(command),
                None => continue,
            },
        };
        assert_eq!(host.uses(&mut line).await, offered(), "{page}");
    }
}

#[test]
fn no_tool_has_a_longer_name_than_the_pages_promise() {
    let promise = format!("a name of more than {LONGEST_NAME} characters");
    assert!(Page::read("hosts/README.md").prose().contains(&promise), "{promise}");
    for tool in gong_client::catalog::tools() {
        assert!(tool.name.len() <= LONGEST_NAME, "{}", tool.name);
    }
}

#[test]
fn the_pages_of_all_hosts_have_one_form() {
    let framework_pages = ["pydantic-ai", "ai-sdk"];
    let forms: Vec<_> = hosts().iter().map(|(page, ..)| *page).chain(framework_pages).map(form).collect();
    for other in &forms {
        assert_eq!(&forms[0], other);
    }
}

/// The headings of a page, and the first seven things that its table says of the host.
fn form(page: &str) -> (Vec<String>, Vec<String>) {
    let text = Page::read(&format!("hosts/{page}.md")).0;
    let begins = |mark: &str| text.lines().filter(|line| line.starts_with(mark)).map(str::to_owned).collect::<Vec<_>>();
    let rows = begins("| ").into_iter().map(|row| row.split(" | ").next().unwrap().to_owned()).collect::<Vec<_>>();
    (begins("## "), rows.into_iter().take(9).collect())
}

/// Hosts look for it before they send anything, and would have their user sign in.
#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_wants_no_token_does_not_say_how_to_get_in() {
    for (command, status) in
        [(&["mcp", "--http", "127.0.0.1:0", "--sandbox"][..], 404), (&["mcp", "--http", "127.0.0.1:0"], 200)]
    {
        let serving = Serving::start(command, "me").await;
        for place in ["oauth-protected-resource", "oauth-protected-resource/mcp"] {
            let told = crate::http::get(&format!("http://{}/.well-known/{place}", serving.address));
            assert_eq!(told.status, status, "{command:?}");
        }
    }
}
