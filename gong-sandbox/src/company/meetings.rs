//! Meetings that were made over the API, and who can't make any.
//!
//! With every seed there is the meeting `2649384756102938475` of [`OWNER_EMAIL`] with `jo.hale@amber.example`.
//! [`MANAGER_EMAIL`] has not connected a calendar, so no meeting can be made for that address.

use serde_json::{Value, json};

use super::{Company, MANAGER_EMAIL, OWNER_EMAIL};
use crate::clock::{DAY, HOUR, Seconds, stamp};

/// A meeting to come, which was made over the API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meeting {
    /// The id.
    pub id: String,
    /// Who made it.
    pub organizer_email: String,
    /// The title, if it has one.
    pub title: Option<String>,
    /// Who is invited beside the organizer, as they were given.
    pub invitees: Vec<Value>,
    /// Its id in the system that made it.
    pub external_id: Option<String>,
    /// What it is held with.
    pub provider: Option<String>,
    pub(crate) starts_at: Seconds,
    pub(crate) ends_at: Seconds,
}

impl Meeting {
    /// When it begins, as the answers write it.
    pub fn start(&self) -> String {
        stamp(self.starts_at)
    }

    /// When it ends, as the answers write it.
    pub fn end(&self) -> String {
        stamp(self.ends_at)
    }
}

impl Company {
    /// The meeting with this id.
    pub fn meeting(&self, id: &str) -> Option<&Meeting> {
        self.meetings.iter().find(|meeting| meeting.id == id)
    }

    /// Whether meetings can be made for a user of this address.
    pub(crate) fn can_make_meetings(&self, email: &str) -> bool {
        self.user_by_email(email).is_some_and(|user| user.active && user.email != MANAGER_EMAIL)
    }
}

/// The meeting that there is from the beginning, see above.
pub(super) fn meetings(now: Seconds) -> Vec<Meeting> {
    let starts_at = now + 4 * DAY;
    vec![Meeting {
        id: "2649384756102938475".to_string(),
        organizer_email: OWNER_EMAIL.to_string(),
        title: Some("Amber rollout".to_string()),
        invitees: vec![json!({"email": "jo.hale@amber.example", "displayName": "Jo Hale"})],
        external_id: None,
        provider: Some("zoom".to_string()),
        starts_at,
        ends_at: starts_at + HOUR,
    }]
}
