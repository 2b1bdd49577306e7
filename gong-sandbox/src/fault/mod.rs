//! Faults: what a test wants to go wrong, and with which requests.
//!
//! A fault says when it strikes, and what it then does is a part of its own (`effect`), so
//! that either can grow new kinds without the other. `chaos` chooses among faults by rate and seed,
//! `alter` is the damage that can be done to an answer's JSON.

mod alter;
mod chaos;
mod effect;

use std::time::Duration;

pub use self::chaos::Chaos;
pub(crate) use self::effect::{Delivery, Moment};
use self::{
    alter::Alteration,
    effect::{Disturbance, Effect},
};
use crate::{record::RecordedRequest, refusal::Refusal, reply::Reply, routes};

/// Something that goes wrong with the next request, or the next few, that it is meant for.
///
/// [`Fault::every`] lists one of each kind; the README says what each looks like on the wire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    name: &'static str,
    /// The method and path that it is meant for, if not for every request.
    operation: Option<(String, String)>,
    remaining: usize,
    after_the_work: bool,
    effect: Effect,
}

/// Answers that take the place of Gong's.
impl Fault {
    /// An error in Gong's envelope with this text.
    pub fn refuse(status: u16, text: impl Into<String>) -> Self {
        Self::with("refusal", Effect::Refuse(Refusal::new(status, text)))
    }

    /// The 429 of a company over its rate, with `Retry-After` in seconds.
    pub fn too_many_requests(retry_after_seconds: u64) -> Self {
        Self::with("429", Effect::Refuse(Refusal::too_many_requests(retry_after_seconds)))
    }

    /// A 429 whose `Retry-After` is the HTTP date of the instant that lies this far ahead.
    ///
    /// Ahead of the system's clock, like the `Date` beside it: no other is known to whoever waits.
    pub fn too_many_requests_until(ahead: Duration) -> Self {
        Self::with("429 until a date", Effect::TooManyUntil(ahead))
    }

    /// A 429 with these words for its `Retry-After`: `soon`, `-5`, `99999999999999999999`.
    pub fn too_many_requests_saying(retry_after: impl Into<String>) -> Self {
        Self::with("429 saying", Effect::Refuse(Refusal::too_many_requests(retry_after.into())))
    }

    /// Gong's 500.
    pub fn internal_error() -> Self {
        Self::refuse(500, "Internal server error occurred").named("500")
    }

    /// A 503 in Gong's envelope.
    pub fn unavailable() -> Self {
        Self::refuse(503, "Service Unavailable").named("503")
    }

    /// An HTML page from the edge in front of Gong, such as a 502.
    pub fn edge_page(status: u16) -> Self {
        let body = format!("<html><head><title>{status}</title></head><body>{status}</body></html>");
        Self::page(status, "text/html; charset=UTF-8", body).named("edge page")
    }

    /// Any answer at all, as it stands.
    pub fn page(status: u16, content_type: impl Into<String>, body: impl Into<String>) -> Self {
        let page = Reply::new(status, body.into()).with_header("content-type", content_type.into());
        Self::with("page", Effect::Page(page))
    }

    /// A 307 to another address, as Gong gives for a tenant that lives on another host.
    pub fn redirect(location: impl Into<String>) -> Self {
        Self::with("redirect", Effect::Page(Reply::new(307, "").with_header("location", location.into())))
    }
}

/// What goes wrong between the two ends.
impl Fault {
    /// Waits on Tokio's clock before the work, or after it with [`Fault::after_the_work`].
    ///
    /// Whoever hangs up before the wait is over finds the work undone in the one case and done in the other.
    pub fn delay(by: Duration) -> Self {
        Self::with("delay", Effect::Delay(by))
    }

    /// Resets the connection when only the head of the request was read, its body not.
    pub fn reset_before_reading() -> Self {
        Self::with("reset before reading", Effect::Reset(Moment::Head))
    }

    /// Resets the connection when the whole request was read but nothing was done about it.
    pub fn reset_before_the_work() -> Self {
        Self::with("reset before the work", Effect::Reset(Moment::Read))
    }

    /// Does the work, then resets the connection instead of answering.
    pub fn reset_after_the_work() -> Self {
        Self::with("reset after the work", Effect::Reset(Moment::Done))
    }

    /// Does the work, announces the whole answer and hangs up in the middle of it.
    pub fn truncated_body() -> Self {
        Self::with("truncated body", Effect::Deliver(Delivery::Truncated))
    }

    /// Does the work and announces more bytes than the answer has; then hangs up.
    pub fn content_length_too_long() -> Self {
        Self::with("content length too long", Effect::Deliver(Delivery::TooLong))
    }

    /// Does the work and announces fewer bytes than the answer has, all of which it sends.
    pub fn content_length_too_short() -> Self {
        Self::with("content length too short", Effect::Deliver(Delivery::TooShort))
    }

    /// Does the work and sends the answer in eight pieces with this pause, on Tokio's clock, before each but the first.
    pub fn slow_drip(pause: Duration) -> Self {
        Self::with("slow drip", Effect::Deliver(Delivery::Drip(pause)))
    }
}

/// What goes wrong inside an answer that went well.
impl Fault {
    /// Puts a character into the middle of the body that makes it no JSON.
    pub fn invalid_json() -> Self {
        Self::with("invalid JSON", Effect::Alter(Alteration::InvalidJson))
    }

    /// Gives one field that takes one of a fixed set of words a word that is not in the set.
    pub fn unknown_enum_value() -> Self {
        Self::with("unknown enum value", Effect::Alter(Alteration::UnknownEnumValue))
    }

    /// Puts a field that nobody knows into every object, as [`Builder::unknown_fields`] does.
    ///
    /// [`Builder::unknown_fields`]: crate::Builder::unknown_fields
    pub fn new_field() -> Self {
        Self::with("new field", Effect::Alter(Alteration::NewField))
    }

    /// Makes one text of the first record of the answer a number, though no id and no word of a fixed set.
    pub fn number_for_text() -> Self {
        Self::with("number for text", Effect::Alter(Alteration::NumberForText))
    }

    /// Makes one field null in the first record of the answer, though no id and no cursor.
    pub fn unexpected_null() -> Self {
        Self::with("unexpected null", Effect::Alter(Alteration::UnexpectedNull))
    }
}

/// What changes on Gong's side just before a request is looked at. Gong then answers as it does.
impl Fault {
    /// Gives the page before the one that was asked for, whose cursor is the one that was sent.
    /// Meant for requests with a cursor.
    pub fn duplicate_page() -> Self {
        Self::with("duplicate page", Effect::Disturb(Disturbance::RepeatPage))
    }

    /// Lets the cursor of the request expire for good. Meant for requests with a cursor.
    pub fn expired_cursor() -> Self {
        Self::with("expired cursor", Effect::Disturb(Disturbance::ExpireCursor))
    }

    /// Revokes the token of the request for good. Meant for requests with a bearer token.
    pub fn revoked_token() -> Self {
        Self::with("revoked token", Effect::Disturb(Disturbance::RevokeToken))
    }
}

/// Which requests a fault strikes, and when.
impl Fault {
    /// Strikes only this method on this path, in which `{id}` stands for any segment; without it, whatever comes next.
    #[must_use]
    pub fn on(mut self, method: impl Into<String>, path: impl Into<String>) -> Self {
        self.operation = Some((method.into(), path.into()));
        self
    }

    /// Strikes this many times rather than once.
    #[must_use]
    pub fn times(mut self, times: usize) -> Self {
        self.remaining = times;
        self
    }

    /// Strikes when the work is already done, so that only the answer is lost: what makes the
    /// blind repetition of a write dangerous.
    ///
    /// It makes a difference to faults that answer in Gong's place and to [`Fault::delay`]; the
    /// others have their moment in their name.
    #[must_use]
    pub fn after_the_work(mut self) -> Self {
        self.after_the_work = true;
        self
    }

    /// What [`RecordedRequest::fault`] calls it, such as `truncated body`.
    pub fn name(&self) -> &'static str {
        self.name
    }

    fn with(name: &'static str, effect: Effect) -> Self {
        Self { name, operation: None, remaining: 1, after_the_work: false, effect }
    }

    fn named(self, name: &'static str) -> Self {
        Self { name, ..self }
    }

    /// Whether it is meant for a request of which the body may still be unread.
    fn meant_for(&self, request: &RecordedRequest) -> bool {
        let is_meant = |(method, path): &(String, String)| {
            *method == request.method && routes::capture(path, &request.path).is_some()
        };
        let has_what_it_takes = match &self.effect {
            Effect::Disturb(Disturbance::RevokeToken) => request.bearer_token().is_some(),
            Effect::Disturb(Disturbance::RepeatPage | Disturbance::ExpireCursor) => request.cursor().is_some(),
            _ => true,
        };
        self.operation.as_ref().is_none_or(is_meant) && has_what_it_takes
    }

    /// Whether its moment is before the body of the request is read.
    fn strikes_before_the_body(&self) -> bool {
        self.effect == Effect::Reset(Moment::Head)
    }
}

/// Takes the first fault meant for a request, and forgets it once it has struck often enough.
///
/// A fault that strikes before the body is read is taken then or not at all: `before_the_body` says whether it is that
/// early.
pub(crate) fn strike(faults: &mut Vec<Fault>, request: &RecordedRequest, before_the_body: bool) -> Option<Fault> {
    let may = |fault: &&mut Fault| fault.remaining > 0 && fault.meant_for(request);
    let fault = if before_the_body {
        faults.iter_mut().find(may).filter(|fault| fault.strikes_before_the_body())?
    } else {
        faults.iter_mut().filter(|fault| !fault.strikes_before_the_body()).find(may)?
    };
    fault.remaining -= 1;
    let struck = fault.clone();
    faults.retain(|fault| fault.remaining > 0);
    Some(struck)
}

/// Whether a fault will strike a request, whose body is not read yet, once it is.
pub(crate) fn is_due(faults: &[Fault], request: &RecordedRequest, before_the_body: bool) -> bool {
    before_the_body && faults.iter().any(|fault| fault.meant_for(request))
}
