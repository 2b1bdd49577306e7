//! Permission profiles: what users may see and do. The API changes profiles, and tells who has which; it gives none to
//! a user.
//!
//! Each workspace begins with three: `Administrators` (the head of the company and the directors), `Sellers`, and
//! `Team leads` (the managers). In the first workspace of the default seed, `7697105722908861649`, they have the ids
//! `4089189832556195066`, `1826201322270701484` and `7908327456224624299`.

use serde_json::{Value, json};

use super::{
    Company,
    people::{DIRECTORS, MANAGERS},
};
use crate::{bodies, reply::put};

/// A permission profile of a workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PermissionProfile {
    /// The id.
    pub id: String,
    /// The workspace it belongs to.
    pub workspace_id: String,
    /// The users who have it, oldest account first.
    pub user_ids: Vec<String>,
    /// The profile as it is answered.
    pub wire: Value,
}

impl PermissionProfile {
    /// A profile that nobody has and that allows nothing.
    pub(crate) fn new(id: String, workspace_id: String) -> Self {
        let mut wire = bodies::named("permission profile").map_or(Value::Null, nothing);
        put(&mut wire, "id", id.as_str());
        Self { id, workspace_id, user_ids: Vec::new(), wire }
    }

    /// The name.
    pub fn name(&self) -> &str {
        self.wire.get("name").and_then(Value::as_str).unwrap_or_default()
    }

    /// Puts the members of an object in the place of its own, through all levels: what is left out stays as it is.
    pub(crate) fn apply(&mut self, changes: &Value) {
        apply(&mut self.wire, changes);
    }
}

fn apply(to: &mut Value, changes: &Value) {
    for (name, value) in to.as_object_mut().into_iter().flatten() {
        match changes.get(name) {
            None | Some(Value::Null) => {}
            Some(change) if value.is_object() => apply(value, change),
            Some(change) => *value = change.clone(),
        }
    }
}

/// What stands in a profile of this shape that allows nothing.
fn nothing(shape: &Value) -> Value {
    match shape {
        Value::Array(_) => json!([]),
        Value::Object(fields) => fields
            .iter()
            .map(|(name, shape)| (name.clone(), if name == "permissionLevel" { "none".into() } else { nothing(shape) }))
            .collect(),
        Value::String(kind) if kind == "flag" => Value::Bool(false),
        Value::String(name) => bodies::named(name).map_or(Value::Null, nothing),
        _ => Value::Null,
    }
}

/// Three profiles for each workspace, which between them are those of everybody who works at the company.
pub(super) fn profiles(company: &Company) -> Vec<PermissionProfile> {
    let mut prng = company.prng("permission profiles");
    let mut profiles = Vec::new();
    for workspace in &company.workspaces {
        for (name, access, may) in [
            ("Administrators", "all", &["manageGeneralBusinessSettings", "deleteCalls", "manageScorecards"][..]),
            ("Sellers", "own", &["callsAndSearch", "library"][..]),
            ("Team leads", "report-to-them", &["callsAndSearch", "library", "coaching", "scoreCalls"][..]),
        ] {
            let mut profile = PermissionProfile::new(prng.id(), workspace.id.clone());
            let whose = json!({"permissionLevel": access});
            profile.apply(&json!({
                "name": name,
                "description": format!("{name} of {}", workspace.name),
                "callsAccess": whose,
                "dealsAccess": whose,
                "coachingAccess": whose,
                "libraryFolderAccess": {"permissionLevel": "all", "manageFolderCalls": name == "Administrators"},
            }));
            may.iter().for_each(|flag| put(&mut profile.wire, flag, true));
            profile.user_ids = users(company, name);
            profiles.push(profile);
        }
    }
    profiles
}

fn users(company: &Company, name: &str) -> Vec<String> {
    let role = |at: usize| match at {
        at if at == 0 || DIRECTORS.contains(&at) => "Administrators",
        at if MANAGERS.contains(&at) => "Team leads",
        _ => "Sellers",
    };
    let users = company.users.iter().enumerate().filter(|(at, user)| user.active && !user.avatar && role(*at) == name);
    users.map(|(_, user)| user.id.clone()).collect()
}
