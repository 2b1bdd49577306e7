//! The protocol's logging: what the requests of a call went through, for a host that wants to read it. The newest
//! version advises against it, so there is as little of it as can be.
//!
//! The client reports each request by `tracing`, without secrets and without what was sent or answered. A call has a
//! subscriber of its own, which hears of its requests and of no other's.

#![allow(deprecated, reason = "the newest version advises against logging, and those before it have it")]

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use rmcp::RoleServer;
use rmcp::model::{LoggingLevel, LoggingMessageNotificationParam};
use rmcp::service::{Peer, RequestContext, ServiceError};
use serde_json::{Map, Value};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Dispatch, Event, Metadata, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::{Context, SubscriberExt as _};
use tracing_subscriber::registry::LookupSpan;

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
        Dispatch::new(tracing_subscriber::registry().with(Requests { tell, wanted: rank(self.0) }))
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
}

impl<T: Fn(Message)> Requests<T> {
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

impl<S, T> Layer<S> for Requests<T>
where
    S: Subscriber + for<'s> LookupSpan<'s>,
    T: Fn(Message) + Send + Sync + 'static,
{
    fn enabled(&self, metadata: &Metadata<'_>, _: Context<'_, S>) -> bool {
        metadata.target().starts_with("gong_client::")
    }

    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let mut fields = Map::new();
        attributes.record(&mut Fields(&mut fields));
        if let Some(span) = context.span(id) {
            span.extensions_mut().insert(fields);
        }
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, context: Context<'_, S>) {
        if let Some(span) = context.span(id)
            && let Some(fields) = span.extensions_mut().get_mut::<Map<String, Value>>()
        {
            values.record(&mut Fields(fields));
        }
    }

    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut fields = Map::new();
        event.record(&mut Fields(&mut fields));
        self.log(LoggingLevel::Notice, fields);
    }

    fn on_close(&self, id: Id, context: Context<'_, S>) {
        let fields = context.span(&id).and_then(|span| span.extensions_mut().remove::<Map<String, Value>>());
        if let Some(fields) = fields {
            self.log(level(&fields), fields);
        }
    }
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
