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

/// The transcript of a call: empty where nobody spoke.
pub(crate) fn transcript(seed: u64, call: &Call) -> Vec<Monologue> {
    let speakers: Vec<(&str, &str)> = call
        .parties
        .iter()
        .filter_map(|party| {
            let name = party.name.as_deref().unwrap_or("a guest");
            Some((party.speaker_id.as_deref()?, name))
        })
        .collect();
    if speakers.is_empty() {
        return Vec::new();
    }

    let mut talk = Talk::begin(Prng::new(seed, &call.id), call.duration * 1000);
    let mut monologues = Vec::new();
    let mut speaker = 0;
    while talk.clock < talk.end {
        let greets = monologues.len() < speakers.len();
        let Some((speaker_id, name)) = speakers.get(speaker) else {
            break;
        };
        let greeting = greets.then(|| format!("Hello, this is {name}."));
        let topic = talk.topic();
        let sentences = talk.sentences(topic, greeting);
        if sentences.is_empty() {
            break;
        }
        monologues.push(Monologue {
            speaker_id: (*speaker_id).to_string(),
            topic: TOPICS.get(topic).map(|(name, _)| *name).filter(|_| !talk.prng.chance(25)),
            sentences,
        });
        // Everybody says hello in turn; after that, whoever answers is somebody else.
        let step = if greets || speakers.len() < 3 { 1 } else { 1 + talk.prng.below(speakers.len() - 1) };
        speaker = (speaker + step) % speakers.len();
    }
    monologues
}

/// A conversation as it goes on.
struct Talk {
    prng: Prng,
    /// Milliseconds since the call began.
    clock: i64,
    end: i64,
    /// The next line of each topic.
    next_line: Vec<usize>,
}

impl Talk {
    fn begin(mut prng: Prng, end: i64) -> Self {
        Self {
            clock: prng.between(200, 1_500),
            end,
            next_line: TOPICS.iter().map(|(_, lines)| prng.below(lines.len() / 2)).collect(),
            prng,
        }
    }

    /// A call works its way through the topics from first to last.
    fn topic(&self) -> usize {
        let count = TOPICS.len() as i64;
        (self.clock * count / self.end.max(1)).clamp(0, count - 1) as usize
    }

    fn sentences(&mut self, topic: usize, greeting: Option<String>) -> Vec<Sentence> {
        let mut greeting = greeting;
        let mut sentences = Vec::new();
        for _ in 0..self.prng.between(1, 3) {
            let start = self.clock;
            let end = start + self.prng.between(2_600, 9_800);
            if end > self.end {
                self.clock = self.end;
                break;
            }
            let text = greeting.take().unwrap_or_else(|| self.line(topic).to_string());
            sentences.push(Sentence { start, end, text });
            self.clock = end + self.prng.between(80, 1_900);
        }
        sentences
    }

    /// The lines of a topic come in their order, and again from the first when they run out.
    fn line(&mut self, topic: usize) -> &'static str {
        let (Some((_, lines)), Some(next)) = (TOPICS.get(topic), self.next_line.get_mut(topic)) else {
            return "";
        };
        let line = lines.get(*next % lines.len()).copied().unwrap_or_default();
        *next += 1;
        line
    }
}
