//! The socket: turns HTTP into recorded requests and replies into HTTP, and nothing else.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::{Query, Request, State},
    http::{HeaderName, HeaderValue, StatusCode},
    response::Response,
    serve::ListenerExt,
};
use tokio::{net::TcpListener, sync::oneshot, time::Instant};

use crate::{gateway::Gateway, record::RecordedRequest, reply::Reply};

/// The gateway, shared between the sandbox in the test's hand and the server.
#[derive(Debug, Clone)]
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
pub(crate) fn spawn(listener: TcpListener, shared: Shared) -> oneshot::Sender<()> {
    let (stop, stopped) = oneshot::channel();
    let app = Router::new().fallback(handle).with_state(shared);
    let listener = listener.tap_io(|stream| {
        // Small answers must not wait for more to come.
        let _ = stream.set_nodelay(true);
    });
    tokio::spawn(async move {
        let until = async {
            let _ = stopped.await;
        };
        let _ = axum::serve(listener, app).with_graceful_shutdown(until).await;
    });
    stop
}

async fn handle(State(shared): State<Shared>, request: Request) -> Response {
    let recorded = record(request).await;
    let elapsed = shared.started.elapsed();
    let reply = shared.lock().answer(recorded, elapsed);
    respond(reply)
}

async fn record(request: Request) -> RecordedRequest {
    let (head, body) = request.into_parts();
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
        // A body that breaks off is as good as none.
        body: to_bytes(body, usize::MAX).await.unwrap_or_default().to_vec(),
    }
}

fn respond(reply: Reply) -> Response {
    let mut response = Response::new(Body::from(reply.body));
    *response.status_mut() = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    for (name, value) in reply.headers {
        if let (Ok(name), Ok(value)) = (name.parse::<HeaderName>(), HeaderValue::try_from(value)) {
            response.headers_mut().append(name, value);
        }
    }
    response
}
