//! The socket: turns HTTP into recorded requests and replies into HTTP, waits where a fault says so, and hands to
//! `wire` the answers that hyper would not send.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::{ConnectInfo, Query, Request, State},
    http::{HeaderName, HeaderValue, StatusCode, request::Parts},
    response::Response,
};
use tokio::{
    net::TcpListener,
    sync::oneshot,
    time::{Instant, sleep},
};

use crate::{
    access::Host,
    fault::Delivery,
    gateway::Gateway,
    lines::Lines,
    multipart,
    record::RecordedRequest,
    reply::{Content, Reply},
    wire::{Wire, WireListener},
};

/// The gateway, shared between the sandbox in the test's hand and the server.
#[derive(Clone)]
pub(crate) struct Shared {
    gateway: Arc<Mutex<Gateway>>,
    /// Tokio's clock, so that a rate limit keeps step with a test that pauses time.
    started: Instant,
}

impl Shared {
    pub(crate) fn new(gateway: Gateway) -> Self {
        Self { gateway: Arc::new(Mutex::new(gateway)), started: Instant::now() }
    }

    pub(crate) fn lock(&self) -> MutexGuard<'_, Gateway> {
        // A handler that panicked left the data as good as any other; the test fails on its own.
        self.gateway.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Serves in the background until the sender is dropped.
pub(crate) fn spawn(listener: TcpListener, shared: Shared, host: Host) -> oneshot::Sender<()> {
    let (stop, stopped) = oneshot::channel();
    let app = Router::new().fallback(handle).with_state((shared, host));
    let app = app.into_make_service_with_connect_info::<Wire>();
    tokio::spawn(async move {
        let until = async {
            let _ = stopped.await;
        };
        let _ = axum::serve(WireListener(listener), app).with_graceful_shutdown(until).await;
    });
    stop
}

async fn handle(
    State((shared, host)): State<(Shared, Host)>,
    ConnectInfo(wire): ConnectInfo<Wire>,
    request: Request,
) -> Response {
    let (head, body) = request.into_parts();
    let mut recorded = record(&head, shared.started.elapsed());
    let Some(number) = shared.lock().admit_head(&recorded) else {
        wire.reset();
        return empty();
    };
    let mut lines = Lines::default();
    // A body that breaks off is as good as none.
    match multipart::boundary(&recorded) {
        Some(boundary) => (recorded.parts, lines) = multipart::read(&recorded, boundary, body).await,
        None => recorded.body = to_bytes(body, usize::MAX).await.unwrap_or_default().to_vec(),
    }
    let visit = shared.lock().arrive(number, recorded, lines, host);
    if let Some(wait) = visit.fault.as_ref().and_then(|fault| fault.wait(false)) {
        sleep(wait).await;
    }
    let elapsed = shared.started.elapsed();
    let (reply, delivery) = shared.lock().answer(&visit, elapsed);
    if let Some(wait) = visit.fault.as_ref().and_then(|fault| fault.wait(true)) {
        sleep(wait).await;
    }
    match (delivery, reply) {
        (Delivery::Whole, Reply { status, headers, body: Content::Bytes(bytes) }) => respond(status, headers, bytes),
        (Delivery::Reset, _) => {
            wire.reset();
            empty()
        }
        // Too long for memory, or broken.
        (delivery, reply) => {
            wire.deliver(&reply, delivery).await;
            empty()
        }
    }
}

/// A request without its body.
fn record(head: &Parts, arrived: Duration) -> RecordedRequest {
    let headers = head
        .headers
        .iter()
        .map(|(name, value)| {
            let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
            (name.as_str().to_string(), value)
        })
        .collect();
    let query = Query::<Vec<(String, String)>>::try_from_uri(&head.uri).map(|Query(pairs)| pairs).unwrap_or_default();
    RecordedRequest {
        method: head.method.to_string(),
        path: head.uri.path().to_string(),
        query,
        headers,
        arrived,
        ..RecordedRequest::default()
    }
}

/// What hyper gets to send over a connection that is closed already.
fn empty() -> Response {
    Response::new(Body::empty())
}

fn respond(status: u16, headers: Vec<(String, String)>, body: Vec<u8>) -> Response {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    for (name, value) in headers {
        if let (Ok(name), Ok(value)) = (name.parse::<HeaderName>(), HeaderValue::try_from(value)) {
            response.headers_mut().append(name, value);
        }
    }
    response
}
