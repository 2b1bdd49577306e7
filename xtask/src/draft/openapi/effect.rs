//! What an operation does to the company's data, guessed from its verb, its words and the shape of what it takes.

use super::names::last_word;
use crate::openapi::Operation;
use crate::openapi::json::text;
use tool_spec::model::{Effect, Verb};
use tool_spec::names::snake;

const REMOVES: &str = "\
    delete deletes deletion remove removes erase erases erasure purge destroy revoke wipe clear drop forget \
    unassign unlink detach truncate prune uninstall expunge redact discard kill terminate trash unpublish \
    deprovision anonymize anonymise disconnect cancel";
/// Words of what reads, whatever its verb.
const READS: &str = "\
    search query list lists lookup find get fetch read retrieve extensive transcript transcripts filter \
    count preview validate check verify estimate calculate compare stats statistics aggregate describe \
    exists resolve explain info history show browse report export test ping introspect analyze analyse \
    select view download";
const WRITES: &str = "\
    create creates add adds update updates set sets put post send submit assign upload register start stop \
    enable disable import insert save store write edit modify change replace patch move copy merge invite \
    join leave open close archive unarchive publish approve reject accept transfer rename reset restore \
    mark subscribe unsubscribe generate make run execute trigger schedule grant attach link connect confirm \
    complete finish kick ban lock unlock sync upsert apply give";

/// The effect, and what it was guessed from.
pub(super) fn effect(operation: &Operation<'_>) -> (Effect, String) {
    let (effect, by_verb) = match operation.verb {
        Verb::Get => (Effect::Read, "by its verb GET"),
        Verb::Delete => return (Effect::Destructive, "by its verb DELETE".to_owned()),
        Verb::Post => (Effect::Write, "by its verb POST"),
        Verb::Put => (Effect::Write, "by its verb PUT"),
        Verb::Patch => (Effect::Write, "by its verb PATCH"),
    };
    let because = |word: &str| format!("by the word `{word}`");
    // What leads the operation's own name says most, then how its text begins, then what its path ends with.
    let named = words(text(operation.value, "operationId").unwrap_or_default());
    let said = words(text(operation.value, "summary").unwrap_or_default());
    let path = words(last_word(operation.path).unwrap_or_default());
    let (leading, beginning) = (named.get(..2).unwrap_or(&named), said.get(..1).unwrap_or_default());
    let reads_by_name = [named.first(), said.first()].into_iter().flatten().any(|word| is_one(word, READS));
    let removes = [leading, beginning, &path].into_iter().flatten().find(|word| is_one(word, REMOVES));
    if let Some(word) = removes.filter(|_| effect == Effect::Write || !reads_by_name) {
        return (Effect::Destructive, because(word));
    }
    if operation.verb == Verb::Post {
        let known = |words: &[String]| words.iter().find(|word| is_one(word, READS) || is_one(word, WRITES)).cloned();
        let told = known(leading).or(known(beginning));
        let word = told.or_else(|| path.iter().find(|word| is_one(word, READS)).cloned());
        if let Some(word) = word.filter(|word| is_one(word, READS)) {
            return (Effect::Read, because(&word));
        }
    }
    (effect, by_verb.to_owned())
}

fn is_one(word: &str, of: &str) -> bool {
    of.split_whitespace().any(|other| other == word)
}

fn words(text: &str) -> Vec<String> {
    snake(text).split('_').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}
