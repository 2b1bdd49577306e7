//! What an administrator sets up: trackers, scorecards, call outcomes. Nothing here can be changed
//! over the API, so it is kept in the form in which it is answered.

use serde_json::{Value, json};

use super::{
    Company,
    calls::Call,
    words::{KEYWORDS, given_list},
};
use crate::{
    clock::{DAY, HOUR, Seconds, stamp, stamp_with_fraction},
    prng::Prng,
    reply::put,
};

/// A scorecard that somebody filled in for a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnsweredScorecard {
    /// The id of this answer.
    pub id: String,
    /// The scorecard that was filled in.
    pub scorecard_id: String,
    /// The call it is about.
    pub call_id: String,
    /// Whose work was looked at.
    pub reviewed_user_id: String,
    /// Who looked at it; nobody did for an automatic review.
    pub reviewer_user_id: Option<String>,
    /// `AUTOMATIC` or `MANUAL`.
    pub review_method: &'static str,
    /// The item as it is answered.
    pub wire: Value,
    pub(crate) call_started_at: Seconds,
    pub(crate) reviewed_at: Seconds,
}

pub(super) fn trackers(company: &Company) -> Vec<Value> {
    let (mut prng, now) = (company.prng("trackers"), company.now_at);
    let author = company.users.get(1).map(|user| &user.id);
    let mut trackers = Vec::new();
    for workspace in &company.workspaces {
        for (at, (name, keywords)) in KEYWORDS.iter().enumerate() {
            let limited = at == 4;
            // Those that come with the product have no author.
            let author = author.filter(|_| at > 1);
            trackers.push(json!({
                "trackerId": prng.id(),
                "trackerName": name,
                "workspaceId": workspace.id,
                "languageKeywords": [
                    {"language": "eng", "keywords": keywords, "includeRelatedForms": at % 2 == 0},
                ],
                "affiliation": if at % 2 == 0 { "Anyone" } else { "NonCompany" },
                "partOfQuestion": false,
                "saidAt": if limited { "Last" } else { "Anytime" },
                "saidAtInterval": limited.then_some(10),
                "saidAtUnit": limited.then_some("minutes"),
                "saidInTopics": [],
                "filterQuery": r#"{"type":"And","filters":[{"type":"CallDirection","terms":["OUTBOUND"]}]}"#,
                "created": stamp_with_fraction(now - prng.between(200 * DAY, 500 * DAY), "816562"),
                "creatorUserId": author,
                "updated": stamp_with_fraction(now - prng.between(10 * DAY, 90 * DAY), "07"),
                "updaterUserId": author,
            }));
        }
    }
    trackers
}

/// Two scorecards for each workspace. Ids and ranges are strings, whatever Gong's document says.
pub(super) fn scorecards(company: &Company) -> Vec<Value> {
    let (mut prng, now) = (company.prng("scorecards"), company.now_at);
    let author = company.users.get(6).map(|user| &user.id);
    let mut scorecards = Vec::new();
    for workspace in &company.workspaces {
        for (name, method) in [("First meeting", "MANUAL"), ("Clear next step", "AUTOMATIC")] {
            let created = stamp(now - prng.between(200 * DAY, 400 * DAY));
            let updated = stamp(now - prng.between(20 * DAY, 90 * DAY));
            let questions = given_list("scorecard_questions");
            let questions: Vec<Value> =
                questions.iter().map(|one| question(&mut prng, one, &created, &updated, author)).collect();
            scorecards.push(json!({
                "scorecardId": prng.id(),
                "scorecardName": name,
                "workspaceId": workspace.id,
                "enabled": true,
                "updaterUserId": author,
                "created": created,
                "updated": updated,
                "reviewMethod": method,
                "questions": questions,
            }));
        }
    }
    scorecards
}

fn question(prng: &mut Prng, given: &Value, created: &str, updated: &str, author: Option<&String>) -> Value {
    let mut question = given.clone();
    put(&mut question, "questionId", prng.id());
    put(&mut question, "questionRevisionId", prng.id());
    put(&mut question, "updaterUserId", author.cloned());
    put(&mut question, "created", created);
    put(&mut question, "updated", updated);
    question
}

/// One call in four was looked at a day or so later.
pub(super) fn answered_scorecards(company: &Company) -> Vec<AnsweredScorecard> {
    let mut prng = company.prng("answered scorecards");
    company
        .calls
        .iter()
        .step_by(4)
        .filter_map(|call| {
            let offered: Vec<&Value> =
                company.scorecards.iter().filter(|card| card["workspaceId"] == call.workspace_id.as_str()).collect();
            let card = *prng.pick(&offered)?;
            answered(&mut prng, company, call, card)
        })
        .collect()
}

fn answered(prng: &mut Prng, company: &Company, call: &Call, card: &Value) -> Option<AnsweredScorecard> {
    let reviewed = company.user(&call.primary_user_id)?;
    let automatic = card["reviewMethod"] == "AUTOMATIC";
    let reviewed_at = (call.started_at + prng.between(2 * HOUR, 40 * HOUR)).min(company.now_at);
    let answers: Vec<Value> = card["questions"].as_array()?.iter().map(|question| answer(prng, question)).collect();
    let id = prng.id();
    let reviewer = if automatic { None } else { reviewed.manager_id.as_ref() };
    let editor = reviewer.filter(|_| company.prng(&format!("editor {id}")).chance(20));
    let wire = json!({
        "answeredScorecardId": id,
        "scorecardId": card["scorecardId"],
        "scorecardName": card["scorecardName"],
        "callId": call.id,
        "callStartTime": call.started(),
        "reviewedUserId": reviewed.id,
        "reviewerUserId": reviewer,
        "reviewMethod": card["reviewMethod"],
        "editorUserId": editor,
        "reviewTime": stamp_with_fraction(reviewed_at, "428"),
        "visibilityType": if automatic { "MANAGERS_AND_REVIEWEE" } else { "PUBLIC" },
        "answers": answers,
    });
    Some(AnsweredScorecard {
        id,
        scorecard_id: card["scorecardId"].as_str()?.to_string(),
        call_id: call.id.clone(),
        reviewed_user_id: reviewed.id.clone(),
        reviewer_user_id: reviewer.cloned(),
        review_method: if automatic { "AUTOMATIC" } else { "MANUAL" },
        wire,
        call_started_at: call.started_at,
        reviewed_at,
    })
}

fn answer(prng: &mut Prng, question: &Value) -> Value {
    let kind = question["questionType"].as_str().unwrap_or_default();
    let skipped = prng.chance(10);
    json!({
        "questionId": question["questionId"],
        "questionRevisionId": question["questionRevisionId"],
        "isOverall": question["isOverall"],
        "score": (kind == "RANGE" && !skipped).then(|| prng.between(1, 5)),
        "answerText": (kind == "OPEN" && !skipped).then_some("The second half of the demonstration."),
        "notApplicable": skipped,
        "selectedOptions": (kind == "MULTI_SELECT" && !skipped).then_some(["1"]),
    })
}
