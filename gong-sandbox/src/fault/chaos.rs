//! Faults by rate and seed rather than one by one.

use std::time::Duration;

use super::Fault;
use crate::{prng::Prng, record::RecordedRequest};

/// Lets a share of the API's requests meet a fault chosen by seed and by the request's number.
///
/// The same requests in the same order meet the same faults. A fault meant for other requests, such
/// as an expired cursor for one without a cursor, is replaced by another. The OAuth pages are
/// spared: what goes wrong there is better chosen, see [`Fault::on`].
#[derive(Debug, Clone, PartialEq)]
#[must_use]
pub struct Chaos {
    rate: f64,
    seed: u64,
    faults: Vec<Fault>,
}

impl Chaos {
    /// Every kind of fault, each as likely as the next; `rate` is the share of requests, 0 to 1.
    pub fn mixed(rate: f64, seed: u64) -> Self {
        Self { rate, seed, faults: Fault::every() }
    }

    /// These faults rather than every kind; one that is listed twice is twice as likely.
    pub fn among(mut self, faults: impl IntoIterator<Item = Fault>) -> Self {
        self.faults = faults.into_iter().collect();
        self
    }

    /// Chooses for the request with this number.
    ///
    /// A fault that strikes before the body is read is chosen then; the same choice comes up again when the request is
    /// whole, and is ignored.
    pub(crate) fn strike(&self, number: u64, request: &RecordedRequest, before_the_body: bool) -> Option<Fault> {
        let mut prng = Prng::new(self.seed, &format!("chaos {number}"));
        if prng.share() >= self.rate {
            return None;
        }
        let first = prng.pick(&self.faults)?;
        if first.strikes_before_the_body() || before_the_body {
            return (before_the_body && first.strikes_before_the_body() && first.meant_for(request))
                .then(|| first.clone());
        }
        if first.meant_for(request) {
            return Some(first.clone());
        }
        let others: Vec<&Fault> =
            self.faults.iter().filter(|fault| !fault.strikes_before_the_body() && fault.meant_for(request)).collect();
        prng.pick(&others).copied().cloned()
    }
}

/// One fault of each kind.
impl Fault {
    /// What happens on the way: refusals that pass, pages of the edge, broken connections. A client
    /// that repeats with care gets its answer in the end.
    pub fn on_the_way() -> Vec<Self> {
        let pause = Duration::from_millis(20);
        vec![
            Self::delay(Duration::from_millis(250)),
            Self::too_many_requests(1),
            Self::too_many_requests_until(Duration::from_secs(2)),
            Self::too_many_requests_saying("soon").named("429 garbled"),
            Self::too_many_requests_saying("-5").named("429 negative"),
            Self::edge_page(502).named("502"),
            Self::unavailable(),
            Self::edge_page(504).named("504"),
            Self::edge_page(504).named("504 after the work").after_the_work(),
            Self::truncated_body(),
            Self::content_length_too_long(),
            Self::reset_before_reading(),
            Self::reset_before_the_work(),
            Self::reset_after_the_work(),
            Self::slow_drip(pause),
        ]
    }

    /// What is wrong with the answer itself, which arrives: whether the client makes anything of it
    /// depends on how it reads.
    pub fn in_the_answer() -> Vec<Self> {
        vec![
            Self::edge_page(200).named("HTML body"),
            Self::content_length_too_short(),
            Self::invalid_json(),
            Self::unknown_enum_value(),
            Self::new_field(),
            Self::unexpected_null(),
            Self::number_for_text(),
        ]
    }

    /// What lasts or has no cure by repetition: the caller has to be told.
    pub fn that_last() -> Vec<Self> {
        vec![
            Self::too_many_requests_saying("99999999999999999999").named("429 huge"),
            Self::internal_error(),
            Self::duplicate_page(),
            Self::expired_cursor(),
            Self::revoked_token(),
        ]
    }

    /// All of the three.
    pub fn every() -> Vec<Self> {
        [Self::on_the_way(), Self::in_the_answer(), Self::that_last()].concat()
    }
}
