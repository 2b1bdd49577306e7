//! Paths of requests. What could only be sent as it stands, and was meant otherwise, is told.

use crate::fault::{Fault, FaultKind, Sink};
use crate::source::At;

/// The path, if it is one.
pub(crate) fn path(written: At<String>, sink: &Sink) -> Option<At<String>> {
    let Some((what, help)) = wrong(&written.value) else { return Some(written) };
    let message = format!("`{}` is no path: {what}", written.value);
    sink.refuse(Fault::new(FaultKind::Syntax, written.span, message).help(help))
}

/// The names in the braces of a path.
pub(crate) fn path_holes(path: &str) -> impl Iterator<Item = &str> {
    path.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name)
}

/// What makes a text no path, and what would be right.
fn wrong(path: &str) -> Option<(&'static str, &'static str)> {
    const HOLE: &str = "a hole is a parameter or the element of `each` in braces, such as `/v2/users/{user_id}`";
    let Some(steps) = path.strip_prefix('/') else {
        return Some(("it does not begin with `/`", "the host is that of `base_url`; write what comes after it"));
    };
    if path.contains("//") {
        return Some(("it has an empty step", "take one `/` of the two away"));
    }
    if path.contains(['?', '#']) {
        return Some(("it has a `?` or a `#`", "what comes after a `?` stands under `query`"));
    }
    if let Some(wrong) = steps.split('/').find_map(wrong_step) {
        return Some(wrong);
    }
    let closes = |rest: &str| rest.split_once('}').is_some_and(|(name, rest)| !name.is_empty() && !rest.contains('}'));
    let mut parts = path.split('{');
    if parts.next().is_some_and(|before| before.contains('}')) || !parts.all(closes) {
        return Some(("its braces are no holes", HOLE));
    }
    let is_escape = |(at, _): (usize, &str)| {
        path.get(at + 1..at + 3).is_some_and(|digits| digits.chars().all(|c| c.is_ascii_hexdigit()))
    };
    let escape = "a `%` has two digits from 0 to F after it, as in `%20`; one that is meant is `%25`";
    (!path.match_indices('%').all(is_escape)).then_some(("a `%` stands alone", escape))
}

/// What makes a text no step of a path.
fn wrong_step(step: &str) -> Option<(&'static str, &'static str)> {
    const HOLE: &str = "a hole is a parameter in braces: `{name}`";
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-._~!&'()*+,;=:@%{}".contains(c);
    Some(match step.to_ascii_lowercase().replace("%2e", ".").as_str() {
        "." | ".." => ("`.` and `..` lead to another path", "write the path that is meant"),
        _ if step.starts_with(':') => ("`:name` would be sent as it stands", HOLE),
        _ if step.starts_with('<') => ("`<name>` would be sent as it stands", HOLE),
        _ if step.contains('$') => ("a `$` would be sent as it stands", HOLE),
        _ if step.contains("}{") => ("nothing says where one hole ends and the next begins", "put a `/` between them"),
        _ if !step.chars().all(is_plain) => {
            ("not every sign of it can stand in a path", "write such a sign as `%` and two digits, a space as `%20`")
        }
        _ => return None,
    })
}
