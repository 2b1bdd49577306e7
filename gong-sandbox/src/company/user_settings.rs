//! What Gong records and imports of each user, and when that was changed: worked out whenever it is asked for.

use super::{Company, people::User};
use crate::clock::{DAY, Seconds, stamp};

/// What is switched on for everybody who joins, in the names of the history, and switched off when they leave.
const FROM_THE_START: [&str; 5] =
    ["active", "webConferencesRecorded", "callsImported", "emailsImported", "gongConnectEnabled"];

/// A change of one of a user's settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingsChange {
    /// The setting, as Gong's history calls it.
    pub setting: &'static str,
    /// What it was set to.
    pub value: bool,
    pub(crate) at: Seconds,
}

impl SettingsChange {
    /// When it was set, as the answers write it.
    pub fn time(&self) -> String {
        stamp(self.at)
    }
}

/// The changes of a user's settings, oldest first. What was never touched has none.
pub(super) fn history(company: &Company, user: &User) -> Vec<SettingsChange> {
    let mut prng = company.prng(&format!("settings {}", user.id));
    let change = |setting, value, at| SettingsChange { setting, value, at };
    let mut changes: Vec<_> = FROM_THE_START.iter().map(|setting| change(*setting, true, user.created_at)).collect();
    let later = |days: i64| (user.created_at + days * DAY).min(company.founded_at);
    if prng.chance(50) {
        changes.push(change("nonRecordedMeetingsImported", true, later(1)));
    }
    if prng.chance(10) {
        changes.push(change("preventWebConferenceRecording", true, later(2)));
        changes.push(change("preventWebConferenceRecording", false, later(3)));
    }
    if !user.active {
        let left = prng.between(later(4), company.founded_at);
        changes.extend(FROM_THE_START.iter().map(|setting| change(*setting, false, left)));
    }
    changes
}
