//! What subtitles are made of: pieces of at most two lines, each with its time.

use std::iter;
use std::time::Duration;

use super::conversation::Conversation;

/// The widest that a line gets, as subtitles are commonly set.
const LINE: usize = 42;

/// How many lines are shown at once.
const LINES: usize = 2;

/// The shortest that a cue is shown.
const LEAST: Duration = Duration::from_millis(500);

/// What is shown at once.
pub(crate) struct Cue<'a> {
    pub(crate) start: Duration,
    /// Later than the start, by a millisecond at the least.
    pub(crate) end: Duration,
    pub(crate) speaker: &'a str,
    /// One line or two.
    pub(crate) text: String,
}

/// The cues of a conversation in the order in which they begin. `lead` is what a speaker's cues begin with.
pub(crate) fn cues<'a>(conversation: &'a Conversation, lead: fn(&str) -> String) -> Vec<Cue<'a>> {
    let mut cues = Vec::new();
    for turn in &conversation.turns {
        let speaker = conversation.label(turn);
        let lead = lead(speaker);
        for sentence in &turn.sentences {
            let texts = cut(&sentence.text, &lead);
            let length = sentence.end.saturating_sub(sentence.start);
            let shares = shares(&texts, length);
            cues.extend(texts.into_iter().zip(shares).map(|(text, (from, to))| {
                let (start, end) = (sentence.start.saturating_add(from), sentence.start.saturating_add(to));
                Cue { start, end, speaker, text }
            }));
        }
    }
    cues.sort_by_key(|cue| cue.start);
    cues
}

/// Lets each cue end where the next begins, at the latest, and puts off those that would leave it too little time.
pub(crate) fn one_at_a_time(cues: &mut [Cue<'_>]) {
    let mut free = Duration::ZERO;
    let mut rest = cues.iter_mut().peekable();
    while let Some(cue) = rest.next() {
        let next = rest.peek().map_or(Duration::MAX, |next| next.start);
        cue.start = cue.start.max(free);
        cue.end = cue.end.min(next).max(cue.start.saturating_add(LEAST));
        free = cue.end;
    }
}

/// Shares a time out among texts by their lengths, with [`LEAST`] for each on average.
fn shares(texts: &[String], time: Duration) -> Vec<(Duration, Duration)> {
    let weigh = |text: &String| u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
    let whole = texts.iter().map(weigh).fold(0, u32::saturating_add).max(1);
    let time = time.max(LEAST.saturating_mul(u32::try_from(texts.len()).unwrap_or(u32::MAX)));
    let mut before = 0_u32;
    let mut from = Duration::ZERO;
    let share = |text| {
        before = before.saturating_add(weigh(text));
        let to = time.mul_f64(f64::from(before) / f64::from(whole));
        (std::mem::replace(&mut from, to), to)
    };
    texts.iter().map(share).collect()
}

/// Cuts a text at its words into pieces of at most [`LINES`] lines, each piece beginning with the lead.
fn cut(text: &str, lead: &str) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut piece = lead.to_owned();
    let (mut lines, mut used) = (1, width(lead));
    for word in text.split_whitespace().flat_map(fitting) {
        while used > 0 && used + 1 + width(word) > LINE {
            if lines < LINES {
                piece.push('\n');
                (lines, used) = (lines + 1, 0);
            } else {
                pieces.push(std::mem::replace(&mut piece, lead.to_owned()));
                (lines, used) = (1, width(lead));
            }
        }
        if used > 0 {
            piece.push(' ');
            used += 1;
        }
        piece.push_str(word);
        used += width(word);
    }
    pieces.push(piece);
    pieces
}

/// The parts of a word that fit on a line; languages that have no spaces make long ones.
fn fitting(word: &str) -> impl Iterator<Item = &str> {
    let mut rest = word;
    iter::from_fn(move || {
        let mut used = 0;
        let mut beyond = rest.char_indices().skip_while(|(_, character)| {
            used += columns(*character);
            used <= LINE
        });
        let end = beyond.next().map_or(rest.len(), |(at, _)| at);
        let (part, left) = rest.split_at_checked(end)?;
        rest = left;
        (!part.is_empty()).then_some(part)
    })
}

fn width(text: &str) -> usize {
    text.chars().map(columns).sum()
}

/// How wide a character is shown, roughly: those of East Asia and emoji take the place of two.
fn columns(character: char) -> usize {
    match character {
        '\u{1100}'..='\u{115f}'
        | '\u{2e80}'..='\u{a4cf}'
        | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe6f}'
        | '\u{ff00}'..='\u{ff60}'
        | '\u{ffe0}'..='\u{ffe6}'
        | '\u{1f300}'..='\u{1faff}'
        | '\u{20000}'..='\u{3fffd}' => 2,
        _ => 1,
    }
}
