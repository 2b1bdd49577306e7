//! A request while it is under way: how far it has come, for a host that asked to be told, and its end when the host
//! cancels it.

use std::pin::pin;

use rmcp::model::{ProgressNotificationParam, ProgressToken};
use rmcp::service::RequestContext;
use rmcp::{ErrorData, RoleServer};
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};

/// A step of a call that takes several requests.
#[derive(Debug)]
struct Step {
    done: u32,
    total: Option<u32>,
    message: String,
}

/// Is told how far a call has come, and tells its host, if that asked for it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Progress(Option<UnboundedSender<Step>>);

impl Progress {
    /// So much is done, of so much if that is known.
    pub(crate) fn tell(&self, done: u32, total: Option<u32>, message: impl FnOnce() -> String) {
        if let Some(sender) = &self.0 {
            // Nobody listens any more once the call is cancelled.
            let _ = sender.send(Step { done, total, message: message() });
        }
    }
}

/// Does the work of a request, and tells its host how far it has come. When the host cancels, the work is dropped, and
/// with it the request to Gong that it waits for.
///
/// # Errors
///
/// If the host cancelled it. Nobody reads that.
pub(crate) async fn watched<T>(
    context: &RequestContext<RoleServer>,
    work: impl AsyncFnOnce(Progress) -> T,
) -> Result<T, ErrorData> {
    let token = context.meta.get_progress_token();
    let (sender, mut steps) = unbounded_channel();
    let mut work = pin!(work(Progress(token.is_some().then_some(sender))));
    loop {
        let done = tokio::select! {
            biased;
            () = context.ct.cancelled() => {
                return Err(ErrorData::internal_error("the request was cancelled.", None));
            }
            Some(step) = steps.recv() => {
                notify(context, token.as_ref(), step).await;
                continue;
            }
            done = &mut work => done,
        };
        // The last steps are told before the answer.
        while let Ok(step) = steps.try_recv() {
            notify(context, token.as_ref(), step).await;
        }
        return Ok(done);
    }
}

async fn notify(context: &RequestContext<RoleServer>, token: Option<&ProgressToken>, step: Step) {
    let Some(token) = token else { return };
    let told = ProgressNotificationParam::new(token.clone(), step.done.into()).with_message(step.message);
    let told = match step.total {
        Some(total) => told.with_total(total.into()),
        None => told,
    };
    // A host that cannot be reached is gone, which cancels the request.
    let _ = context.peer.notify_progress(told).await;
}
