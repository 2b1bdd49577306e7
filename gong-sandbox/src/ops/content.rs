//! What a recording told about a call, worked out from the very transcript that is answered.

use std::{cell::OnceCell, collections::BTreeMap};

use serde_json::{Map, Value, json};

use super::selector::Selector;
use crate::{
    clock::{HOUR, stamp},
    company::{Call, Company, Monologue, given},
    reply::put,
};

/// The transcript of a call, worked out once something that is asked for needs it.
pub(super) struct Speech<'a> {
    company: &'a Company,
    call: &'a Call,
    monologues: OnceCell<Vec<Monologue>>,
}

impl<'a> Speech<'a> {
    pub(super) fn of(company: &'a Company, call: &'a Call) -> Self {
        Self { company, call, monologues: OnceCell::new() }
    }

    fn monologues(&self) -> &[Monologue] {
        self.monologues.get_or_init(|| self.company.transcript(self.call))
    }

    /// Topics in the order in which they came up, with the seconds spent on each.
    fn topics(&self) -> Vec<(&'static str, i64)> {
        let mut topics: Vec<(&'static str, i64)> = Vec::new();
        for monologue in self.monologues() {
            let Some(name) = monologue.topic else { continue };
            match topics.iter_mut().find(|(known, _)| *known == name) {
                Some((_, length)) => *length += monologue.length(),
                None => topics.push((name, monologue.length())),
            }
        }
        topics.iter_mut().for_each(|(_, length)| *length /= 1000);
        topics
    }

    /// Milliseconds that each speaker held the floor.
    fn talk_times(&self) -> BTreeMap<&str, i64> {
        let mut times = BTreeMap::new();
        for monologue in self.monologues() {
            *times.entry(monologue.speaker_id.as_str()).or_insert(0) += monologue.length();
        }
        times
    }

    /// Where in the call a phrase was said: second, speaker.
    fn occurrences(&self, phrase: &str) -> Vec<(f64, &str)> {
        let mut found = Vec::new();
        for monologue in self.monologues() {
            for sentence in &monologue.sentences {
                if sentence.text.contains(phrase) {
                    found.push((seconds(sentence.start), monologue.speaker_id.as_str()));
                }
            }
        }
        found
    }

    fn questions(&self, internal: bool) -> usize {
        self.monologues()
            .iter()
            .filter(|monologue| {
                let party = self.call.speaker(&monologue.speaker_id);
                party.is_some_and(|party| party.user_id.is_some()) == internal
            })
            .flat_map(|monologue| &monologue.sentences)
            .filter(|sentence| sentence.text.ends_with('?'))
            .count()
    }
}

fn seconds(milliseconds: i64) -> f64 {
    milliseconds as f64 / 1000.0
}

/// Collects the fields that are asked for, each made only then.
struct Group<'a> {
    selector: &'a Selector<'a>,
    prefix: &'static str,
    fields: Map<String, Value>,
}

impl Group<'_> {
    fn add(&mut self, asked: &str, answered: &str, make: impl FnOnce() -> Value) {
        if self.selector.wants(&format!("{}/{asked}", self.prefix)) {
            self.fields.insert(answered.to_string(), make());
        }
    }
}

pub(super) fn content(
    company: &Company,
    call: &Call,
    speech: &Speech<'_>,
    selector: &Selector<'_>,
) -> Map<String, Value> {
    let mut group = Group { selector, prefix: "/content", fields: Map::new() };
    let durations = || -> Value {
        speech.topics().iter().map(|(name, duration)| json!({"name": name, "duration": duration})).collect()
    };
    let title = call.title.as_deref().unwrap_or("The call");
    group.add("topics", "topics", durations);
    group.add("structure", "structure", durations);
    group.add("trackers", "trackers", || trackers(company, call, speech, selector));
    group.add("brief", "brief", || {
        format!("{title}: both sides went through the current process and agreed on a next meeting.").into()
    });
    group.add("outline", "outline", || outline(speech));
    group.add("highlights", "highlights", || highlights(speech));
    group.add("keyPoints", "keyPoints", || given("key_points").clone());
    if call.disposition.is_some() {
        group.add(
            "callOutcome",
            "callOutcome",
            || json!({"id": "MEETING_BOOKED", "category": "Answered", "name": "Meeting booked"}),
        );
    }
    group.fields
}

/// Counts the trackers of the call's workspace; where and by whom only if that is asked for too.
fn trackers(company: &Company, call: &Call, speech: &Speech<'_>, selector: &Selector<'_>) -> Value {
    let detailed = selector.wants("/content/trackerOccurrences");
    company
        .trackers
        .iter()
        .filter(|tracker| tracker["workspaceId"] == call.workspace_id.as_str())
        .map(|tracker| {
            let keywords = tracker.pointer("/languageKeywords/0/keywords").and_then(Value::as_array);
            let mut total = 0;
            let mut phrases = Vec::new();
            for phrase in keywords.into_iter().flatten().filter_map(Value::as_str) {
                let found = speech.occurrences(phrase);
                total += found.len();
                if detailed && !found.is_empty() {
                    let occurrences: Vec<Value> =
                        found.iter().map(|(at, who)| json!({"startTime": at, "speakerId": who})).collect();
                    phrases.push(json!({
                        "count": found.len(),
                        "occurrences": occurrences,
                        "phrase": phrase,
                    }));
                }
            }
            let mut record = json!({
                "id": tracker["trackerId"],
                "name": tracker["trackerName"],
                "count": total,
                "type": "KEYWORD",
            });
            if detailed {
                put(&mut record, "occurrences", json!([]));
                put(&mut record, "phrases", phrases);
            }
            record
        })
        .collect()
}

/// One section for each stretch on a topic, with what was said first in it.
fn outline(speech: &Speech<'_>) -> Value {
    let sections = speech.monologues().iter().filter(|monologue| monologue.topic.is_some());
    sections
        .step_by(4)
        .filter_map(|monologue| {
            let first = monologue.sentences.first()?;
            let start = seconds(first.start);
            Some(json!({
                "section": monologue.topic,
                "startTime": start,
                "duration": seconds(monologue.length()),
                "items": [{"text": first.text, "startTime": start}],
            }))
        })
        .collect()
}

fn highlights(speech: &Speech<'_>) -> Value {
    let items: Vec<Value> = speech
        .monologues()
        .iter()
        .filter(|monologue| monologue.topic == Some("Next Steps"))
        .filter_map(|monologue| monologue.sentences.first())
        .take(3)
        .map(|sentence| json!({"text": sentence.text, "startTimes": [seconds(sentence.start)]}))
        .collect();
    json!([{"title": "Next steps", "items": items}])
}

pub(super) fn interaction(
    company: &Company,
    call: &Call,
    speech: &Speech<'_>,
    selector: &Selector<'_>,
) -> Map<String, Value> {
    let mut group = Group { selector, prefix: "/interaction", fields: Map::new() };
    group.add("speakers", "speakers", || {
        speech
            .talk_times()
            .into_iter()
            .map(|(speaker, time)| {
                let user = call.speaker(speaker).and_then(|party| party.user_id.as_ref());
                json!({"id": speaker, "userId": user, "talkTime": seconds(time)})
            })
            .collect()
    });
    // Asked for under one name, answered under another.
    group.add("personInteractionStats", "interactionStats", || host_stats(company, call, speech));
    if call.media == "Video" {
        group.add("video", "video", || {
            let third = call.duration as f64 / 3.0;
            json!([
                {"name": "Presentation", "duration": third},
                {"name": "Webcam", "duration": call.duration as f64 - third},
            ])
        });
    }
    group.add("questions", "questions", || {
        json!({
            "companyCount": speech.questions(true),
            "nonCompanyCount": speech.questions(false),
        })
    });
    group.fields
}

/// The statistics of the host. Whatever others tell at length counts as a customer story here.
fn host_stats(company: &Company, call: &Call, speech: &Speech<'_>) -> Value {
    let hosts = |monologue: &&Monologue| {
        let party = call.speaker(&monologue.speaker_id);
        party.is_some_and(|party| party.user_id.as_ref() == Some(&call.primary_user_id))
    };
    let (mine, theirs): (Vec<&Monologue>, Vec<&Monologue>) = speech.monologues().iter().partition(hosts);
    let total = |part: &[&Monologue]| part.iter().map(|monologue| monologue.length()).sum::<i64>();
    let longest = |part: &[&Monologue]| seconds(part.iter().map(|monologue| monologue.length()).max().unwrap_or(0));
    let (by_host, by_others) = (total(&mine), total(&theirs));
    let mut prng = company.prng(&format!("stats {}", call.id));
    json!([
        {"name": "Talk Ratio", "value": by_host as f64 / (by_host + by_others).max(1) as f64},
        {"name": "Longest Monologue", "value": longest(&mine)},
        {"name": "Longest Customer Story", "value": longest(&theirs)},
        {"name": "Interactivity", "value": prng.between(2, 9)},
        {"name": "Patience", "value": prng.between(2, 18) as f64 / 10.0},
    ])
}

/// Without a comment there is nothing in it.
pub(super) fn collaboration(company: &Company, call: &Call, selector: &Selector<'_>) -> Map<String, Value> {
    let mut group = Group { selector, prefix: "/collaboration", fields: Map::new() };
    let mut prng = company.prng(&format!("comments {}", call.id));
    let host = company.user(&call.primary_user_id);
    let Some(manager) = host.and_then(|host| host.manager_id.as_ref()).filter(|_| prng.chance(30)) else {
        return group.fields;
    };
    group.add("publicComments", "publicComments", || {
        let (at, id) = (prng.between(5, 120), prng.id());
        let comment = |id: &str, by: &str, text: &str, posted, in_reply_to: Option<&str>| {
            json!({
                "id": id,
                "audioStartTime": at,
                "audioEndTime": at + 12,
                "commenterUserId": by,
                "comment": text,
                "posted": stamp(posted),
                "inReplyTo": in_reply_to,
                "duringCall": false,
            })
        };
        let posted = call.started_at + 3 * HOUR;
        let mut comments = vec![comment(&id, manager, "Well asked. Let us use this in the next round.", posted, None)];
        if prng.chance(50) {
            let reply = comment(&prng.id(), &call.primary_user_id, "Thank you, we will.", posted + HOUR, Some(&id));
            comments.push(reply);
        }
        json!(comments)
    });
    group.fields
}
