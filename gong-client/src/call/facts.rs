//! What a call must know of its tool.

use crate::call::job::Job;

/// What a call must know of its tool. The rest is in the catalog, which a program that calls no tool by name does
/// without.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Facts {
    /// Its name.
    pub name: &'static str,
    /// What it does to the company's data.
    pub effect: Effect,
    /// Sentences that every answer carries.
    pub notices: &'static [&'static str],
    /// What makes it a tool that tells how a job stands.
    pub job: Option<Job>,
}

impl Facts {
    pub(crate) const fn of(name: &'static str, effect: Effect) -> Self {
        Facts { name, effect, notices: &[], job: None }
    }

    pub(crate) const fn notices(self, notices: &'static [&'static str]) -> Self {
        Facts { notices, ..self }
    }

    pub(crate) const fn job(self, job: Job) -> Self {
        Facts { job: Some(job), ..self }
    }
}

/// What a tool does to the company's data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Effect {
    /// Nothing.
    Read,
    /// Adds or changes.
    Write,
    /// Removes.
    Destructive,
}

impl Effect {
    /// The word in the spec: `read`, `write` or `destructive`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Effect::Read => "read",
            Effect::Write => "write",
            Effect::Destructive => "destructive",
        }
    }
}
