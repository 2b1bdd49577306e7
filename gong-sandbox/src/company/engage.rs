//! Engage: flows with their folders and steps, who is enrolled in which, and the calls to make.

use serde_json::Value;

use super::{
    Company,
    people::{OWNER_EMAIL, User},
    words::FLOW_NAMES,
};
use crate::{
    clock::{DAY, HOUR, Seconds, midnight, stamp, stamp_with_fraction},
    prng::Prng,
};

/// A folder of flows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FlowFolder {
    /// The id.
    pub id: String,
    /// The name.
    pub name: String,
    /// The folder it lies in.
    pub parent_id: Option<String>,
    /// Who made it.
    pub created_by: Option<String>,
    /// The user who alone sees it; `None` for folders of the company.
    pub owner_id: Option<String>,
    /// `Company`, `Personal` or `Shared`.
    pub visibility: &'static str,
    /// The workspace; `None` for a folder that shows in all of them.
    pub workspace_id: Option<String>,
}

/// A sequence of steps that prospects are put through.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Flow {
    /// The id.
    pub id: String,
    /// The name.
    pub name: String,
    /// The workspace it belongs to.
    pub workspace_id: String,
    /// The folder it lies in.
    pub folder_id: Option<String>,
    /// The name of that folder.
    pub folder_name: Option<String>,
    /// The user whose personal flow it is; `None` for flows of the company.
    pub owner_id: Option<String>,
    /// The users with whom the owner shares it.
    pub shared_with: Vec<String>,
    /// True if a prospect in this flow cannot be put into others.
    pub exclusive: bool,
    /// The steps in order; the first is step 1.
    pub steps: Vec<FlowStep>,
    pub(crate) created_at: Seconds,
}

impl Flow {
    /// How this user sees the flow: `Company`, `Personal`, `Shared`, or not at all.
    pub fn visibility_to(&self, user_id: &str) -> Option<&'static str> {
        match &self.owner_id {
            None => Some("Company"),
            Some(owner) if owner == user_id => Some("Personal"),
            Some(_) => self.shared_with.iter().any(|id| id == user_id).then_some("Shared"),
        }
    }

    pub(crate) fn created(&self) -> String {
        stamp_with_fraction(self.created_at, "816562")
    }
}

/// One step of a flow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FlowStep {
    /// The id.
    pub id: String,
    /// What is done: `SEND_EMAIL`, `CALL` and so on.
    pub action: &'static str,
    /// The subject of an e-mail.
    pub subject: Option<String>,
    /// The body of an e-mail.
    pub body: Option<String>,
}

/// One prospect on the way through one flow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FlowInstance {
    /// The id.
    pub id: String,
    /// The flow.
    pub flow_id: String,
    /// The prospect.
    pub crm_prospect_id: String,
    /// The user who owns the to-dos.
    pub owner_id: String,
    /// `Pending`, `Running`, `Paused`, `FinishedNoReply`, `FinishedResponse` or `Finished`.
    pub status: &'static str,
    /// The overrides given when it was made. Gong never reads them back; tests may.
    pub overrides: Option<Value>,
    pub(crate) created_at: Seconds,
}

impl FlowInstance {
    /// Whether the prospect is still on the way.
    pub fn is_open(&self) -> bool {
        matches!(self.status, "Pending" | "Running" | "Paused")
    }

    pub(crate) fn created(&self) -> String {
        stamp_with_fraction(self.created_at, "233692")
    }
}

/// A call that somebody is to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// The id, digits; a JSON number on the wire.
    pub id: String,
    /// Whose task it is.
    pub user_id: String,
    /// `OPEN`, `DONE` or `DISMISSED`.
    pub status: String,
    /// The title; only a manual task has one.
    pub title: Option<String>,
    /// Whom to call.
    pub crm_prospect_id: String,
    /// The flow and the 1-based step that asks for the call; `None` for a manual task.
    pub step: Option<(String, usize)>,
    /// The name of the priority, in capitals.
    pub priority: String,
    /// The workspace it belongs to.
    pub workspace_id: String,
    pub(crate) created_at: Seconds,
    pub(crate) updated_at: Seconds,
    pub(crate) due_at: Seconds,
}

impl Task {
    /// `FLOW` or `MANUAL`.
    pub fn kind(&self) -> &'static str {
        if self.step.is_some() { "FLOW" } else { "MANUAL" }
    }

    /// When it is due, as the answers write it.
    pub fn due(&self) -> String {
        stamp(self.due_at)
    }
}

/// The folder that every user sees, with or without Engage.
pub(super) fn shared_folder() -> FlowFolder {
    FlowFolder {
        id: "100".to_string(),
        name: "Shared With You".to_string(),
        visibility: "Shared",
        ..FlowFolder::default()
    }
}

/// Per workspace one folder of the company with one inside it, and a personal one for each owner.
pub(super) fn folders(company: &Company) -> Vec<FlowFolder> {
    let mut prng = company.prng("flow folders");
    let head = company.users.first().map(|user| user.id.clone());
    let mut folders = Vec::new();
    for workspace in &company.workspaces {
        let mut parent_id = None;
        for name in ["Company flows", "Seasonal"] {
            let id = prng.id();
            folders.push(FlowFolder {
                id: id.clone(),
                name: name.to_string(),
                parent_id: parent_id.replace(id),
                created_by: head.clone(),
                visibility: "Company",
                workspace_id: Some(workspace.id.clone()),
                ..FlowFolder::default()
            });
        }
    }
    let home = company.workspaces.first().map(|workspace| &workspace.id);
    for user in flow_owners(company) {
        folders.push(FlowFolder {
            id: prng.id(),
            name: format!("{}'s flows", user.first_name),
            created_by: Some(user.id.clone()),
            owner_id: Some(user.id.clone()),
            visibility: "Personal",
            workspace_id: home.cloned(),
            ..FlowFolder::default()
        });
    }
    folders
}

/// The users with flows of their own; the well-known owner is among them.
fn flow_owners(company: &Company) -> impl Iterator<Item = &User> {
    let sells = |user: &&User| user.active && !user.avatar && user.manager_id.is_some();
    company.users.iter().filter(sells).skip(25).take(20)
}

pub(super) fn flows(company: &Company) -> Vec<Flow> {
    let (mut prng, now, folders) = (company.prng("flows"), company.now_at, &company.flow_folders);
    let owners: Vec<&User> = flow_owners(company).collect();
    let mut flows = Vec::new();
    for (at, name) in FLOW_NAMES.iter().enumerate() {
        for workspace in &company.workspaces {
            let mut flow = flow(&mut prng, now, (*name).to_string(), &workspace.id);
            flow.exclusive = at == 3;
            flow.put_into(
                folders.iter().find(|folder| {
                    folder.visibility == "Company" && folder.workspace_id.as_ref() == Some(&workspace.id)
                }),
            );
            flows.push(flow);
        }
    }
    let Some(home) = company.workspaces.first() else {
        return flows;
    };
    for (at, owner) in owners.iter().enumerate() {
        let mut flow = flow(&mut prng, now, format!("{}'s own", owner.first_name), &home.id);
        flow.owner_id = Some(owner.id.clone());
        // Each shares with the next in line, and everybody with the first: the well-known owner.
        let next = owners.get(at + 1);
        let first = owners.first().filter(|_| at % 4 == 1);
        flow.shared_with = next.into_iter().chain(first).map(|user| user.id.clone()).collect();
        flow.put_into(folders.iter().find(|folder| folder.owner_id.as_ref() == Some(&owner.id)));
        flows.push(flow);
    }
    flows.sort_by_key(|flow| flow.created_at);
    flows
}

impl Flow {
    fn put_into(&mut self, folder: Option<&FlowFolder>) {
        self.folder_id = folder.map(|folder| folder.id.clone());
        self.folder_name = folder.map(|folder| folder.name.clone());
    }
}

fn flow(prng: &mut Prng, now: Seconds, name: String, workspace_id: &str) -> Flow {
    let actions = ["AUTO_SEND_EMAIL", "CALL", "SEND_EMAIL", "LINKEDIN_CONNECT"];
    let steps = (0..3 + prng.below(2))
        .filter_map(|at| actions.get(at))
        .map(|action| {
            let mails = action.contains("EMAIL");
            FlowStep {
                id: prng.id(),
                action,
                subject: mails.then(|| format!("{name}: a short note for {{{{account_name}}}}")),
                body: mails.then(|| "<div>Hi {{recipient.first_name}}</div>".to_string()),
            }
        })
        .collect();
    Flow {
        id: prng.id(),
        workspace_id: workspace_id.to_string(),
        steps,
        created_at: now - prng.between(20 * DAY, 400 * DAY),
        name,
        ..Flow::default()
    }
}

fn company_flows(company: &Company) -> impl Iterator<Item = &Flow> {
    company.flows.iter().filter(|flow| flow.owner_id.is_none())
}

/// Every fifth prospect has been in a flow of the company, and most of them still are.
pub(super) fn instances(company: &Company) -> Vec<FlowInstance> {
    let (mut prng, now) = (company.prng("flow instances"), company.now_at);
    let statuses = ["Running", "Running", "Pending", "Paused", "FinishedNoReply", "FinishedResponse"];
    let owners: Vec<&User> = flow_owners(company).collect();
    let flows: Vec<&Flow> = company_flows(company).collect();
    let enrolled = company.prospects.iter().step_by(5);
    enrolled
        .filter_map(|prospect| {
            Some(FlowInstance {
                id: prng.id(),
                flow_id: prng.pick(&flows)?.id.clone(),
                crm_prospect_id: prospect.crm_id.clone(),
                owner_id: prng.pick(&owners)?.id.clone(),
                status: prng.word(&statuses),
                overrides: None,
                created_at: now - prng.between(DAY, 15 * DAY),
            })
        })
        .collect()
}

/// Calls to make: eight open ones for the well-known owner, a few for each of the others.
pub(super) fn tasks(company: &Company) -> Vec<Task> {
    let (mut prng, now) = (company.prng("tasks"), company.now_at);
    let with_call: Vec<&Flow> = company_flows(company).collect();
    let mut tasks = Vec::new();
    for user in flow_owners(company) {
        let well_known = user.email == OWNER_EMAIL;
        let count = if well_known { 10 } else { prng.below(5) };
        for at in 0..count {
            let (Some(flow), Some(prospect)) = (prng.pick(&with_call), prng.pick(&company.prospects)) else {
                continue;
            };
            let from_flow = at % 3 != 2;
            let open = if well_known { at < 8 } else { prng.chance(75) };
            let created_at = now - prng.between(HOUR, 12 * DAY);
            tasks.push(Task {
                id: prng.id(),
                user_id: user.id.clone(),
                status: if open { "OPEN" } else { "DONE" }.to_string(),
                title: (!from_flow).then(|| format!("Ring {} back", prospect.first_name)),
                crm_prospect_id: prospect.crm_id.clone(),
                // The second step of every flow is the call.
                step: from_flow.then(|| (flow.id.clone(), 2)),
                priority: prng.word(&["LOW", "MEDIUM", "HIGH"]).to_string(),
                workspace_id: flow.workspace_id.clone(),
                created_at,
                updated_at: created_at,
                due_at: midnight(now) + prng.between(-2, 5) * DAY + 17 * HOUR,
            });
        }
    }
    tasks.sort_by_key(|task| task.created_at);
    tasks
}
