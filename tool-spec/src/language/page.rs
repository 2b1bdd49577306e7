//! The tables of keys on the page of the language: between two marks each, with the prose around them left as it is.

use std::collections::BTreeSet;

use super::{Holds, Key, Part, Role, Shape, shapes};
use crate::fault::listed;
use crate::load::shared::SHARED;

/// A mark, up to the name of a shape: all its keys, or those that it shares with no other.
const ALL: &str = "<!-- keys of ";
const OWN: &str = "<!-- own keys of ";
const NAMED: &str = " -->\n";
const END: &str = "<!-- end of keys -->\n";

/// The page with its tables as the language is.
///
/// # Errors
/// What the page lacks, or has that the language does not know.
pub(super) fn with_tables(page: &str) -> Result<String, String> {
    let shapes = shapes();
    let marks: Vec<&str> = page.lines().filter_map(marked).map(|(name, _)| name).collect();
    let mut shown: BTreeSet<&str> = marks.iter().copied().collect();
    let (mut made, mut lines) = (String::new(), page.split_inclusive('\n'));
    while let Some(line) = lines.next() {
        made.push_str(line);
        let Some((name, own)) = marked(line) else { continue };
        let Some(shape) = shapes.iter().find(|shape| shape.name == name) else {
            let names: Vec<&str> = shapes.iter().map(|shape| shape.name).collect();
            return Err(format!("has a table of the keys of `{name}`, which is no map: there is {}", listed(&names)));
        };
        if !lines.any(|line| line == END) {
            return Err(format!(
                "does not say where the table of the keys of `{name}` ends: put `{}` there",
                END.trim_end()
            ));
        }
        made.push_str("\n| key | needed | holds | what it says |\n| --- | --- | --- | --- |\n");
        rows(&mut made, "", &keys(shape, own), &marks, &mut shown);
        made.push('\n');
        made.push_str(END);
    }
    match shapes.iter().find(|shape| !shown.contains(shape.name)) {
        Some(Shape { name, .. }) => {
            Err(format!("has no table of the keys of `{name}`: put `{ALL}{name}{NAMED}{END}` there"))
        }
        None => Ok(made),
    }
}

/// The shape that a mark names, and whether only its own keys are meant.
fn marked(line: &str) -> Option<(&str, bool)> {
    let name = |mark: &str| line.trim_end().strip_prefix(mark)?.strip_suffix(NAMED.trim_end());
    name(ALL).map(|name| (name, false)).or_else(|| name(OWN).map(|name| (name, true)))
}

fn keys(shape: &Shape, own: bool) -> Vec<&'static Key> {
    let parts = shape.parts.iter().filter(|part| !own || matches!(part, Part::Key(_)));
    parts.flat_map(Part::keys).collect()
}

/// A row for each key. What a map holds that has no table of its own follows the key at which it stands.
fn rows<'s>(made: &mut String, around: &str, keys: &[&'static Key], marks: &[&str], shown: &mut BTreeSet<&'s str>)
where
    'static: 's,
{
    let may_be_shared = keys.iter().any(|key| key.name == SHARED);
    for key in keys {
        let needed = match key.role {
            Role::Need if may_be_shared => "unless `shared`",
            Role::Need => "yes",
            Role::May => "",
            Role::First => "one of them",
        };
        let cells = [format!("`{around}{}`", key.name), needed.to_owned(), stands(&key.holds), key.about.to_owned()];
        made.push('|');
        for cell in cells {
            made.push_str(if cell.is_empty() { "" } else { " " });
            made.push_str(&cell.replace('|', r"\|"));
            made.push_str(" |");
        }
        made.push('\n');
        if let Holds::Shape(shape) = key.holds
            && !marks.contains(&shape.name)
        {
            shown.insert(shape.name);
            rows(made, &format!("{around}{}.", key.name), &self::keys(shape, false), marks, shown);
        }
    }
}

/// What stands at a key, in words.
fn stands(holds: &Holds) -> String {
    let plain = match holds {
        Holds::Text => "text",
        Holds::Sentence => "a sentence",
        Holds::Flag => "`true`, `false`",
        Holds::True => "`true`",
        Holds::Whole => "a whole number",
        Holds::Count(0) => "a count",
        Holds::Count(least) => return format!("a count from {least}"),
        Holds::Version => "a version",
        Holds::Word(words) => return listed(words),
        Holds::Name => "a name",
        Holds::Hole => "`$name`",
        Holds::Condition => "`$name`, `$name = value`",
        Holds::Type => "a type",
        Holds::Path => "a path",
        Holds::Address => "an `https` address",
        Holds::Template => "a template",
        Holds::Constant => "a value",
        Holds::Shape(_) => "a map",
        Holds::Map(inner) => return format!("names, each with {}", stands(inner)),
        Holds::List(inner) => return format!("a list, each {}", stands(inner)),
        Holds::OneOrMore(inner) => return format!("{}, or a list of such", stands(inner)),
        Holds::Source(_) => "a source, or a value",
        Holds::Or(_, plain) => return format!("{}, or a map", stands(plain)),
    };
    plain.to_owned()
}
