//! The floor: what someone who needs just these answers would write, with the same fields as the client's models.

#![allow(dead_code)] // they are there to be filled

use serde::Deserialize;

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Records {
    total_records: Option<i64>,
    current_page_size: Option<i64>,
    current_page_number: Option<i64>,
    pub(crate) cursor: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct UsersPage {
    request_id: Option<String>,
    records: Option<Records>,
    pub(crate) users: Vec<User>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct User {
    id: String,
    email_address: Option<String>,
    created: Option<String>,
    active: Option<bool>,
    email_aliases: Vec<String>,
    trusted_email_address: Option<String>,
    first_name: Option<String>,
    last_name: Option<String>,
    title: Option<String>,
    phone_number: Option<String>,
    extension: Option<String>,
    personal_meeting_urls: Vec<String>,
    settings: Option<Settings>,
    manager_id: Option<String>,
    meeting_consent_page_url: Option<String>,
    conferencing_providers: Vec<Provider>,
    spoken_languages: Vec<Language>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Settings {
    web_conferences_recorded: Option<bool>,
    prevent_web_conference_recording: Option<bool>,
    telephony_calls_imported: Option<bool>,
    emails_imported: Option<bool>,
    prevent_email_import: Option<bool>,
    non_recorded_meetings_imported: Option<bool>,
    gong_connect_enabled: Option<bool>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Provider {
    provider: Option<String>,
    is_default: Option<bool>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Language {
    language: Option<String>,
    primary: Option<bool>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct TranscriptsPage {
    request_id: Option<String>,
    records: Option<Records>,
    pub(crate) call_transcripts: Vec<Transcript>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Transcript {
    call_id: String,
    pub(crate) transcript: Vec<Monologue>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Monologue {
    speaker_id: Option<String>,
    topic: Option<String>,
    sentences: Vec<Sentence>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Sentence {
    start: Option<i64>,
    end: Option<i64>,
    text: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct CallsPage {
    pub(crate) request_id: Option<String>,
    pub(crate) records: Option<Records>,
    pub(crate) calls: Vec<Call>,
}

#[derive(Deserialize)]
enum Direction {
    Inbound,
    Outbound,
    Conference,
    Unknown,
}

#[derive(Deserialize)]
enum Scope {
    Internal,
    External,
    Unknown,
}

#[derive(Deserialize)]
enum Media {
    Video,
    Audio,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Call {
    pub(crate) id: String,
    url: Option<String>,
    title: Option<String>,
    scheduled: Option<String>,
    started: Option<String>,
    duration: Option<i64>,
    primary_user_id: Option<String>,
    direction: Option<Direction>,
    system: Option<String>,
    scope: Option<Scope>,
    media: Option<Media>,
    language: Option<String>,
    workspace_id: Option<String>,
    sdr_disposition: Option<String>,
    client_unique_id: Option<String>,
    custom_data: Option<String>,
    purpose: Option<String>,
    meeting_url: Option<String>,
    is_private: Option<bool>,
    calendar_event_id: Option<String>,
}
