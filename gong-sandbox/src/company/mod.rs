//! The company behind the API: the truth that answers are made of and that tests compare with.
//!
//! Everything follows from the seed and the instant the company calls "now".

mod access;
mod activity;
mod briefs;
mod calls;
mod crm;
mod crm_upload;
mod emails;
mod engage;
mod library;
mod logs;
mod meetings;
mod people;
mod permissions;
mod privacy;
mod settings;
mod speech;
mod targets;
mod user_settings;
mod words;

use serde_json::Value;

pub(crate) use self::{
    activity::FIGURES,
    calls::user_party,
    crm::crm_id,
    logs::LOGS,
    people::{COMPANY_NAME, DOMAIN},
    privacy::{Person, digits},
    speech::transcript,
    words::{given, given_list},
};
pub use self::{
    briefs::Brief,
    calls::{Call, Party},
    crm::{Account, Prospect},
    crm_upload::{CrmIntegration, CrmRequest},
    emails::ImportedEmail,
    engage::{Flow, FlowFolder, FlowInstance, FlowStep, Task},
    library::{LibraryFolder, LibraryItem},
    meetings::Meeting,
    people::{MANAGER_EMAIL, OWNER_EMAIL, User, Workspace},
    permissions::PermissionProfile,
    privacy::{Erasure, Subject},
    settings::AnsweredScorecard,
    speech::{Monologue, Sentence},
    targets::Target,
    user_settings::SettingsChange,
};
use crate::{
    clock::{Seconds, ZONE, stamp},
    prng::Prng,
};

/// A snapshot of everything the sandbox knows.
#[derive(Debug, Clone, Default)]
pub struct Company {
    /// The company's time zone, an IANA name.
    pub time_zone: &'static str,
    /// The instant of this snapshot.
    pub now: String,
    /// The workspaces.
    pub workspaces: Vec<Workspace>,
    /// Every user, oldest account first, avatars included.
    pub users: Vec<User>,
    /// The permission profiles of every workspace.
    pub permission_profiles: Vec<PermissionProfile>,
    /// The accounts in the CRM.
    pub accounts: Vec<Account>,
    /// The contacts and leads in the CRM.
    pub prospects: Vec<Prospect>,
    /// The integration of the CRM that is told of over the API, if there is one.
    pub crm_integrations: Vec<CrmIntegration>,
    /// What Gong was asked to do with it, oldest first.
    pub crm_requests: Vec<CrmRequest>,
    /// Every call that Gong has processed, oldest first.
    pub calls: Vec<Call>,
    /// Calls that were registered over the API and are not processed yet: no answer tells of them.
    pub registered_calls: Vec<Call>,
    /// E-mails that Gong imported.
    pub emails: Vec<ImportedEmail>,
    /// The erasures that were asked for, oldest first, those that are done included.
    pub erasures: Vec<Erasure>,
    /// Every flow, oldest first.
    pub flows: Vec<Flow>,
    /// Every folder of flows.
    pub flow_folders: Vec<FlowFolder>,
    /// Every prospect that is or was in a flow.
    pub flow_instances: Vec<FlowInstance>,
    /// Every task, oldest first.
    pub tasks: Vec<Task>,
    /// The folders of the library.
    pub library_folders: Vec<LibraryFolder>,
    /// The keyword trackers, as answered.
    pub trackers: Vec<Value>,
    /// The scorecards, as answered.
    pub scorecards: Vec<Value>,
    /// The scorecards that were filled in.
    pub answered_scorecards: Vec<AnsweredScorecard>,
    /// The call outcomes, as answered.
    pub call_outcomes: Vec<Value>,
    /// The meetings that were made over the API.
    pub meetings: Vec<Meeting>,
    /// The briefs that are set up, published or not.
    pub briefs: Vec<Brief>,
    /// The credits that are left for questions and briefs.
    pub ai_credits: u64,
    /// The targets.
    pub targets: Vec<Target>,
    /// From where parts of Gong may be shown, as it arrived last.
    pub integration_settings: Vec<Value>,
    /// The shares of content that were reported, as they arrived.
    pub content_shares: Vec<Value>,
    /// The views of content that were reported, as they arrived.
    pub content_views: Vec<Value>,
    /// The digital interactions that were reported, as they arrived.
    pub digital_interactions: Vec<Value>,
    /// The customer engagement actions that were reported, as they arrived.
    pub engagement_actions: Vec<Value>,
    pub(crate) seed: u64,
    pub(crate) now_at: Seconds,
    /// The instant that it was made up for.
    pub(crate) founded_at: Seconds,
}

impl Company {
    /// Makes a company up. Without Engage it has no flows, prospects in flows or tasks.
    pub(crate) fn found(seed: u64, now: Seconds, workspace_count: usize, engage: bool) -> Self {
        // Each part is made of those before it.
        let mut company =
            Self { time_zone: ZONE, now: stamp(now), seed, now_at: now, founded_at: now, ..Self::default() };
        company.workspaces = people::workspaces(&company, workspace_count);
        company.users = people::users(&company);
        company.permission_profiles = permissions::profiles(&company);
        company.accounts = crm::accounts(&company);
        company.prospects = crm::prospects(&company);
        company.crm_integrations = vec![crm_upload::integration()];
        company.crm_requests = crm_upload::requests(now);
        company.calls = calls::calls(&company);
        company.emails = emails::emails(&company);
        company.meetings = meetings::meetings(now);
        company.briefs = briefs::briefs(&company);
        company.targets = targets::targets();
        access::give(&mut company);
        company.library_folders = library::folders(&company);
        company.trackers = settings::trackers(&company);
        company.scorecards = settings::scorecards(&company);
        company.answered_scorecards = settings::answered_scorecards(&company);
        company.call_outcomes = given_list("call_outcomes");
        company.flow_folders = vec![engage::shared_folder()];
        if engage {
            company.flow_folders.extend(engage::folders(&company));
            company.flows = engage::flows(&company);
            company.flow_instances = engage::instances(&company);
            company.tasks = engage::tasks(&company);
        }
        company
    }

    /// A stream of made-up numbers for one topic, the same whenever it is asked for.
    pub(crate) fn prng(&self, topic: &str) -> Prng {
        Prng::new(self.seed, topic)
    }

    /// Lets everything happen that happens by itself until an instant.
    pub(crate) fn set_now(&mut self, now: Seconds) {
        self.now_at = now;
        self.now = stamp(now);
        self.work_on_crm_requests();
        let is_due = |call: &mut Call| call.processed_at.is_some_and(|at| at <= now);
        for call in self.registered_calls.extract_if(.., is_due) {
            // Lists are oldest first, and the call may have begun long ago.
            let place = self.calls.partition_point(|known| known.started_at <= call.started_at);
            self.calls.insert(place, call);
        }
        self.carry_out_erasures();
    }

    pub(crate) fn has_workspace(&self, id: &str) -> bool {
        self.workspaces.iter().any(|workspace| workspace.id == id)
    }

    /// The user with this id.
    pub fn user(&self, id: &str) -> Option<&User> {
        self.users.iter().find(|user| user.id == id)
    }

    /// The user with this e-mail address, however it is spelt.
    pub fn user_by_email(&self, email: &str) -> Option<&User> {
        self.users.iter().find(|user| user.email.eq_ignore_ascii_case(email))
    }

    /// The seller who is there for every seed, see [`OWNER_EMAIL`].
    pub fn owner(&self) -> Option<&User> {
        self.user_by_email(OWNER_EMAIL)
    }

    /// The call with this id.
    pub fn call(&self, id: &str) -> Option<&Call> {
        self.calls.iter().find(|call| call.id == id)
    }

    /// The changes of a user's settings, oldest first.
    pub fn settings_history(&self, user: &User) -> Vec<SettingsChange> {
        user_settings::history(self, user)
    }

    /// What was said in a call.
    pub fn transcript(&self, call: &Call) -> Vec<Monologue> {
        transcript(self.seed, call)
    }

    /// The flow with this id.
    pub fn flow(&self, id: &str) -> Option<&Flow> {
        self.flows.iter().find(|flow| flow.id == id)
    }

    /// The flows that a user sees, oldest first.
    pub fn flows_seen_by(&self, user: &User) -> Vec<&Flow> {
        let visible = |flow: &&Flow| flow.visibility_to(&user.id).is_some();
        self.flows.iter().filter(visible).collect()
    }

    /// The prospect with this CRM id.
    pub fn prospect(&self, crm_id: &str) -> Option<&Prospect> {
        self.prospects.iter().find(|prospect| prospect.crm_id == crm_id)
    }

    /// The flow instances a prospect is still in.
    pub fn open_instances<'a>(&'a self, crm_id: &'a str) -> impl Iterator<Item = &'a FlowInstance> {
        self.flow_instances.iter().filter(move |instance| instance.crm_prospect_id == crm_id && instance.is_open())
    }

    /// Prospects that any flow takes: in none at the moment, and not cooling off.
    pub fn free_prospects(&self) -> Vec<&Prospect> {
        self.prospects_in_no_flow(false)
    }

    /// Prospects in no flow that only take one when the cool-off is overridden.
    pub fn cooling_prospects(&self) -> Vec<&Prospect> {
        self.prospects_in_no_flow(true)
    }

    fn prospects_in_no_flow(&self, cooling: bool) -> Vec<&Prospect> {
        let is_free = |prospect: &&Prospect| self.open_instances(&prospect.crm_id).next().is_none();
        self.prospects.iter().filter(|prospect| prospect.cools_off(self.now_at) == cooling).filter(is_free).collect()
    }

    /// The open tasks of a user, oldest first.
    pub fn open_tasks(&self, user_id: &str) -> Vec<&Task> {
        self.tasks.iter().filter(|task| task.user_id == user_id && task.status == "OPEN").collect()
    }

    pub(crate) fn account(&self, crm_id: &str) -> Option<&Account> {
        self.accounts.iter().find(|account| account.crm_id == crm_id)
    }
}
