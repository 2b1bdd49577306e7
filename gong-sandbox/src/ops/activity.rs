//! Statistics of what users did with calls: over a range of days, period by period, day by day.
//!
//! They tell the same: a call counts once for each day on which something was done with it, whichever way the days are
//! added up.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::{ToSpan, civil::Date};
use serde_json::{Map, Value, json};

use super::stats::Period;
use crate::{
    clock::{self, Seconds, stamp},
    company::{Company, FIGURES, User},
    input::Input,
    refusal::Refusal,
    reply::put,
    world::World,
};

/// `POST /v2/stats/activity/aggregate`: one row for each user with any activity in the range.
pub(crate) fn aggregate(world: &mut World, input: &Input) -> Result<Value, Refusal> {
    let (period, company) = (Period::read(input)?, &world.company);
    let table = Table::of(company, &period)?;
    let users = table.users(&period, company);
    let answer = world.pages.answer(input, "usersAggregateActivityStats", users, |user| {
        of_user(user, "userAggregateActivityStats", table.counts(user, period.from, period.to))
    })?;
    Ok(period.close(answer))
}

/// `POST /v2/stats/activity/aggregate-by-period`: users who were asked for have their rows without any activity too.
pub(crate) fn by_period(world: &mut World, input: &Input) -> Result<Value, Refusal> {
    let fields = input.fields()?;
    fields.demand(&["aggregationPeriod", "filter"])?;
    let length = fields.one_of("aggregationPeriod", &["DAY", "WEEK", "MONTH", "QUARTER", "YEAR"])?.unwrap_or("DAY");
    let (period, company) = (Period::read(input)?, &world.company);
    let table = Table::of(company, &period)?;
    let users = if period.user_ids.is_some() { period.users(company).collect() } else { table.users(&period, company) };
    let periods = divide(&period, length);
    world.pages.answer(input, "usersAggregateActivity", users, |user| {
        let row = |(from, to): &(Seconds, Seconds)| dated(table.counts(user, *from, *to), *from, *to);
        of_user(user, "userAggregateActivity", periods.iter().map(row).collect())
    })
}

/// `POST /v2/stats/activity/day-by-day`: the calls by their ids, for each day of the range.
pub(crate) fn day_by_day(world: &mut World, input: &Input) -> Result<Value, Refusal> {
    let (period, company) = (Period::read(input)?, &world.company);
    let table = Table::of(company, &period)?;
    let users = table.users(&period, company);
    let days = divide(&period, "DAY");
    world.pages.answer(input, "usersDetailedActivities", users, |user| {
        let row = |(from, to): &(Seconds, Seconds)| dated(table.calls(user, *from), *from, *to);
        of_user(user, "userDailyActivityStats", days.iter().map(row).collect())
    })
}

fn of_user(user: &User, name: &str, activity: Value) -> Value {
    json!({"userId": user.id, "userEmailAddress": user.email, name: activity})
}

fn dated(mut row: Value, from: Seconds, to: Seconds) -> Value {
    put(&mut row, "fromDate", stamp(from));
    put(&mut row, "toDate", stamp(to));
    row
}

/// The calls with which something was done on a day, by the figure.
type Day<'a> = HashMap<&'static str, BTreeSet<&'a str>>;

/// What was done in a range of days, by user and by the midnight at which the day begins.
struct Table<'a>(HashMap<&'a str, BTreeMap<Seconds, Day<'a>>>);

impl<'a> Table<'a> {
    fn of(company: &'a Company, period: &Period) -> Result<Self, Refusal> {
        let known = |id: &String| company.user(id).is_some();
        if period.user_ids.as_ref().is_some_and(|ids| !ids.iter().any(known)) {
            return Err(Refusal::not_found("User not found"));
        }
        let mut users: HashMap<&str, BTreeMap<Seconds, Day<'_>>> = HashMap::new();
        for done in company.activities() {
            if (period.from..period.to).contains(&done.at) {
                let day = users.entry(done.user_id).or_default().entry(clock::midnight(done.at)).or_default();
                day.entry(done.figure).or_default().insert(&done.call.id);
            }
        }
        Ok(Self(users))
    }

    /// The users that are asked about and did anything.
    fn users<'c>(&self, period: &Period, company: &'c Company) -> Vec<&'c User> {
        period.users(company).filter(|user| self.0.contains_key(user.id.as_str())).collect()
    }

    fn counts(&self, user: &User, from: Seconds, to: Seconds) -> Value {
        let days: Vec<&Day<'_>> = self
            .0
            .get(user.id.as_str())
            .into_iter()
            .flat_map(|days| days.range(from..to))
            .map(|(_, day)| day)
            .collect();
        let count = |figure| days.iter().filter_map(|day| day.get(figure)).map(BTreeSet::len).sum::<usize>();
        FIGURES.iter().map(|figure| ((*figure).to_string(), count(*figure).into())).collect::<Map<_, _>>().into()
    }

    fn calls(&self, user: &User, midnight: Seconds) -> Value {
        let day = self.0.get(user.id.as_str()).and_then(|days| days.get(&midnight));
        let calls = |figure| json!(day.and_then(|day| day.get(figure)).into_iter().flatten().collect::<Vec<_>>());
        FIGURES.iter().map(|figure| ((*figure).to_string(), calls(*figure))).collect::<Map<_, _>>().into()
    }
}

/// Divides a range by the calendar; its first and last part may be shorter than the others.
fn divide(period: &Period, length: &str) -> Vec<(Seconds, Seconds)> {
    let mut parts = Vec::new();
    let mut from = period.from;
    while from < period.to {
        // A date has no successor only at the end of all dates.
        let to = next(clock::date(from), length).and_then(clock::beginning).unwrap_or(period.to).min(period.to);
        parts.push((from, to));
        from = to;
    }
    parts
}

/// The first day after the period of the calendar that a date is in.
fn next(date: Date, length: &str) -> Option<Date> {
    let span = match length {
        "WEEK" => 1.week(),
        "MONTH" => 1.month(),
        "QUARTER" => 3.months(),
        "YEAR" => 1.year(),
        _ => 1.day(),
    };
    clock::first_day(date, length).checked_add(span).ok()
}

#[cfg(test)]
mod tests;
