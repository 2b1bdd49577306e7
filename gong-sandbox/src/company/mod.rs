//! The company behind the API: the truth that answers are made of and that tests compare with.
//!
//! Everything follows from the seed and the instant the company calls "now".

mod calls;
mod crm;
mod engage;
mod library;
mod people;
mod settings;
mod speech;
mod words;

use serde_json::Value;

pub(crate) use self::{
    calls::user_party,
    crm::crm_id,
    people::{COMPANY_NAME, DOMAIN},
    speech::transcript,
};
pub use self::{
    calls::{Call, Party},
    crm::{Account, Prospect},
    engage::{Flow, FlowFolder, FlowInstance, FlowStep, Task},
    library::{LibraryFolder, LibraryItem},
    people::{MANAGER_EMAIL, OWNER_EMAIL, User, Workspace},
    settings::AnsweredScorecard,
    speech::{Monologue, Sentence},
};
use crate::clock::{Seconds, ZONE, stamp};

/// A snapshot of everything the sandbox knows.
#[derive(Debug, Clone)]
pub struct Company {
    /// The company's time zone, an IANA name.
    pub time_zone: &'static str,
    /// The instant of this snapshot.
    pub now: String,
    /// The workspaces.
    pub workspaces: Vec<Workspace>,
    /// Every user, oldest account first, avatars included.
    pub users: Vec<User>,
    /// The accounts in the CRM.
    pub accounts: Vec<Account>,
    /// The contacts and leads in the CRM.
    pub prospects: Vec<Prospect>,
    /// Every call that Gong has processed, oldest first.
    pub calls: Vec<Call>,
    /// Calls that were registered over the API and are not processed yet: no answer tells of them.
    pub registered_calls: Vec<Call>,
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
    /// The digital interactions that were reported, as they arrived.
    pub digital_interactions: Vec<Value>,
    /// The customer engagement actions that were reported, as they arrived.
    pub engagement_actions: Vec<Value>,
    pub(crate) seed: u64,
    pub(crate) now_at: Seconds,
}

impl Company {
    /// Makes a company up. Without Engage it has no flows, prospects in flows or tasks.
    pub(crate) fn found(seed: u64, now: Seconds, workspace_count: usize, engage: bool) -> Self {
        let workspaces = people::workspaces(seed, workspace_count);
        let users = people::users(seed, now);
        let accounts = crm::accounts(seed);
        let prospects = crm::prospects(seed, now, &accounts);
        let cast = calls::Cast { users: &users, workspaces: &workspaces, accounts: &accounts, prospects: &prospects };
        let calls = calls::calls(seed, now, &cast);
        let scorecards = settings::scorecards(seed, now, &workspaces, &users);
        let mut company = Self {
            time_zone: ZONE,
            now: stamp(now),
            library_folders: library::folders(seed, now, &workspaces, &users, &calls),
            trackers: settings::trackers(seed, now, &workspaces, &users),
            answered_scorecards: settings::answered_scorecards(seed, now, &users, &calls, &scorecards),
            scorecards,
            call_outcomes: settings::call_outcomes(),
            workspaces,
            users,
            accounts,
            prospects,
            calls,
            registered_calls: Vec::new(),
            flows: Vec::new(),
            flow_folders: vec![engage::shared_folder()],
            flow_instances: Vec::new(),
            tasks: Vec::new(),
            digital_interactions: Vec::new(),
            engagement_actions: Vec::new(),
            seed,
            now_at: now,
        };
        if engage {
            company.open_engage();
        }
        company
    }

    fn open_engage(&mut self) {
        let (seed, now) = (self.seed, self.now_at);
        self.flow_folders = engage::folders(seed, &self.workspaces, &self.users);
        self.flows = engage::flows(seed, now, &self.workspaces, &self.users, &self.flow_folders);
        self.flow_instances = engage::instances(seed, now, &self.users, &self.flows, &self.prospects);
        self.tasks = engage::tasks(seed, now, &self.users, &self.flows, &self.prospects);
    }

    /// Lets everything happen that happens by itself until an instant.
    pub(crate) fn set_now(&mut self, now: Seconds) {
        self.now_at = now;
        self.now = stamp(now);
        let is_due = |call: &mut Call| call.processed_at.is_some_and(|at| at <= now);
        for call in self.registered_calls.extract_if(.., is_due) {
            // Lists are oldest first, and the call may have begun long ago.
            let place = self.calls.partition_point(|known| known.started_at <= call.started_at);
            self.calls.insert(place, call);
        }
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
        self.prospects
            .iter()
            .filter(|prospect| !prospect.cools_off(self.now_at))
            .filter(|prospect| self.open_instances(&prospect.crm_id).next().is_none())
            .collect()
    }

    /// Prospects in no flow that only take one when the cool-off is overridden.
    pub fn cooling_prospects(&self) -> Vec<&Prospect> {
        self.prospects
            .iter()
            .filter(|prospect| prospect.cools_off(self.now_at))
            .filter(|prospect| self.open_instances(&prospect.crm_id).next().is_none())
            .collect()
    }

    /// The open tasks of a user, oldest first.
    pub fn open_tasks(&self, user_id: &str) -> Vec<&Task> {
        self.tasks.iter().filter(|task| task.user_id == user_id && task.status == "OPEN").collect()
    }

    pub(crate) fn account(&self, crm_id: &str) -> Option<&Account> {
        self.accounts.iter().find(|account| account.crm_id == crm_id)
    }
}
