//! What was said in a call: worked out from the seed and the call's id whenever it is asked for.

use super::{calls::Call, words::TOPICS};
use crate::prng::Prng;

/// A stretch of speech by one speaker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Monologue {
    /// The speaker, one of the call's parties by `speaker_id`.
    pub speaker_id: String,
    /// What it was about, if Gong could tell.
    pub topic: Option<&'static str>,
    /// The sentences in order.
    pub sentences: Vec<Sentence>,
}

impl Monologue {
    /// How long it took, in milliseconds.
    pub fn length(&self) -> i64 {
        let start = self.sentences.first().map_or(0, |sentence| sentence.start);
        let end = self.sentences.last().map_or(0, |sentence| sentence.end);
        end - start
    }
}

/// One spoken sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Start in milliseconds from the beginning of the call.
    pub start: i64,
    /// End in milliseconds from the beginning of the call.
    pub end: i64,
    /// The words.
    pub text: String,
}

/// The transcript of a call: empty as long as there is no recording or nobody who spoke.
pub(crate) fn transcript(seed: u64, call: &Call) -> Vec<Monologue> {
    let speakers: Vec<(&str, &str)> = call
        .parties
        .iter()
        .filter_map(|party| {
            let name = party.name.as_deref().unwrap_or("a guest");
            Some((party.speaker_id.as_deref()?, name))
        })
        .collect();
    if !call.recorded || speakers.is_empty() {
        return Vec::new();
    }

    let mut prng = Prng::new(seed, &call.id);
    let end_of_call = call.duration * 1000;
    let mut clock = prng.between(200, 1_500);
    let mut monologues = Vec::new();
    while clock < end_of_call {
        // Everybody says hello in turn, then whoever likes to.
        let turn = monologues.len();
        let introduces = turn < speakers.len();
        let speaker = if introduces { turn } else { prng.below(speakers.len()) };
        let Some((speaker_id, name)) = speakers.get(speaker) else {
            break;
        };
        let topic = topic_at(clock, end_of_call);
        let greeting = introduces.then(|| format!("Hello, this is {name}."));
        let sentences = sentences(&mut prng, topic, greeting, &mut clock, end_of_call);
        if sentences.is_empty() {
            break;
        }
        monologues.push(Monologue {
            speaker_id: (*speaker_id).to_string(),
            topic: TOPICS.get(topic).map(|(name, _)| *name).filter(|_| !prng.chance(25)),
            sentences,
        });
    }
    monologues
}

/// A call works its way through the topics from first to last.
fn topic_at(clock: i64, end_of_call: i64) -> usize {
    let count = TOPICS.len() as i64;
    (clock * count / end_of_call.max(1)).clamp(0, count - 1) as usize
}

fn sentences(
    prng: &mut Prng,
    topic: usize,
    greeting: Option<String>,
    clock: &mut i64,
    end_of_call: i64,
) -> Vec<Sentence> {
    let lines: &[&'static str] = TOPICS.get(topic).map_or(&[], |(_, lines)| lines);
    let mut greeting = greeting;
    let mut sentences = Vec::new();
    for _ in 0..prng.between(1, 5) {
        let start = *clock;
        let end = start + prng.between(2_200, 9_800);
        if end > end_of_call {
            *clock = end_of_call;
            break;
        }
        let text = greeting.take().unwrap_or_else(|| prng.word(lines).to_string());
        sentences.push(Sentence { start, end, text });
        *clock = end + prng.between(80, 900);
    }
    sentences
}
