//! What to call people, so that everyone has a label and no two people have the same.

use std::ptr;

use super::conversation::Participant;
use crate::models::PartyAffiliation;

/// The label of each, in their order.
pub(crate) fn labels(people: &[Participant]) -> Vec<String> {
    let taken: Vec<&str> = people.iter().filter_map(name).collect();
    let mut speakers = fresh("Speaker", &taken);
    let mut others = fresh("Participant", &taken);
    let label = |person: &Participant| match name(person) {
        Some(name) => Some(told_apart(person, name, people)),
        None if person.speaker_id.is_some() => speakers.next(),
        None => others.next(),
    };
    people.iter().map(label).map(Option::unwrap_or_default).collect()
}

/// The best there is to call someone by.
fn name(person: &Participant) -> Option<&str> {
    person.name.as_deref().or(person.email.as_deref()).or(person.phone.as_deref())
}

/// `Speaker 1`, `Speaker 2` and so on, but for those that are somebody's name.
fn fresh<'a>(word: &'a str, taken: &'a [&str]) -> impl Iterator<Item = String> + 'a {
    (1_usize..).map(move |number| format!("{word} {number}")).filter(|label| !taken.contains(&label.as_str()))
}

/// What may tell people of the same name apart, best first.
const MARKS: [fn(&Participant) -> Option<&str>; 4] = [
    |person| person.email.as_deref(),
    |person| affiliation(person),
    |person| person.title.as_deref(),
    |person| person.phone.as_deref(),
];

fn told_apart(person: &Participant, shared: &str, people: &[Participant]) -> String {
    let mut namesakes: Vec<&Participant> = Vec::new();
    for other in people.iter().filter(|other| name(other) == Some(shared)) {
        if !namesakes.iter().any(|known| is_same(known, other)) {
            namesakes.push(other);
        }
    }
    if namesakes.len() < 2 {
        return shared.to_owned();
    }
    let differs = |mark: &&fn(&Participant) -> Option<&str>| {
        let marks: Vec<Option<&str>> = namesakes.iter().map(|person| mark(person)).collect();
        marks.iter().enumerate().all(|(index, mark)| !marks.iter().take(index).any(|before| before == mark))
    };
    match MARKS.iter().find(differs) {
        Some(mark) => mark(person).map_or_else(|| shared.to_owned(), |mark| format!("{shared} ({mark})")),
        None => {
            let before = namesakes.iter().take_while(|known| !is_same(known, person)).count();
            format!("{shared} ({})", before + 1)
        }
    }
}

/// Whether both are one person, who joined by computer and by phone, say.
fn is_same(one: &Participant, other: &Participant) -> bool {
    let user = one.user_id.is_some() && one.user_id == other.user_id;
    let email =
        one.email.as_ref().zip(other.email.as_ref()).is_some_and(|(one, other)| one.eq_ignore_ascii_case(other));
    ptr::eq(one, other) || user || email
}

/// Whether someone is from the company, in a word, where Gong can tell.
pub(crate) fn affiliation(person: &Participant) -> Option<&str> {
    match person.affiliation.as_ref()? {
        PartyAffiliation::Internal => Some("internal"),
        PartyAffiliation::External => Some("external"),
        _ => None,
    }
}

/// What is known of someone beside the label.
pub(crate) fn particulars(person: &Participant) -> impl Iterator<Item = &str> {
    let known = [person.title.as_deref(), person.email.as_deref(), person.phone.as_deref(), affiliation(person)];
    known.into_iter().flatten().filter(|text| !tells(&person.label, text))
}

/// Whether a label is this text, or tells someone apart by it.
fn tells(label: &str, text: &str) -> bool {
    let before = label.strip_suffix(')').and_then(|label| label.strip_suffix(text));
    label == text || before.is_some_and(|before| before.ends_with(" ("))
}
