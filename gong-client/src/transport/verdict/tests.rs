//! Tests of `verdict`.

use super::*;

#[test]
fn a_scope_is_named_in_quotes_of_any_kind() {
    let scope = |text: &str| missing_scope(401, &[text.to_owned()]);
    for quoted in ["'api:x:y'", "\"api:x:y\"", "\u{2018}api:x:y\u{2019}", "`api:x:y`"] {
        assert_eq!(
            scope(&format!("You don't have permission to use {quoted} in your app.")).as_deref(),
            Some("api:x:y")
        );
    }
    assert_eq!(scope("access token has been revoked"), None);
    assert_eq!(missing_scope(400, &["no permission for 'api:x'".to_owned()]), None);
}
