//! How a job of the service stands, by the answer of a tool that tells it.

use crate::decode::record::AnyAnswer;

/// What makes a tool one that tells how a job stands, so that the job can be waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Job {
    /// The field of the answer that says how the job stands.
    pub until: &'static str,
    /// Its values that say that the job is done.
    pub done: &'static [&'static str],
    /// Its values that say that the job failed.
    pub failed: &'static [&'static str],
    /// Its other values, as far as they are known; a field that takes any text has none.
    pub under_way: &'static [&'static str],
}

impl Job {
    /// What an answer says of how the job stands, if it says anything.
    pub(crate) fn status(&self, answer: &dyn AnyAnswer) -> Option<String> {
        let mut status = None;
        answer.texts_at(&[self.until], &mut |text| status = Some(text.to_owned()));
        status
    }

    pub(crate) fn is_done(&self, status: &str) -> bool {
        self.done.contains(&status)
    }

    pub(crate) fn has_failed(&self, status: &str) -> bool {
        self.failed.contains(&status)
    }

    /// What is said of how the job stood last. A value that this version does not know may be one on the way or an end,
    /// which only the service's documentation tells.
    pub(crate) fn stood(&self, status: Option<&str>) -> String {
        let field = self.until;
        match status {
            None => format!("the last answer does not say how it stands (it has no `{field}`)"),
            Some(status) if self.under_way.is_empty() || self.under_way.contains(&status) => {
                format!("`{field}` was last {status}")
            }
            Some(status) => {
                format!("`{field}` was last {status}, which this version does not know: it may be an end of the job")
            }
        }
    }
}
