//! The logs for audits, made of what users did with calls and of the changes of their settings.
//!
//! What a record holds is what readers of live logs know; Gong documents no list of it. That one log has other names
//! than the next, and writes numbers as text, is Gong's own way.

use serde_json::{Value, json};

use super::{Call, Company, Party, User, activity::Activity};
use crate::{
    clock::{DAY, HOUR, Seconds, stamp},
    prng::Prng,
    reply::put,
};

/// The logs that there are.
pub(crate) const LOGS: [&str; 5] =
    ["AccessLog", "UserActivityLog", "UserCallPlay", "ExternallySharedCallAccess", "ExternallySharedCallPlay"];

/// How long the log of requests is kept, in seconds. The others are kept for good.
const ACCESS_LOG_KEPT: Seconds = 14 * DAY;

/// The company that those are of who act in a user's place.
const GONG: &str = "1000000000000000001";

/// An entry of a log, but for when it was made.
pub(crate) struct LogEntry {
    pub(crate) at: Seconds,
    pub(crate) wire: Value,
}

impl Company {
    /// The entries of a log up to now, oldest first.
    pub(crate) fn log(&self, log: &str) -> Vec<LogEntry> {
        let activities = self.activities();
        let own =
            |activity: &&Activity<'_>| !activity.figure.contains("Received") && activity.figure != "callsAttended";
        let own = activities.iter().filter(own);
        let mut entries: Vec<LogEntry> = match log {
            "AccessLog" => {
                let kept = self.now_at - ACCESS_LOG_KEPT;
                own.filter(|done| done.at >= kept && done.figure != "callsAsHost")
                    .filter_map(|done| page(self, done))
                    .collect()
            }
            "UserActivityLog" => own
                .filter(|done| done.figure.starts_with("callsShared"))
                .filter_map(|done| share(self, done))
                .chain(settings_changed(self))
                .collect(),
            "UserCallPlay" => {
                own.filter(|done| done.figure.ends_with("ListenedTo")).filter_map(|done| played(self, done)).collect()
            }
            _ => own
                .filter(|done| done.figure == "callsSharedExternally")
                .flat_map(|done| by_guests(self, done, log == "ExternallySharedCallPlay"))
                .collect(),
        };
        entries.retain(|entry| entry.at <= self.now_at);
        entries.sort_by_key(|entry| entry.at);
        entries
    }
}

fn of_user(user: &User, at: Seconds, record: Value) -> LogEntry {
    let wire = json!({
        "userId": user.id,
        "userEmailAddress": user.email,
        "userFullName": user.full_name(),
        "eventTime": stamp(at),
        "logRecord": record,
    });
    LogEntry { at, wire }
}

fn prng(company: &Company, done: &Activity<'_>) -> Prng {
    company.prng(&format!("log {} {} {}", done.figure, done.user_id, done.call.id))
}

fn address(prng: &mut Prng) -> String {
    // A block of addresses that are for documentation.
    format!("203.0.113.{}", prng.between(1, 254))
}

/// The request of somebody who opened a call's page.
fn page(company: &Company, done: &Activity<'_>) -> Option<LogEntry> {
    let mut prng = prng(company, done);
    let trace = prng.id();
    let record = json!({
        "protocol": "HTTP/1.1",
        "method": "GET",
        "requested_url": done.call.url(),
        "requested_uri": "/call",
        "status": 200,
        "elapsed_time": prng.between(20, 900),
        "content_length": prng.between(2_000, 60_000),
        "message": format!("GET /call?id={}", done.call.id),
        "request_headers": {
            "referer": "https://app.gong.io/conversations",
            "x-forwarded-for": address(&mut prng),
            "user-agent": "Mozilla/5.0",
        },
        "response_headers": {"x-traceid": trace, "content-type": "text/html;charset=UTF-8", "x-iid": prng.id()},
        "mdc": {"xtid": trace},
    });
    Some(of_user(company.user(done.user_id)?, done.at, record))
}

fn request(verb: &str, path: &str, client_ip: String, workspace_id: Option<&str>, changes: Value) -> Value {
    json!({
        "action": null,
        "tableChanges": changes,
        "httpRequest": {
            "referrerUri": "https://app.gong.io/home",
            "clientIp": client_ip,
            "verb": verb,
            "endpointUri": path,
            "body": "",
            "parameters": [],
        },
        "customData": [],
        "workspaceId": workspace_id,
    })
}

fn share(company: &Company, done: &Activity<'_>) -> Option<LogEntry> {
    let address = address(&mut prng(company, done));
    let record = request("POST", "/call/share", address, Some(&done.call.workspace_id), json!([]));
    Some(of_user(company.user(done.user_id)?, done.at, record))
}

/// The head of the company changed settings after an account was made, now and then by way of somebody at Gong.
fn settings_changed(company: &Company) -> impl Iterator<Item = LogEntry> + '_ {
    let head = company.users.first();
    let changes = company.users.iter().filter(|user| !user.avatar).flat_map(move |user| {
        let later = company.settings_history(user).into_iter().filter(|change| change.at > user.created_at);
        later.map(move |change| (user, change))
    });
    changes.filter_map(move |(user, change)| {
        let mut prng = company.prng(&format!("log {} {}", change.setting, user.id));
        let row = json!({
            "primaryKeyColumns": [{"columnName": "id", "columnValue": user.id}],
            "columnChanges": [{
                "columnName": change.setting,
                "oldValue": (!change.value).to_string(),
                "newValue": change.value.to_string(),
                "operation": "UPDATE",
            }],
        });
        let table = json!({
            "tableName": "app_user",
            "preSnapshotTimestamp": change.time(),
            "postSnapshotTimestamp": change.time(),
            "rowChanges": [row],
        });
        let record = request("POST", "/settings/user", address(&mut prng), None, json!([table]));
        let mut entry = of_user(head?, change.at, record);
        let avatars: Vec<&User> = company.users.iter().filter(|user| user.avatar).collect();
        if let Some(avatar) = prng.pick(&avatars).filter(|_| prng.chance(10)) {
            put(&mut entry.wire, "impersonatorUserId", avatar.id.as_str());
            put(&mut entry.wire, "impersonatorEmailAddress", avatar.email.as_str());
            put(&mut entry.wire, "impersonatorFullName", avatar.full_name());
            put(&mut entry.wire, "impersonatorCompanyId", GONG);
        }
        Some(entry)
    })
}

/// A part of a call that was played.
fn playing(prng: &mut Prng, call: &Call, at: Seconds) -> Value {
    let start = prng.between(0, call.duration / 2);
    json!({
        "call_id": call.id,
        "video_player_instance_id": prng.id(),
        "sequence_num": 1,
        "play_speed": 1.0,
        "device": "WEB",
        "start_time": start as f64,
        "end_time": prng.between(start, call.duration) as f64,
        "event_time_on_device": stamp(at),
        "offline": false,
        "live": false,
    })
}

fn played(company: &Company, done: &Activity<'_>) -> Option<LogEntry> {
    let record = playing(&mut prng(company, done), done.call, done.at);
    Some(of_user(company.user(done.user_id)?, done.at, record))
}

/// The guests of a call that was shared with them: some hours later they open its page, and most play it.
fn by_guests(company: &Company, done: &Activity<'_>, play: bool) -> Vec<LogEntry> {
    let mut prng = prng(company, done);
    let share_id = prng.id();
    let guests = done.call.parties.iter().filter(|party| party.affiliation == "External");
    guests
        .filter_map(|guest| {
            let opened = done.at + prng.between(HOUR, DAY);
            let (viewer, plays) = (address(&mut prng), prng.chance(80));
            if play && !plays {
                return None;
            }
            let (at, mut record) = if play {
                let at = opened + 60;
                let mut record = playing(&mut prng, done.call, at);
                put(&mut record, "sequence_num", "1");
                (at, record)
            } else {
                (opened, json!({"call_id": done.call.id, "page_viewer_ip": viewer}))
            };
            put(&mut record, "time_based_secure_sharing_id", share_id.as_str());
            of_guest(guest, at, record)
        })
        .collect()
}

fn of_guest(guest: &Party, at: Seconds, record: Value) -> Option<LogEntry> {
    let mut wire = json!({
        "userEmailAddress": guest.email.as_ref()?,
        "userFullName": guest.name,
        "eventTime": stamp(at),
        "logRecord": record,
    });
    if let Some(members) = wire.as_object_mut() {
        members.retain(|_, value| !value.is_null());
    }
    Some(LogEntry { at, wire })
}
