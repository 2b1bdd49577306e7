//! Tests of `printable`.

use super::*;

#[test]
fn what_is_obeyed_is_not_printed() {
    for obeyed in ["\u{1b}[2J", "\u{9b}2J", "\u{7}", "\r", "\u{8}", "\u{7f}", "\u{202e}", "\u{2066}", "\u{200f}", "\0"]
    {
        let shown = printable(obeyed).into_owned();
        assert!(shown.starts_with('\u{fffd}') && !shown.contains(is_unprintable), "{obeyed:?}");
    }
}

#[test]
fn what_people_write_is_printed_as_it_is() {
    for plain in ["", "two\n\tlines", "Ünïcödé 你好 שלום", "👩\u{200d}💻 ok", "a\u{301}"] {
        assert!(matches!(printable(plain), Cow::Borrowed(same) if same == plain), "{plain}");
    }
}

#[test]
fn an_excerpt_is_one_line_and_says_what_it_leaves_out() {
    assert_eq!(excerpt(" a\r\n b\u{1b}c ", 9), "a b\u{fffd}c");
    assert_eq!(excerpt("ab", 2), "ab");
    assert_eq!(excerpt("ab ", 2), "ab");
    assert_eq!(excerpt("ab cd", 3), "ab… (2 more characters)");
    assert_eq!(excerpt(&"é".repeat(1000), 1), "é… (999 more characters)");
    assert_eq!(excerpt("", 0), "");
}
