//! The vocabulary that the company is made of, and what it has whatever its seed: both are in `words.json`.

use std::sync::LazyLock;

use serde_json::Value;

type Words = LazyLock<Vec<&'static str>>;
/// Lists of words, each under a name.
type Named = LazyLock<Vec<(&'static str, Vec<&'static str>)>>;

pub(super) static FIRST_NAMES: Words = LazyLock::new(|| words("first_names"));
pub(super) static LAST_NAMES: Words = LazyLock::new(|| words("last_names"));
pub(super) static REP_TITLES: Words = LazyLock::new(|| words("rep_titles"));
pub(super) static BUYER_TITLES: Words = LazyLock::new(|| words("buyer_titles"));
pub(super) static ACCOUNT_FIRST: Words = LazyLock::new(|| words("account_first"));
pub(super) static ACCOUNT_SECOND: Words = LazyLock::new(|| words("account_second"));
pub(super) static INDUSTRIES: Words = LazyLock::new(|| words("industries"));
pub(super) static CALL_KINDS: Words = LazyLock::new(|| words("call_kinds"));
pub(super) static FLOW_NAMES: Words = LazyLock::new(|| words("flow_names"));
/// Trackers, each with the phrases it looks for.
pub(super) static KEYWORDS: Named = LazyLock::new(|| named("keywords"));
/// What is talked about, in the order in which a call usually gets to it. The lines of a topic follow one another.
pub(super) static TOPICS: Named = LazyLock::new(|| named("topics"));

/// Committed beside this file; the company that every test starts with is made of it, so it parses.
static ALL: LazyLock<Value> = LazyLock::new(|| serde_json::from_str(include_str!("words.json")).unwrap_or_default());

/// What every company has, as it is answered or was uploaded.
pub(crate) fn given(key: &str) -> &'static Value {
    ALL.get(key).unwrap_or(&Value::Null)
}

/// A list of what every company has.
pub(crate) fn given_list(key: &str) -> Vec<Value> {
    lists(key).cloned().collect()
}

fn lists(key: &str) -> impl Iterator<Item = &'static Value> {
    given(key).as_array().into_iter().flatten()
}

fn words(key: &str) -> Vec<&'static str> {
    lists(key).filter_map(Value::as_str).collect()
}

/// Lists whose first word is their name.
fn named(key: &str) -> Vec<(&'static str, Vec<&'static str>)> {
    let texts = |list: &'static Value| list.as_array().into_iter().flatten().filter_map(Value::as_str);
    lists(key).filter_map(|list| Some((texts(list).next()?, texts(list).skip(1).collect()))).collect()
}
