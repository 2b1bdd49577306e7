//! A call from its parameters to its answer, of any tool.

use std::sync::Arc;
use std::time::SystemTime;

use serde_json::Value;

use crate::base::error::{Error, Result};
use crate::base::violation::Faults;
use crate::call::answer::Answer;
use crate::call::fill::Fill;
use crate::call::run::Run;
use crate::call::tool::{AnyCall, AnyTool, Call, Tool};
use crate::decode::memory;
use crate::decode::record::AnyAnswer;
use crate::decode::salvage::Unreadable;
use crate::input::check::Check;
use crate::transport::plan::PlannedRequest;
use crate::transport::shared::Shared;

/// Fills in the defaults and checks the parameters. `faults` are those of reading them.
pub(crate) fn ready<T: Tool>(client: &Shared, mut params: T, faults: Faults) -> Result<T> {
    make_ready(client, &mut params, faults)?;
    Ok(params)
}

/// As [`ready`], in place.
pub(crate) fn make_ready(client: &Shared, params: &mut dyn AnyTool, mut faults: Faults) -> Result<()> {
    faults.reading_is_over();
    params.fill(&mut Fill::new(client.environment(), params.tool()));
    params.check(&mut Check::new(&mut faults));
    match faults.is_empty() {
        true => Ok(()),
        false => Err(Error::refused(faults.into_list()).in_tool(params.tool().name)),
    }
}

/// Calls a tool at this time; all pages of one list have the same.
pub(crate) async fn perform<T: Tool>(client: &Arc<Shared>, params: &T, now: SystemTime) -> Result<Answer<T::Answer>> {
    let mut call = Call::new(params);
    let (answered, _) = perform_call(client, &mut call, now).await?;
    Ok(answered.map(|()| call.answer))
}

/// As [`perform`], for the answer in another form and for where the next page begins. `show` gives it in so much
/// memory, with what is to be said beside it, or `None` if that is not enough.
async fn perform_any<A>(
    client: &Arc<Shared>,
    params: &dyn AnyTool,
    now: SystemTime,
    show: fn(&dyn AnyAnswer, &Answer<()>, usize) -> Option<A>,
) -> Result<(Answer<A>, Option<String>)> {
    let mut call = params.call();
    let (answered, decoded) = perform_call(client, &mut *call, now).await?;
    let limit = client.decoded_limit();
    // The answer itself takes a part of it.
    let shown = show(call.answer(), &answered, limit.saturating_sub(decoded)).ok_or_else(|| {
        let bytes = answered.raw().iter().map(|raw| raw.bytes().len()).sum();
        Error::no_room(bytes, limit).in_tool(params.tool().name)
    })?;
    Ok((answered.map(|()| shown), call.cursor().map(str::to_owned)))
}

/// The part of it that is the same for all tools. The answer itself stays in the call; what comes back beside it is how
/// much memory it takes.
async fn perform_call(client: &Arc<Shared>, call: &mut dyn AnyCall, now: SystemTime) -> Result<(Answer<()>, usize)> {
    let mut run = Run::new(client, call.tool(), false);
    run.now = now;
    match run.go(call).await {
        Ok(()) => {
            // An item that could not be read is reported already, and may be the one that was asked for.
            if run.unreadable.is_empty() {
                call.lacking().into_iter().for_each(|notice| run.notice(notice));
            }
            let decoded = run.decoded;
            Ok((run.finish(), decoded))
        }
        Err(error) => Err(run.blame(error)),
    }
}

/// Says what a call would send.
pub(crate) async fn plan(client: &Arc<Shared>, params: &dyn AnyTool) -> Result<Vec<PlannedRequest>> {
    let mut run = Run::new(client, params.tool(), true);
    match run.go(&mut *params.call()).await {
        Ok(()) => Ok(run.planned),
        Err(error) => Err(run.blame(error)),
    }
}

/// One answer with what is said beside it, and where the next page begins.
pub(crate) async fn page(
    client: &Arc<Shared>,
    params: &dyn AnyTool,
    now: SystemTime,
) -> Result<(Answer<Value>, Option<String>)> {
    let show = |answer: &dyn AnyAnswer, answered: &Answer<()>, room| {
        let (json, _) = memory::within(room, || answer.to_json())?;
        let mut json = json?;
        if let Value::Object(object) = &mut json {
            object.extend(beside(answered).into_iter().map(|(name, value)| (name.to_owned(), value)));
        }
        Some(json)
    };
    perform_any(client, params, now, show).await
}

/// The text of one answer, with what is said beside it.
pub(crate) async fn text(client: &Arc<Shared>, params: &dyn AnyTool) -> Result<Answer<String>> {
    let show = |answer: &dyn AnyAnswer, answered: &Answer<()>, room| answer.to_text(&beside(answered), room);
    perform_any(client, params, client.environment().now(), show).await.map(|(answer, _)| answer)
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
    /// Sends what a tool has to send, and puts the answer where the call has a place for it.
    pub(crate) async fn go(&mut self, call: &mut dyn AnyCall) -> Result<()> {
        match call.request(self) {
            Some(request) => self.ask_into(request, call.answer()).await,
            None => call.run(self).await,
        }
    }
}
