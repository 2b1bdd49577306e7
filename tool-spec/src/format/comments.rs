//! Comments, and the entries that they belong to.

use super::piece::Spot;

/// What editors look for; it is written anew.
const MODELINE: &str = "# yaml-language-server:";

/// What stands beside an entry.
#[derive(Debug, Default)]
pub(super) struct Notes {
    /// Comments on lines of their own before it; an empty one is an empty line.
    pub(super) before: Vec<String>,
    /// The comment at the end of its line.
    pub(super) after: Option<String>,
    /// Comments after it that belong to it rather than to what comes next.
    pub(super) below: Vec<String>,
    /// Whether an empty line is before it and its comments.
    pub(super) apart: bool,
}

impl Notes {
    /// Every comment.
    pub(super) fn all(&self) -> impl Iterator<Item = &str> {
        self.before.iter().chain(&self.after).chain(&self.below).map(String::as_str)
    }

    /// Whether there is a comment.
    pub(super) fn any(&self) -> bool {
        self.all().next().is_some()
    }
}

/// A comment.
struct Comment {
    at: usize,
    column: usize,
    text: String,
    /// Whether nothing else is on its line.
    alone: bool,
    /// Whether an empty line is before or after it.
    gap: (bool, bool),
}

/// Gives each entry the comments beside it. The entries are in the order of the file.
pub(super) fn attach(chars: &[char], scalars: &[(usize, usize)], spots: &[Spot]) -> Vec<Notes> {
    let mut notes: Vec<Notes> =
        spots.iter().map(|spot| Notes { apart: apart(chars, spot), ..Notes::default() }).collect();
    for comment in find(chars, scalars) {
        let next = spots.iter().position(|spot| spot.start > comment.at);
        if comment.alone {
            own_line(&mut notes, &comment, next, spots);
        } else {
            let last = next.unwrap_or(spots.len()).checked_sub(1);
            let owner = last.map(|last| around(last, comment.at, spots));
            trailing(&mut notes, comment, owner);
        }
    }
    notes
}

fn own_line(notes: &mut [Notes], comment: &Comment, next: Option<usize>, spots: &[Spot]) {
    let next = next.and_then(|next| Some((next, spots.get(next)?)));
    let level = next.map(|(_, spot)| spot.column);
    // Deeper than what comes next, it belongs to what is before it at its own depth.
    let above = |spot: &Spot| match spot.flow_end {
        Some(end) => end > comment.at,
        None => spot.column <= comment.column && level.is_none_or(|level| spot.column > level),
    };
    let belongs = next.is_some_and(|(_, spot)| spot.flow_end.is_some() || spot.column >= comment.column);
    let mut earlier = spots.iter().enumerate().rev().filter(|(_, spot)| spot.start < comment.at && above(spot));
    let earlier = if belongs { None } else { earlier.next().map(|(id, _)| (id, false)) };
    let owner = earlier.or(next.map(|(next, _)| (next, true)));
    let Some((id, before)) = owner else { return };
    let Some(notes) = notes.get_mut(id) else { return };
    let list = if before { &mut notes.before } else { &mut notes.below };
    if comment.gap.0 && list.last().is_some_and(|last| !last.is_empty()) {
        list.push(String::new());
    }
    list.push(comment.text.clone());
    if before {
        notes.apart |= comment.gap.0 && list.len() == 1;
        if comment.gap.1 {
            list.push(String::new());
        }
    }
}

fn trailing(notes: &mut [Notes], comment: Comment, owner: Option<usize>) {
    let Some(notes) = owner.and_then(|owner| notes.get_mut(owner)) else { return };
    match notes.after {
        None => notes.after = Some(comment.text),
        Some(_) => notes.below.push(comment.text),
    }
}

/// Inside braces, the entry with everything that ends before the comment: the last of those that began before it, or
/// what is around that.
fn around(mut id: usize, at: usize, spots: &[Spot]) -> usize {
    while let Some(parent) = spots.get(id).filter(|spot| spot.flow_end.is_some()).and_then(|spot| spot.parent) {
        if spots.get(parent).is_none_or(|outer| outer.end > at) {
            break;
        }
        id = parent;
    }
    id
}

/// Whether an empty line is right before an entry.
fn apart(chars: &[char], spot: &Spot) -> bool {
    let before = chars.get(..spot.start).unwrap_or_default();
    let blank: Vec<&char> = before.iter().rev().take_while(|c| c.is_whitespace() || **c == '-').collect();
    blank.into_iter().filter(|c| **c == '\n').count() > 1
}

/// Every comment but the editor's line.
fn find(chars: &[char], scalars: &[(usize, usize)]) -> Vec<Comment> {
    let mut comments = Vec::new();
    let mut at = 0;
    let mut scalars = scalars.iter().peekable();
    while at < chars.len() {
        while scalars.next_if(|(_, end)| *end <= at).is_some() {}
        if let Some((_, end)) = scalars.peek().filter(|(start, _)| *start <= at) {
            at = *end;
            continue;
        }
        let before = at.checked_sub(1).and_then(|before| chars.get(before));
        if chars.get(at) != Some(&'#') || before.is_some_and(|c| !c.is_whitespace()) {
            at += 1;
            continue;
        }
        let comment = comment(chars, at);
        at += comment.text.chars().count().max(1);
        if !comment.text.starts_with(MODELINE) {
            comments.push(comment);
        }
    }
    comments
}

fn comment(chars: &[char], at: usize) -> Comment {
    let line: String = chars.iter().skip(at).take_while(|c| **c != '\n').collect();
    let before = chars.get(..at).unwrap_or_default();
    let start = before.iter().rposition(|c| *c == '\n').map_or(0, |newline| newline + 1);
    let alone = before.get(start..).unwrap_or_default().iter().all(|c| c.is_whitespace());
    let above = before.get(..start).unwrap_or_default();
    let gap_above = start > 0 && newlines(above.iter().rev()) > 1;
    let gap_below = newlines(chars.iter().skip(at + line.chars().count())) > 1;
    Comment { at, column: at - start, text: line.trim_end().to_owned(), alone, gap: (gap_above, gap_below) }
}

/// How many lines end before something is written.
fn newlines<'c>(chars: impl Iterator<Item = &'c char>) -> usize {
    chars.take_while(|c| c.is_whitespace()).filter(|c| **c == '\n').count()
}
