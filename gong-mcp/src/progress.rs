//! A request while it is under way: how far it has come and what is logged of it, for a host that asked to be told, and
//! its end when the host cancels it.

use std::pin::pin;

use rmcp::model::ProgressNotificationParam;
use rmcp::service::RequestContext;
use rmcp::{ErrorData, RoleServer};
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use tracing::instrument::WithSubscriber;

use crate::log;

/// What a host is told meanwhile.
#[derive(Debug)]
enum Told {
    Step(Step),
    Log(log::Message),
}

/// A step of a call that takes several requests.
#[derive(Debug)]
struct Step {
    done: u32,
    total: Option<u32>,
    message: String,
}

/// Is told how far a call has come, and tells its host, if that asked for it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Progress(Option<UnboundedSender<Told>>);

impl Progress {
    /// So much is done, of so much if that is known.
    pub(crate) fn tell(&self, done: u32, total: Option<u32>, message: impl FnOnce() -> String) {
        if let Some(sender) = &self.0 {
            // Nobody listens any more once the call is cancelled.
            let _ = sender.send(Told::Step(Step { done, total, message: message() }));
        }
    }
}

/// Does the work of a request, and tells its host how far it has come and what is logged of it. When the host cancels,
/// the work is dropped, and with it the request to Gong that it waits for.
///
/// # Errors
///
/// If the host cancelled it. Nobody reads that.
pub(crate) async fn watched<T>(
    context: &RequestContext<RoleServer>,
    wanted: &log::Wanted,
    work: impl AsyncFnOnce(Progress) -> T,
) -> Result<T, ErrorData> {
    let (sender, mut told) = unbounded_channel();
    let log = wanted.of(context).map(|level| {
        let sender = sender.clone();
        // Nobody listens any more once the call is cancelled.
        level.of_requests(move |message| drop(sender.send(Told::Log(message))))
    });
    let progress = Progress(context.meta.get_progress_token().map(|_| sender));
    let mut work = pin!(async {
        match log {
            Some(log) => work(progress).with_subscriber(log).await,
            None => work(progress).await,
        }
    });
    loop {
        let done = tokio::select! {
            biased;
            () = context.ct.cancelled() => {
                return Err(ErrorData::internal_error("the request was cancelled.", None));
            }
            Some(one) = told.recv() => {
                notify(context, one).await;
                continue;
            }
            done = &mut work => done,
        };
        // The last of it is told before the answer.
        while let Ok(one) = told.try_recv() {
            notify(context, one).await;
        }
        return Ok(done);
    }
}

async fn notify(context: &RequestContext<RoleServer>, told: Told) {
    // A host that cannot be reached is gone, which cancels the request.
    let _ = match (told, context.meta.get_progress_token()) {
        (Told::Log(message), _) => message.send(&context.peer).await,
        (Told::Step(_), None) => Ok(()),
        (Told::Step(step), Some(token)) => {
            let told = ProgressNotificationParam::new(token, step.done.into()).with_message(step.message);
            let told = match step.total {
                Some(total) => told.with_total(total.into()),
                None => told,
            };
            context.peer.notify_progress(told).await
        }
    };
}
