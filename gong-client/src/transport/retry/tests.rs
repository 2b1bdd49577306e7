//! Tests of `retry`.

use super::*;

fn after(error: &Error, tries: u32, elapsed: u64, random: u64) -> Retry {
    let elapsed = Duration::from_secs(elapsed);
    Backoff::default().after(&FailedTry { error, tries, elapsed, random })
}

fn status(kind: ErrorKind, status: u16) -> Error {
    Error::new(kind, "").with(|inner| inner.status = Some(status))
}

fn asked(seconds: u64) -> Error {
    let wait = Some(Duration::from_secs(seconds));
    status(ErrorKind::RateLimited, 429).with(|inner| inner.retry_after = wait)
}

#[test]
fn pauses_grow_and_are_random_from_nothing_on() {
    let error = status(ErrorKind::Server, 503);
    let longest: Vec<u128> = (1..5)
        .map(|tries| match after(&error, tries, 0, u64::MAX) {
            Retry::After(pause) => pause.as_millis(),
            Retry::No => 0,
        })
        .collect();
    assert_eq!(longest, [499, 999, 1999, 3999]);
    assert_eq!(after(&error, 1, 0, 0), Retry::After(Duration::ZERO));
    assert_eq!(after(&error, 5, 0, 0), Retry::No);
    assert_eq!(Backoff::default().window(64), Duration::from_secs(20));
}

#[test]
fn what_gong_asks_for_is_kept_or_told() {
    assert_eq!(after(&asked(7), 1, 0, 0), Retry::After(Duration::from_secs(7)));
    assert_eq!(after(&asked(7200), 1, 0, 0), Retry::No);
    assert_eq!(after(&asked(7), 2, 119, 0), Retry::No);
}

#[test]
fn only_what_may_pass_is_worth_a_try() {
    for (kind, code, worth) in [
        (ErrorKind::Server, 502, true),
        (ErrorKind::Server, 504, true),
        (ErrorKind::Server, 500, false),
        (ErrorKind::Server, 501, false),
        (ErrorKind::NotFound, 404, false),
        (ErrorKind::ProxyPage, 502, true),
        (ErrorKind::Unauthorized, 401, false),
    ] {
        assert_eq!(after(&status(kind, code), 1, 0, 0) != Retry::No, worth, "{kind:?} {code}");
    }
}
