//! Writes that do the same when they are sent twice.

use std::sync::Arc;

use serde_json::json;

use crate::Client;
use crate::base::error::ErrorKind;
use crate::call::answer::Answer;
use crate::runtime::prelude::*;
use crate::testing::{Server, Things, call_with, reply, reply_as};
use crate::transport::retry::Backoff;

/// Sets a thing.
#[derive(Clone, Debug, Default)]
struct Set;

/// Removes a thing.
#[derive(Clone, Debug, Default)]
struct Remove;

/// Asks with a body.
#[derive(Clone, Debug, Default)]
struct Search;

macro_rules! sends {
    ($tool:ident, $effect:ident, $request:expr) => {
        impl TypedTool for $tool {
            type Answer = Things;
            const TOOL: &'static Facts = &Facts::of::<Things>(stringify!($tool), Effect::$effect);
        }

        impl Tool for $tool {
            fn facts(&self) -> &'static Facts {
                Self::TOOL
            }

            fn read<'p>(&'p mut self, _: &mut Input<'p>) {}

            fn check(&self, _: &mut Check<'_>) {}

            fn request(&self, _: &mut Run<'_>) -> Option<Request> {
                Some($request)
            }
        }
    };
}

sends!(Set, Write, Request::put("/things/1").repeatable());
sends!(Remove, Destructive, Request::delete("/things/1").repeatable());
sends!(Search, Read, Request::post("/things/search").body(Body::object()));

/// What comes of a call that may be tried again, and the requests that it took.
async fn call<T: TypedTool<Answer = Things>>(tool: T, replies: &[String]) -> (Result<Answer<Things>>, Vec<String>) {
    let server = Server::new(replies.iter().cloned()).await;
    let builder = Client::builder().api_key("the-key", "the-secret").base_url(server.client().base_url());
    let builder = builder.environment(server.world.clone()).rate_limit(None).retry(Arc::new(Backoff::default()));
    let outcome = call_with(&builder.build().unwrap(), tool).send().await;
    (outcome, server.asked())
}

fn lost() -> String {
    "HTTP/1.1 200 X\r\ncontent-type: application/json\r\ncontent-length: 99\r\n\r\n{".to_owned()
}

fn done() -> String {
    reply(200, json!({"requestId": "r2", "things": [{"id": "1"}]}))
}

fn gone() -> String {
    reply(404, json!({"requestId": "r2", "errors": ["There is no thing 1"]}))
}

#[tokio::test]
async fn what_does_the_same_twice_is_sent_again_when_its_answer_is_lost() {
    let (answer, asked) = call(Set, &[lost(), done()]).await;
    assert_eq!((answer.unwrap().things.len(), asked), (1, vec!["PUT /things/1".to_owned(); 2]));

    let (answer, asked) = call(Search, &[lost(), done()]).await;
    assert_eq!((answer.unwrap().things.len(), asked), (1, vec!["POST /things/search {}".to_owned(); 2]));
}

#[tokio::test]
async fn a_repetition_that_finds_nothing_to_remove_is_done_and_says_so() {
    let (answer, asked) = call(Remove, &[lost(), gone()]).await;
    let answer = answer.unwrap();
    assert_eq!((asked.len(), answer.things.len(), answer.request_id()), (2, 0, Some("r2")));
    assert_eq!(
        answer.notices(),
        ["Gong finds nothing to remove any more: an earlier try whose answer was lost removed it, or it was not \
             there before."]
    );
}

#[tokio::test]
async fn nothing_to_remove_is_an_error_where_no_earlier_try_can_have_removed_it() {
    let (answer, _) = call(Remove, &[gone()]).await;
    assert_eq!(answer.unwrap_err().kind(), ErrorKind::NotFound);
    let (answer, asked) = call(Remove, &[reply_as(429, "retry-after: 1", ""), gone()]).await;
    assert_eq!((answer.unwrap_err().kind(), asked.len()), (ErrorKind::NotFound, 2));
    // A page of a proxy says nothing of what Gong has.
    let (answer, _) = call(Remove, &[lost(), reply_as(404, "content-type: text/html", "<p>no")]).await;
    assert_eq!(answer.unwrap_err().kind(), ErrorKind::ProxyPage);
    // What is set must be there.
    let (answer, _) = call(Set, &[lost(), gone()]).await;
    let error = answer.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotFound);
    assert!(error.to_string().contains("Gong may have acted on the request all the same."), "{error}");
}
