//! What users did with calls: worked out from the calls whenever it is asked for, so that the statistics and the logs
//! tell the same, and a call that comes or goes brings or takes its share.

use super::{Call, Company, User};
use crate::{
    clock::{DAY, HOUR, Seconds},
    prng::Prng,
};

/// Every figure of the activity statistics.
pub(crate) const FIGURES: [&str; 15] = [
    "callsAsHost",
    "callsAttended",
    "callsGaveFeedback",
    "callsRequestedFeedback",
    "callsReceivedFeedback",
    "ownCallsListenedTo",
    "othersCallsListenedTo",
    "callsSharedInternally",
    "callsSharedExternally",
    "callsScorecardsFilled",
    "callsScorecardsReceived",
    "callsCommentsGiven",
    "callsCommentsReceived",
    "callsMarkedAsFeedbackGiven",
    "callsMarkedAsFeedbackReceived",
];

/// Something that a user did with a call, or that somebody else did with a call of theirs.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Activity<'a> {
    /// The figure that it counts for.
    pub(crate) figure: &'static str,
    pub(crate) user_id: &'a str,
    pub(crate) call: &'a Call,
    pub(crate) at: Seconds,
}

impl Company {
    /// All that was done up to now, oldest first.
    pub(crate) fn activities(&self) -> Vec<Activity<'_>> {
        let mut activities: Vec<_> = self.calls.iter().flat_map(|call| with_call(self, call)).collect();
        for card in &self.answered_scorecards {
            let Some(call) = self.call(&card.call_id) else {
                continue;
            };
            let activity = |figure, user_id| Activity { figure, user_id, call, at: card.reviewed_at };
            activities.push(activity("callsScorecardsReceived", card.reviewed_user_id.as_str()));
            activities.extend(card.reviewer_user_id.as_deref().map(|id| activity("callsScorecardsFilled", id)));
        }
        activities.retain(|activity| activity.at <= self.now_at);
        activities.sort_by_key(|activity| activity.at);
        activities
    }
}

fn with_call<'a>(company: &'a Company, call: &'a Call) -> Vec<Activity<'a>> {
    let mut prng = company.prng(&format!("activity {}", call.id));
    let mut done = Vec::new();
    let host = call.primary_user_id.as_str();
    let mut add = |figure, user_id, at| done.push(Activity { figure, user_id, call, at });
    add("callsAsHost", host, call.started_at);
    // Gong's document leaves the hosted ones out; its answers count them in.
    for user_id in call.parties.iter().filter_map(|party| party.user_id.as_deref()) {
        add("callsAttended", user_id, call.started_at);
    }
    let ended = call.started_at + call.duration;
    if prng.chance(40) {
        let at = later(&mut prng, ended);
        add("ownCallsListenedTo", host, at);
        if prng.chance(30) {
            add("callsRequestedFeedback", host, at);
        }
        if prng.chance(20) {
            add("callsSharedInternally", host, at);
        }
        if call.scope == "External" && prng.chance(25) {
            add("callsSharedExternally", host, at);
        }
    }
    if let Some(listener) = listener(company, host, &mut prng) {
        let at = later(&mut prng, ended);
        add("othersCallsListenedTo", &listener.id, at);
        let pairs = [
            (40, "callsCommentsGiven", "callsCommentsReceived"),
            (30, "callsGaveFeedback", "callsReceivedFeedback"),
            (20, "callsMarkedAsFeedbackGiven", "callsMarkedAsFeedbackReceived"),
        ];
        for (percent, given, received) in pairs {
            if prng.chance(percent) {
                add(given, &listener.id, at);
                add(received, host, at);
            }
        }
    }
    done
}

/// Within three days, in seconds.
fn later(prng: &mut Prng, at: Seconds) -> Seconds {
    at + prng.between(HOUR, 3 * DAY)
}

/// Whoever else listens to a call: the host's manager as a rule.
fn listener<'a>(company: &'a Company, host: &str, prng: &mut Prng) -> Option<&'a User> {
    let manager = company.user(host)?.manager_id.as_deref().and_then(|id| company.user(id));
    match prng.below(10) {
        0..6 => manager,
        6 => prng.pick(&company.users).filter(|user| user.active && !user.avatar && user.id != host),
        _ => None,
    }
}
