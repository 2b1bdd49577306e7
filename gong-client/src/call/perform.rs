//! A call from its parameters to its answer, of any tool.

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
use crate::call::run::Run;
use crate::call::tool::{Tool, TypedTool};
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
pub(crate) fn ready<T: TypedTool>(client: &Shared, mut params: T, faults: Faults) -> Result<T> {
    make_ready(client, &mut params, faults)?;
    Ok(params)
}

/// As [`ready`], in place.
pub(crate) fn make_ready(client: &Shared, params: &mut dyn Tool, mut faults: Faults) -> Result<()> {
    faults.reading_is_over();
    params.fill(&mut Fill::new(client.environment(), params.facts()));
    params.check(&mut Check::new(&mut faults));
    match faults.is_empty() {
        true => Ok(()),
        false => Err(Error::refused(faults.into_list()).in_tool(params.facts().name)),
    }
}

/// A call that was performed. The answer itself stays in the call.
struct Performed {
    answer: Answer<()>,
    /// How much memory the answer takes.
    decoded: usize,
    redactor: Arc<Redactor>,
}

/// What an answer is shown as, in so much memory and with what is to be said beside it, or `None` if that is not
/// enough.
pub(crate) type Show<A> = fn(&dyn AnyAnswer, &Answer<()>, usize) -> Option<A>;

/// Calls a tool at this time; all pages of one list have the same.
pub(crate) async fn perform<T: TypedTool>(
    client: &Arc<Shared>,
    params: &T,
    now: SystemTime,
) -> Result<Answer<T::Answer>> {
    let mut answer = T::Answer::default();
    let performed = perform_call(client, params, &mut answer, now).await?;
    Ok(performed.answer.map(|()| answer))
}

/// As [`perform`], of a tool that tells how a job stands, and how it stands. A job that failed is an error.
pub(crate) async fn look<T: TypedTool>(
    client: &Arc<Shared>,
    params: &T,
) -> Result<(Answer<T::Answer>, Option<String>)> {
    let mut answer = T::Answer::default();
    let performed = perform_call(client, params, &mut answer, client.environment().now()).await?;
    let status = performed.status(T::TOOL, &answer)?;
    Ok((performed.answer.map(|()| answer), status))
}

/// As [`look`], for the answer in another form.
pub(crate) async fn look_any<A>(
    client: &Arc<Shared>,
    params: &dyn Tool,
    show: Show<A>,
) -> Result<(Answer<A>, Option<String>)> {
    perform_any(client, params, client.environment().now(), show, Performed::status).await
}

/// As [`perform`], for the answer in another form, and for what else is wanted of it.
async fn perform_any<A>(
    client: &Arc<Shared>,
    params: &dyn Tool,
    now: SystemTime,
    show: impl FnOnce(&dyn AnyAnswer, &Answer<()>, usize) -> Option<A>,
    besides: fn(&Performed, &Facts, &dyn AnyAnswer) -> Result<Option<String>>,
) -> Result<(Answer<A>, Option<String>)> {
    let mut answer = (params.facts().answer)();
    let performed = perform_call(client, params, &mut *answer, now).await?;
    let besides = besides(&performed, params.facts(), &*answer)?;
    let limit = client.decoded_limit();
    // The answer itself takes a part of it.
    let room = limit.saturating_sub(performed.decoded);
    let shown = show(&*answer, &performed.answer, room).ok_or_else(|| {
        let bytes = performed.answer.raw().iter().map(|raw| raw.bytes().len()).sum();
        Error::no_room(bytes, limit).in_tool(params.facts().name)
    })?;
    Ok((performed.answer.map(|()| shown), besides))
}

/// The part of it that is the same for all tools.
async fn perform_call(
    client: &Arc<Shared>,
    params: &dyn Tool,
    answer: &mut dyn AnyAnswer,
    now: SystemTime,
) -> Result<Performed> {
    let tool = params.facts();
    let mut run = Run::new(client, tool, false);
    run.now = now;
    match run.go(params, answer).await {
        Ok(()) => {
            let is_all = params.begins_at().is_none() && tool.next(answer).is_none();
            // An item that could not be read is reported already, and may be the one that was asked for.
            if is_all && run.unreadable.is_empty() {
                let expected = params.expects();
                let lacking = expected.iter().filter_map(|expected| expected.notice(answer));
                lacking.for_each(|notice| run.notice(notice));
            }
            let decoded = run.decoded;
            let (answer, redactor) = run.finish();
            Ok(Performed { answer, decoded, redactor })
        }
        Err(error) => Err(run.blame(error)),
    }
}

impl Performed {
    /// How a job stands; one that failed is an error, with what is said of it.
    fn status(&self, tool: &Facts, answer: &dyn AnyAnswer) -> Result<Option<String>> {
        let Some((job, status)) = tool.job.and_then(|job| Some((job, job.status(answer)?))) else { return Ok(None) };
        if !job.has_failed(&status) {
            return Ok(Some(excerpt(&self.redactor.redact(&status), STATUS)));
        }
        let raw = self.answer.raw().last().map(|raw| raw.redacted(&self.redactor));
        let said = raw.as_ref().map(|raw| excerpt(&raw.text(), SAID)).unwrap_or_default();
        let message = format!("the job failed: `{}` is {status}. {TITLE} says: {said}", job.until);
        Err(Error::new(ErrorKind::JobFailed, message).in_tool(tool.name).with(|inner| {
            inner.status = raw.as_ref().map(RawAnswer::status);
            inner.request_id = self.answer.request_id().map(str::to_owned);
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

/// One answer with what is said beside it, and where the next page begins.
pub(crate) async fn page<A>(
    client: &Arc<Shared>,
    params: &dyn Tool,
    now: SystemTime,
    show: Show<A>,
) -> Result<(Answer<A>, Option<String>)> {
    perform_any(client, params, now, show, cursor).await
}

#[allow(clippy::unnecessary_wraps)] // like how a job stands, which may be an error
fn cursor(_: &Performed, tool: &Facts, answer: &dyn AnyAnswer) -> Result<Option<String>> {
    Ok(tool.next(answer))
}

/// An answer as JSON.
pub(crate) fn show_json(answer: &dyn AnyAnswer, answered: &Answer<()>, room: usize) -> Option<Value> {
    let (json, _) = memory::within(room, || answer.to_json())?;
    let mut json = json?;
    if let Value::Object(object) = &mut json {
        object.extend(beside(answered).into_iter().map(|(name, value)| (name.to_owned(), value)));
    }
    Some(json)
}

/// An answer as the text of JSON.
pub(crate) fn show_text(answer: &dyn AnyAnswer, answered: &Answer<()>, room: usize) -> Option<String> {
    answer.to_text(&beside(answered), room)
}

/// What is wanted of one answer, whose items are in this field.
pub(crate) async fn part(
    client: &Arc<Shared>,
    params: &dyn Tool,
    items: Option<&str>,
    wanted: &Wanted,
) -> Result<Answer<Excerpt>> {
    let show =
        |answer: &dyn AnyAnswer, answered: &Answer<()>, room| answer.to_excerpt(items, wanted, &beside(answered), room);
    perform_any(client, params, client.environment().now(), show, cursor).await.map(|(answer, _)| answer)
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
