//! A call of a tool for an agent: from its arguments to a text that a context can hold.

use std::time::Duration;

use gong_client::catalog::{self, Effect, Tool};
use gong_client::{Error, ErrorKind};
use serde_json::{Map, Value, json};

use crate::account::{Account, Refusal};
use crate::cut::{Cut, cut};
use crate::offer::Offer;
use crate::options::Options;
use crate::raw::{Parts, begin_member, separate};

/// How many tokens an answer may have, if nobody says otherwise.
pub const ANSWER_TOKENS: usize = 8_000;

/// How many bytes of our answers a token stands for at the least: they are ids and short words, of which a tokenizer
/// makes more tokens than of a sentence.
const BYTES_A_TOKEN: usize = 2;

/// The tools of an account, as an agent calls them.
#[derive(Clone, Debug)]
pub struct Toolbox {
    account: Account,
    offer: Offer,
    answer_tokens: usize,
}

/// What a call came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The answer, or what went wrong and what to do about it, as JSON.
    pub text: String,
    pub(crate) end: End,
    /// When to come back.
    pub(crate) retry_after: Option<Duration>,
}

/// How a call ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    Done,
    /// The user has no account yet, or must connect it again.
    NeedsAuthorization,
    Failed(ErrorKind),
}

impl End {
    /// In a word: `Done`, or the kind of the error.
    pub(crate) fn word(self) -> String {
        match self {
            End::Failed(kind) => format!("{kind:?}"),
            end => format!("{end:?}"),
        }
    }
}

impl Toolbox {
    /// The tools of this offer, called with this account.
    #[must_use]
    pub fn new(account: impl Into<Account>, offer: Offer) -> Self {
        Toolbox { account: account.into(), offer, answer_tokens: ANSWER_TOKENS }
    }

    /// How many tokens an answer may have.
    #[must_use]
    pub fn answer_tokens(mut self, tokens: usize) -> Self {
        self.answer_tokens = tokens;
        self
    }

    /// The tools that are offered.
    #[must_use]
    pub fn offer(&self) -> &Offer {
        &self.offer
    }

    /// Why there is no such tool here: it is left out, or nothing is called so.
    pub(crate) fn no_such_tool(&self, name: &str) -> String {
        match catalog::tool(name) {
            Ok(tool) => format!("{} is not offered here.", tool.name),
            Err(unknown) => unknown.to_string(),
        }
    }

    /// The account.
    pub(crate) fn account(&self) -> &Account {
        &self.account
    }

    /// What went wrong: with the account, or with the call.
    pub(crate) fn failed(&self, effect: Effect, error: &Error) -> Outcome {
        self.account.refusal(error).map_or_else(|| Outcome::of_error(effect, error), Into::into)
    }

    /// How many bytes an answer may have: what the call says, and at most what the host does.
    pub(crate) fn room(&self, max_tokens: Option<usize>) -> usize {
        max_tokens.unwrap_or(self.answer_tokens).min(self.answer_tokens).saturating_mul(BYTES_A_TOKEN)
    }

    /// Calls a tool. Beside the tool's own parameters the arguments may have `_fields`, `_skip`, `_max_tokens` and
    /// `_confirm`. What goes wrong is an outcome too, for the agent to act on.
    pub async fn call(&self, tool: &Tool, mut arguments: Map<String, Value>) -> Outcome {
        let options = match Options::take(tool, &mut arguments) {
            Ok(options) => options,
            Err(faults) => return Outcome::wrong_input(&faults),
        };
        let client = match self.account.client().await {
            Ok(client) => client,
            Err(refusal) => return refusal.into(),
        };
        let call = client.call(tool.name, Value::Object(arguments)).text();
        let call = options.confirm.iter().fold(call, |call, confirmation| call.confirm(confirmation));
        match call.await {
            Ok(answer) => {
                let room = self.room(options.max_tokens);
                Outcome::done(fitted(tool, answer.into_inner(), &options, room))
            }
            Err(error) => self.failed(tool.effect, &error),
        }
    }
}

/// What is wanted of an answer, in so many bytes, and what to do for the rest.
fn fitted(tool: &Tool, answer: String, options: &Options, room: usize) -> String {
    let answer = match (tool.items, options) {
        (_, Options { fields: None, skip: 0, .. }) => answer,
        (Some(items), options) => of_items(&answer, items, options),
        (None, Options { fields: Some(fields), .. }) => {
            let mut picked = String::new();
            fields.pick(&answer, &mut picked);
            picked
        }
        (None, _) => answer,
    };
    if answer.len() <= room {
        return answer;
    }
    let Cut { mut text, left_out, items_kept } = cut(&answer, room, tool.items);
    // What is cut is an object, which ends in a brace.
    if text.pop() == Some('}') {
        begin_member(&mut text, "left_out");
        text.push_str(&Value::String(way_on(tool, &left_out, items_kept, options)).to_string());
        text.push('}');
    }
    text
}

/// The answer with the items that are wanted. What stands beside them stays: where the page goes on, and notices.
fn of_items(answer: &str, items: &str, options: &Options) -> String {
    let Parts::Object(members) = Parts::of(answer) else { return answer.to_owned() };
    let mut out = String::from("{");
    for (name, value) in members {
        begin_member(&mut out, &name);
        let list = if name == items { Parts::of(value) } else { Parts::Plain };
        let Parts::List(elements) = list else {
            out.push_str(value);
            continue;
        };
        out.push('[');
        for element in elements.into_iter().skip(options.skip) {
            separate(&mut out);
            match &options.fields {
                Some(fields) => fields.pick(element, &mut out),
                None => out.push_str(element),
            }
        }
        out.push(']');
    }
    out.push('}');
    out
}

fn way_on(tool: &Tool, left_out: &[String], items_kept: Option<usize>, options: &Options) -> String {
    let mut said = format!("The answer was cut to size: {}.", left_out.join("; "));
    if let Some(kept) = items_kept {
        said.push_str(&format!(" For the next ones call again with _skip {}", options.skip + kept));
        said.push_str(if tool.paged { "; go to the next page's cursor only after all of these." } else { "." });
    }
    if options.fields.is_none() {
        said.push_str(" With _fields, a list of the fields that you need, more fits.");
    }
    said
}

impl From<Refusal> for Outcome {
    fn from(refusal: Refusal) -> Self {
        let Refusal { message, link } = refusal;
        match link {
            Some(link) => Outcome::failed(
                End::NeedsAuthorization,
                json!({
                    "message": message,
                    "authorization_link": link,
                    "what_to_do": "Give the user this link, which works once and for ten minutes. Then call again.",
                }),
            ),
            None => Outcome::failed(
                End::Failed(ErrorKind::Unauthorized),
                json!({"message": message, "what_to_do": "Tell the user."}),
            ),
        }
    }
}

impl Outcome {
    /// Whether it is not what the agent wanted.
    #[must_use]
    pub fn has_failed(&self) -> bool {
        self.end != End::Done
    }

    pub(crate) fn done(text: String) -> Self {
        Outcome { text, end: End::Done, retry_after: None }
    }

    /// A failure, with what is to be said of it.
    pub(crate) fn failed(end: End, told: Value) -> Self {
        let mut all = Map::from_iter([("error".to_owned(), end.word().into())]);
        if let Value::Object(told) = told {
            all.extend(told);
        }
        Outcome { text: Value::Object(all).to_string(), end, retry_after: None }
    }

    pub(crate) fn wrong_input(faults: &[String]) -> Self {
        let told = json!({"message": faults.join(" "), "what_to_do": "Mend the input and call again."});
        Outcome::failed(End::Failed(ErrorKind::InvalidInput), told)
    }

    /// What it is over HTTP.
    pub(crate) fn status(&self) -> u16 {
        match self.end {
            End::Done => 200,
            // 401 would say that the token of this server is no good.
            End::NeedsAuthorization => 403,
            End::Failed(kind) => match kind {
                ErrorKind::InvalidInput | ErrorKind::BadRequest | ErrorKind::Config | ErrorKind::Unconfirmed => 400,
                ErrorKind::Unauthorized
                | ErrorKind::MissingScope
                | ErrorKind::Forbidden
                | ErrorKind::MissingLicence => 403,
                ErrorKind::NotFound | ErrorKind::UnknownTool => 404,
                ErrorKind::Conflict => 409,
                ErrorKind::RateLimited => 429,
                ErrorKind::Timeout => 504,
                _ => 502,
            },
        }
    }

    /// An error as an agent can act on it: every fault with its place, when to come back, what the account lacks, and
    /// whether Gong may have acted.
    pub(crate) fn of_error(effect: Effect, error: &Error) -> Self {
        let mut told = Map::new();
        told.insert("message".to_owned(), error.to_string().into());
        if !error.violations().is_empty() {
            let faults = error.violations().iter().map(|fault| json!({"at": fault.path, "message": fault.to_string()}));
            told.insert("faults".to_owned(), faults.collect());
        }
        if let Some(wait) = error.retry_after() {
            told.insert("retry_after_seconds".to_owned(), wait.as_secs().into());
        }
        if let Some(scope) = error.missing_scope() {
            told.insert("missing_scope".to_owned(), scope.into());
        }
        told.insert("what_to_do".to_owned(), what_to_do(effect, error).into());
        let failed = Outcome::failed(End::Failed(error.kind()), Value::Object(told));
        Outcome { retry_after: error.retry_after(), ..failed }
    }
}

/// What an agent should do about an error.
fn what_to_do(effect: Effect, error: &Error) -> &'static str {
    match error.kind() {
        ErrorKind::InvalidInput | ErrorKind::BadRequest => "Mend the input and call again.",
        ErrorKind::Unconfirmed => "Ask the user whether that is meant. If it is, give the confirmation as `_confirm`.",
        ErrorKind::Unauthorized => "Tell the user that the account has to be connected again.",
        ErrorKind::MissingScope | ErrorKind::Forbidden | ErrorKind::MissingLicence => {
            "Tell the user what the account lacks; calling again does not help."
        }
        ErrorKind::NotFound => "Look for the right id with a tool that lists.",
        ErrorKind::RateLimited => "Call again after that time, not before.",
        _ if error.is_retryable() => "Call again in a moment.",
        _ if effect != Effect::Read && error.may_have_been_sent() => {
            "It may have been done: look before you call again."
        }
        _ => "Tell the user.",
    }
}

#[cfg(test)]
mod tests;
