//! One call on its way: what it sends, what came back, what the caller should know.

use std::sync::Arc;
use std::time::SystemTime;

use crate::base::error::{Error, ErrorKind, Result};
use crate::base::raw_answer::RawAnswer;
use crate::base::service::TITLE;
use crate::base::text::Redactor;
use crate::base::time::{Date, Offset};
use crate::call::answer::Answer;
use crate::call::facts::Effect;
use crate::call::facts::Facts;
use crate::call::fill::Fill;
use crate::call::request::Request;
use crate::decode::memory;
use crate::decode::record::AnyAnswer;
use crate::decode::salvage::{self, Unreadable};
use crate::input::json::{Placeholder, ToJson};
use crate::input::text::in_order;
use crate::transport::exchange::{Accept, exchange};
use crate::transport::plan::PlannedRequest;
use crate::transport::received::{Empty, Reading, Received};
use crate::transport::shared::Shared;

/// What an answer says that came to a repetition.
fn done_before() -> String {
    format!(
        "{TITLE} had done this at an earlier try whose answer was lost, so this answer holds only what its refusal to \
         do it again tells."
    )
}

/// What an answer says that came to a repetition of a removal, which found nothing.
fn gone_before() -> String {
    format!(
        "{TITLE} finds nothing to remove any more: an earlier try whose answer was lost removed it, or it was not \
         there before."
    )
}

/// A call on its way.
#[derive(Debug)]
pub(crate) struct Run<'a> {
    pub(crate) client: &'a Arc<Shared>,
    pub(crate) tool: &'static Facts,
    pub(crate) dry: bool,
    pub(crate) planned: Vec<PlannedRequest>,
    pub(super) now: SystemTime,
    notices: Vec<String>,
    raw: Vec<RawAnswer>,
    request_id: Option<String>,
    pub(super) unreadable: Vec<Unreadable>,
    /// How much memory the answers take.
    pub(super) decoded: usize,
    /// Whether anything came that makes a page worth its request.
    is_filled: bool,
    /// Whether an element of a call with outcomes has come through, …
    came_through: bool,
    /// … and why no more of them are tried.
    given_up: Option<String>,
    /// Hides what the last request was signed with.
    pub(super) redactor: Arc<Redactor>,
}

impl<'a> Run<'a> {
    pub(crate) fn new(client: &'a Arc<Shared>, tool: &'static Facts, dry: bool) -> Self {
        Run {
            client,
            tool,
            dry,
            planned: Vec::new(),
            now: client.environment.now(),
            notices: Vec::new(),
            raw: Vec::new(),
            request_id: None,
            unreadable: Vec::new(),
            decoded: 0,
            is_filled: false,
            came_through: false,
            given_up: None,
            redactor: client.redactor.clone(),
        }
    }

    /// Sends a request and reads its answer. In a dry run it is written down, and the answer is one without fields.
    ///
    /// Where it only reads, elements of the answer's lists that cannot be read are reported beside it. What a write did
    /// must be known as a whole, so there they are an error.
    pub(crate) async fn ask<A: AnyAnswer + Default>(&mut self, request: Request) -> Result<A> {
        let mut answer = A::default();
        self.ask_into(request, &mut answer).await?;
        Ok(answer)
    }

    /// The part of [`Run::ask`] that is the same for answers of every type.
    pub(super) async fn ask_into(&mut self, request: Request, answer: &mut dyn AnyAnswer) -> Result<()> {
        let reads = self.tool.effect == Effect::Read;
        let mut reading = Reading::default();
        let sent = self
            .exchange(request, &mut |received| {
                reading = received.decode(answer, reads)?;
                Ok(())
            })
            .await;
        if let Err(error) = sent {
            // What was damaged on its way did not come whole at another try either.
            let (raw, request_id) = (error.answer().cloned(), error.request_id().map(str::to_owned));
            reading = if reads && error.is_damaged() { mended(error, answer) } else { Err(error) }?;
            self.raw.extend(raw);
            self.request_id = request_id.or(self.request_id.take());
        }
        self.is_filled |= !reading.unreadable.is_empty() || !answer.is_empty();
        self.unreadable.extend(reading.unreadable);
        self.decoded = self.decoded.saturating_add(reading.size);
        Ok(())
    }

    /// Sends a request for what it does, whatever its answer says.
    pub(crate) async fn send(&mut self, request: Request) -> Result<()> {
        self.exchange(request, &mut |_| Ok(())).await
    }

    async fn exchange(&mut self, request: Request, accept: &mut Accept<'_>) -> Result<()> {
        let prepared = request.prepare(Some(self.tool.name), self.tool.effect == Effect::Read)?;
        if self.dry {
            self.planned.push(PlannedRequest::new(self.client, prepared));
            return accept(&Received::nothing());
        }
        let received = exchange(self.client, prepared, accept).await?;
        match received.empty {
            Some(Empty::DoneBefore(_)) => self.notice(done_before()),
            Some(Empty::Gone) => self.notice(gone_before()),
            Some(Empty::DryRun | Empty::NothingFound) | None => {}
        }
        self.request_id = received.request_id.or(self.request_id.take());
        self.redactor = received.redactor;
        self.raw.extend(received.raw);
        Ok(())
    }

    /// Sends one of many requests that do not depend on each other. Its failure becomes a text beside an empty answer;
    /// a failure that all others would share ends the call, or, after a success, leaves the others untried.
    pub(crate) async fn outcome<A: AnyAnswer + Default>(&mut self, request: Request) -> Result<(A, Option<String>)> {
        if let Some(reason) = &self.given_up {
            return Ok((A::default(), Some(format!("not tried: {reason}"))));
        }
        match self.ask(request).await {
            Ok(answer) => {
                self.came_through = true;
                Ok((answer, None))
            }
            Err(error) if !concerns_all(error.kind()) => Ok((A::default(), Some(error.to_string()))),
            Err(error) if !self.came_through => Err(error),
            Err(error) => {
                let reason = error.to_string();
                self.given_up = Some(reason.clone());
                Ok((A::default(), Some(reason)))
            }
        }
    }

    /// A value that a later step needs from an answer. In a dry run there is none, and a placeholder stands for it.
    pub(crate) fn take<V: Placeholder>(&self, value: Option<V>, name: &str, missing: impl Into<String>) -> Result<V> {
        match value {
            Some(value) if !self.dry => Ok(value),
            _ if self.dry => Ok(V::placeholder(&format!("{name} of the answer before"))),
            _ => Err(self.unreadable.first().map_or_else(|| Error::new(ErrorKind::NotFound, missing), salvage::missed)),
        }
    }

    /// Something that the caller should know; said once.
    pub(crate) fn notice(&mut self, sentence: impl Into<String>) {
        let sentence = sentence.into();
        if !self.notices.contains(&sentence) {
            self.notices.push(sentence);
        }
    }

    /// Something that the caller should know if this holds.
    pub(crate) fn notice_when(&mut self, holds: bool, sentence: impl Into<String>) {
        if holds {
            self.notice(sentence);
        }
    }

    /// The day, or today if it lies after today; then the answer says so.
    pub(crate) fn until_today(&mut self, name: &str, day: Option<Date>, offset: Offset) -> Option<Date> {
        let today = offset.day(self.now);
        let day = day?;
        if day <= today {
            return Some(day);
        }
        self.notice(format!("`{name}` ends after today, which {TITLE} refuses; {today} was sent instead of {day}."));
        Some(today)
    }

    /// The page of a list that begins after `cursor`, in the order of the elements as text.
    pub(crate) fn page_of<V: ToJson>(
        &mut self,
        elements: Vec<V>,
        cursor: &Option<String>,
        size: usize,
    ) -> ElementPage<V> {
        // Pages that are made here end with the elements, whatever Gong has on them.
        self.is_filled = true;
        let named = in_order(elements);
        let total = i64::try_from(named.len()).unwrap_or(i64::MAX);
        // The cursor is the last element of the page before; it works even if that element is gone since.
        let begin = cursor.as_ref().map_or(0, |cursor| named.partition_point(|(name, _)| name <= cursor));
        let more = named.len() > begin + size;
        let (names, elements): (Vec<String>, Vec<V>) = named.into_iter().skip(begin).take(size).unzip();
        ElementPage { elements, next: names.last().filter(|_| more).cloned(), total }
    }

    /// For values that are worked out on the way.
    pub(crate) fn fill(&self) -> Fill<'a> {
        Fill::at(&*self.client.environment, self.tool, self.now)
    }

    /// What the caller gets beside the answer itself.
    pub(super) fn finish(self) -> Answer<()> {
        let Run { tool, notices, request_id, raw, unreadable, is_filled, .. } = self;
        // Those of every call come first.
        let mut all: Vec<String> = tool.notices.iter().map(|notice| (*notice).to_owned()).collect();
        all.extend(notices.into_iter().filter(|notice| !tool.notices.contains(&notice.as_str())));
        Answer { value: (), notices: all, request_id, raw, unreadable, is_empty: !is_filled }
    }

    /// Adds to an error what this call knows.
    pub(super) fn blame(self, error: Error) -> Error {
        let completed = self.raw;
        let count = completed.len();
        let error = error.in_tool(self.tool.name).with(|inner| inner.completed = completed);
        match (self.tool.effect, count) {
            (Effect::Read, _) | (_, 0) => error,
            (_, 1) => {
                error.context("One request of this call had been answered before; whatever it changed stays changed.")
            }
            (_, _) => error.context(format!(
                "{count} requests of this call had been answered before; whatever they changed stays changed."
            )),
        }
    }
}

/// Reads the answer of this error without what cannot be read of it; the error if that is not all that is wrong.
fn mended(error: Error, answer: &mut dyn AnyAnswer) -> Result<Reading> {
    let read = error.answer().and_then(|raw| memory::within(raw.room(), || answer.read_in_parts(raw.bytes())));
    match read {
        Some((Ok(unreadable), size)) => Ok(Reading { unreadable, size }),
        _ => Err(error),
    }
}

/// Whether the requests after one that failed like this would fail like it.
fn concerns_all(kind: ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::Unauthorized
            | ErrorKind::MissingScope
            | ErrorKind::RateLimited
            | ErrorKind::Connection
            | ErrorKind::Timeout
            | ErrorKind::Redirect
            | ErrorKind::Config
    )
}

/// Some elements of a list, and where the next begin.
#[derive(Debug)]
pub(crate) struct ElementPage<V> {
    /// The elements.
    pub elements: Vec<V>,
    /// The cursor of the next page, if there is one.
    pub next: Option<String>,
    /// How many elements all pages have.
    pub total: i64,
}

#[cfg(test)]
mod tests;
