//! Subtitles: whatever the times and texts are, the files are well formed. They are read back the way players read
//! them.

// Helpers of tests may panic; Clippy's own exception knows test functions only.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use gong_client::transcripts::Conversation;
use proptest::prelude::*;
use serde_json::json;

/// A sentence: start, end and text.
type Said = (Option<i64>, Option<i64>, String);

/// Monologues of speakers who may have names.
fn conversation(names: &[&str], monologues: &[(usize, Vec<Said>)]) -> Conversation {
    let parties = names.iter().enumerate().map(|(at, name)| json!({"speakerId": at.to_string(), "name": name}));
    let details = json!({"parties": parties.collect::<Vec<_>>()});
    let monologues = monologues.iter().map(|(speaker, said)| {
        let sentences = said.iter().map(|(start, end, text)| json!({"start": start, "end": end, "text": text}));
        json!({"speakerId": speaker.to_string(), "sentences": sentences.collect::<Vec<_>>()})
    });
    let transcript = json!({"callId": "42", "transcript": monologues.collect::<Vec<_>>()});
    let (details, transcript) = (serde_json::from_value(details).unwrap(), serde_json::from_value(transcript).unwrap());
    Conversation::join("42", Some(details), Some(transcript))
}

fn one_speaker(said: &[(i64, i64, &str)]) -> Conversation {
    let said = said.iter().map(|(start, end, text)| (Some(*start), Some(*end), (*text).to_owned())).collect();
    conversation(&["Kim Lee"], &[(0, said)])
}

/// A cue as it was read back.
#[derive(Debug, PartialEq)]
struct Cue {
    start: u64,
    end: u64,
    lines: Vec<String>,
}

/// Reads `00:04:05.678`, strictly: two digits or more for the hours, two for the others, three for the milliseconds.
fn milliseconds(text: &str, mark: char) -> u64 {
    let (seconds, fraction) = text.split_once(mark).expect(text);
    let [hours, minutes, seconds] = seconds.split(':').collect::<Vec<_>>()[..] else { panic!("{text}") };
    assert!(hours.len() >= 2 && minutes.len() == 2 && seconds.len() == 2 && fraction.len() == 3, "{text}");
    let [hours, minutes, seconds, fraction] =
        [hours, minutes, seconds, fraction].map(|part| part.parse::<u64>().unwrap());
    assert!(minutes < 60 && seconds < 60, "{text}");
    ((hours * 60 + minutes) * 60 + seconds) * 1000 + fraction
}

fn cue(times: &str, lines: &[&str], mark: char) -> Cue {
    let (start, end) = times.split_once(" --> ").expect(times);
    let (start, end) = (milliseconds(start, mark), milliseconds(end, mark));
    assert!(start < end, "{times}");
    assert!((1..=2).contains(&lines.len()), "{lines:?}");
    assert!(lines.iter().all(|line| !line.is_empty() && !line.contains("-->")), "{lines:?}");
    Cue { start, end, lines: lines.iter().map(|line| (*line).to_owned()).collect() }
}

/// The blocks of a file: lines between blank lines. The file ends with the end of a line.
fn blocks(file: &str) -> Vec<Vec<&str>> {
    let file = file.strip_suffix('\n').unwrap_or(file);
    if file.is_empty() {
        return Vec::new();
    }
    file.split("\n\n").map(|block| block.split('\n').collect()).collect()
}

fn read_srt(file: &str) -> Vec<Cue> {
    let cues = blocks(file).into_iter().enumerate().map(|(before, block)| {
        let [number, times, lines @ ..] = block.as_slice() else { panic!("{block:?}") };
        assert_eq!(number.parse::<usize>().unwrap(), before + 1);
        cue(times, lines, ',')
    });
    cues.collect()
}

/// The cues, their lines without voices and entities, and the voices.
fn read_webvtt(file: &str) -> Vec<(String, Cue)> {
    let blocks = blocks(file);
    let (head, blocks) = blocks.split_first().unwrap();
    assert_eq!(head.as_slice(), ["WEBVTT"]);
    let cues = blocks.iter().filter(|block| !block[0].starts_with("NOTE")).map(|block| {
        let [times, lines @ ..] = block.as_slice() else { panic!("{block:?}") };
        let mut cue = cue(times, lines, '.');
        let (voice, rest) = cue.lines[0].strip_prefix("<v ").unwrap().split_once('>').unwrap();
        let voice = unescape(voice);
        cue.lines[0] = rest.to_owned();
        cue.lines = cue.lines.iter().map(|line| unescape(line)).collect();
        (voice, cue)
    });
    cues.collect()
}

/// Resolves entities in text that has no tag.
fn unescape(text: &str) -> String {
    assert!(!text.contains(['<', '>']), "{text}");
    let stray = text.replace("&lt;", "").replace("&gt;", "").replace("&amp;", "");
    assert!(!stray.contains('&'), "{text}");
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

/// The characters that are not white space, sorted: the same however lines and cues are broken and ordered.
fn characters<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<char> {
    let blank = |character: &char| character.is_whitespace() || character.is_control();
    let mut characters: Vec<char> = texts.flat_map(str::chars).filter(|character| !blank(character)).collect();
    characters.sort_unstable();
    characters
}

#[test]
fn a_long_sentence_is_cut_into_cues_of_two_lines_that_share_its_time() {
    let text =
        "We would like to renew for another year, if the price stays as it is and the new reports are part of it.";
    let cues = read_webvtt(&one_speaker(&[(10_000, 17_000, text)]).to_webvtt());
    let shown: Vec<_> = cues.iter().map(|(_, cue)| (cue.start, cue.end, cue.lines.join(" / "))).collect();
    let expected = [
        (10_000, 15_436, "We would like to renew for another year, / if the price stays as it is and the new"),
        (15_436, 17_000, "reports are part of it."),
    ];
    assert_eq!(shown, expected.map(|(start, end, text)| (start, end, text.to_owned())));
}

#[test]
fn words_wider_than_a_line_are_cut() {
    let cues = read_srt(&one_speaker(&[(0, 1000, &"a".repeat(100))]).to_srt());
    let lines: Vec<_> = cues.iter().flat_map(|cue| &cue.lines).map(|line| line.len()).collect();
    assert_eq!(lines, ["Kim Lee:".len(), 42, "Kim Lee:".len(), 42, "Kim Lee: ".len() + 16]);
}

#[test]
fn characters_of_east_asia_take_two_columns() {
    let cues = read_webvtt(&one_speaker(&[(0, 4000, &"語".repeat(50))]).to_webvtt());
    let lines: Vec<_> = cues.iter().flat_map(|(_, cue)| &cue.lines).map(|line| line.chars().count()).collect();
    assert_eq!(lines, [21, 21, 8]);
}

#[test]
fn a_sentence_without_length_is_shown_for_half_a_second() {
    let cues = read_srt(&one_speaker(&[(1000, 1000, "Yes.")]).to_srt());
    assert_eq!((cues[0].start, cues[0].end), (1000, 1500));
}

#[test]
fn hours_have_as_many_digits_as_they_need() {
    let hours = 123 * 3_600_000;
    let file = one_speaker(&[(hours, hours + 1234, "Still here.")]).to_srt();
    assert_eq!(file, "1\n123:00:00,000 --> 123:00:01,234\nKim Lee: Still here.\n");
}

#[test]
fn a_sentence_of_ages_is_cut_like_any_other() {
    let ages = one_speaker(&[(0, i64::MAX, &"word ".repeat(5000))]);
    assert_eq!(read_srt(&ages.to_srt()).len(), 358);
    assert_eq!(read_webvtt(&ages.to_webvtt()).len(), 313);
}

#[test]
fn where_people_talk_over_one_another_webvtt_overlaps_and_srt_takes_turns() {
    let said = |start, end, text: &str| vec![(Some(start), Some(end), text.to_owned())];
    let both = conversation(&["A", "B"], &[(0, said(0, 9000, "I was saying that")), (1, said(3000, 3200, "Mhm."))]);
    let times = |cues: Vec<Cue>| cues.iter().map(|cue| (cue.start, cue.end)).collect::<Vec<_>>();
    let webvtt = read_webvtt(&both.to_webvtt()).into_iter().map(|(_, cue)| cue).collect();
    assert_eq!(times(webvtt), [(0, 9000), (3000, 3500)]);
    assert_eq!(times(read_srt(&both.to_srt())), [(0, 3000), (3000, 3500)]);
}

#[test]
fn what_looks_like_markup_is_text() {
    let tricky =
        conversation(&["<b>Kim</b> & co"], &[(0, vec![(Some(0), Some(900), "a --> {\\an8}<i>b</i> &lt;".into())])]);
    let webvtt = tricky.to_webvtt();
    assert!(
        webvtt.ends_with("<v &lt;b&gt;Kim&lt;/b&gt; &amp; co>a --&gt; {\\an8}&lt;i&gt;b&lt;/i&gt; &amp;lt;\n"),
        "{webvtt}"
    );
    let srt = tricky.to_srt();
    assert!(srt.ends_with("‹b›Kim‹/b› & co: a --› ❴\\an8❵‹i›b‹/i› &lt;\n"), "{srt}");
}

fn time() -> impl Strategy<Value = Option<i64>> {
    prop_oneof![
        1 => Just(None),
        1 => any::<i64>().prop_map(Some),
        6 => (-2000_i64..20_000).prop_map(Some),
    ]
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "[a-z&<>{}:. \n-]{0,40}( [a-z,]{1,12}){0,30}",
        1 => "(--> |<v |&amp;|\r\n\n|[0-9]\n){0,10}",
        1 => "\\PC{0,60}",
        1 => any::<String>(),
    ]
}

fn monologues() -> impl Strategy<Value = Vec<(usize, Vec<Said>)>> {
    let said = prop::collection::vec((time(), time(), text()), 0..6);
    prop::collection::vec((0..4_usize, said), 0..8)
}

const NAMES: [&str; 3] = ["Kim Lee", "<v>\n--> &", "A name that is longer than any line of subtitles ought to be"];

proptest! {
    #[test]
    fn webvtt_is_well_formed_and_says_everything(monologues in monologues()) {
        let conversation = conversation(&NAMES, &monologues);
        let cues = read_webvtt(&conversation.to_webvtt());
        prop_assert!(cues.is_sorted_by_key(|(_, cue)| cue.start));

        let labels: Vec<_> = conversation.speakers.iter().map(|speaker| speaker.label.as_str()).collect();
        prop_assert!(cues.iter().all(|(voice, _)| labels.contains(&voice.as_str())));

        let said = monologues.iter().flat_map(|(_, said)| said).map(|(_, _, text)| text.as_str());
        let shown = cues.iter().flat_map(|(_, cue)| &cue.lines).map(String::as_str);
        prop_assert_eq!(characters(said), characters(shown));
    }

    #[test]
    fn srt_is_well_formed_and_shows_one_cue_at_a_time(monologues in monologues()) {
        let cues = read_srt(&conversation(&NAMES, &monologues).to_srt());
        for pair in cues.windows(2) {
            prop_assert!(pair[0].end <= pair[1].start, "{pair:?}");
        }
        let markup = |line: &String| line.contains(['<', '>', '{', '}']);
        prop_assert!(!cues.iter().flat_map(|cue| &cue.lines).any(markup));
    }

    #[test]
    fn text_and_markdown_have_a_line_for_every_turn(monologues in monologues()) {
        let conversation = conversation(&NAMES, &monologues);
        let turns = |file: &str, begin: &str| file.lines().filter(|line| line.starts_with(begin)).count();
        prop_assert_eq!(turns(&conversation.to_markdown(), "**"), conversation.turns.len());
        prop_assert!(turns(&conversation.to_text(), "[") >= conversation.turns.len());
    }
}
