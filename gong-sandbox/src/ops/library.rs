//! The library: its public folders and what is in one of them. Neither is paged.

use serde_json::{Value, json};

use super::passes;
use crate::{
    clock::stamp,
    company::{LibraryFolder, LibraryItem},
    input::Input,
    refusal::Refusal,
    world::World,
};

/// The text is that of Gong's document; nobody has recorded the one on the wire.
const NO_FOLDERS: &str = "No folders found for the specified period";

/// `GET /v2/library/folders`
pub(crate) fn folders(world: &mut World, input: &Input) -> Result<Value, Refusal> {
    let company = &world.company;
    let wanted = input.param("workspaceId");
    if company.workspaces.len() > 1 {
        // Only a company with a single workspace may leave it out.
        input.required_param("workspaceId")?;
    }
    let folders = company
        .library_folders
        .iter()
        .filter(|folder| passes(wanted, &folder.workspace_id))
        .map(|folder| {
            json!({
                "id": folder.id,
                "name": folder.name,
                "parentFolderId": folder.parent_id,
                "createdBy": folder.created_by,
                "updated": stamp(folder.updated_at),
            })
        })
        .collect();
    Ok(json!({"folders": Refusal::if_none(folders, NO_FOLDERS)?}))
}

/// `GET /v2/library/folder-content`
pub(crate) fn folder_content(world: &mut World, input: &Input) -> Result<Value, Refusal> {
    let id = input.required_param("folderId")?;
    let mut folders = world.company.library_folders.iter();
    let folder: &LibraryFolder =
        folders.find(|folder| folder.id == id).ok_or_else(|| Refusal::not_found(NO_FOLDERS))?;
    let calls: Vec<Value> = folder.items.iter().map(item).collect();
    Ok(json!({
        "id": folder.id,
        "name": folder.name,
        "createdBy": folder.created_by,
        "updated": stamp(folder.updated_at),
        "calls": calls,
    }))
}

fn item(item: &LibraryItem) -> Value {
    json!({
        "id": item.call_id,
        "title": item.title,
        "note": item.note,
        "addedBy": item.added_by,
        "created": stamp(item.created_at),
        "url": format!("https://app.gong.io/call?id={}", item.call_id),
        "snippet": item.snippet.map(|(from, to)| json!({"fromSec": from, "toSec": to})),
    })
}
