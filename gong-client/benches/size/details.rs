//! The models of calls in detail, which a list of calls by their ids comes from: the same fields as in the client.

#![allow(dead_code)] // they are there to be filled

use serde::Deserialize;

use crate::floor::{Call, Records};

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct CallDetailsPage {
    pub(crate) request_id: Option<String>,
    pub(crate) records: Option<Records>,
    pub(crate) calls: Vec<CallDetails>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct CallDetails {
    pub(crate) meta_data: Option<Call>,
    context: Vec<CrmContext>,
    parties: Vec<CallParty>,
    content: Option<CallContent>,
    interaction: Option<CallInteraction>,
    collaboration: Option<CallCollaboration>,
    media: Option<CallMedia>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct CrmContext {
    system: Option<String>,
    objects: Vec<CrmContextObject>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct CallParty {
    id: Option<String>,
    email_address: Option<String>,
    name: Option<String>,
    title: Option<String>,
    user_id: Option<String>,
    speaker_id: Option<String>,
    context: Vec<CrmContext>,
    affiliation: Option<String>,
    phone_number: Option<String>,
    methods: Vec<String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct CallContent {
    structure: Vec<AgendaItem>,
    trackers: Vec<CallTracker>,
    topics: Vec<CallTopic>,
    brief: Option<String>,
    outline: Vec<OutlineSection>,
    highlights: Vec<HighlightsSection>,
    call_outcome: Option<AiCallOutcome>,
    key_points: Vec<KeyPoint>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct CallInteraction {
    speakers: Vec<SpeakerTime>,
    interaction_stats: Vec<Stat>,
    video: Vec<VideoTime>,
    questions: Option<QuestionCounts>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct CallCollaboration {
    public_comments: Vec<CallComment>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct CallMedia {
    audio_url: Option<String>,
    video_url: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct CrmContextObject {
    object_type: Option<String>,
    object_id: Option<String>,
    fields: Vec<CrmField>,
    timing: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct AgendaItem {
    name: Option<String>,
    duration: Option<i64>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct CallTracker {
    id: Option<String>,
    name: Option<String>,
    count: Option<i64>,
    type_: Option<String>,
    occurrences: Vec<TrackerOccurrence>,
    phrases: Vec<TrackerPhrase>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct CallTopic {
    name: Option<String>,
    duration: Option<i64>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct OutlineSection {
    section: Option<String>,
    start_time: Option<f64>,
    duration: Option<f64>,
    items: Vec<OutlineItem>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct HighlightsSection {
    title: Option<String>,
    items: Vec<HighlightItem>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct AiCallOutcome {
    id: Option<String>,
    category: Option<String>,
    name: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct KeyPoint {
    text: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct SpeakerTime {
    id: Option<String>,
    user_id: Option<String>,
    talk_time: Option<f64>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Stat {
    name: String,
    value: Option<f64>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct VideoTime {
    name: Option<String>,
    duration: Option<f64>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct QuestionCounts {
    company_count: Option<i64>,
    non_company_count: Option<i64>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct CallComment {
    id: Option<String>,
    audio_start_time: Option<f64>,
    audio_end_time: Option<f64>,
    commenter_user_id: Option<String>,
    comment: Option<String>,
    posted: Option<String>,
    in_reply_to: Option<String>,
    during_call: Option<bool>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct CrmField {
    name: Option<String>,
    value: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct TrackerOccurrence {
    start_time: Option<f64>,
    speaker_id: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct TrackerPhrase {
    phrase: Option<String>,
    count: Option<i64>,
    occurrences: Vec<TrackerOccurrence>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct OutlineItem {
    text: Option<String>,
    start_time: Option<f64>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct HighlightItem {
    text: Option<String>,
    start_times: Vec<f64>,
}
