//! A change that each rule finds: shown in the docs, and made on the fixture in `spec-diff/tests/fixtures/spec` by
//! the tests. They stand in `examples.diff`, each under its rule's name.

/// A change of some whole lines of a spec.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The lines to look for.
    pub from: String,
    /// The lines to put in their place.
    pub to: String,
}

const ALL: &str = include_str!("examples.diff");

/// The example of the rule of this name, as it is written: a diff whose hunks are divided by `@@`.
#[must_use]
pub fn example(id: &str) -> &'static str {
    let head = format!("=== {id}\n");
    let starts = ALL.strip_prefix(&head).or_else(|| ALL.split_once(&format!("\n{head}")).map(|(_, after)| after));
    starts.and_then(|after| after.split("\n=== ").next()).unwrap_or_default().trim_end_matches('\n')
}

/// The changes that such a diff makes, one a hunk.
#[must_use]
pub fn edits(diff: &str) -> Vec<Edit> {
    diff.split("@@\n").filter(|hunk| !hunk.is_empty()).map(hunk).collect()
}

fn hunk(hunk: &str) -> Edit {
    let mut edit = Edit { from: String::new(), to: String::new() };
    for line in hunk.lines() {
        let (sides, line) = match line.split_at_checked(1) {
            Some(("-", line)) => ([true, false], line),
            Some(("+", line)) => ([false, true], line),
            Some((_, line)) => ([true, true], line),
            None => ([true, true], ""),
        };
        for (side, there) in [&mut edit.from, &mut edit.to].into_iter().zip(sides) {
            if there {
                side.push_str(line);
                side.push('\n');
            }
        }
    }
    edit
}
