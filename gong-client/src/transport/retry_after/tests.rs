//! Tests of `retry_after`.

use super::*;

fn asked(headers: &[(&str, &str)]) -> Option<Duration> {
    let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    of(&RawAnswer::new(429, headers, Vec::new(), usize::MAX), SystemTime::UNIX_EPOCH)
}

fn wait(headers: &[(&str, &str)]) -> Option<u64> {
    asked(headers).map(|wait| wait.as_secs())
}

#[test]
fn seconds_and_dates_are_read() {
    assert_eq!(wait(&[("retry-after", "3600")]), Some(3600));
    assert_eq!(wait(&[("retry-after", " 0 ")]), Some(0));
    assert_eq!(wait(&[("retry-after", "Thu, 01 Jan 1970 00:00:09 GMT")]), Some(9));
    assert_eq!(wait(&[("retry-after", "Wed, 31 Dec 1969 00:00:00 GMT")]), Some(0), "it is over");
    assert_eq!(wait(&[]), None);
}

#[test]
fn a_part_of_a_second_counts() {
    for (text, millis) in [("1.5", 1500), ("0.001", 1), ("2.", 2000), (".25", 250), ("0.0", 0)] {
        assert_eq!(asked(&[("retry-after", text)]), Some(Duration::from_millis(millis)), "{text}");
    }
}

#[test]
fn a_date_is_counted_from_the_servers_own() {
    let date = ("date", "Mon, 23 Nov 2026 12:00:00 GMT");
    assert_eq!(wait(&[date, ("retry-after", "Mon, 23 Nov 2026 12:01:00 GMT")]), Some(60));
}

#[test]
fn what_cannot_be_meant_is_nothing() {
    for odd in [
        "soon",
        "-5",
        "",
        ".",
        "1.5.",
        "1,5",
        "1e3",
        "99999999999999999999",
        "99999999",
        "Mon, 23 Nov 3026 12:01:00 GMT",
        "½",
    ] {
        assert_eq!(wait(&[("retry-after", odd)]), None, "{odd}");
    }
}
