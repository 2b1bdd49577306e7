//! What a call must know of its tool.

use crate::call::job::Job;
use crate::decode::record::AnyAnswer;

/// What a call must know of its tool. The rest is in the catalog, which a program that calls no tool by name does
/// without.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Facts {
    /// Its name.
    pub name: &'static str,
    /// What it does to the company's data.
    pub effect: Effect,
    /// An answer that says nothing yet.
    pub answer: fn() -> Box<dyn AnyAnswer>,
    /// Sentences that every answer carries.
    pub notices: &'static [&'static str],
    /// What makes it a tool that tells how a job stands.
    pub job: Option<Job>,
    /// The path to the cursor of the next page in an answer; empty without pages.
    cursor: &'static [&'static str],
}

impl Facts {
    /// Those of a tool with this answer.
    pub(crate) const fn of<A: AnyAnswer + Default>(name: &'static str, effect: Effect) -> Self {
        Facts { name, effect, answer: empty::<A>, notices: &[], job: None, cursor: &[] }
    }

    pub(crate) const fn notices(self, notices: &'static [&'static str]) -> Self {
        Facts { notices, ..self }
    }

    pub(crate) const fn job(self, job: Job) -> Self {
        Facts { job: Some(job), ..self }
    }

    pub(crate) const fn cursor(self, cursor: &'static [&'static str]) -> Self {
        Facts { cursor, ..self }
    }

    /// Where the page after this answer begins.
    pub(crate) fn next(&self, answer: &dyn AnyAnswer) -> Option<String> {
        let mut next = None;
        if !self.cursor.is_empty() {
            answer.texts_at(self.cursor, &mut |cursor| next = Some(cursor.to_owned()));
        }
        next
    }
}

fn empty<A: AnyAnswer + Default>() -> Box<dyn AnyAnswer> {
    Box::new(A::default())
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
