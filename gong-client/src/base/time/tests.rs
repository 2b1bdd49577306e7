//! Tests of `time`.

use super::*;
use std::time::Duration;

fn instant(text: &str) -> DateTime {
    text.parse().unwrap()
}

#[test]
fn offset_and_fraction_stay_as_written() {
    for text in [
        "2026-06-10T21:50:07.428+02:00",
        "2023-10-17T21:21:31.816562-03:30",
        "2023-10-17T21:21:31+00:00",
        "2023-10-17T21:21:31Z",
        "0000-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59Z",
        "9999-12-31T23:59:59.999999999-23:59",
    ] {
        assert_eq!(instant(text).to_string(), text);
    }
}

#[test]
fn what_is_no_instant_is_told_why() {
    let why = |text: &str| read_date_time(text).unwrap_err();
    assert_eq!(why("2026-11-16"), NoDateTime::OnlyDate);
    assert_eq!(why("2026-11-16T10:00:00"), NoDateTime::NoOffset);
    for text in ["", "yesterday", "1518863400.0", "2026-11-16T10:00:00+01:00[Europe/Berlin]"] {
        assert_eq!(why(text), NoDateTime::Other, "{text}");
    }
    for text in ["2026-11-31T00:00:00Z", "2026-02-29T00:00:00.5+01:00", "2026-11-16T25:00:00Z", "2026-13-01 00:00Z"] {
        assert_eq!(why(text), NoDateTime::Nowhen, "{text}");
    }
    for offset in ["+25:00", "-24:00", "+01:00:30", "+01:60", "+99:00"] {
        assert_eq!(why(&format!("2026-11-16T10:00:00{offset}")), NoDateTime::WrongOffset, "{offset}");
    }
}

#[test]
fn the_end_of_time_is_an_instant_like_any_other() {
    assert!(instant("9999-12-31T23:59:58Z") < instant("9999-12-31T23:59:59Z"));
    assert!(instant("9999-12-31T23:59:59Z") < instant("9999-12-31T23:59:59-01:00"));
    let end = instant("9999-12-31T23:59:59Z");
    assert_eq!(DateTime::from(end.to_system_time()), end);
    assert_eq!(instant("0000-01-01T00:00:00Z").days_earlier(1).to_string(), "0000-01-01T00:00:00Z");
}

#[test]
fn a_leap_second_is_the_one_before_it() {
    assert_eq!(instant("2026-11-16T09:30:60Z"), instant("2026-11-16T09:30:59Z"));
}

#[test]
fn a_fraction_is_read_to_the_nanosecond() {
    assert_eq!(instant("2026-11-16T09:30:00.1234567899Z").to_string(), "2026-11-16T09:30:00.123456789Z");
    assert_eq!(instant("2026-11-16T09:30:00.0000000000001+01:00").to_string(), "2026-11-16T09:30:00+01:00");
}

#[test]
fn a_range_that_ends_within_a_day_ends_on_the_next() {
    let end = |text: &str| instant(text).end_date().to_string();
    assert_eq!(end("2026-12-31T23:59:00+01:00"), "2027-01-01");
    assert_eq!(end("2026-12-31T00:00:00+01:00"), "2026-12-31");
    assert_eq!(end("2026-12-31T00:00:00.000001Z"), "2027-01-01");
    assert_eq!(end("9999-12-30T12:00:00Z"), "9999-12-31");
}

#[test]
fn system_times_become_instants_however_far() {
    let at = |seconds| DateTime::from(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)).to_string();
    assert_eq!(at(1_000_000_000), "2001-09-09T01:46:40Z");
    assert!(at(400_000_000_000).starts_with("9999-12-31T23:59:59"));
    assert_eq!(instant("2001-09-09T03:46:40.5+02:00").days_earlier(30).to_string(), "2001-08-10T01:46:40Z");
}

#[test]
fn today_depends_on_the_offset() {
    let late = instant("2026-11-16T23:30:00Z").to_system_time();
    assert_eq!(Offset::UTC.day(late).to_string(), "2026-11-16");
    assert_eq!(instant("2026-01-01T00:00:00+01:00").offset().day(late).to_string(), "2026-11-17");
}

#[test]
fn dates_are_ten_characters() {
    for text in ["2026-02-30", "20260101", "2026-11-16T00:00:00Z", ""] {
        assert!(read_date(text).is_none(), "{text}");
    }
    assert_eq!(Date::new(2026, 2, 28).unwrap().to_string(), "2026-02-28");
    assert!(Date::new(2026, 13, 1).is_err());
}
