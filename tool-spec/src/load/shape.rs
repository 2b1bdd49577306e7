//! What a declaration of the language says of itself: which keys there are, what stands at each, and what it is for.

/// A map with keys of its own.
#[derive(Debug)]
pub(crate) struct Shape {
    /// Its name among the schema's definitions, and on the page of the language.
    pub(crate) name: &'static str,
    /// What reports call it, if not by what it stands at.
    pub(crate) what: Option<&'static str>,
    /// What it is.
    pub(crate) about: &'static str,
    /// Its keys, in the order in which they are written.
    pub(crate) parts: &'static [Part],
}

impl Shape {
    /// Every key.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &'static Key> {
        self.parts.iter().flat_map(Part::keys)
    }

    /// The key of this name.
    pub(crate) fn key(&self, name: &str) -> Option<&'static Key> {
        self.keys().find(|key| key.name == name)
    }

    /// Keys of which exactly one is there; none if there are no such keys.
    pub(crate) fn firsts(&self) -> impl Iterator<Item = &'static str> {
        self.keys().filter(|key| key.role == Role::First).map(|key| key.name)
    }
}

/// A key, or keys that are declared elsewhere.
#[derive(Debug)]
pub(crate) enum Part {
    Key(Key),
    Keys(&'static [Part]),
}

impl Part {
    /// Every key.
    pub(crate) fn keys(&'static self) -> Box<dyn Iterator<Item = &'static Key>> {
        match self {
            Part::Key(key) => Box::new(std::iter::once(key)),
            Part::Keys(parts) => Box::new(parts.iter().flat_map(Part::keys)),
        }
    }
}

/// A key of a [`Shape`].
#[derive(Debug)]
pub(crate) struct Key {
    pub(crate) name: &'static str,
    pub(crate) role: Role,
    pub(crate) holds: Holds,
    /// What it says, in a sentence or two.
    pub(crate) about: &'static str,
}

/// Whether a key is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// It must be.
    Need,
    /// It may be.
    May,
    /// It, or another of those that the map is known by.
    First,
}

/// What stands at a key.
#[derive(Debug)]
pub(crate) enum Holds {
    /// A few words.
    Text,
    /// A sentence or more.
    Sentence,
    /// `true` or `false`.
    Flag,
    /// `true`, and nothing else would make sense.
    True,
    /// A whole number.
    Whole,
    /// A whole number from this one up.
    Count(u32),
    /// The version of the language.
    Version,
    /// One of these words.
    Word(&'static [&'static str]),
    /// A name without a `$`.
    Name,
    /// A parameter or a value as `$name`.
    Hole,
    /// `$name`, or `$name = value`.
    Condition,
    /// A type expression.
    Type,
    /// A path below the host.
    Path,
    /// An `https` address.
    Address,
    /// JSON with holes.
    Template,
    /// A constant.
    Constant,
    /// A map with keys of its own.
    Shape(&'static Shape),
    /// A map whose keys are names of the author's.
    Map(&'static Holds),
    /// A list.
    List(&'static Holds),
    /// One thing alone, or a list of such.
    OneOrMore(&'static Holds),
    /// A map of this shape if it has one of the keys that it is known by, or else a constant.
    Source(&'static Shape),
    /// A map of this shape, or else something plain.
    Or(&'static Shape, &'static Holds),
}

impl Holds {
    /// The shape of a map that stands here, if it has one.
    pub(crate) fn shape(&self) -> Option<&'static Shape> {
        match self {
            Holds::Shape(shape) | Holds::Source(shape) | Holds::Or(shape, _) => Some(shape),
            _ => None,
        }
    }

    /// What stands in the map or the list that stands here.
    pub(crate) fn inner(&self) -> Option<&'static Holds> {
        match self {
            Holds::Map(inner) | Holds::List(inner) | Holds::OneOrMore(inner) => Some(inner),
            _ => None,
        }
    }
}
