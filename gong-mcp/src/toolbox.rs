//! A call of a tool for an agent: from its arguments to a text that a context can hold.

use std::time::Duration;

use gong_client::catalog::{self, Effect, Tool};
use gong_client::{Error, ErrorKind};
use serde_json::{Map, Value, json};

use crate::account::{Account, Refusal};
use crate::fit::Fit;
use crate::offer::Offer;
use crate::options::Options;
use crate::progress::Progress;
use crate::{gather, job};

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
    /// Where the user connects their account, if that is what is missing.
    pub(crate) link: Option<String>,
    /// Whether the text is a JSON object, which all are but those for people.
    pub(crate) is_json: bool,
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

    /// Calls a tool. Beside the tool's own parameters the arguments may have `_fields`, `_skip`, `_pages`, `_wait`,
    /// `_max_tokens` and `_confirm`. What goes wrong is an outcome too, for the agent to act on.
    pub async fn call(&self, tool: &Tool, arguments: Map<String, Value>) -> Outcome {
        self.call_telling(tool, arguments, &Progress::default()).await
    }

    /// As [`call`](Self::call), and tells how far a call of several requests has come.
    pub(crate) async fn call_telling(
        &self,
        tool: &Tool,
        mut arguments: Map<String, Value>,
        progress: &Progress,
    ) -> Outcome {
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
        let fit = Fit { tool, options: &options, room: self.room(options.max_tokens) };
        let answer = match (options.wait, options.pages) {
            (Some(at_most), _) => job::awaited(call, tool, at_most, progress).await.map(|answer| fit.one(answer)),
            (None, Some(pages)) => gather::gathered(call, &fit, pages, progress).await,
            (None, None) => call.excerpt(&fit.wanted()).await.map(|answer| fit.excerpt(answer.into_inner())),
        };
        match answer {
            Ok(text) => Outcome::done(text),
            Err(error) => self.failed(tool.effect, &error),
        }
    }
}

impl From<Refusal> for Outcome {
    fn from(refusal: Refusal) -> Self {
        let Refusal { message, link } = refusal;
        match link {
            Some(link) => {
                let told = json!({
                    "message": message,
                    "authorization_link": link,
                    "what_to_do": "Give the user this link, which works once and for ten minutes. Then call again.",
                });
                Outcome { link: Some(link), ..Outcome::failed(End::NeedsAuthorization, told) }
            }
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
        Outcome { text, end: End::Done, retry_after: None, link: None, is_json: true }
    }

    /// A failure, with what is to be said of it.
    pub(crate) fn failed(end: End, told: Value) -> Self {
        let mut all = Map::from_iter([("error".to_owned(), end.word().into())]);
        if let Value::Object(told) = told {
            all.extend(told);
        }
        Outcome { text: Value::Object(all).to_string(), end, retry_after: None, link: None, is_json: true }
    }

    /// The user was shown where they connect their account, and agreed.
    pub(crate) fn not_connected_yet() -> Self {
        let told = json!({
            "message": "The user was led to where they connect their account, and has not done so yet.",
            "what_to_do": "Ask the user to finish there. Then call again.",
        });
        Outcome::failed(End::NeedsAuthorization, told)
    }

    /// The user does not want to connect their account.
    pub(crate) fn not_to_be_connected() -> Self {
        let told = json!({
            "message": "The user was asked to connect their account, and declined.",
            "what_to_do": "Tell the user that nothing can be had from Gong without it.",
        });
        Outcome::failed(End::NeedsAuthorization, told)
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
