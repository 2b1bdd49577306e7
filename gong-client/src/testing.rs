//! What tests share: tools that are none of Gong's, and a server that answers as it is told.

use std::sync::{Arc, Mutex};

use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::base::environment::fake::Fake;
use crate::by_name;
use crate::call::answer::Answer;
use crate::call::perform;
use crate::catalog::Tool as CatalogTool;
use crate::input::files;
use crate::page::Pages;
use crate::runtime::prelude::*;
use crate::transport::retry::Backoff;

mod ids {
    #![allow(unreachable_pub)] // the macro is made for what is exported
    use super::id_kinds;

    id_kinds! {
        /// A thing's id.
        ThingId, kind Thing = "thing", Any, None;
    }
}
pub(crate) use ids::ThingId;

#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Thing {
    pub(crate) id: ThingId,
    pub(crate) name: Option<String>,
    pub(crate) size: Option<i64>,
}
record! { Thing { id: "id" always 0, name: "name", size: "size" } }

#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Things {
    pub(crate) request_id: Option<String>,
    pub(crate) cursor: Option<String>,
    pub(crate) things: Vec<Thing>,
}
record! { Things { request_id: "requestId", cursor: "cursor", things: "things" } }

#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Outcome {
    pub(crate) done: Vec<String>,
    pub(crate) id: ThingId,
    pub(crate) error: Option<String>,
}
record! { Outcome { done: "done", id: "id", error: "error" } }

#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Outcomes {
    pub(crate) outcomes: Vec<Outcome>,
}
record! { Outcomes { outcomes: "outcomes" } }

const fn facts<A: AnyAnswer + Default>(name: &'static str, effect: Effect, notices: &'static [&'static str]) -> Facts {
    Facts::of::<A>(name, effect).notices(notices)
}

const fn tool(facts: &'static Facts, handler: Handler) -> CatalogTool {
    CatalogTool {
        name: facts.name,
        group: "",
        method: "",
        title: "",
        description: "",
        effect: facts.effect,
        confirm: None,
        extra: false,
        scopes: &[],
        requests: &[],
        asks: &[],
        params: &[],
        items: None,
        paged: false,
        job: facts.job,
        notices: facts.notices,
        notes: &[],
        deprecated: None,
        example: "{}",
        input_schema: "{}",
        output_schema: "{}",
        handler,
    }
}

pub(crate) static LIST: CatalogTool = tool(List::TOOL, Handler::of::<List>());
pub(crate) static SEND: CatalogTool = tool(Send::TOOL, Handler::of::<Send>());

/// Pages of things.
#[derive(Clone, Debug, Default)]
pub(crate) struct List {
    pub(crate) since: Option<DateTime>,
    pub(crate) cursor: Option<String>,
}

impl TypedTool for List {
    type Answer = Things;
    const TOOL: &'static Facts = &facts::<Things>("things_list", Effect::Read, &[]).cursor(&["cursor"]);
}

impl Tool for List {
    fn facts(&self) -> &'static Facts {
        Self::TOOL
    }

    fn read<'p>(&'p mut self, input: &mut Input<'p>) {
        input.take("since", &mut self.since);
        input.take("cursor", &mut self.cursor);
    }

    fn fill(&mut self, fill: &mut Fill<'_>) {
        if self.since.is_none() {
            self.since = Some(fill.days_ago(1));
        }
    }

    fn check(&self, _: &mut Check<'_>) {}

    fn request(&self, _: &mut Run<'_>) -> Option<Request> {
        let request = Request::get("/things").nothing_found(&["Nothing here"]);
        Some(request.query("since", &self.since).query("cursor", &self.cursor))
    }

    fn begins_at(&self) -> Option<&str> {
        self.cursor.as_deref()
    }

    fn set_cursor(&mut self, cursor: String) {
        self.cursor = Some(cursor);
    }
}

impl Listing for List {
    type Item = Thing;

    fn take_items(answer: &mut Things) -> Vec<Thing> {
        std::mem::take(&mut answer.things)
    }
}

/// Sends things, two a request.
#[derive(Clone, Debug, Default)]
pub(crate) struct Send {
    pub(crate) ids: Option<Vec<ThingId>>,
}

impl TypedTool for Send {
    type Answer = Things;
    const TOOL: &'static Facts = &facts::<Things>("things_send", Effect::Write, &["Things move slowly."]);
}

impl Tool for Send {
    fn facts(&self) -> &'static Facts {
        Self::TOOL
    }

    fn read<'p>(&'p mut self, input: &mut Input<'p>) {
        input.take("ids", &mut self.ids);
    }

    fn check(&self, check: &mut Check<'_>) {
        check.required("ids", self.ids.is_some());
        check.ids("ids", &self.ids);
    }

    fn run<'a>(&'a self, run: &'a mut Run<'_>, to: &'a mut dyn AnyAnswer) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            let to: &mut Things = of_type(to)?;
            for chunk in chunks(&self.ids, 2) {
                let body = Body::object().put("ids", &chunk);
                let next: Things = run.ask(Request::post("/things").scope("api:things:write").body(body)).await?;
                to.things.extend(next.things);
            }
            Ok(())
        })
    }
}

/// Drops things one by one.
#[derive(Clone, Debug, Default)]
pub(crate) struct Drop {
    pub(crate) ids: Option<Vec<ThingId>>,
}

impl TypedTool for Drop {
    type Answer = Outcomes;
    const TOOL: &'static Facts = &facts::<Outcomes>("things_drop", Effect::Destructive, &[]);
}

impl Tool for Drop {
    fn facts(&self) -> &'static Facts {
        Self::TOOL
    }

    fn read<'p>(&'p mut self, input: &mut Input<'p>) {
        input.take("ids", &mut self.ids);
    }

    fn check(&self, _: &mut Check<'_>) {}

    fn run<'a>(&'a self, run: &'a mut Run<'_>, to: &'a mut dyn AnyAnswer) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            let to: &mut Outcomes = of_type(to)?;
            for id in elements(&self.ids) {
                let (answer, error) = run.outcome::<Outcome>(Request::delete("/things/{id}").path("id", id)).await?;
                to.outcomes.push(Outcome { id: id.clone(), error, ..answer });
            }
            Ok(())
        })
    }
}

/// Moves the thing of this name, by way of its id, and then the only one there is.
#[derive(Clone, Debug, Default)]
pub(crate) struct Move {
    pub(crate) name: Option<String>,
}

impl TypedTool for Move {
    type Answer = Things;
    const TOOL: &'static Facts = &facts::<Things>("things_move", Effect::Write, &[]);
}

impl Tool for Move {
    fn facts(&self) -> &'static Facts {
        Self::TOOL
    }

    fn read<'p>(&'p mut self, input: &mut Input<'p>) {
        input.take("name", &mut self.name);
    }

    fn check(&self, _: &mut Check<'_>) {}

    fn run<'a>(&'a self, run: &'a mut Run<'_>, to: &'a mut dyn AnyAnswer) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            let to: &mut Things = of_type(to)?;
            let named = |item: &Thing| same_text(&item.name, &self.name);
            let id = |item: &Thing| Some(item.id.clone());
            let id = if self.name.is_some() {
                let missing = || format!("There is no {}.", shown(&self.name).unwrap_or_default());
                run.find::<List, ThingId>(named, id, missing).await?
            } else {
                run.only::<List, ThingId>(id, "There is nothing.", "There are several; set `name`.").await?
            };
            let request = Request::patch("/things/{id}").path("id", &id).body(Body::object().put("id", &id));
            *to = run.ask(request).await?;
            Ok(())
        })
    }
}

/// An answer that never comes.
pub(crate) const NEVER: &str = "";

/// An answer of the server.
pub(crate) fn reply(status: u16, body: Value) -> String {
    reply_as(status, "content-type: application/json;charset=UTF-8", &body.to_string())
}

/// An answer with these headers.
pub(crate) fn reply_as(status: u16, headers: &str, body: &str) -> String {
    format!("HTTP/1.1 {status} X\r\n{headers}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}", body.len())
}

/// A server on this machine that gives its answers in turn, and hangs up when it has none left.
pub(crate) struct Server {
    url: String,
    seen: Arc<Mutex<Vec<String>>>,
    pub(crate) world: Arc<Fake>,
}

impl Server {
    pub(crate) async fn new(replies: impl IntoIterator<Item = String>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let seen = Arc::new(Mutex::new(Vec::new()));
        let requests = seen.clone();
        let mut replies: Vec<String> = replies.into_iter().collect();
        replies.reverse();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                serve(stream, &requests, replies.pop()).await;
            }
        });
        Server { url, seen, world: Arc::new(Fake::default()) }
    }

    pub(crate) fn client(&self) -> Client {
        let builder = Client::builder().api_key("the-key", "the-secret").base_url(&self.url);
        // What this module's tests are about is one try; tries and limits have tests of their own.
        let builder = builder.environment(self.world.clone()).rate_limit(None).retry(Arc::new(Backoff::never()));
        builder.build().unwrap()
    }

    /// The requests so far, as they came.
    pub(crate) fn seen(&self) -> Vec<String> {
        self.seen.lock().unwrap().clone()
    }

    /// Their first lines without the protocol, and their bodies.
    pub(crate) fn asked(&self) -> Vec<String> {
        let line = |request: &String| {
            let (head, body) = request.split_once("\r\n\r\n").unwrap();
            format!("{} {body}", head.lines().next().unwrap().trim_end_matches(" HTTP/1.1")).trim().to_owned()
        };
        self.seen().iter().map(line).collect()
    }
}

async fn serve(mut stream: TcpStream, seen: &Mutex<Vec<String>>, reply: Option<String>) {
    let mut request = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        match stream.read(&mut buffer).await {
            Ok(0) | Err(_) => return,
            Ok(count) => request.extend(&buffer[..count]),
        }
        let text = String::from_utf8_lossy(&request).into_owned();
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let length = head.lines().find_map(|line| line.to_lowercase().strip_prefix("content-length: ")?.parse().ok());
        if body.len() >= length.unwrap_or(0) {
            seen.lock().unwrap().push(text);
            break;
        }
    }
    if reply.as_deref() == Some(NEVER) {
        std::future::pending::<()>().await;
    }
    if let Some(reply) = reply {
        let _ = stream.write_all(reply.as_bytes()).await;
        let _ = stream.shutdown().await;
    }
}

/// A call with these parameters.
pub(crate) fn call_with<P: TypedTool>(client: &Client, params: P) -> Invocation<P> {
    let mut call = Invocation::new(client);
    call.params = params;
    call
}

/// Calls a tool that the catalog lacks, with JSON.
pub(crate) async fn call_json(client: &Client, tool: &CatalogTool, input: &Value) -> Result<Answer<Value>> {
    let params = by_name::parameters(client, tool, input, &files::NONE)?;
    let now = client.shared().environment.now();
    perform::perform(client.shared(), &*params, now).await?.shown(perform::show_json)
}

/// Calls a tool page by page, with JSON.
pub(crate) fn json_pages(client: &Client, tool: &'static CatalogTool, input: &Value) -> Pages<Value> {
    let params = by_name::parameters(client, tool, input, &files::NONE);
    Pages::new(client.shared().clone(), tool.name, params, perform::show_json)
}
