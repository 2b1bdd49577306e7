use super::*;

#[test]
fn instants_survive_a_round_trip_and_need_an_offset() {
    let now = instant(DEFAULT_NOW).unwrap();
    assert_eq!(stamp(now), DEFAULT_NOW);
    assert_eq!(instant("2026-11-20T19:00:00Z"), Some(now));
    assert_eq!(instant("2026-11-20T18:59:59.5Z"), Some(now));
    assert_eq!(instant("2026-11-20T12:00:00"), None);
    assert_eq!(instant("2026-11-20"), None);
    assert_eq!(stamp_with_fraction(now, "428"), "2026-11-20T12:00:00.428-07:00");
}

#[test]
fn days_begin_at_the_companys_midnight() {
    let now = instant(DEFAULT_NOW).unwrap();
    assert_eq!(day("2026-11-20"), Some(midnight(now)));
    assert_eq!(day("2026-11-20T00:00:00Z"), None);
    assert_eq!(date(now).weekday(), jiff::civil::Weekday::Friday);
}
