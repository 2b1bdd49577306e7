//! A job that is waited for, and how it stands on the way.

use std::time::Duration;

use gong_client::catalog::{Job, Tool};
use gong_client::{Error, NamedCall};

use crate::progress::Progress;
use crate::raw::Parts;

/// Asks until the job is done, for so long at most, and gives the last answer.
///
/// # Errors
///
/// Those of the call; if the job failed; if it had not ended in time, with how it stood.
pub(crate) async fn awaited(
    call: NamedCall<String>,
    tool: &Tool,
    at_most: Duration,
    progress: &Progress,
) -> Result<String, Error> {
    let (progress, job, mut asked) = (progress.clone(), tool.job, 0);
    let told = move |answer: &String| {
        asked += 1;
        progress.tell(asked, None, || job.and_then(|job| state(&job, answer)).unwrap_or_default());
    };
    call.wait().timeout(at_most).progress(told).await.map(gong_client::Answer::into_inner)
}

/// How a job stands by an answer of it.
fn state(job: &Job, answer: &str) -> Option<String> {
    let Parts::Object(members) = Parts::of(answer) else { return None };
    let (name, state) = members.into_iter().find(|(name, _)| name == job.until)?;
    Some(format!("{name}: {}", state.trim_matches('"')))
}
