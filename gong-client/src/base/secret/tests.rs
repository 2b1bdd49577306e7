//! Tests of `secret`.

use super::*;

#[test]
fn what_copying_adds_is_no_part_of_a_secret() {
    for token in ["t1", " t1\r\n", "Bearer t1", "bearer  t1 ", "\tBEARER\tt1"] {
        assert_eq!(Secret::token(token).reveal(), "t1", "{token:?}");
    }
    assert_eq!(Secret::copied(" key\n").reveal(), "key");
    assert_eq!(Secret::token(" Bearer ").reveal(), "");
}

#[test]
fn what_no_token_has_is_not_sendable() {
    for text in ["", "a b", "a\n", "tökén"] {
        assert!(!Secret::new(text).is_sendable(), "{text:?}");
    }
    assert!(Secret::new("eyJ.abc-_").is_sendable());
}
