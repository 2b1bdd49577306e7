//! Calls: who met whom and when. What was said is worked out only when somebody asks for it.

use jiff::civil::Weekday;
use serde_json::Value;

use super::{
    Company,
    crm::{Account, Prospect},
    people::{User, Workspace},
    words::CALL_KINDS,
};
use crate::{
    clock::{DAY, HOUR, Seconds, date, midnight, stamp},
    multipart::UploadedPart,
    prng::Prng,
};

const CALLS: i64 = 340;
const DAYS: i64 = 90;

/// A recorded call, or one that was registered over the API.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Call {
    /// The id, up to 20 digits.
    pub id: String,
    /// The title.
    pub title: Option<String>,
    /// The user who hosted it.
    pub primary_user_id: String,
    /// The workspace it belongs to.
    pub workspace_id: String,
    /// `Inbound`, `Outbound`, `Conference` or `Unknown`.
    pub direction: String,
    /// What it was held with.
    pub system: String,
    /// `Internal`, `External` or `Unknown`.
    pub scope: &'static str,
    /// `Video` or `Audio`.
    pub media: &'static str,
    /// Duration in seconds.
    pub duration: i64,
    /// The caller's own key for a registered call.
    pub client_unique_id: Option<String>,
    /// Free text given at registration.
    pub custom_data: Option<String>,
    /// Why the call was held.
    pub purpose: Option<String>,
    /// How the call ended, in the words of the dialer.
    pub disposition: Option<String>,
    /// Where the meeting was held; empty for a call by telephone.
    pub meeting_url: String,
    /// True for calls that only few may see.
    pub is_private: bool,
    /// Those who took part.
    pub parties: Vec<Party>,
    /// The ids of the users who were given access to it through the API.
    pub granted_users: Vec<String>,
    /// The account the call was about.
    pub account_crm_id: Option<String>,
    /// The links to a CRM that were given at registration.
    pub given_context: Option<Value>,
    /// The last file that was uploaded as its recording: how many bytes it has, and their digest.
    pub recording: Option<UploadedPart>,
    pub(crate) started_at: Seconds,
    pub(crate) scheduled_at: Seconds,
    /// When the recording of a registered call is processed, once Gong has it.
    pub(crate) processed_at: Option<Seconds>,
}

impl Call {
    /// When it began, as the answers write it.
    pub fn started(&self) -> String {
        stamp(self.started_at)
    }

    /// The page in Gong that shows the call.
    pub fn url(&self) -> String {
        format!("https://app.gong.io/call?id={}", self.id)
    }

    /// The event in the host's calendar that a recorded web conference was held for.
    pub(crate) fn calendar_event_id(&self) -> Option<String> {
        let from_calendar = self.direction == "Conference" && self.system == "Zoom";
        from_calendar.then(|| format!("{}@google.com", self.meeting_url.rsplit('/').next().unwrap_or_default()))
    }

    /// The party that speaks under this id in the transcript.
    pub fn speaker(&self, speaker_id: &str) -> Option<&Party> {
        self.parties.iter().find(|party| party.speaker_id.as_deref() == Some(speaker_id))
    }
}

/// Somebody who took part in a call.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Party {
    /// The id of the participation.
    pub id: String,
    /// The name, where it is known.
    pub name: Option<String>,
    /// The e-mail address, where it is known.
    pub email: Option<String>,
    /// The phone number, where it is known.
    pub phone_number: Option<String>,
    /// The job title, where it is known.
    pub title: Option<String>,
    /// The Gong user, for people of the company.
    pub user_id: Option<String>,
    /// Who this is in the transcript; absent for those who never spoke.
    pub speaker_id: Option<String>,
    /// `Internal`, `External` or `Unknown`.
    pub affiliation: &'static str,
    /// The contact or lead in the CRM, for people of an account.
    pub crm_id: Option<String>,
    /// The links to a CRM that were given when the call was registered.
    pub given_context: Option<Value>,
}

/// The calls of the last weeks, oldest first.
pub(super) fn calls(company: &Company) -> Vec<Call> {
    let (mut prng, now) = (company.prng("calls"), company.now_at);
    let sellers: Vec<&User> =
        company.users.iter().filter(|user| user.active && !user.avatar).skip(6).take(80).collect();
    let first_day = midnight(now) - DAYS * DAY;

    let mut calls = Vec::new();
    for at in 0..CALLS {
        let day = workday(first_day + at * DAYS / CALLS * DAY);
        let started_at = day + 8 * HOUR + prng.between(0, 36) * 900;
        let host = if at % 7 == 3 { company.owner() } else { prng.pick(&sellers).copied() };
        let (Some(host), Some(workspace)) = (host, prng.pick(&company.workspaces)) else {
            continue;
        };
        if started_at > now - 2 * HOUR {
            continue;
        }
        calls.push(call(&mut prng, started_at, host, workspace, &sellers, company));
    }
    calls.sort_by(|one, other| (one.started_at, &one.id).cmp(&(other.started_at, &other.id)));
    calls
}

/// Nobody sells at the weekend.
fn workday(day: Seconds) -> Seconds {
    match date(day).weekday() {
        Weekday::Sunday => day - 2 * DAY,
        Weekday::Saturday => day - DAY,
        _ => day,
    }
}

fn call(
    prng: &mut Prng,
    started_at: Seconds,
    host: &User,
    workspace: &Workspace,
    sellers: &[&User],
    company: &Company,
) -> Call {
    let dialed = prng.chance(35);
    let internal = !dialed && prng.chance(8);
    let account = if internal { None } else { prng.pick(&company.accounts) };
    let mut parties = vec![user_party(prng, host, true)];
    if internal || (!dialed && prng.chance(40)) {
        let colleague = prng.pick(sellers).filter(|user| user.id != host.id);
        parties.extend(colleague.map(|user| user_party(prng, user, true)));
    }
    if let Some(account) = account {
        parties.extend(guests(prng, account, &company.prospects, dialed));
    }
    let kind = prng.word(&CALL_KINDS);
    let id = if prng.chance(10) { prng.long_id() } else { prng.id() };
    let number = prng.between(100_000_000, 999_999_999);
    Call {
        title: Some(match account {
            Some(account) => format!("{kind} with {}", account.name),
            None => "Team review".to_string(),
        }),
        primary_user_id: host.id.clone(),
        workspace_id: workspace.id.clone(),
        direction: match (dialed, prng.chance(30)) {
            (false, _) => "Conference",
            (true, false) => "Outbound",
            (true, true) => "Inbound",
        }
        .to_string(),
        system: if dialed { "Gong Connect" } else { "Zoom" }.to_string(),
        scope: if internal { "Internal" } else { "External" },
        media: if dialed { "Audio" } else { "Video" },
        duration: if dialed { prng.between(120, 420) } else { prng.between(360, 1_100) },
        client_unique_id: dialed.then(|| format!("dial-{number}")),
        purpose: prng.chance(30).then(|| kind.to_string()),
        disposition: dialed.then(|| "Connected".to_string()),
        meeting_url: if dialed { String::new() } else { format!("https://meet.example/j/{number}") },
        is_private: prng.chance(3),
        parties,
        account_crm_id: account.map(|account| account.crm_id.clone()),
        started_at,
        scheduled_at: started_at,
        id,
        ..Call::default()
    }
}

pub(crate) fn user_party(prng: &mut Prng, user: &User, spoke: bool) -> Party {
    Party {
        id: prng.id(),
        name: Some(user.full_name()),
        email: Some(user.email.clone()),
        title: user.title.clone(),
        user_id: Some(user.id.clone()),
        speaker_id: spoke.then(|| prng.id()),
        affiliation: "Internal",
        ..Party::default()
    }
}

/// One guest on a dialed call, up to three in a meeting; the last may have listened in silence.
fn guests(prng: &mut Prng, account: &Account, prospects: &[Prospect], dialed: bool) -> Vec<Party> {
    let known: Vec<&Prospect> =
        prospects.iter().filter(|prospect| prospect.account_crm_id.as_ref() == Some(&account.crm_id)).collect();
    let count = if dialed { 1 } else { 1 + prng.below(3) };
    let start = prng.below(known.len());
    (0..count)
        .filter_map(|at| known.get((start + at) % known.len().max(1)))
        .enumerate()
        .map(|(at, prospect)| {
            let spoke = at == 0 || prng.chance(70);
            let line = dialed.then(|| prng.between(10, 99));
            // Whoever is only known by a number may have no name.
            let named = line.is_none_or(|line| line % 3 > 0);
            Party {
                id: prng.id(),
                name: named.then(|| format!("{} {}", prospect.first_name, prospect.last_name)),
                email: (!dialed).then(|| prospect.email.clone()),
                phone_number: line.and(prospect.phone_number.clone()),
                title: prng.chance(60).then(|| prospect.title.clone()),
                speaker_id: spoke.then(|| prng.long_id()),
                affiliation: "External",
                crm_id: Some(prospect.crm_id.clone()),
                ..Party::default()
            }
        })
        .collect()
}
