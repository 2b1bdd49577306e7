//! What a fault does, at each of the moments in which it may do something.

use std::time::{Duration, SystemTime};

use jiff::{Timestamp, fmt::rfc2822::DateTimePrinter};

use super::{Fault, alter::Alteration};
use crate::{access::Access, pages::Pages, record::RecordedRequest, refusal::Refusal, reply::Reply};

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Effect {
    /// An answer of Gong's own, in its envelope.
    Refuse(Refusal),
    /// A 429 whose `Retry-After` is the HTTP date of the instant this far ahead.
    TooManyUntil(Duration),
    /// An answer of something in between, such as the edge: no envelope, no trace id.
    Page(Reply),
    /// The answer, later.
    Delay(Duration),
    /// No answer at all.
    Reset(Moment),
    /// Gong's answer, sent in a way that no server should.
    Deliver(Delivery),
    /// Gong's answer with something changed in it.
    Alter(Alteration),
    /// Gong's answer, after something changed on its side.
    Disturb(Disturbance),
}

/// How far a request has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Moment {
    /// Its head is read.
    Head,
    /// All of it is read.
    Read,
    /// The work is done.
    Done,
}

/// How an answer goes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Delivery {
    Whole,
    Truncated,
    TooLong,
    TooShort,
    Drip(Duration),
    /// Not at all: the connection is reset.
    Reset,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Disturbance {
    RepeatPage,
    ExpireCursor,
    RevokeToken,
}

impl Fault {
    /// How long to wait before the work, or after it with the answer.
    pub(crate) fn wait(&self, after_the_work: bool) -> Option<Duration> {
        match self.effect {
            Effect::Delay(by) if self.after_the_work == after_the_work => Some(by),
            _ => None,
        }
    }

    /// Whether it strikes before the work, which then is never done.
    pub(crate) fn prevents_the_work(&self) -> bool {
        match &self.effect {
            Effect::Refuse(_) | Effect::TooManyUntil(_) | Effect::Page(_) => !self.after_the_work,
            Effect::Reset(moment) => *moment != Moment::Done,
            Effect::Delay(_) | Effect::Deliver(_) | Effect::Alter(_) | Effect::Disturb(_) => false,
        }
    }

    /// Changes what has to be changed before the work.
    pub(crate) fn disturb(&self, request: &RecordedRequest, access: &mut Access, pages: &mut Pages) {
        match &self.effect {
            Effect::Disturb(Disturbance::RepeatPage) => pages.repeat_next(),
            Effect::Disturb(Disturbance::ExpireCursor) => pages.expire(&request.cursor().unwrap_or_default()),
            Effect::Disturb(Disturbance::RevokeToken) => access.revoke(request.bearer_token().unwrap_or_default()),
            _ => {}
        }
    }

    /// Makes the answer out of Gong's, which is an empty refusal if the work was prevented.
    pub(crate) fn answer(&self, request_id: &str, served: Reply) -> (Reply, Delivery) {
        let reply = match &self.effect {
            Effect::Reset(_) => return (served, Delivery::Reset),
            Effect::Deliver(delivery) => return (served, *delivery),
            Effect::Refuse(refusal) => Reply::refusal(request_id, refusal),
            Effect::TooManyUntil(ahead) => Reply::refusal(request_id, &Refusal::too_many_requests(http_date(*ahead))),
            Effect::Page(page) => page.clone(),
            Effect::Alter(alteration) => alteration.alter(served),
            Effect::Delay(_) | Effect::Disturb(_) => served,
        };
        (reply, Delivery::Whole)
    }
}

/// The instant this far ahead; empty if no date can say it.
fn http_date(ahead: Duration) -> String {
    let at = SystemTime::now().checked_add(ahead);
    let at = at.and_then(|at| Timestamp::try_from(at).ok());
    at.and_then(|at| DateTimePrinter::new().timestamp_to_rfc9110_string(&at).ok()).unwrap_or_default()
}
