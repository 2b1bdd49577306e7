//! Tests of `ledger`.

use super::*;

fn at(millis: u64) -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(1_000_000 * 60) + Duration::from_millis(millis)
}

fn ledger(per_second: u32, per_day: u32) -> Ledger {
    Ledger::new(RateLimit::new(per_second, per_day))
}

/// Takes the next turn, at its time, and says when that is.
fn take(ledger: &mut Ledger, now: SystemTime) -> SystemTime {
    let Turn::At(turn) = ledger.next(now) else { panic!("no turn") };
    ledger.enter(turn);
    turn.max(now)
}

#[test]
fn requests_are_spaced_so_that_four_are_more_than_a_second_apart() {
    let mut ledger = ledger(3, 100);
    ledger.enter(at(0));
    assert_eq!(ledger.next(at(0)), Turn::At(at(342)), "no burst");
    for nth in 1..10 {
        assert_eq!(take(&mut ledger, at(342 * nth - 300)), at(342 * nth));
    }
}

#[test]
fn small_delays_do_not_add_up() {
    let mut ledger = ledger(3, 1000);
    ledger.enter(at(0));
    for nth in 1..100 {
        assert_eq!(ledger.next(at(342 * nth + 4)), Turn::At(at(342 * nth)));
        ledger.enter(at(342 * nth));
    }
    assert_eq!(ledger.next(at(342 * 100 + 40)), Turn::At(at(342 * 100 + 35)), "a long one counts");
}

#[test]
fn who_comes_late_makes_room_for_itself() {
    let mut ledger = ledger(3, 100);
    for nth in 0..3 {
        ledger.enter(at(342 * nth));
    }
    assert!(ledger.withdraw(at(200), at(0)));
    ledger.enter(at(200));
    assert_eq!(ledger.next(at(684)), Turn::At(at(1225)), "a second after the one that came late");
    assert_eq!(ledger.quota(at(684)).day.used, 3);
}

#[test]
fn who_comes_when_a_seconds_turns_were_given_to_others_needs_another_turn() {
    let mut ledger = ledger(3, 100);
    for nth in 0..4 {
        ledger.enter(at(342 * nth));
    }
    assert!(!ledger.withdraw(at(700), at(0)));
    assert_eq!(ledger.quota(at(700)).day.used, 3, "and counts no more");
    assert!(!ledger.withdraw(at(200_000), at(342)));
    assert_eq!(ledger.quota(at(200_000)).day.used, 2);
}

#[test]
fn a_day_is_any_24_hours() {
    let mut ledger = ledger(1000, 2);
    ledger.enter(at(0));
    ledger.enter(at(90_000));
    let back = at(60_000 + DAY * 1000);
    assert_eq!(ledger.next(at(100_000)), Turn::DayUsedUp(back));
    assert_eq!(ledger.quota(at(100_000)).day, Usage::new(2, 2));
    assert_eq!(ledger.quota(back).day.left(), 1);
    assert_eq!(take(&mut ledger, back), back);
    assert!(matches!(ledger.next(back + SECOND), Turn::DayUsedUp(_)));
}

#[test]
fn the_longest_pause_that_was_asked_for_holds() {
    let mut ledger = ledger(3, 100);
    ledger.hold(at(0), at(5000));
    ledger.hold(at(100), at(2000));
    assert_eq!(ledger.next(at(4999)), Turn::Held(at(5000)));
    assert_eq!(ledger.quota(at(4999)).paused_until, Some(at(5000)));
    assert_eq!(take(&mut ledger, at(5000)), at(5000));
}

#[test]
fn a_clock_that_is_put_back_keeps_nobody_waiting() {
    let mut ledger = ledger(1, 100);
    ledger.enter(at(3_600_000));
    ledger.hold(at(3_600_000), at(3_601_000));
    assert_eq!(ledger.next(at(0)), Turn::Held(at(1000)));
    assert_eq!(take(&mut ledger, at(1025)), at(1025));
    let Turn::At(next) = ledger.next(at(0)) else { panic!("no turn") };
    assert!(next <= at(1025), "{next:?}");
}

#[test]
fn what_was_written_down_is_read_again() {
    let mut ledger = ledger(3, 100);
    for nth in 0..3 {
        ledger.enter(at(342 * nth));
    }
    ledger.hold(at(700), at(9000));
    let text = serde_json::to_string(&ledger).unwrap();
    assert_eq!(text, "[[60000000000,60000000342,60000000684],[[1000000,3]],[60000000700,60000009000]]");
    let mut again: Ledger = serde_json::from_str(&text).unwrap();
    again.allow(RateLimit::new(3, 100));
    assert_eq!((again.next(at(800)), again.quota(at(800))), (ledger.next(at(800)), ledger.quota(at(800))));
}

#[test]
fn a_book_that_nobody_wrote_is_no_trap() {
    let text = format!("[[1,0,{max}],[[{max},4294967295],[0,1]],[{max},{max}]]", max = u64::MAX);
    let mut ledger: Ledger = serde_json::from_str(&text).unwrap();
    assert_eq!(ledger.next(at(1)), Turn::DayUsedUp(at(60_000 + DAY * 1000)));
}

#[test]
fn the_book_stays_small() {
    let mut ledger = ledger(1000, 1_000_000);
    for minute in 0..3000 {
        assert_eq!(take(&mut ledger, at(minute * 60_000)), at(minute * 60_000));
    }
    assert!(ledger.minutes.len() <= 1441 && ledger.recent.len() <= 1);
    assert_eq!(ledger.quota(at(3000 * 60_000)).second.used, 0);
}
