//! The steps of a request up to its handler, each of which may refuse it.

use std::{sync::Arc, time::Duration};

use serde_json::Value;

use crate::{
    access::{Access, Host},
    bodies,
    builder::Settings,
    fault::{self, Chaos, Delivery, Fault},
    input::Input,
    journal::Journal,
    limiter::Limiter,
    lines::Lines,
    media,
    oauth::OAuth,
    prng::Prng,
    record::{self, RecordedRequest, Violation},
    refusal::Refusal,
    reply::{Reply, add_unknown_fields},
    routes::{self, Body, Operation},
    world::World,
};

/// How many violations are kept: the first ones, for the others are often the same again.
const VIOLATIONS: usize = 10_000;
const REQUEST_ID: &[u8] = b"abcdefghijklmnopqrstuvwxyz0123456789";

/// Everything behind the listening socket.
pub(crate) struct Gateway {
    pub(crate) world: World,
    pub(crate) access: Access,
    pub(crate) limiter: Option<Limiter>,
    pub(crate) oauth: OAuth,
    pub(crate) faults: Vec<Fault>,
    pub(crate) chaos: Option<Chaos>,
    pub(crate) settings: Settings,
    /// How many requests were received so far.
    pub(crate) received: u64,
    pub(crate) requests: Journal,
    pub(crate) violations: Vec<Violation>,
    pub(crate) request_ids: Prng,
}

/// A request that arrived and what is to go wrong with it.
#[derive(Debug)]
pub(crate) struct Visit {
    number: u64,
    host: Host,
    request: RecordedRequest,
    lines: Arc<Lines>,
    pub(crate) fault: Option<Fault>,
}

impl Gateway {
    /// Gives a request, of which only the head is known, its number. None if a fault resets its connection.
    pub(crate) fn admit_head(&mut self, head: &RecordedRequest) -> Option<u64> {
        let number = self.received;
        self.received += 1;
        let Some(fault) = self.strike(number, head, true) else {
            return Some(number);
        };
        self.requests.add(number, RecordedRequest { fault: Some(fault.name()), ..head.clone() });
        None
    }

    /// Takes note of a request that was read, and of the fault that it meets.
    pub(crate) fn arrive(&mut self, number: u64, mut request: RecordedRequest, lines: Lines, host: Host) -> Visit {
        let fault = self.strike(number, &request, false);
        request.fault = fault.as_ref().map(Fault::name);
        self.requests.add(number, request.clone());
        Visit { number, host, request, lines: Arc::new(lines), fault }
    }

    fn strike(&mut self, number: u64, request: &RecordedRequest, before_the_body: bool) -> Option<Fault> {
        let injected = fault::strike(&mut self.faults, request, before_the_body);
        // A fault that was injected for this request comes before chaos, also if it strikes after the body is read.
        if injected.is_some()
            || fault::is_due(&self.faults, request, before_the_body)
            || record::is_oauth(&request.path)
        {
            return injected;
        }
        self.chaos.as_ref()?.strike(number, request, before_the_body)
    }

    /// Answers a request; `elapsed` is the time the sandbox has been up.
    pub(crate) fn answer(&mut self, visit: &Visit, elapsed: Duration) -> (Reply, Delivery) {
        let request_id = self.request_ids.letters(REQUEST_ID, 19);
        let (served, carried_out) = if visit.fault.as_ref().is_some_and(Fault::prevents_the_work) {
            (Reply::refusal(&request_id, &Refusal::new(500, "")), false)
        } else {
            if let Some(fault) = &visit.fault {
                fault.disturb(&visit.request, &mut self.access, &mut self.world.pages);
            }
            let served = self.serve(visit, &request_id, elapsed);
            self.world.pages.settle();
            served
        };
        let (reply, delivery) = match &visit.fault {
            Some(fault) => fault.answer(&request_id, served),
            None => (served, Delivery::Whole),
        };
        if let Some(record) = self.requests.get_mut(visit.number) {
            record.carried_out = carried_out;
            record.status = (delivery != Delivery::Reset).then_some(reply.status);
        }
        (reply, delivery)
    }

    /// Does the work, and says whether it was done.
    fn serve(&mut self, visit: &Visit, request_id: &str, elapsed: Duration) -> (Reply, bool) {
        let request = &visit.request;
        if visit.host == Host::Main && record::is_oauth(&request.path) {
            return self.oauth.answer(request, request_id, self.world.now(), &mut self.access);
        }
        let now = self.world.now();
        self.world.company.set_now(now);
        if media::is_media(&request.path) {
            if self.settings.strict && request.header("authorization").is_some() {
                self.note(request, ["credentials were sent to the host of recordings".to_string()]);
            }
            return self.world.media.answer(request, &self.world.company, now);
        }
        match self.admit(visit, elapsed) {
            Ok((operation, input)) => {
                let mut outcome = (operation.handler)(&mut self.world, &input);
                if let (true, Ok(payload)) = (self.settings.unknown_fields, &mut outcome) {
                    add_unknown_fields(payload);
                }
                let carried_out = outcome.is_ok();
                (Reply::from_outcome(request_id, operation.success, outcome), carried_out)
            }
            Err(refusal) => (Reply::refusal(request_id, &refusal), false),
        }
    }

    /// Credentials, route, rate, scope, body, in this order.
    fn admit(&mut self, visit: &Visit, elapsed: Duration) -> Result<(&'static Operation, Input), Refusal> {
        let (request, host) = (&visit.request, visit.host);
        let grant = self.access.check(request.header("authorization"), host, self.world.now())?;
        let route = routes::find(&request.method, &request.path)?;
        let operation = route.operation;
        if let Some(limiter) = &mut self.limiter {
            limiter.admit(elapsed + self.world.clock.advanced())?;
        }
        grant.demand(operation.scope)?;
        if self.settings.strict {
            self.audit(request, operation);
        }
        let input = Input {
            now: self.world.now(),
            method: operation.method,
            path: operation.path,
            captured: route.captured,
            query: request.query.iter().filter(|(name, _)| operation.query.contains(&name.as_str())).cloned().collect(),
            cursor: request.cursor(),
            body: body(request, operation)?,
            parts: request.parts.clone(),
            lines: Arc::clone(&visit.lines),
            grant,
        };
        Ok((operation, input))
    }

    /// Notes what Gong would ignore in silence. The answer does not depend on it.
    fn audit(&mut self, request: &RecordedRequest, operation: &Operation) {
        let mut messages = Vec::new();
        for (name, _) in &request.query {
            if !operation.query.contains(&name.as_str()) {
                messages.push(format!("unknown query parameter {name}"));
            }
        }
        match operation.body {
            Body::None if request.body.is_empty() => {}
            Body::None => messages.push(format!("a {} takes no body", operation.method)),
            body if media_type(request) != body.media_type() => {
                messages.push(format!("the body is not declared as {}", body.media_type()));
            }
            Body::Json => {
                let shape = bodies::of(operation.method, operation.path);
                let found = shape.zip(request.json()).map(|(shape, body)| bodies::audit(shape, &body));
                messages.extend(found.unwrap_or_default());
            }
            Body::Multipart { part, .. } => {
                let unknown = request.parts.iter().filter(|known| known.name != part);
                messages.extend(unknown.map(|unknown| format!("unknown part {}", unknown.name)));
            }
        }
        self.note(request, messages);
    }

    fn note(&mut self, request: &RecordedRequest, messages: impl IntoIterator<Item = String>) {
        let line = format!("{} {}", request.method, request.path);
        let room = VIOLATIONS.saturating_sub(self.violations.len());
        let violations = messages.into_iter().map(|message| Violation { request: line.clone(), message });
        self.violations.extend(violations.take(room));
    }
}

fn media_type(request: &RecordedRequest) -> String {
    let declared = request.header("content-type").unwrap_or_default();
    let essence = declared.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

fn body(request: &RecordedRequest, operation: &Operation) -> Result<Value, Refusal> {
    match operation.body {
        Body::None => Ok(Value::Null),
        body if media_type(request) != body.media_type() => Err(Refusal::new(415, "Unsupported Media Type")),
        Body::Json => request.json().ok_or_else(Refusal::unreadable),
        Body::Multipart { .. } => Ok(Value::Null),
    }
}
