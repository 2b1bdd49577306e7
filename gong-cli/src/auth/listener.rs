//! A small server on this machine, for the one visit that ends an authorization.
//!
//! It passes on every visit of the callback's path and shows the page that it gets for it. It decides nothing: any
//! program on this machine may visit it, and one that does not bring the state of our link gets a page that says so.

use std::net::Ipv4Addr;
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::{Method, Uri, header};
use axum::response::{IntoResponse, Response};
use tokio::net::TcpListener;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;
use url::{Host, Url};

use super::page::Page;
use crate::exit::Failure;

/// How long a browser may take to read the last page.
const PATIENCE: Duration = Duration::from_secs(2);

/// The address of a callback, from a browser or from the terminal.
pub(super) struct Visit {
    pub(super) url: String,
    /// Where the browser waits for a page, if it is one.
    reply: Option<oneshot::Sender<Page>>,
}

impl Visit {
    pub(super) fn typed(url: String) -> Self {
        Visit { url, reply: None }
    }

    /// Shows a page in the browser, if there is one. Returns whether there is.
    pub(super) fn show(self, page: Page) -> bool {
        self.reply.is_some_and(|reply| reply.send(page).is_ok())
    }
}

pub(super) struct Listener {
    stop: oneshot::Sender<()>,
    server: JoinHandle<()>,
}

/// Takes the port of a redirect URI, if that is on this machine.
pub(super) async fn bind(redirect_uri: &Url) -> Result<Option<TcpListener>, Failure> {
    let here = match redirect_uri.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        _ => false,
    };
    if redirect_uri.scheme() != "http" || !here {
        return Ok(None);
    }
    let port = redirect_uri.port_or_known_default().unwrap_or(80);
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await;
    listener.map(Some).map_err(|error| {
        let app = "The app's redirect URI says which one; it is needed for the time of a login";
        Failure::Local(format!("port {port} of this machine cannot be listened to: {error}. {app}."))
    })
}

impl Listener {
    /// Listens, and passes on who visits the path.
    pub(super) fn start(socket: TcpListener, path: &str, visits: mpsc::Sender<Visit>) -> Self {
        let callback = Callback { path: path.to_owned(), visits };
        let (stop, stopped) = oneshot::channel();
        let app = Router::new().fallback(visit).with_state(callback);
        let server = tokio::spawn(async move {
            let serving = axum::serve(socket, app).with_graceful_shutdown(async {
                let _ = stopped.await;
            });
            // What goes wrong with a single visit is the browser's to show; the login waits on.
            let _ = serving.await;
        });
        Listener { stop, server }
    }

    /// Stops when the last page has been sent.
    pub(super) async fn stop(self) {
        let _ = self.stop.send(());
        // A browser that holds its connection open has had its time.
        let _ = tokio::time::timeout(PATIENCE, self.server).await;
    }
}

/// What the handler of a visit needs.
#[derive(Clone)]
struct Callback {
    path: String,
    visits: mpsc::Sender<Visit>,
}

async fn visit(State(callback): State<Callback>, method: Method, uri: Uri) -> Page {
    if method != Method::GET || uri.path() != callback.path {
        return Page::nothing_here();
    }
    let (reply, page) = oneshot::channel();
    let visit = Visit { url: uri.to_string(), reply: Some(reply) };
    match callback.visits.send(visit).await {
        Ok(()) => page.await.unwrap_or_else(|_| Page::nothing_here()),
        Err(_) => Page::nothing_here(),
    }
}

impl IntoResponse for Page {
    fn into_response(self) -> Response {
        let headers = [
            (header::CONTENT_TYPE, "text/html; charset=utf-8"),
            (header::CONTENT_SECURITY_POLICY, super::page::POLICY),
            (header::REFERRER_POLICY, "no-referrer"),
            (header::CACHE_CONTROL, "no-store"),
            (header::CONNECTION, "close"),
        ];
        (self.status(), headers, self.html()).into_response()
    }
}
