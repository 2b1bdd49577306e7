//! The spec language printed back, much as an author writes it: in messages, in the reference, and to tell what a
//! change of a spec is about.

use std::fmt::{Display, Formatter, Result};

use crate::model::{
    Condition, Entry, Expected, Hole, Hop, Json, KeepTest, Outcomes, Root, Rule, Source, Template, Text, TextPart,
    Timeline, Ty, Value, Wait, Which,
};

/// The types that are one word by themselves.
pub const WORDS: [(&str, Ty); 10] = [
    ("string", Ty::String),
    ("integer", Ty::Integer),
    ("number", Ty::Number),
    ("boolean", Ty::Boolean),
    ("date-time", Ty::DateTime),
    ("date", Ty::Date),
    ("email", Ty::Email),
    ("url", Ty::Url),
    ("json", Ty::Json),
    ("file", Ty::File),
];

/// The parts as text, with this between them.
pub fn joined<T: Display>(parts: impl IntoIterator<Item = T>, between: &str) -> String {
    parts.into_iter().map(|part| part.to_string()).collect::<Vec<_>>().join(between)
}

/// Such as `list<id<call>>`.
impl Display for Ty {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Ty::Id(kind) => write!(f, "id<{kind}>"),
            Ty::List(of) => write!(f, "list<{of}>"),
            Ty::Csv(of) => write!(f, "csv<{of}>"),
            Ty::Map(of) => write!(f, "map<{of}>"),
            Ty::Model(name) | Ty::Enum(name) => f.write_str(name),
            word => WORDS.iter().filter(|(_, ty)| ty == word).try_for_each(|(name, _)| f.write_str(name)),
        }
    }
}

/// The name that a hole begins with; an answer has none, as its fields are called by their own.
impl Display for Root {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.write_str(match self {
            Root::Param(name) | Root::Value(name) | Root::Element(name) => name,
            Root::Item => "item",
            Root::Key => "key",
            Root::Answer => "",
        })
    }
}

/// Such as `$to | end_date`.
impl Display for Hole {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self.root {
            Root::Answer => write!(f, ".{}", path(&self.path))?,
            _ => write!(f, "${}", self.name())?,
        }
        self.filters.iter().try_for_each(|filter| write!(f, " | {}", filter.as_str()))
    }
}

impl Hole {
    /// What it names, without the `$` and the filters.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{}{}{}", self.root, if self.path.is_empty() { "" } else { "." }, path(&self.path))
    }
}

/// Fields from an answer on.
#[must_use]
pub fn path(hops: &[Hop]) -> String {
    joined(hops.iter().map(|hop| &hop.field), ".")
}

/// On one line, with holes, and each condition behind what it is about.
impl Display for Template {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Template::Constant(value) => f.write_str(&json(value)),
            Template::Hole(hole) => hole.fmt(f),
            Template::Has { param, value, then: None } => write!(f, "true if ${param} has {value}"),
            Template::Has { param, value, then: Some(then) } => write!(f, "{then} if ${param} has {value}"),
            Template::When { when, then } => write!(f, "{then} if {when}"),
            Template::Object(entries) => {
                let member = |entry: &Entry| format!("\"{}\": {}", entry.marked_key(), entry.value);
                write!(f, "{{{}}}", joined(entries.iter().map(member), ", "))
            }
            Template::List(elements) => write!(f, "[{}]", joined(elements, ", ")),
            Template::For { over, element } => write!(f, "[{element} for each of {over}]"),
        }
    }
}

impl Entry {
    /// The key, with the mark of one that is always sent.
    #[must_use]
    pub fn marked_key(&self) -> String {
        format!("{}{}", self.key, if self.always { "!" } else { "" })
    }
}

/// JSON as a template has it.
fn json(value: &Json) -> String {
    match value {
        Json::Array(elements) => format!("[{}]", joined(elements.iter().map(json), ", ")),
        Json::Object(members) => {
            format!("{{{}}}", joined(members.iter().map(|(key, value)| format!("\"{key}\": {}", json(value))), ", "))
        }
        scalar => scalar.to_string(),
    }
}

/// The sentence with its holes.
impl Display for Text {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        self.0.iter().try_for_each(|part| match part {
            TextPart::Words(words) => f.write_str(words),
            TextPart::Hole(root) => write!(f, "{{{root}}}"),
        })
    }
}

/// Such as `until status: done DONE; failed FAILED`.
impl Display for Wait {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let Wait { until, done, failed } = self;
        write!(f, "until {}: done {}; failed {}", until.field, done.join(", "), failed.join(", "))
    }
}

/// Without what is told when the value cannot be had.
impl Display for Source {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Source::Constant(json) => write!(f, "{json}"),
            Source::FreshUuid => f.write_str("{fresh: uuid}"),
            Source::Hash(names) => write!(f, "{{hash: [{}]}}", names.join(", ")),
            Source::First { param, field } => write!(f, "{{first: {param}.{field}}}"),
            Source::SameAs(name) => write!(f, "{{same_as: ${name}}}"),
            Source::DaysAgo(0) => f.write_str("{now: true}"),
            Source::DaysAgo(days) => write!(f, "{{days_ago: {days}}}"),
            Source::Ask(ask) => {
                let (word, wanted) = match &ask.which {
                    Which::Match { fields, .. } => {
                        let fields = fields.iter().map(|(field, with)| format!("{field}: ${with}"));
                        ("find", format!(", where: {{{}}}", joined(fields, ", ")))
                    }
                    Which::Only { .. } => ("only", String::new()),
                    Which::Every => ("every", String::new()),
                };
                write!(f, "{{{word}: {}, in: {}{wanted}}}", ask.field, ask.tool)
            }
        }
    }
}

impl Display for Value {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        self.given.iter().try_for_each(|given| write!(f, "${given} or "))?;
        self.source.fmt(f)
    }
}

/// Without the reason.
impl Display for Rule {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Rule::Need { any_of, .. } => write!(f, "need: [{}]", any_of.join(", ")),
            Rule::Exclude { of, .. } => write!(f, "exclude: [{}]", of.join(", ")),
            Rule::Order { first, second, .. } => write!(f, "order: [{first}, {second}]"),
        }?;
        self.when().map_or(Ok(()), |when| write!(f, ", when: {when}"))
    }
}

impl Display for Condition {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Condition::Given(param) => write!(f, "${param}"),
            Condition::Is(param, value) => write!(f, "${param} = {value}"),
        }
    }
}

impl Display for Outcomes {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        write!(f, "{{into: {}, item: {}, error: {}}}", self.into, self.item, self.error)
    }
}

impl Display for Expected {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        write!(f, "{}: {}", self.param, self.path.join("."))
    }
}

impl Display for KeepTest {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            KeepTest::Is(value) => write!(f, "{value}"),
            KeepTest::Between { from, to } => {
                let ends = [("from", from), ("to", to)];
                let ends = ends.iter().filter_map(|(key, end)| Some(format!("{key}: ${}", end.as_ref()?)));
                write!(f, "{{{}}}", joined(ends, ", "))
            }
        }
    }
}

impl Display for Timeline {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        write!(f, "{{from: {}, to: {}, time: {}}}", self.from, self.to, self.time.field)
    }
}
