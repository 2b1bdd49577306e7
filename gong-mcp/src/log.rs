//! The protocol's logging: what the requests of a call went through, for a host that wants to read it. The newest
//! version advises against it, so there is as little of it as can be.
//!
//! The client reports each request by `tracing`, without secrets and without what was sent or answered. A call has a
//! subscriber of its own, which hears of its requests and of no other's.

#![allow(deprecated, reason = "the newest version advises against logging, and those before it have it")]

use std::collections::HashMap;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use rmcp::RoleServer;
use rmcp::model::{LoggingLevel, LoggingMessageNotificationParam};
use rmcp::service::{Peer, RequestContext, ServiceError};
use serde_json::{Map, Value};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Dispatch, Event, Metadata, Subscriber};

/// The levels that are used, the least grave first.
const LEVELS: [LoggingLevel; 3] = [LoggingLevel::Debug, LoggingLevel::Notice, LoggingLevel::Warning];

/// What a session wants to read: nothing, or what is as grave as this.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wanted(Arc<Mutex<Option<LoggingLevel>>>);

impl Wanted {
    pub(crate) fn set(&self, level: LoggingLevel) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(level);
    }

    /// What is wanted of a request: it says so itself, as those of the newest version do, or its session said so.
    pub(crate) fn of(&self, context: &RequestContext<RoleServer>) -> Option<Level> {
        let of_session = || *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        context.meta.log_level().or_else(of_session).map(Level)
    }
}

/// The least grave level that is wanted.
pub(crate) struct Level(LoggingLevel);

impl Level {
    /// A subscriber that hears of the requests of one call, and tells what is grave enough.
    pub(crate) fn of_requests(self, tell: impl Fn(Message) + Send + Sync + 'static) -> Dispatch {
        Dispatch::new(Requests { tell, wanted: rank(self.0), last: AtomicU64::new(0), under_way: Mutex::default() })
    }
}

/// What is logged.
#[derive(Debug)]
pub(crate) struct Message {
    level: LoggingLevel,
    data: Value,
}

impl Message {
    pub(crate) async fn send(self, peer: &Peer<RoleServer>) -> Result<(), ServiceError> {
        let message = LoggingMessageNotificationParam::new(self.level, self.data).with_logger("gong");
        peer.notify_logging_message(message).await
    }
}

struct Requests<T> {
    tell: T,
    wanted: usize,
    last: AtomicU64,
    under_way: Mutex<HashMap<u64, Request>>,
}

/// A request that is under way.
struct Request {
    /// How many handles there are of its span.
    handles: usize,
    fields: Map<String, Value>,
}

impl<T: Fn(Message)> Requests<T> {
    fn with(&self, id: &Id, change: impl FnOnce(&mut Request)) {
        let mut under_way = self.under_way.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(request) = under_way.get_mut(&id.into_u64()) {
            change(request);
        }
    }

    fn log(&self, level: LoggingLevel, fields: Map<String, Value>) {
        if rank(level) >= self.wanted {
            (self.tell)(Message { level, data: Value::Object(fields) });
        }
    }
}

/// How grave a level is. Of those that are not used, `info` stands for the next one; the others are graver than all.
fn rank(level: LoggingLevel) -> usize {
    let level = if level == LoggingLevel::Info { LoggingLevel::Notice } else { level };
    LEVELS.iter().position(|one| *one == level).unwrap_or(LEVELS.len())
}

/// How grave it is what became of a request.
fn level(fields: &Map<String, Value>) -> LoggingLevel {
    let number = |name| fields.get(name).and_then(Value::as_u64).unwrap_or_default();
    match fields.contains_key("error") {
        true => LoggingLevel::Warning,
        false if number("tries") > 1 || number("wait_ms") > 0 => LoggingLevel::Notice,
        false => LoggingLevel::Debug,
    }
}

impl<T: Fn(Message) + Send + Sync + 'static> Subscriber for Requests<T> {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("gong_client::")
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let id = self.last.fetch_add(1, Ordering::Relaxed) + 1;
        let mut request = Request { handles: 1, fields: Map::new() };
        span.record(&mut Fields(&mut request.fields));
        self.under_way.lock().unwrap_or_else(PoisonError::into_inner).insert(id, request);
        Id::from_u64(id)
    }

    fn record(&self, span: &Id, values: &Record<'_>) {
        self.with(span, |request| values.record(&mut Fields(&mut request.fields)));
    }

    fn event(&self, event: &Event<'_>) {
        let mut fields = Map::new();
        event.record(&mut Fields(&mut fields));
        self.log(LoggingLevel::Notice, fields);
    }

    fn clone_span(&self, id: &Id) -> Id {
        self.with(id, |request| request.handles += 1);
        id.clone()
    }

    fn try_close(&self, id: Id) -> bool {
        self.with(&id, |request| request.handles = request.handles.saturating_sub(1));
        let mut under_way = self.under_way.lock().unwrap_or_else(PoisonError::into_inner);
        let is_over = under_way.get(&id.into_u64()).is_some_and(|request| request.handles == 0);
        let Some(request) = is_over.then(|| under_way.remove(&id.into_u64())).flatten() else { return false };
        drop(under_way);
        self.log(level(&request.fields), request.fields);
        true
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

/// The fields of a span or an event as JSON.
struct Fields<'m>(&'m mut Map<String, Value>);

impl Visit for Fields<'_> {
    fn record_u64(&mut self, field: &Field, value: u64) {
        self.0.insert(field.name().to_owned(), value.into());
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name().to_owned(), value.into());
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.0.insert(field.name().to_owned(), format!("{value:?}").into());
    }
}
