//! A call from its parameters to its answer, of any tool.

use std::any::Any;
use std::sync::Arc;
use std::time::SystemTime;

use serde_json::Value;

use crate::base::error::{Error, ErrorKind, Result, SAID};
use crate::base::raw_answer::RawAnswer;
use crate::base::service::TITLE;
use crate::base::text::{Redactor, excerpt};
use crate::base::violation::Faults;
use crate::call::answer::Answer;
use crate::call::facts::Facts;
use crate::call::fill::Fill;
use crate::call::job::Job;
use crate::call::run::Run;
use crate::call::tool::{Listing, Tool, TypedTool};
use crate::decode::excerpt::{Excerpt, Wanted};
use crate::decode::memory;
use crate::decode::record::AnyAnswer;
use crate::decode::salvage::Unreadable;
use crate::input::check::Check;
use crate::transport::plan::PlannedRequest;
use crate::transport::shared::Shared;

/// The longest status of a job in a message.
const STATUS: usize = 100;

/// Fills in the defaults and checks the parameters. `faults` are those of reading them.
pub(crate) fn ready(client: &Shared, params: &mut dyn Tool, mut faults: Faults) -> Result<()> {
    faults.reading_is_over();
    params.fill(&mut Fill::new(&*client.environment, params.facts()));
    params.check(&mut Check::new(&mut faults));
    match faults.is_empty() {
        true => Ok(()),
        false => Err(Error::refused(faults.into_list()).in_tool(params.facts().name)),
    }
}

/// An answer of any tool, before it is shown.
pub(crate) struct Performed {
    tool: &'static Facts,
    value: Box<dyn AnyAnswer>,
    beside: Answer<()>,
    /// How much memory the value takes, and how much there is for it and for what it is shown as.
    decoded: usize,
    limit: usize,
    redactor: Arc<Redactor>,
}

/// What an answer is shown as, in so much memory and with what is to be said beside it, or `None` if that is not
/// enough.
pub(crate) type Show<A> = fn(Box<dyn AnyAnswer>, &Answer<()>, usize) -> Option<A>;

/// Calls a tool at this time; all pages of one list have the same.
pub(crate) async fn perform(client: &Arc<Shared>, params: &dyn Tool, now: SystemTime) -> Result<Performed> {
    let tool = params.facts();
    let mut value = (tool.answer)();
    let mut run = Run::new(client, tool, false);
    run.now = now;
    if let Err(error) = run.go(params, &mut *value).await {
        return Err(run.blame(error));
    }
    let expected = params.expects();
    let is_whole = || params.begins_at().is_none() && tool.next(&*value).is_none();
    // An item that could not be read is reported already, and may be the one that was asked for.
    if !expected.is_empty() && run.unreadable.is_empty() && is_whole() {
        expected.iter().filter_map(|expected| expected.notice(&*value)).for_each(|notice| run.notice(notice));
    }
    let (decoded, redactor) = (run.decoded, run.redactor.clone());
    Ok(Performed { tool, value, beside: run.finish(), decoded, limit: client.decoded_limit, redactor })
}

impl Performed {
    /// Where the next page begins.
    pub(crate) fn next(&self) -> Option<String> {
        self.tool.next(&*self.value)
    }

    /// In the form that a caller wants.
    pub(crate) fn shown<A>(
        self,
        show: impl FnOnce(Box<dyn AnyAnswer>, &Answer<()>, usize) -> Option<A>,
    ) -> Result<Answer<A>> {
        let Performed { tool, value, beside, decoded, limit, .. } = self;
        let shown = show(value, &beside, limit.saturating_sub(decoded)).ok_or_else(|| {
            let bytes = beside.raw().iter().map(|raw| raw.bytes().len()).sum();
            Error::no_room(bytes, limit).in_tool(tool.name)
        })?;
        Ok(beside.map(|()| shown))
    }

    /// How a job stands; one that failed is an error, with what is said of it.
    pub(crate) fn status(&self, job: &Job) -> Result<Option<String>> {
        let Some(status) = job.status(&*self.value) else { return Ok(None) };
        if !job.has_failed(&status) {
            return Ok(Some(excerpt(&self.redactor.redact(&status), STATUS)));
        }
        let raw = self.beside.raw().last().map(|raw| raw.redacted(&self.redactor));
        let said = raw.as_ref().map(|raw| excerpt(&raw.text(), SAID)).unwrap_or_default();
        let message = format!("the job failed: `{}` is {status}. {TITLE} says: {said}", job.until);
        Err(Error::new(ErrorKind::JobFailed, message).in_tool(self.tool.name).with(|inner| {
            inner.status = raw.as_ref().map(RawAnswer::status);
            inner.request_id = self.beside.request_id().map(str::to_owned);
            inner.answer = raw;
            inner.sent = true;
        }))
    }
}

/// Says what a call would send.
pub(crate) async fn plan(client: &Arc<Shared>, params: &dyn Tool) -> Result<Vec<PlannedRequest>> {
    let mut run = Run::new(client, params.facts(), true);
    match run.go(params, &mut *(params.facts().answer)()).await {
        Ok(()) => Ok(run.planned),
        Err(error) => Err(run.blame(error)),
    }
}

/// An answer as it is.
pub(crate) fn show_typed<T: TypedTool>(value: Box<dyn AnyAnswer>, _: &Answer<()>, _: usize) -> Option<T::Answer> {
    let value: Box<dyn Any> = value;
    // It is one of this tool, whose facts made it.
    value.downcast().ok().map(|value| *value)
}

/// The items of an answer.
pub(crate) fn show_items<T: Listing>(
    value: Box<dyn AnyAnswer>,
    beside: &Answer<()>,
    room: usize,
) -> Option<Vec<T::Item>> {
    show_typed::<T>(value, beside, room).map(|mut answer| T::take_items(&mut answer))
}

/// An answer as JSON.
#[allow(clippy::needless_pass_by_value)] // as every [`Show`]
pub(crate) fn show_json(value: Box<dyn AnyAnswer>, answered: &Answer<()>, room: usize) -> Option<Value> {
    let (json, _) = memory::within(room, || value.to_json())?;
    let mut json = json?;
    if let Value::Object(object) = &mut json {
        object.extend(beside(answered).into_iter().map(|(name, value)| (name.to_owned(), value)));
    }
    Some(json)
}

/// An answer as the text of JSON.
#[allow(clippy::needless_pass_by_value)] // likewise
pub(crate) fn show_text(value: Box<dyn AnyAnswer>, answered: &Answer<()>, room: usize) -> Option<String> {
    value.to_text(&beside(answered), room)
}

/// What is wanted of an answer, whose items are in this field.
pub(crate) fn show_part(
    items: Option<&str>,
    wanted: &Wanted,
) -> impl FnOnce(Box<dyn AnyAnswer>, &Answer<()>, usize) -> Option<Excerpt> {
    move |value, answered, room| value.to_excerpt(items, wanted, &beside(answered), room)
}

/// What is said beside an answer, as members of it: its notices, and what of it could not be read.
fn beside(answered: &Answer<()>) -> Vec<(&'static str, Value)> {
    let mut members = Vec::new();
    if !answered.notices.is_empty() {
        members.push(("notices", answered.notices.clone().into()));
    }
    if !answered.unreadable.is_empty() {
        members.push(("unreadable", answered.unreadable.iter().map(Unreadable::to_json).collect()));
    }
    members
}

impl Run<'_> {
    /// Sends what a tool has to send, and makes the answer of what comes.
    pub(crate) async fn go(&mut self, params: &dyn Tool, answer: &mut dyn AnyAnswer) -> Result<()> {
        match params.request(self) {
            Some(request) => self.ask_into(request, answer).await,
            None => params.run(self, answer).await,
        }
    }
}
