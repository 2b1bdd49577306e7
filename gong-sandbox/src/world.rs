//! What handlers work on: the company, its clock, the cursors and the jobs under way.

use serde_json::Value;

use crate::{
    clock::{Clock, Seconds},
    company::Company,
    media::MediaHost,
    pages::Pages,
    prng::Prng,
};

/// The state that handlers read and change.
#[derive(Debug)]
pub(crate) struct World {
    pub(crate) company: Company,
    pub(crate) clock: Clock,
    pub(crate) pages: Pages,
    pub(crate) media: MediaHost,
    pub(crate) bulk_assignments: Vec<BulkAssignment>,
    /// False for a tenant without a licence for Engage.
    pub(crate) engage: bool,
    /// Ids of whatever is created over the API.
    pub(crate) prng: Prng,
}

impl World {
    pub(crate) fn now(&self) -> Seconds {
        self.clock.now()
    }

    pub(crate) fn snapshot(&self) -> Company {
        let mut company = self.company.clone();
        company.set_now(self.now());
        company
    }
}

/// Where prospects are to go and who is to look after them: checked before any of them is moved.
#[derive(Debug, Clone)]
pub(crate) struct Destination {
    pub(crate) flow_id: String,
    pub(crate) owner_id: String,
    pub(crate) overrides: Option<Value>,
    pub(crate) despite_cool_off: bool,
}

/// A bulk assignment under way.
#[derive(Debug, Clone)]
pub(crate) struct BulkAssignment {
    pub(crate) id: String,
    pub(crate) status: &'static str,
    pub(crate) destination: Destination,
    /// The prospects as they were given.
    pub(crate) prospects: Vec<Value>,
    pub(crate) results: Vec<Value>,
}
