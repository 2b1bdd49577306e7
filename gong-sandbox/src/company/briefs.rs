//! The briefs that are set up, and what a question or a brief is answered from.
//!
//! In the first workspace of every seed there are the briefs `Account overview` and `Renewal risk`, and the unpublished
//! `Handover`; in the second one, `Partner check`. Entities are those of the company's own CRM (accounts, their
//! opportunities, prospects) and the records that were uploaded, such as `acc-amber`.

use super::{Call, Company, OWNER_EMAIL};
use crate::clock::{DAY, Seconds};

/// A brief that is set up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brief {
    /// The id.
    pub id: String,
    /// The name.
    pub name: String,
    /// The workspace it belongs to.
    pub workspace_id: String,
    /// Whether briefs of this kind are written.
    pub published: bool,
    /// Who set it up.
    pub creator_id: String,
    pub(crate) created_at: Seconds,
}

impl Company {
    /// The calls that belong to an entity of the CRM, oldest first; `None` for an entity that there is not.
    pub(crate) fn calls_of_entity(&self, kind: &str, crm_id: &str) -> Option<Vec<&Call>> {
        let account = match kind {
            "ACCOUNT" => self.account(crm_id),
            "DEAL" => self.accounts.iter().find(|account| account.opportunity_crm_id == crm_id),
            _ => None,
        };
        let is_prospect = self.prospect(crm_id).is_some_and(|prospect| prospect.kind == kind);
        let is_uploaded = self
            .crm_integrations
            .iter()
            .any(|integration| integration.records.get(kind).is_some_and(|records| records.contains_key(crm_id)));
        let about = |call: &&Call| match account {
            Some(account) => call.account_crm_id.as_ref() == Some(&account.crm_id),
            None => is_prospect && call.parties.iter().any(|party| party.crm_id.as_deref() == Some(crm_id)),
        };
        (account.is_some() || is_prospect || is_uploaded).then(|| self.calls.iter().filter(about).collect())
    }
}

/// The briefs that are set up from the beginning, see above.
pub(super) fn briefs(company: &Company) -> Vec<Brief> {
    let creator = company.user_by_email(OWNER_EMAIL).map(|user| user.id.clone()).unwrap_or_default();
    let brief = |at: i64, workspace: usize, name: &str, published| {
        Some(Brief {
            id: (3_105_720_946_183_527_400 + at).to_string(),
            name: name.to_string(),
            workspace_id: company.workspaces.get(workspace)?.id.clone(),
            published,
            creator_id: creator.clone(),
            created_at: company.now_at - (90 - at) * DAY,
        })
    };
    let briefs = [
        brief(1, 0, "Account overview", true),
        brief(2, 0, "Renewal risk", true),
        brief(3, 0, "Handover", false),
        brief(4, 1, "Partner check", true),
    ];
    briefs.into_iter().flatten().collect()
}
