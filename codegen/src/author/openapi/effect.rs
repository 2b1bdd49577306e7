//! What an operation does to the company's data, guessed from its verb, its words and the shape of what it takes.

use serde_json::Value;

use super::document::Operation;
use tool_spec::model::{Effect, Verb};
use tool_spec::names::snake;

/// Words of what removes.
const REMOVES: &[&str] = &[
    "delete",
    "deletes",
    "deletion",
    "remove",
    "removes",
    "erase",
    "erases",
    "erasure",
    "purge",
    "destroy",
    "revoke",
    "wipe",
    "clear",
    "drop",
    "forget",
    "unassign",
    "unlink",
    "detach",
    "truncate",
    "prune",
    "uninstall",
    "expunge",
    "redact",
    "discard",
    "kill",
    "terminate",
    "trash",
    "unpublish",
    "deprovision",
    "anonymize",
    "anonymise",
    "disconnect",
    "cancel",
];
/// Words of what reads, whatever its verb.
const READS: &[&str] = &[
    "search",
    "query",
    "list",
    "lists",
    "lookup",
    "find",
    "get",
    "fetch",
    "read",
    "retrieve",
    "extensive",
    "transcript",
    "transcripts",
    "filter",
    "count",
    "preview",
    "validate",
    "check",
    "verify",
    "estimate",
    "calculate",
    "compare",
    "stats",
    "statistics",
    "aggregate",
    "describe",
    "exists",
    "resolve",
    "explain",
    "info",
    "history",
    "show",
    "browse",
    "report",
    "export",
    "test",
    "ping",
    "introspect",
    "analyze",
    "analyse",
    "select",
    "view",
    "download",
];
/// Words of what adds or changes.
const WRITES: &[&str] = &[
    "create",
    "creates",
    "add",
    "adds",
    "update",
    "updates",
    "set",
    "sets",
    "put",
    "post",
    "send",
    "submit",
    "assign",
    "upload",
    "register",
    "start",
    "stop",
    "enable",
    "disable",
    "import",
    "insert",
    "save",
    "store",
    "write",
    "edit",
    "modify",
    "change",
    "replace",
    "patch",
    "move",
    "copy",
    "merge",
    "invite",
    "join",
    "leave",
    "open",
    "close",
    "archive",
    "unarchive",
    "publish",
    "approve",
    "reject",
    "accept",
    "transfer",
    "rename",
    "reset",
    "restore",
    "mark",
    "subscribe",
    "unsubscribe",
    "generate",
    "make",
    "run",
    "execute",
    "trigger",
    "schedule",
    "grant",
    "attach",
    "link",
    "connect",
    "schedule",
    "confirm",
    "complete",
    "finish",
    "kick",
    "ban",
    "lock",
    "unlock",
    "sync",
    "upsert",
    "apply",
    "give",
];

/// The effect, and what it was guessed from.
pub(super) fn effect(operation: &Operation<'_>) -> (Effect, String) {
    let (by_verb, verb) = match operation.verb {
        Verb::Get => (Effect::Read, "GET"),
        Verb::Delete => (Effect::Destructive, "DELETE"),
        Verb::Post => (Effect::Write, "POST"),
        Verb::Put => (Effect::Write, "PUT"),
        Verb::Patch => (Effect::Write, "PATCH"),
    };
    let named = words_of(operation.value.get("operationId"));
    let said = words_of(operation.value.get("summary"));
    let said = said.get(..1).unwrap_or_default();
    let path = last_words(operation.path);
    let has = |words: &[String], of: &[&str]| words.iter().find(|word| of.contains(&word.as_str())).cloned();
    let leads = |words: &[String], of: &[&str]| has(words.get(..2.min(words.len())).unwrap_or_default(), of);
    let because = |word: &str| format!("by the word `{word}`");
    if by_verb == Effect::Destructive {
        return (by_verb, format!("by its verb {verb}"));
    }
    let removes = leads(&named, REMOVES).or(has(said, REMOVES)).or(has(&path, REMOVES));
    if let Some(word) = removes.filter(|_| by_verb == Effect::Write || !reads_by_name(&named, said)) {
        return (Effect::Destructive, because(&word));
    }
    if by_verb == Effect::Read {
        return (by_verb, format!("by its verb {verb}"));
    }
    if operation.verb == Verb::Post {
        let first = |words: &[String]| {
            let both = words.iter().find(|word| [READS, WRITES].concat().contains(&word.as_str()));
            both.map(|word| (word.clone(), READS.contains(&word.as_str())))
        };
        // What leads the operation's own name says most, then what its path ends with, then how its text begins.
        let told = first(named.get(..2.min(named.len())).unwrap_or_default()).or(first(said));
        if let Some((word, reads)) = told.clone().filter(|(_, reads)| *reads) {
            debug_assert!(reads);
            return (Effect::Read, because(&word));
        }
        if let (Some(word), None) = (has(&path, READS), told) {
            return (Effect::Read, because(&word));
        }
    }
    (by_verb, format!("by its verb {verb}"))
}

fn reads_by_name(named: &[String], said: &[String]) -> bool {
    [named.first(), said.first()].into_iter().flatten().any(|word| READS.contains(&word.as_str()))
}

fn words_of(text: Option<&Value>) -> Vec<String> {
    words(text.and_then(Value::as_str).unwrap_or_default())
}

fn words(text: &str) -> Vec<String> {
    snake(text).split('_').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// The words of the last part of a path that is no parameter.
fn last_words(path: &str) -> Vec<String> {
    let last = path.split('/').rev().find(|part| !part.is_empty() && !part.contains('{'));
    words(last.unwrap_or_default())
}
