//! Tests of `redact`.

use super::*;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};
use proptest::prelude::*;

const SECRET: &str = "p>?~ss/w+rd=é";

fn hidden(text: &str) -> String {
    Redactor::new([SECRET]).redact(text).into_owned()
}

#[test]
fn a_secret_is_hidden_as_it_is_and_encoded() {
    assert_eq!(hidden(&format!("a {SECRET}, {SECRET}")), "a <hidden>, <hidden>");
    for set in [percent_encoding::NON_ALPHANUMERIC, percent_encoding::CONTROLS] {
        let encoded = percent_encoding::utf8_percent_encode(SECRET, set).to_string();
        assert_eq!(hidden(&encoded), "<hidden>");
        assert_eq!(hidden(&encoded.replace("%C3", "%c3")), "<hidden>");
    }
    assert_eq!(hidden(&SECRET.replace('/', "\\/").replace('+', "\\u002B")), "<hidden>");
    assert_eq!(hidden("100% of \\u00 and %zz and %+1"), "100% of \\u00 and %zz and %+1");
}

#[test]
fn what_is_short_or_absent_hides_nothing() {
    assert_eq!(Redactor::new(["", "a", "tok"]).redact("a token"), "a token");
    assert_eq!(Redactor::new([""; 0]).redact("a token"), "a token");
    assert_eq!(format!("{:?}", Redactor::new(["hunter2"])), "Redactor");
}

#[test]
fn secrets_within_secrets_are_hidden_once() {
    assert_eq!(Redactor::new(["key1:secret", "key1", "secret"]).redact("(key1:secret)"), "(<hidden>)");
}

proptest! {
    /// At most the letters that it shares with its neighbours are left of it.
    #[test]
    fn a_secret_is_hidden_in_base64_whatever_is_around_it(
        secret in "[ -~]{8,30}", before in ".{0,9}", after in ".{0,9}"
    ) {
        prop_assume!(secret.trim() == secret);
        let whole = format!("{before}{secret}{after}");
        for encoded in [STANDARD.encode(&whole), URL_SAFE.encode(&whole), URL_SAFE_NO_PAD.encode(&whole)] {
            let shown = Redactor::new([&secret]).redact(&encoded).into_owned();
            prop_assert!(shown.contains(HIDDEN), "{}", shown);
            let left = shown.len() - HIDDEN.len();
            prop_assert!(left <= encoded.len() - (secret.len() * 8 / 6 - 2), "{}", shown);
        }
    }

    #[test]
    fn any_text_is_read_to_its_end(text in ".*|[%\\\\u0-9a-f+]*") {
        prop_assert_eq!(Redactor::new(["not in there"]).redact(&text), text.as_str());
        let written: Vec<u8> = Units(text.as_bytes()).flat_map(|(_, written)| written.to_vec()).collect();
        prop_assert_eq!(written, text.as_bytes());
    }
}
