//! What a server refuses before it begins.

use crate::shell::Shell;

#[test]
fn a_name_that_nothing_has_is_told_before_all_else() {
    let begins = [&["mcp"][..], &["mcp", "--http", "127.0.0.1:0"], &["serve", "--listen", "127.0.0.1:0"]];
    for begin in begins {
        // Nobody is connected either.
        let refused = Shell::new().run(&[begin, &["--tools", "gong_user_list", "--groups", "cals"]].concat());
        assert_eq!(refused.code, 2, "{}", refused.err);
        for told in ["Did you mean `gong_users_list`?", "no group `cals`; there are call_access, calls,"] {
            assert!(refused.err.contains(told), "{}", refused.err);
        }
    }
}
