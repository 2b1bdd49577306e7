//! Statistics: how users talk, and which scorecards were filled in.
//!
//! Ranges are bare dates in the company's time zone, the last one excluded.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::{among, within};
use crate::{
    clock::{Seconds, ZONE, midnight, stamp},
    company::{Call, Company, User},
    input::Input,
    refusal::Refusal,
    reply::put,
    world::World,
};

/// The period and the users that are asked about.
#[derive(Debug)]
pub(super) struct Period {
    pub(super) from: Seconds,
    pub(super) to: Seconds,
    created_from: Option<Seconds>,
    created_to: Option<Seconds>,
    pub(super) user_ids: Option<Vec<String>>,
}

impl Period {
    pub(super) fn read(input: &Input) -> Result<Self, Refusal> {
        let filter = input.filter()?;
        filter.demand(&["fromDate", "toDate"])?;
        let from = filter.day("fromDate")?.unwrap_or_default();
        let to = filter.day("toDate")?.unwrap_or_default();
        if to > midnight(input.now) {
            return Err(Refusal::bad("filter.toDate: must not be later than today"));
        }
        if from > to {
            return Err(Refusal::bad("filter.fromDate: must not be later than toDate"));
        }
        Ok(Self {
            from,
            to,
            created_from: filter.instant("createdFromDateTime")?,
            created_to: filter.instant("createdToDateTime")?,
            user_ids: filter.filter_texts("userIds")?,
        })
    }

    pub(super) fn users<'a>(&self, company: &'a Company) -> impl Iterator<Item = &'a User> {
        company
            .users
            .iter()
            .filter(|user| !user.avatar && among(self.user_ids.as_deref(), &user.id))
            .filter(|user| within(self.created_from, self.created_to, user.created_at))
    }

    fn calls<'a>(&self, company: &'a Company) -> impl Iterator<Item = &'a Call> {
        let (from, to) = (Some(self.from), Some(self.to));
        company.calls.iter().filter(move |call| within(from, to, call.started_at))
    }

    pub(super) fn close(&self, mut answer: Value) -> Value {
        put(&mut answer, "fromDateTime", stamp(self.from));
        put(&mut answer, "toDateTime", stamp(self.to));
        put(&mut answer, "timeZone", ZONE);
        answer
    }
}

/// `POST /v2/stats/interaction`: one row for each user who hosted a call in the period.
pub(crate) fn interaction(world: &mut World, input: &Input) -> Result<Value, Refusal> {
    let period = Period::read(input)?;
    let company = &world.company;
    let hosts: HashSet<&str> = period.calls(company).map(|call| call.primary_user_id.as_str()).collect();
    let users: Vec<&User> = period.users(company).filter(|user| hosts.contains(user.id.as_str())).collect();
    // The text is that of Gong's document; nobody has recorded the one on the wire.
    let users = Refusal::if_none(users, "No stats found for the specified period")?;
    let answer = world.pages.answer(input, "peopleInteractionStats", users, |user| {
        json!({
            "userId": user.id,
            "userEmailAddress": user.email,
            "personInteractionStats": person_stats(company, user, &period),
        })
    })?;
    Ok(period.close(answer))
}

fn person_stats(company: &Company, user: &User, period: &Period) -> Value {
    let mut prng = company.prng(&format!("interaction {} {} {}", user.id, period.from, period.to));
    let mut decimal = |low: i64, high: i64| prng.between(low * 100, high * 100) as f64 / 100.0;
    json!([
        {"name": "Talk Ratio", "value": decimal(0, 1)},
        {"name": "Longest Monologue", "value": decimal(40, 180)},
        {"name": "Longest Customer Story", "value": decimal(20, 120)},
        {"name": "Interactivity", "value": decimal(2, 9)},
        {"name": "Patience", "value": decimal(0, 2)},
        {"name": "Question Rate", "value": decimal(5, 25)},
    ])
}

/// `POST /v2/stats/activity/scorecards`: one row for each scorecard that was filled in.
pub(crate) fn scorecards(world: &mut World, input: &Input) -> Result<Value, Refusal> {
    let filter = input.filter()?;
    let call_range = (filter.day("callFromDate")?, filter.day("callToDate")?);
    let review_range = (filter.day("reviewFromDate")?, filter.day("reviewToDate")?);
    let reviewed = filter.filter_texts("reviewedUserIds")?;
    let asked = filter.filter_texts("scorecardIds")?;
    let method = filter.one_of("reviewMethod", &["AUTOMATIC", "MANUAL", "BOTH"])?.unwrap_or("MANUAL");
    let rows = world
        .company
        .answered_scorecards
        .iter()
        .filter(|card| within(call_range.0, call_range.1, card.call_started_at))
        .filter(|card| within(review_range.0, review_range.1, card.reviewed_at))
        .filter(|card| among(reviewed.as_deref(), &card.reviewed_user_id))
        .filter(|card| among(asked.as_deref(), &card.scorecard_id))
        .filter(|card| method == "BOTH" || method == card.review_method)
        .map(|card| &card.wire)
        .collect();
    let rows = Refusal::if_none(rows, "No answered scorecards found corresponding to the provided filters.")?;
    world.pages.answer(input, "answeredScorecards", rows, Value::clone)
}
