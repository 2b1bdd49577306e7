//! What the lists cost a model, counted with a tokenizer that models have.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use gong_client::Client;
use gong_mcp::{Offer, Selection, Server, Toolbox};
use gong_sandbox::Sandbox;

fn server(selection: &Selection) -> Server {
    let client = Client::builder().api_key("key", "secret").build().unwrap();
    Server::new(Toolbox::new(client, Offer::new(selection).unwrap()))
}

fn tokens(server: &Server) -> usize {
    count(&server.list().to_string())
}

fn count(text: &str) -> usize {
    tiktoken_rs::o200k_base_singleton().encode_ordinary(text).len()
}

#[test]
fn the_list_of_all_tools_costs_at_most_12_000_tokens() {
    let server = server(&Selection::default());
    let (cost, count) = (tokens(&server), server.list().as_array().unwrap().len());
    println!("the default list: {cost} tokens for {count} tools");
    // Of more tools than Gong has operations, each may cost what one of those does.
    assert!(cost <= 12_000.max(12_000 / 69 * count), "{cost} tokens for {count} tools");
}

#[test]
fn the_three_tools_that_find_the_others_cost_at_most_900() {
    let cost = tokens(&server(&Selection::default()).discovering());
    println!("the list of --discover: {cost} tokens");
    assert!(cost <= 900, "{cost}");
}

fn toolbox(sandbox: &Sandbox, tokens: usize) -> Toolbox {
    let client = Client::builder().api_key(sandbox.access_key(), sandbox.access_key_secret());
    let client = client.base_url(sandbox.base_url()).rate_limit(None).build().unwrap();
    Toolbox::new(client, Offer::new(&Selection::default()).unwrap()).answer_tokens(tokens)
}

#[tokio::test]
async fn an_answer_has_no_more_tokens_than_it_may() {
    let sandbox = Sandbox::start().await.unwrap();
    let toolbox = toolbox(&sandbox, 1_500);
    let mut cut = 0;
    for tool in toolbox.offer().tools() {
        let input = serde_json::from_str(tool.example).unwrap();
        let outcome = toolbox.call(tool, input).await;
        let cost = count(&outcome.text);
        assert!(cost <= 1_500, "{} answers with {cost} tokens", tool.name);
        cut += usize::from(outcome.text.contains("\"left_out\""));
    }
    assert!(cut >= 3, "some answers are larger than that");
}

#[tokio::test]
async fn nor_has_one_of_all_pages() {
    let sandbox = Sandbox::builder().page_size(4).start().await.unwrap();
    for tokens in [1_000, 1_500, 6_000] {
        let toolbox = toolbox(&sandbox, tokens);
        let mut gathered = 0;
        for tool in toolbox.offer().tools().iter().filter(|tool| tool.paged) {
            let mut input: serde_json::Map<String, serde_json::Value> = serde_json::from_str(tool.example).unwrap();
            input.insert("_pages".to_owned(), "all".into());
            let outcome = toolbox.call(tool, input).await;
            let cost = count(&outcome.text);
            assert!(cost <= tokens, "{} answers with {cost} tokens of {tokens}", tool.name);
            gathered += usize::from(outcome.text.contains("There are more pages"));
        }
        assert!(gathered > 0, "some lists have more pages than fit");
    }
}
