//! The way of a request from the door to its handler, each stop of which may turn it back.

use std::time::Duration;

use serde_json::Value;

use crate::{
    access::Access,
    fault::{self, Fault},
    input::Input,
    limiter::Limiter,
    prng::Prng,
    record::{RecordedRequest, Violation},
    refusal::Refusal,
    reply::{Reply, add_unknown_fields},
    routes::{self, Body, Operation},
    world::World,
};

const REQUEST_ID: &[u8] = b"abcdefghijklmnopqrstuvwxyz0123456789";

/// Everything behind the listening socket.
#[derive(Debug)]
pub(crate) struct Gateway {
    pub(crate) world: World,
    pub(crate) access: Access,
    pub(crate) limiter: Option<Limiter>,
    pub(crate) faults: Vec<Fault>,
    pub(crate) strict: bool,
    /// Whether answers carry fields that nobody knows.
    pub(crate) unknown_fields: bool,
    pub(crate) requests: Vec<RecordedRequest>,
    pub(crate) violations: Vec<Violation>,
    pub(crate) request_ids: Prng,
}

impl Gateway {
    /// Answers one request; `elapsed` is the time the sandbox has been up.
    pub(crate) fn answer(&mut self, request: RecordedRequest, elapsed: Duration) -> Reply {
        let request_id = self.request_ids.letters(REQUEST_ID, 19);
        let fault = fault::strike(&mut self.faults, &request);
        let reply = match fault {
            Some(fault) if !fault.strikes_after_the_work() => fault.reply(&request_id),
            Some(fault) => {
                self.serve(&request, &request_id, elapsed);
                fault.reply(&request_id)
            }
            None => self.serve(&request, &request_id, elapsed),
        };
        self.requests.push(request);
        reply
    }

    fn serve(&mut self, request: &RecordedRequest, request_id: &str, elapsed: Duration) -> Reply {
        match self.admit(request, elapsed) {
            Ok(input) => {
                let operation = input.operation;
                let mut outcome = (operation.handler)(&mut self.world, &input);
                if let (true, Ok(payload)) = (self.unknown_fields, &mut outcome) {
                    add_unknown_fields(payload);
                }
                Reply::from_outcome(request_id, operation.success, outcome)
            }
            Err(refusal) => Reply::refusal(request_id, &refusal),
        }
    }

    /// Route, credentials, rate, scope, body, in this order.
    fn admit(&mut self, request: &RecordedRequest, elapsed: Duration) -> Result<Input, Refusal> {
        let route = routes::find(&request.method, &request.path)?;
        let operation = route.operation;
        let grant = self.access.check(request.header("authorization"))?;
        if let Some(limiter) = &mut self.limiter {
            limiter.admit(elapsed + self.world.clock.advanced())?;
        }
        grant.demand(operation.scope)?;
        if self.strict {
            self.audit(request, operation);
        }
        Ok(Input {
            operation,
            captured: route.captured,
            query: request.query.clone(),
            body: body(request, operation)?,
            raw: request.body.clone(),
            grant,
        })
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
            Body::None if !request.body.is_empty() => {
                messages.push(format!("a {} takes no body", operation.method));
            }
            Body::Json(_) if media_type(request) != "application/json" => {
                messages.push("the body is not declared as application/json".to_string());
            }
            Body::Json(shape) => {
                messages.extend(request.json().map(|body| shape.audit(&body)).unwrap_or_default());
            }
            Body::Multipart if media_type(request) != "multipart/form-data" => {
                messages.push("the body is not declared as multipart/form-data".to_string());
            }
            Body::None | Body::Multipart => {}
        }
        let line = format!("{} {}", request.method, request.path);
        self.violations.extend(messages.into_iter().map(|message| Violation { request: line.clone(), message }));
    }
}

fn media_type(request: &RecordedRequest) -> String {
    let declared = request.header("content-type").unwrap_or_default();
    let essence = declared.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

fn body(request: &RecordedRequest, operation: &Operation) -> Result<Value, Refusal> {
    let wanted = match operation.body {
        Body::None => return Ok(Value::Null),
        Body::Json(_) => "application/json",
        Body::Multipart => "multipart/form-data",
    };
    if media_type(request) != wanted {
        return Err(Refusal::new(415, "Unsupported Media Type"));
    }
    match operation.body {
        Body::Json(_) => request.json().ok_or_else(Refusal::unreadable),
        _ => Ok(Value::Null),
    }
}
