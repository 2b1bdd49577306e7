//! The period that a question or a brief looks at.

use crate::{
    clock::{self, DAY, Seconds},
    input::Input,
    refusal::Refusal,
};

const WORDS: [&str; 12] = [
    "LAST_7DAYS",
    "LAST_30DAYS",
    "LAST_90DAYS",
    "LAST_90_DAYS_SINCE_LAST_ACTIVITY",
    "LAST_YEAR_SINCE_LAST_ACTIVITY",
    "LAST_YEAR",
    "THIS_WEEK",
    "THIS_MONTH",
    "THIS_YEAR",
    "THIS_QUARTER",
    "CUSTOM_RANGE",
    "ALL_CONVERSATIONS",
];
const YEAR: Seconds = 365 * DAY;

pub(super) struct Period {
    word: &'static str,
    from: Option<Seconds>,
    to: Option<Seconds>,
}

impl Period {
    /// A range of one's own needs its beginning; with any other period the ends of a range are not looked at.
    pub(super) fn read(input: &Input) -> Result<Self, Refusal> {
        let word = input.required_word_param("timePeriod", &WORDS)?;
        if word != "CUSTOM_RANGE" {
            return Ok(Self { word, from: None, to: None });
        }
        input.required_param("fromDateTime")?;
        let (from, to) = (input.instant_param("fromDateTime")?, input.instant_param("toDateTime")?);
        if to.is_some_and(|to| from.is_some_and(|from| to <= from)) {
            return Err(Refusal::bad("toDateTime should be after fromDateTime"));
        }
        Ok(Self { word, from, to })
    }

    /// From when until when, either end of which may be open. Weeks that begin on Monday are a guess.
    pub(super) fn range(&self, now: Seconds, last_activity: Option<Seconds>) -> (Option<Seconds>, Option<Seconds>) {
        if let Some(period) = self.word.strip_prefix("THIS_") {
            return (clock::beginning(clock::first_day(clock::date(now), period)), None);
        }
        let last_activity = last_activity.unwrap_or(now);
        let from = match self.word {
            "LAST_7DAYS" => now - 7 * DAY,
            "LAST_30DAYS" => now - 30 * DAY,
            "LAST_90DAYS" => now - 90 * DAY,
            "LAST_YEAR" => now - YEAR,
            "LAST_90_DAYS_SINCE_LAST_ACTIVITY" => last_activity - 90 * DAY,
            "LAST_YEAR_SINCE_LAST_ACTIVITY" => last_activity - YEAR,
            _ => return (self.from, self.to),
        };
        (Some(from), None)
    }
}
