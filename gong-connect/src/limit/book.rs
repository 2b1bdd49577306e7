//! What the store keeps of one company's limit: who sent when, and which processes wait. Plain data, and the rules for
//! it.

use std::time::{Duration, SystemTime};

use gong_client::{Ledger, RateLimit, Turn};
use serde::{Deserialize, Serialize};

use crate::world::{millis, time};

/// A turn is given at most this long before its time: long enough that asking a store far away delays
/// nobody, and so short that it is one turn at most that is lost with a process that dies.
pub(super) const AHEAD: Duration = Duration::from_millis(350);
/// A process that waits asks at least this often.
const AT_LEAST: Duration = Duration::from_millis(500);
/// And not more often than this, when its turn is near and the process before it has not come yet.
const AT_MOST: Duration = Duration::from_millis(10);
/// A process that is this late to ask again is passed over. It has its place back when it asks after all.
const PASSED_OVER: Duration = Duration::from_millis(250);
/// A process that is this late has lost its place.
const GONE: Duration = Duration::from_secs(2);
/// A longer pause is not waited for: it is an error that says when to come back.
const PATIENCE: Duration = Duration::from_secs(60);

/// The book of one company.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Book {
    ledger: Ledger,
    /// The processes that wait, in the order of their turns: each for its caller that has waited longest.
    queue: Vec<Waiter>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Waiter {
    process: String,
    /// When it asks again, in milliseconds since 1970.
    due: i64,
}

/// A process asks for a turn.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ask<'a> {
    pub(super) process: &'a str,
    /// How long the answer will take to reach it.
    pub(super) lead: Duration,
    /// The turn that it had and did not take.
    pub(super) missed: Option<SystemTime>,
}

/// The answer to a process that asks for a turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// Its turn is at this time. It is counted.
    Go(SystemTime),
    /// Not yet: ask again after this time. It is in the queue.
    AskAgain(Duration),
    /// Not before this time, which is too far off to wait for.
    NotBefore(SystemTime, Reached),
}

/// Why nothing may be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reached {
    Pause,
    Day,
}

impl Book {
    pub(super) fn new(limit: RateLimit) -> Self {
        Book { ledger: Ledger::new(limit), queue: Vec::new() }
    }

    /// The book as it was written. One that cannot be read says nothing: at worst Gong refuses a request of the next
    /// second.
    pub(super) fn read(text: Option<&str>, limit: RateLimit) -> Self {
        let written = text.and_then(|text| serde_json::from_str::<Book>(text).ok());
        let mut book = written.unwrap_or_else(|| Book::new(limit));
        book.ledger.allow(limit);
        book
    }

    pub(super) fn hold(&mut self, now: SystemTime, until: SystemTime) {
        self.ledger.hold(now, until);
    }

    /// Gives a process its turn, or a place in the queue.
    pub(super) fn ask(&mut self, now: SystemTime, ask: Ask<'_>) -> Answer {
        self.follow(now);
        let ready = now + ask.lead;
        let owed = ask.missed.filter(|missed| self.ledger.withdraw(now, *missed));
        let place = self.queue.iter().position(|waiter| waiter.process == ask.process);
        let before =
            self.queue.iter().take(place.unwrap_or(self.queue.len())).filter(|other| other.is_there(now)).count();
        match (self.ledger.next(ready), owed) {
            (Turn::At(_), Some(turn)) => self.go(ready.max(turn), ask.process),
            (Turn::At(at), None) if before == 0 && at <= ready.max(now + AHEAD) => self.go(at, ask.process),
            (Turn::At(at), None) => self.wait(now, at.checked_sub(AHEAD).unwrap_or(now), before, ask.process),
            (Turn::Held(until), _) => self.wait_for(now, until, Reached::Pause, before, ask.process),
            (Turn::DayUsedUp(until), _) => self.wait_for(now, until, Reached::Day, before, ask.process),
        }
    }

    fn go(&mut self, at: SystemTime, process: &str) -> Answer {
        self.queue.retain(|waiter| waiter.process != process);
        self.ledger.enter(at);
        Answer::Go(at)
    }

    fn wait_for(&mut self, now: SystemTime, until: SystemTime, why: Reached, before: usize, process: &str) -> Answer {
        if until > now + PATIENCE {
            self.queue.retain(|waiter| waiter.process != process);
            return Answer::NotBefore(until, why);
        }
        self.wait(now, until, before, process)
    }

    /// A place in the queue, where the first may ask at this time.
    fn wait(&mut self, now: SystemTime, first: SystemTime, before: usize, process: &str) -> Answer {
        let others = self.ledger.spacing().saturating_mul(u32::try_from(before).unwrap_or(u32::MAX));
        let wait = first.duration_since(now).unwrap_or_default().saturating_add(others).clamp(AT_MOST, AT_LEAST);
        let due = millis(now + wait);
        match self.queue.iter_mut().find(|waiter| waiter.process == process) {
            Some(waiter) => waiter.due = due,
            None => self.queue.push(Waiter { process: process.to_owned(), due }),
        }
        Answer::AskAgain(wait)
    }

    /// Removes processes that are gone. A clock that was put back keeps none of them in the queue for longer.
    fn follow(&mut self, now: SystemTime) {
        let latest = millis(now + AT_LEAST);
        for waiter in &mut self.queue {
            waiter.due = waiter.due.min(latest);
        }
        self.queue.retain(|waiter| time(waiter.due) + GONE >= now);
    }
}

impl Waiter {
    fn is_there(&self, now: SystemTime) -> bool {
        time(self.due) + PASSED_OVER >= now
    }
}
