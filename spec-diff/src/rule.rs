//! What a rule is: a way in which one spec may differ from another, and what it does to whom.

use std::fmt;

/// What a change does to an audience.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Nothing.
    None,
    /// They may notice it, and need do nothing.
    Compatible,
    /// What they have goes on working, but may do something else.
    Dangerous,
    /// What they have stops working.
    Breaking,
}

/// The part of a version that a change needs to be raised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// The third number: nothing that a caller could rely on is new or gone.
    Patch,
    /// The second: something is new, or does something else.
    Minor,
    /// The first: something that worked does so no more.
    Major,
}

/// Whom a change may concern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Who calls the generated methods.
    Rust,
    /// Who calls tools by name with JSON: programs, the command line, agents.
    Names,
    /// The service, which gets the requests, and whoever grants access there.
    Service,
}

/// A way in which one spec may differ from another.
#[derive(Debug)]
pub struct Rule {
    /// Its stable name, such as `param-became-required`.
    pub id: &'static str,
    /// What it is about, for the docs: a heading.
    pub group: &'static str,
    /// What changed, in one sentence.
    pub about: &'static str,
    /// Why that matters.
    pub why: &'static str,
    /// What to do instead, or beside it.
    pub instead: &'static str,
    /// What it does to Rust callers.
    pub rust: Level,
    /// What it does to callers by name and agents.
    pub names: Level,
    /// What it does to the service's side.
    pub service: Level,
    /// What it asks of the version of the client.
    pub step: Step,
}

impl Rule {
    /// What it does to one audience.
    #[must_use]
    pub fn level_for(&self, audience: Audience) -> Level {
        match audience {
            Audience::Rust => self.rust,
            Audience::Names => self.names,
            Audience::Service => self.service,
        }
    }

    /// The worst that it does to anybody.
    #[must_use]
    pub fn level(&self) -> Level {
        self.rust.max(self.names).max(self.service)
    }
}

impl Audience {
    /// All of them.
    pub const ALL: [Audience; 3] = [Audience::Rust, Audience::Names, Audience::Service];

    /// How reports call it.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Audience::Rust => "Rust callers",
            Audience::Names => "Callers by name and agents",
            Audience::Service => "The service's side",
        }
    }
}

impl Level {
    /// All of them, the mildest first.
    pub const ALL: [Level; 4] = [Level::None, Level::Compatible, Level::Dangerous, Level::Breaking];
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Level::None => "none",
            Level::Compatible => "compatible",
            Level::Dangerous => "dangerous",
            Level::Breaking => "breaking",
        })
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Step::Patch => "patch",
            Step::Minor => "minor",
            Step::Major => "major",
        })
    }
}

/// The rules of one group. The three levels are for Rust callers, callers by name and the service's side, in this
/// order. A rule without `instead` is about what needs no remedy.
macro_rules! rules {
    ($group:literal: $(
        $name:ident = $id:literal [$rust:ident $names:ident $service:ident => $step:ident]
            $about:literal
            why $why:literal
            $(instead $instead:literal)?;
    )*) => {
        $(
            pub(super) static $name: $crate::rule::Rule = $crate::rule::Rule {
                id: $id,
                group: $group,
                about: $about,
                why: $why,
                instead: [$($instead,)? "Nothing."][0],
                rust: $crate::rule::Level::$rust,
                names: $crate::rule::Level::$names,
                service: $crate::rule::Level::$service,
                step: $crate::rule::Step::$step,
            };
        )*
        /// The rules of this group.
        pub(super) static RULES: &[&$crate::rule::Rule] = &[$(&$name),*];
    };
}
pub(super) use rules;
