//! Instants and days: validated on the way in ([`DateTime`], [`Date`]), kept as they came on the way out
//! ([`Timestamp`]).

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;
use std::time::SystemTime;

use jiff::civil;
use jiff::fmt::temporal::{Pieces, PiecesOffset};
use jiff::{SignedDuration, tz};

use serde_json::Value;

use crate::base::error::{Error, Result};
use crate::base::violation::Faults;

/// An instant with the offset it was written with, such as `2026-11-16T09:30:00+01:00`.
///
/// Compared by the instant; shown with the offset, because the day that a range begins on is the day as written.
///
/// ```
/// # use gong_client::DateTime;
/// let start: DateTime = "2026-11-16T09:30:00.25+01:00".parse()?;
/// assert_eq!(start.to_string(), "2026-11-16T09:30:00.25+01:00");
/// assert_eq!(start, "2026-11-16T08:30:00.25Z".parse()?);
/// assert_eq!(start.date().to_string(), "2026-11-16");
/// assert!("2026-11-16T09:30:00".parse::<DateTime>().unwrap_err().to_string().contains("offset"));
/// # Ok::<(), gong_client::Error>(())
/// ```
#[derive(Clone, Copy)]
pub struct DateTime {
    /// Since 1970 in UTC. jiff's own instants end some hours before the year 9999 does, and that is a common way to
    /// write "no end".
    at: SignedDuration,
    written: civil::DateTime,
    /// `None` is `Z`.
    offset: Option<tz::Offset>,
}

const EPOCH: civil::DateTime = civil::date(1970, 1, 1).at(0, 0, 0, 0);
/// RFC 3339 has no earlier instant in UTC.
const EARLIEST: civil::DateTime = civil::date(0, 1, 1).at(0, 0, 0, 0);

impl DateTime {
    /// The day as written.
    #[must_use]
    pub fn date(&self) -> Date {
        Date(self.written.date())
    }

    /// This instant as the system's clock would give it.
    #[must_use]
    pub fn to_system_time(&self) -> SystemTime {
        let (since, before) = (SystemTime::UNIX_EPOCH, self.at.is_negative());
        let by = self.at.unsigned_abs();
        let time = if before { since.checked_sub(by) } else { since.checked_add(by) };
        // No system's clock is narrower than four-digit years are, except before 1601.
        time.unwrap_or(since)
    }

    pub(crate) fn offset(&self) -> Offset {
        Offset(self.offset.unwrap_or(tz::Offset::UTC))
    }

    /// The instant `days` days of 24 hours earlier, to the second; where that is out of range, the earliest instant.
    pub(crate) fn days_earlier(&self, days: u32) -> Self {
        DateTime::utc(SignedDuration::from_secs(self.at.as_secs() - i64::from(days) * 24 * 60 * 60))
    }

    /// The date on which a range that ends at this instant ends, where the end day is left out.
    pub(crate) fn end_date(&self) -> Date {
        let day = self.written.date();
        match self.written.time() == civil::Time::midnight() {
            true => Date(day),
            false => Date(day.tomorrow().unwrap_or(day)),
        }
    }

    fn new(written: civil::DateTime, offset: Option<tz::Offset>) -> Self {
        let ahead = SignedDuration::from_secs(offset.map_or(0, tz::Offset::seconds).into());
        DateTime { at: written.duration_since(EPOCH) - ahead, written, offset }
    }

    /// The nearest instant to this one that RFC 3339 can write in UTC.
    fn utc(at: SignedDuration) -> Self {
        DateTime::new(civil_at(at), None)
    }
}

impl FromStr for DateTime {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        read_date_time(text).map_err(|fault| {
            let mut faults = Faults::default();
            fault.tell(text, &mut faults);
            Error::refused(faults.into_list())
        })
    }
}

/// Why a text is no date-time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NoDateTime {
    OnlyDate,
    NoOffset,
    /// There is one that RFC 3339 cannot write.
    WrongOffset,
    /// It is shaped as one, and no calendar or clock has it.
    Nowhen,
    Other,
}

impl NoDateTime {
    /// Adds the fault that it is, with what to write instead.
    pub(crate) fn tell(self, text: &str, faults: &mut Faults) {
        let given = text.trim();
        let advice = match self {
            NoDateTime::OnlyDate => format!("it needs a time and an offset, such as {given}T00:00:00Z"),
            NoDateTime::NoOffset => format!("it needs an offset, such as {given}Z or {given}+01:00"),
            NoDateTime::WrongOffset => {
                "its offset must be whole minutes and less than a day, such as +01:00".to_owned()
            }
            NoDateTime::Nowhen => "there is no such day or time of day".to_owned(),
            NoDateTime::Other => {
                let message = "must be a date-time with an offset, such as 2026-11-16T09:30:00Z";
                return faults.add("format", Some(Value::from(text).to_string()), message);
            }
        };
        faults.add("format", None, format!("is no instant: {advice}"));
    }
}

/// Reads RFC 3339 with an offset.
pub(crate) fn read_date_time(text: &str) -> Result<DateTime, NoDateTime> {
    let cut = to_nanoseconds(text);
    let pieces = Pieces::parse(&*cut).map_err(|_| shape_of(text))?;
    // The parser is more generous than RFC 3339: it takes years of six digits, spaces and names of time zones.
    if pieces.time_zone_annotation().is_some() || text.as_bytes().get(4) != Some(&b'-') {
        return Err(NoDateTime::Other);
    }
    let time = pieces.time().ok_or(NoDateTime::OnlyDate)?;
    let offset = match pieces.offset().ok_or(NoDateTime::NoOffset)? {
        PiecesOffset::Zulu => None,
        PiecesOffset::Numeric(offset) => Some(offset.offset()),
        _ => return Err(NoDateTime::Other),
    };
    if offset.is_some_and(|offset| offset.seconds() % 60 != 0 || offset.seconds().abs() >= 24 * 60 * 60) {
        return Err(NoDateTime::WrongOffset);
    }
    Ok(DateTime::new(pieces.date().to_datetime(time), offset))
}

/// The text without the digits of a fraction that are below a nanosecond.
fn to_nanoseconds(text: &str) -> Cow<'_, str> {
    const DIGITS: usize = 9;
    let Some((before, after)) = text.split_once('.') else { return text.into() };
    let rest = after.trim_start_matches(|letter: char| letter.is_ascii_digit());
    match after.strip_suffix(rest).and_then(|digits| digits.get(..DIGITS)) {
        Some(digits) => format!("{before}.{digits}{rest}").into(),
        None => text.into(),
    }
}

/// What is wrong with a text that cannot be read: is it shaped as an instant at all?
fn shape_of(text: &str) -> NoDateTime {
    let shape: String = text.chars().map(|letter| if letter.is_ascii_digit() { '0' } else { letter }).collect();
    let rest = ["0000-00-00T00:00", "0000-00-00 00:00"].iter().find_map(|form| shape.strip_prefix(form));
    let Some(rest) = rest.filter(|rest| rest.trim_start_matches(['0', ':', '.', 'Z', '+', '-']).is_empty()) else {
        return NoDateTime::Other;
    };
    // Up to here every letter is one byte.
    let offset = rest.find(['+', '-']).map(|offset| text.len() - rest.len() + offset);
    match offset.and_then(|offset| text.get(..offset)) {
        Some(clock) if Pieces::parse(&format!("{clock}Z")).is_ok() => NoDateTime::WrongOffset,
        _ => NoDateTime::Nowhen,
    }
}

/// What a clock in UTC shows, as near as RFC 3339 can write it.
fn civil_at(at: SignedDuration) -> civil::DateTime {
    let beyond = if at.is_negative() { EARLIEST } else { civil::DateTime::MAX };
    EPOCH.checked_add(at).ok().filter(|time| *time >= EARLIEST).unwrap_or(beyond)
}

impl From<SystemTime> for DateTime {
    /// In UTC; a time beyond the year 9999 becomes the last instant of it.
    fn from(time: SystemTime) -> Self {
        DateTime::utc(match time.duration_since(SystemTime::UNIX_EPOCH) {
            Ok(since) => SignedDuration::try_from(since).unwrap_or(SignedDuration::MAX),
            Err(before) => SignedDuration::try_from(before.duration()).map_or(SignedDuration::MIN, |by| -by),
        })
    }
}

impl From<&DateTime> for DateTime {
    fn from(time: &DateTime) -> Self {
        *time
    }
}

/// What is read from text is made of any kind of text, as ids are.
macro_rules! made_of_text {
    ($($name:ident of $text:ty;)*) => {
        $(impl TryFrom<$text> for $name {
            type Error = Error;

            fn try_from(text: $text) -> Result<Self> {
                AsRef::<str>::as_ref(&text).parse()
            }
        })*
    };
}
made_of_text! {
    DateTime of &str;
    DateTime of &String;
    DateTime of String;
    DateTime of &Timestamp;
    DateTime of Timestamp;
    Date of &str;
    Date of &String;
    Date of String;
}

impl fmt::Display for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.written)?;
        match self.offset {
            None => f.write_str("Z"),
            Some(offset) => {
                let minutes = offset.seconds() / 60;
                let sign = if minutes < 0 { '-' } else { '+' };
                write!(f, "{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
            }
        }
    }
}

impl fmt::Debug for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl PartialEq for DateTime {
    fn eq(&self, other: &Self) -> bool {
        self.at == other.at
    }
}

impl Eq for DateTime {}

impl PartialOrd for DateTime {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for DateTime {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.at.cmp(&other.at)
    }
}

impl std::hash::Hash for DateTime {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.at.hash(state);
    }
}

/// An offset from UTC.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Offset(tz::Offset);

impl Offset {
    pub(crate) const UTC: Offset = Offset(tz::Offset::UTC);

    /// The day it is there at this time.
    pub(crate) fn day(self, time: SystemTime) -> Date {
        let ahead = SignedDuration::from_secs(self.0.seconds().into());
        Date(civil_at(DateTime::from(time).at + ahead).date())
    }
}

/// A day, such as `2026-11-16`.
///
/// ```
/// # use gong_client::Date;
/// let day: Date = "2026-11-16".parse()?;
/// assert!(day < "2026-11-17".parse()?);
/// assert!("16.11.2026".parse::<Date>().is_err());
/// # Ok::<(), gong_client::Error>(())
/// ```
///
/// The default is the first day of the year 0.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(jiff::civil::Date);

impl Date {
    /// The date of this year, month and day; an error if there is none.
    pub fn new(year: i16, month: u8, day: u8) -> Result<Self> {
        format!("{year:04}-{month:02}-{day:02}").parse()
    }
}

impl FromStr for Date {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        read_date(text).ok_or_else(|| {
            let mut faults = Faults::default();
            no_date(&Value::from(text), &mut faults);
            Error::refused(faults.into_list())
        })
    }
}

/// Adds the fault of a value that is no date.
pub(crate) fn no_date(given: &Value, faults: &mut Faults) {
    faults.add("format", Some(given.to_string()), "must be a date such as 2026-11-16");
}

/// Reads a date, and nothing beside it.
pub(crate) fn read_date(text: &str) -> Option<Date> {
    if text.len() != "2026-11-16".len() {
        return None;
    }
    text.parse().ok().map(Date)
}

/// Reads a date, or the day that an instant is written on.
pub(crate) fn read_day(text: &str) -> Option<Date> {
    let text = text.trim();
    read_date(text).or_else(|| match read_date_time(text) {
        Ok(time) => Some(time.date()),
        Err(NoDateTime::NoOffset) => read_date(text.get(..10)?),
        Err(_) => None,
    })
}

impl From<DateTime> for Date {
    /// The day as written.
    fn from(time: DateTime) -> Self {
        time.date()
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// An instant as Gong wrote it.
///
/// Gong is not of one mind about instants (the offset varies, and so does the fraction), so the text is kept and read
/// only when asked.
///
/// ```
/// # use gong_client::Timestamp;
/// let started: Timestamp = serde_json::from_str("\"2023-10-17T21:21:31.816562+02:00\"")?;
/// assert_eq!(started.as_str(), "2023-10-17T21:21:31.816562+02:00");
/// assert_eq!(started.to_date_time()?.date().to_string(), "2023-10-17");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(String);

impl Timestamp {
    /// The text as it came.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The instant; an error if the text is none with an offset.
    pub fn to_date_time(&self) -> Result<DateTime> {
        self.0.parse()
    }
}

impl From<String> for Timestamp {
    fn from(text: String) -> Self {
        Timestamp(text)
    }
}

impl From<DateTime> for Timestamp {
    fn from(time: DateTime) -> Self {
        Timestamp(time.to_string())
    }
}

impl AsRef<str> for Timestamp {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl serde::Serialize for Date {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl serde::Serialize for Timestamp {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> serde::Deserialize<'de> for Timestamp {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Timestamp)
    }
}

#[cfg(test)]
mod tests;
