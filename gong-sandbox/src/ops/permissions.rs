//! Permission profiles. None of these is paged, and Gong documents no 404: what is not there is a 400.
//!
//! The texts are guesses, but for those of missing parameters. So is that a change leaves alone what it leaves out; but
//! Gong says of its answer that it is the entire profile "after applying the changes".

use serde_json::{Value, json};

use crate::{
    bodies,
    company::{Company, PermissionProfile},
    input::{Input, check_long},
    refusal::Refusal,
    reply::put,
    world::World,
};

const SHAPE: &str = "permission profile";
const WHOSE: [&str; 5] = ["all", "managers-team", "report-to-them", "own", "none"];
const WHICH_FOLDERS: [&str; 3] = ["none", "all", "specific-folders"];

/// `GET /v2/all-permission-profiles`: those of a workspace, by name.
pub(crate) fn list(world: &mut World, input: &Input) -> Result<Value, Refusal> {
    let workspace_id = workspace(&world.company, input)?;
    let profiles = world.company.permission_profiles.iter();
    let mut profiles: Vec<&PermissionProfile> =
        profiles.filter(|profile| profile.workspace_id == workspace_id).collect();
    profiles.sort_by_key(|profile| profile.name());
    let profiles: Vec<&Value> = profiles.into_iter().map(|profile| &profile.wire).collect();
    Ok(json!({"profiles": profiles}))
}

/// `GET /v2/permission-profile`
pub(crate) fn get(world: &mut World, input: &Input) -> Result<Value, Refusal> {
    let profile = profile(&mut world.company, input)?;
    Ok(json!({"profile": profile.wire}))
}

/// `GET /v2/permission-profile/users`
pub(crate) fn users(world: &mut World, input: &Input) -> Result<Value, Refusal> {
    let ids = profile(&mut world.company, input)?.user_ids.clone();
    let users = ids.iter().filter_map(|id| world.company.user(id));
    let users: Vec<Value> =
        users.map(|user| json!({"id": user.id, "emailAddress": user.email, "fullName": user.full_name()})).collect();
    Ok(json!({"users": users}))
}

/// `POST /v2/permission-profile`: the documented 422 is taken to be for a name that is taken.
pub(crate) fn create(world: &mut World, input: &Input) -> Result<Value, Refusal> {
    let company = &mut world.company;
    let workspace_id = workspace(company, input)?.to_string();
    let given = read(company, input)?;
    if given.get("name").is_none() {
        return Err(Refusal::bad("name: must not be null"));
    }
    check_name(company, &given, &workspace_id, None, 422)?;
    let mut profile = PermissionProfile::new(world.prng.id(), workspace_id);
    profile.apply(&given);
    let wire = profile.wire.clone();
    company.permission_profiles.push(profile);
    Ok(json!({"profile": wire}))
}

/// `PUT /v2/permission-profile`
pub(crate) fn update(world: &mut World, input: &Input) -> Result<Value, Refusal> {
    let company = &mut world.company;
    let known = profile(company, input)?.clone();
    let given = read(company, input)?;
    check_name(company, &given, &known.workspace_id, Some(&known.id), 400)?;
    let profile = profile(company, input)?;
    profile.apply(&given);
    Ok(json!({"profile": profile.wire}))
}

fn workspace<'a>(company: &Company, input: &'a Input) -> Result<&'a str, Refusal> {
    let id = input.required_param("workspaceId")?;
    check_long("workspaceId", id)?;
    company.has_workspace(id).then_some(id).ok_or_else(|| Refusal::bad("Workspace not found"))
}

fn profile<'a>(company: &'a mut Company, input: &Input) -> Result<&'a mut PermissionProfile, Refusal> {
    let id = input.required_param("profileId")?;
    check_long("profileId", id)?;
    let mut profiles = company.permission_profiles.iter_mut();
    profiles.find(|profile| profile.id == id).ok_or_else(|| Refusal::bad("Permission profile not found"))
}

/// The profile of a body, without the id: that is Gong's to give.
fn read(company: &Company, input: &Input) -> Result<Value, Refusal> {
    let shape = bodies::named(SHAPE).filter(|_| input.body.is_object()).ok_or_else(Refusal::unreadable)?;
    let mut given = bodies::read(shape, &input.body)?;
    put(&mut given, "id", Value::Null);
    let mut faults = Vec::new();
    for (name, group) in given.as_object().into_iter().flatten().filter(|(_, group)| group.is_object()) {
        match name.as_str() {
            "libraryFolderAccess" => check_folders(company, group, &mut faults)?,
            "forecastPermissions" => {
                for (part, whose) in group.as_object().into_iter().flatten() {
                    check_whose(company, &format!("{name}.{part}"), whose, &mut faults)?;
                }
            }
            _ => check_whose(company, name, group, &mut faults)?,
        }
    }
    if faults.is_empty() { Ok(given) } else { Err(Refusal::all_bad(faults)) }
}

fn check_level(group: &Value, known: &[&str]) -> Result<(), Refusal> {
    match group["permissionLevel"].as_str() {
        Some(level) if !known.contains(&level) => Err(Refusal::unreadable()),
        _ => Ok(()),
    }
}

fn check_whose(company: &Company, place: &str, whose: &Value, faults: &mut Vec<String>) -> Result<(), Refusal> {
    check_level(whose, &WHOSE)?;
    let leads = texts(&whose["teamLeadIds"]).filter(|id| company.user(id).is_none());
    faults.extend(leads.map(|id| format!("{place}.teamLeadIds: user {id} was not found")));
    Ok(())
}

/// The level is mandatory, and with the level `none` nothing else may be set: so says Gong's document.
fn check_folders(company: &Company, group: &Value, faults: &mut Vec<String>) -> Result<(), Refusal> {
    check_level(group, &WHICH_FOLDERS)?;
    let place = "libraryFolderAccess";
    if group["permissionLevel"].is_null() {
        faults.push(format!("{place}.permissionLevel: must not be null"));
    }
    let is_set = |value: &Value| *value == true || value.as_array().is_some_and(|ids| !ids.is_empty());
    if group["permissionLevel"] == "none" {
        let set = group.as_object().into_iter().flatten().filter(|(_, value)| is_set(value));
        faults.extend(set.map(|(name, _)| format!("{place}.{name}: must not be set if permissionLevel is none")));
    }
    let unknown =
        texts(&group["libraryFolderIds"]).filter(|id| !company.library_folders.iter().any(|folder| folder.id == *id));
    faults.extend(unknown.map(|id| format!("{place}.libraryFolderIds: folder {id} was not found")));
    Ok(())
}

fn texts(list: &Value) -> impl Iterator<Item = &str> {
    list.as_array().into_iter().flatten().filter_map(Value::as_str)
}

/// A name is not blank, and no other profile of the workspace has it.
fn check_name(
    company: &Company,
    given: &Value,
    workspace_id: &str,
    own_id: Option<&str>,
    taken: u16,
) -> Result<(), Refusal> {
    let Some(name) = given["name"].as_str() else {
        return Ok(());
    };
    if name.trim().is_empty() {
        return Err(Refusal::bad("name: must not be blank"));
    }
    let mut others = company.permission_profiles.iter();
    if others.any(|one| one.workspace_id == workspace_id && Some(&*one.id) != own_id && one.name() == name) {
        return Err(Refusal::new(taken, format!("A permission profile with the name '{name}' already exists")));
    }
    Ok(())
}
