use jiff::civil::date;

use super::*;

#[test]
fn periods_end_where_those_of_the_calendar_do() {
    let saturday = date(2026, 10, 31);
    assert_eq!(next(saturday, "DAY"), Some(date(2026, 11, 1)));
    assert_eq!(next(saturday, "WEEK"), Some(date(2026, 11, 2)), "a Monday");
    assert_eq!(next(date(2026, 11, 2), "WEEK"), Some(date(2026, 11, 9)));
    assert_eq!(next(saturday, "MONTH"), Some(date(2026, 11, 1)));
    assert_eq!(next(saturday, "QUARTER"), Some(date(2027, 1, 1)));
    assert_eq!(next(date(2026, 9, 30), "QUARTER"), Some(date(2026, 10, 1)));
    assert_eq!(next(saturday, "YEAR"), Some(date(2027, 1, 1)));
}
