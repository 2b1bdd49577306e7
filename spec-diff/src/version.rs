//! Versions, and how far a change raises them.

use std::fmt;

use super::rule::Step;

/// A version of a crate. What may follow the three numbers makes no difference here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version {
    /// The first number.
    pub major: u64,
    /// The second.
    pub minor: u64,
    /// The third.
    pub patch: u64,
}

impl Version {
    /// Reads `1.2.3`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let numbers = text.trim().split(['-', '+']).next()?;
        let mut numbers = numbers.split('.').map(|number| number.parse().ok());
        let version = Version { major: numbers.next()??, minor: numbers.next()??, patch: numbers.next()?? };
        numbers.next().is_none().then_some(version)
    }

    /// The least version that may carry such a change, by Cargo's reading of semver: before 1.0.0 the leftmost number
    /// that is not zero stands for the major one, and there is nothing between it and the patch.
    #[must_use]
    pub fn raised(self, step: Step) -> Self {
        let Version { major, minor, patch } = self;
        match (major, minor, step) {
            (0, 0, _) => Version { patch: patch.saturating_add(1), ..self },
            (0, _, Step::Major) | (1.., _, Step::Minor) => Version { minor: minor.saturating_add(1), patch: 0, ..self },
            (1.., _, Step::Major) => Version { major: major.saturating_add(1), minor: 0, patch: 0 },
            (0, _, Step::Minor) | (_, _, Step::Patch) => Version { patch: patch.saturating_add(1), ..self },
        }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)
    }
}

#[cfg(test)]
mod tests;
