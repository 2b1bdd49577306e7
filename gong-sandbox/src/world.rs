//! What handlers work on: the company, its clock, the cursors and the jobs under way.

use crate::{
    clock::{Clock, Seconds},
    company::Company,
    ops::bulk::BulkAssignment,
    pages::Pages,
    prng::Prng,
};

/// The state that handlers read and change.
#[derive(Debug)]
pub(crate) struct World {
    pub(crate) company: Company,
    pub(crate) clock: Clock,
    pub(crate) pages: Pages,
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
