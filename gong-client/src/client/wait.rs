//! A job that is waited for: its tool is asked again and again until the job has ended.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::base::environment::BoxFuture;
use crate::base::error::{Error, ErrorKind, Result};
use crate::base::service::TITLE;
use crate::call::answer::Answer;
use crate::call::facts::Facts;
use crate::call::job::Job;
use crate::call::perform::{Show, perform};
use crate::call::tool::Tool;
use crate::transport::shared::Shared;

/// How long is waited if nothing else is said.
const TIMEOUT: Duration = Duration::from_secs(600);
/// The first pause, and the longest to which pauses grow: a job of ten minutes is asked about some 25 times.
const FIRST: Duration = Duration::from_secs(2);
const LONGEST: Duration = Duration::from_secs(30);
/// The shortest pause that a caller can ask for.
const SHORTEST: Duration = Duration::from_millis(100);

/// A job that is waited for. Each builder of a tool that tells how a job stands gives one, and so does
/// [`NamedCall::wait`](crate::NamedCall::wait). Awaited, it asks until the job is done and gives the last answer.
///
/// ```no_run
/// # async fn example(gong: gong_client::Client, id: String) -> gong_client::Result<()> {
/// use std::time::Duration;
///
/// let done = gong
///     .engage_prospects()
///     .bulk_assign_status()
///     .assignment_id(id)
///     .wait()
///     .timeout(Duration::from_secs(1800))
///     .progress(|job| println!("{:?} of {:?}", job.processed_count, job.total_count))
///     .await?;
/// println!("{} results", done.results.len());
/// # Ok(())
/// # }
/// ```
///
/// What goes wrong with a single question is tried again as ever. Then it ends with
///
/// * the last answer, when the job is done;
/// * [`ErrorKind::JobFailed`] when it failed: the message has what the service says of it, and
///   [`Error::answer`] the whole answer;
/// * [`ErrorKind::Timeout`] when it has not ended in time: the message says how it stood last. The job goes on, so it
///   can be waited for again;
/// * any other error of the tool.
///
/// A status that this version does not know does not end it, as the job may be under way; it is told when time has run
/// out.
#[must_use = "nothing is asked before it is awaited"]
pub struct Wait<A> {
    client: Arc<Shared>,
    params: Result<Box<dyn Tool>>,
    show: Show<A>,
    timeout: Duration,
    every: Option<Duration>,
    progress: Option<Progress<A>>,
}

/// Who is told of each answer.
type Progress<A> = Box<dyn FnMut(&A) + Send>;

impl<A: Send + 'static> Wait<A> {
    /// Waits with the parameters of a tool, and shows its answers so.
    pub(crate) fn new(client: Arc<Shared>, params: Result<Box<dyn Tool>>, show: Show<A>) -> Self {
        Wait { client, params, show, timeout: TIMEOUT, every: None, progress: None }
    }

    /// How long to wait; ten minutes if it is not said. No question is begun after that.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Asks in steps of this length, of a tenth of a second at least. If it is not said the pauses grow from two
    /// seconds to half a minute, so that little of the company's limit of requests is spent on waiting.
    pub fn every(mut self, pause: Duration) -> Self {
        self.every = Some(pause.max(SHORTEST));
        self
    }

    /// Hands over each answer as it comes, the last one too.
    pub fn progress(mut self, progress: impl FnMut(&A) + Send + 'static) -> Self {
        self.progress = Some(Box::new(progress));
        self
    }

    async fn go(self) -> Result<Answer<A>> {
        let Wait { client, params, show, timeout, every, mut progress } = self;
        let params = params?;
        let (tool, job) = (params.facts().name, job_of(params.facts())?);
        let begun = client.environment.now();
        let mut pause = every.unwrap_or(FIRST);
        let mut last: Option<Option<String>> = None;
        loop {
            let looked = perform(&client, &*params, client.environment.now()).await.and_then(|performed| {
                let status = performed.status(&job)?;
                Ok((performed.shown(show)?, status))
            });
            let (answer, status) = looked.map_err(|error| match &last {
                Some(status) if error.kind() != ErrorKind::JobFailed => goes_on(error, &job, status.as_deref()),
                _ => error,
            })?;
            if let Some(progress) = &mut progress {
                progress(&answer);
            }
            if status.as_deref().is_some_and(|status| job.is_done(status)) {
                return Ok(answer);
            }
            let left = timeout.saturating_sub(client.since(begun));
            if left.is_zero() {
                return Err(timed_out(&answer, tool, timeout, &job.stood(status.as_deref())));
            }
            last = Some(status);
            client.environment.sleep(pause.min(left)).await;
            pause = every.unwrap_or_else(|| (pause + pause / 2).min(LONGEST));
        }
    }
}

/// What makes a tool one that can be waited for.
fn job_of(tool: &Facts) -> Result<Job> {
    tool.job.ok_or_else(|| Error::refused_because("it tells of no job that could be waited for.").in_tool(tool.name))
}

/// Adds to an error how the job stood before.
fn goes_on(error: Error, job: &Job, status: Option<&str>) -> Error {
    error.context(format!("The job itself goes on: {}. Wait for it again.", job.stood(status)))
}

fn timed_out<A>(answer: &Answer<A>, tool: &'static str, timeout: Duration, stood: &str) -> Error {
    let message = format!(
        "the job had not ended after {} seconds: {stood}. {TITLE} goes on with it: wait for it again, or for longer.",
        timeout.as_secs_f64()
    );
    Error::new(ErrorKind::Timeout, message).in_tool(tool).with(|inner| {
        inner.request_id = answer.request_id().map(str::to_owned);
        inner.sent = true;
        inner.repeatable = true;
    })
}

impl<A: Send + 'static> IntoFuture for Wait<A> {
    type Output = Result<Answer<A>>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.go())
    }
}

impl<A> fmt::Debug for Wait<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tool = self.params.as_ref().map(|params| params.facts().name);
        f.debug_struct("Wait").field("tool", &tool).field("timeout", &self.timeout).finish_non_exhaustive()
    }
}
