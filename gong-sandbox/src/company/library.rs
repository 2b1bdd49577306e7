//! The library: public folders with calls and snippets worth listening to.

use super::{Company, calls::Call};
use crate::{
    clock::{DAY, Seconds},
    prng::Prng,
};

/// A public folder of the library.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LibraryFolder {
    /// The id.
    pub id: String,
    /// The name.
    pub name: String,
    /// The folder it lies in.
    pub parent_id: Option<String>,
    /// Who made it; not always known.
    pub created_by: Option<String>,
    /// The workspace it belongs to.
    pub workspace_id: String,
    /// The calls in it.
    pub items: Vec<LibraryItem>,
    pub(crate) updated_at: Seconds,
}

/// A call, or a part of one, that somebody put into a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LibraryItem {
    /// The id of the call.
    pub call_id: String,
    /// The title of the call.
    pub title: Option<String>,
    /// A remark, if there is one.
    pub note: Option<String>,
    /// Who put it there.
    pub added_by: String,
    /// First and last second of the part; `None` for the whole call.
    pub snippet: Option<(i64, i64)>,
    pub(crate) created_at: Seconds,
}

pub(super) fn folders(company: &Company) -> Vec<LibraryFolder> {
    let (mut prng, now) = (company.prng("library"), company.now_at);
    let head = company.users.first().map(|user| user.id.clone());
    let mut folders: Vec<LibraryFolder> = Vec::new();
    for workspace in &company.workspaces {
        let calls: Vec<&Call> = company.calls.iter().filter(|call| call.workspace_id == workspace.id).collect();
        let mut parent_id = None;
        for name in ["New colleagues", "Good openings", "Price talks"] {
            let id = prng.id();
            let size = if name == "Price talks" { 0 } else { 5 };
            folders.push(LibraryFolder {
                id: id.clone(),
                name: name.to_string(),
                parent_id: parent_id.clone(),
                created_by: head.clone().filter(|_| parent_id.is_some()),
                workspace_id: workspace.id.clone(),
                items: (0..size).filter_map(|at| item(&mut prng, now, &calls, at)).collect(),
                updated_at: now - prng.between(DAY, 60 * DAY),
            });
            parent_id.get_or_insert(id);
        }
    }
    folders
}

fn item(prng: &mut Prng, now: Seconds, calls: &[&Call], at: usize) -> Option<LibraryItem> {
    let call = prng.pick(calls)?;
    let from = prng.between(5, 60);
    Some(LibraryItem {
        call_id: call.id.clone(),
        title: call.title.clone(),
        note: at.is_multiple_of(2).then(|| "Listen to how the question is turned around.".to_string()),
        added_by: call.primary_user_id.clone(),
        snippet: (at % 2 == 1).then(|| (from, from + prng.between(20, 80))),
        created_at: (call.started_at + DAY).min(now),
    })
}
