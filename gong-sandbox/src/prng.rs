//! A small seeded generator (splitmix64): the same seed and topic always give the same numbers.
//!
//! Not `rand` or `fastrand`: neither promises the same numbers from version to version, and the company that a seed
//! makes is part of what tests compare with.

/// One stream of pseudo-random numbers.
///
/// Every topic gets a stream of its own, so that more data of one kind does not change the others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Prng(u64);

/// How far the state goes on with each number.
const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

impl Prng {
    pub(crate) fn new(seed: u64, topic: &str) -> Self {
        // FNV-1a folds the topic into the seed.
        let hash = topic.bytes().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        });
        Self(seed.wrapping_mul(STEP) ^ hash)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(STEP);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Leaves so many numbers out, however many.
    pub(crate) fn skip(&mut self, numbers: u64) {
        self.0 = self.0.wrapping_add(numbers.wrapping_mul(STEP));
    }

    /// A number in `0..bound`; 0 when the bound is 0.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        let bound = bound as u64;
        self.next().checked_rem(bound).unwrap_or(0) as usize
    }

    /// A number in `low..=high`.
    pub(crate) fn between(&mut self, low: i64, high: i64) -> i64 {
        let width = high.saturating_sub(low).saturating_add(1).max(1) as u64;
        low + (self.next() % width) as i64
    }

    /// A number from 0 up to, but not including, 1.
    pub(crate) fn share(&mut self) -> f64 {
        // The 53 bits that an f64 holds.
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    pub(crate) fn chance(&mut self, percent: u64) -> bool {
        self.next() % 100 < percent
    }

    pub(crate) fn pick<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        items.get(self.below(items.len()))
    }

    pub(crate) fn word(&mut self, words: &[&'static str]) -> &'static str {
        self.pick(words).copied().unwrap_or_default()
    }

    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }

    /// A 19 digit id: far beyond 2^53, within an i64.
    pub(crate) fn id(&mut self) -> String {
        self.integer_id().to_string()
    }

    /// The same as a number.
    pub(crate) fn integer_id(&mut self) -> i64 {
        self.between(1_000_000_000_000_000_000, 9_200_000_000_000_000_000)
    }

    /// A 20 digit id, which no i64 can hold.
    pub(crate) fn long_id(&mut self) -> String {
        let id = 10_000_000_000_000_000_000 + self.next() % 8_000_000_000_000_000_000;
        id.to_string()
    }

    pub(crate) fn letters(&mut self, alphabet: &[u8], length: usize) -> String {
        (0..length).filter_map(|_| self.pick(alphabet).copied()).map(char::from).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_repeats_with_its_seed_and_topic() {
        let draw = |seed, topic| Prng::new(seed, topic).next();
        assert_eq!(draw(1, "users"), draw(1, "users"));
        assert_ne!(draw(1, "users"), draw(2, "users"));
        assert_ne!(draw(1, "users"), draw(1, "calls"));
    }

    #[test]
    fn to_skip_numbers_is_to_draw_them() {
        let (mut drawn, mut skipped) = (Prng::new(1, "users"), Prng::new(1, "users"));
        for _ in 0..3 {
            drawn.next();
        }
        skipped.skip(3);
        assert_eq!(drawn.next(), skipped.next());
    }
}
