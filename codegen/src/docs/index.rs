//! The first page of the reference: what there is, and how to read the rest.

use super::markdown::{link, prose, table};
use super::models;
use crate::client;
use crate::words;
use tool_spec::display::joined;
use tool_spec::fault::listed;
use tool_spec::model::{Group, IdForm, IdKind, Named, Service, Spec, Tool};

/// The page.
pub(super) fn page(spec: &Spec) -> String {
    [
        "# Reference".to_owned(),
        service(&spec.service),
        format!("## Groups\n\n{}", groups(spec)),
        format!("## Tools\n\n{}", tools(spec)),
        format!("## How to read a tool's section\n\n{}\n\n{}", reading(spec), nothing_found(&spec.service)),
        format!("## Models\n\n{}", models_pages(spec)),
        format!("## Kinds of ids\n\n{}", ids(&spec.service.ids)),
        format!("## Scopes\n\n{}", scopes(&spec.service.scopes)),
    ]
    .join("\n\n")
}

fn service(service: &Service) -> String {
    format!(
        "{} A client talks to `{}`, or to the host that the account's token names. {} allows a company {} requests a \
         second and {} a day, over all its integrations together.",
        prose(&service.about),
        service.base_url,
        prose(&service.title),
        service.per_second,
        service.per_day
    )
}

fn nothing_found(service: &Service) -> String {
    format!(
        "A tool that lists takes status {} with \u{201c}{}\u{201d} for an empty answer, as that is what it means.",
        service.nothing_found_status,
        prose(&service.nothing_found_message)
    )
}

fn groups(spec: &Spec) -> String {
    let row = |group: &Group| {
        let page = link(&words::title(&group.name), &format!("{}.md", group.name));
        [page, prose(&group.about), group.tools.len().to_string()]
    };
    table(&["Group", "About", "Tools"], spec.groups.iter().map(row))
}

fn tools(spec: &Spec) -> String {
    let row = |(group, tool): (&Group, &Tool)| {
        let section = link(&format!("`{}`", tool.name), &format!("{}.md#{}", group.name, tool.name));
        let title = if tool.deprecated.is_some() { format!("{} (deprecated)", tool.title) } else { tool.title.clone() };
        [section, prose(&title), tool.effect.as_str().to_owned(), listed(&tool.scopes)]
    };
    table(&["Tool", "Does", "Effect", "Scopes"], spec.tools().map(row))
}

fn models_pages(spec: &Spec) -> String {
    let rows = models::files(spec).into_iter().map(|((stem, _), declared)| {
        let page = format!("models/{stem}.md");
        let names = declared.iter().map(|one| link(&one.name, &format!("{page}#{}", one.name.to_lowercase())));
        [link(&words::title(stem), &page), joined(names, ", ")]
    });
    table(&["Page", "Models"], rows)
}

fn scopes(scopes: &[Named]) -> String {
    table(&["Scope", "About"], scopes.iter().map(|scope| [format!("`{}`", scope.name), prose(&scope.about)]))
}

fn ids(kinds: &[IdKind]) -> String {
    let row = |kind: &IdKind| {
        let form = match kind.form {
            Some(IdForm::Digits) => "digits",
            Some(IdForm::Word) => "no spaces, no commas",
            None => "",
        };
        let address = kind.address.as_ref().map(|path| format!("; or an address `…{path}?id=…`"));
        [format!("`{}`", kind.name), prose(&kind.about), format!("{form}{}", address.unwrap_or_default())]
    };
    table(&["Kind", "About", "Written as"], kinds.iter().map(row))
}

fn reading(spec: &Spec) -> String {
    let (title, variable, krate) = (prose(&spec.service.title), client::variable(&spec.service), client::krate(spec));
    format!(
        "\
**Parameters** have the names that callers by name use, at a shell and as an agent; in Rust each \
has a setter of the same name, but for those that have no effect. A *date-time* is RFC 3339 with an offset, such as \
`2026-11-16T09:00:00+01:00`; a *date* is `2026-11-16`; an *id* is text, or a whole number by name, and each kind has \
its form (below). *Comma-separated* values are one text by name and a list in Rust; any other list whose elements \
hold no comma may be written so too. Empty text in an optional parameter is as good as none, except for an id, which \
is never empty. Unknown parameters and wrong values are refused before anything is sent.

**What is sent** shows each request as it goes to {title}. `$name` is a parameter, or a value that is worked out. A \
key whose value is absent is not sent, and neither is an object or a list all of whose values are absent, unless its \
key ends in `!`. `$name | date` is the date of a date-time, as written; `| end_date` is the date on which a range \
ends where {title} leaves the end day out, so that a time after midnight counts as the next day; `| until_today` \
takes today for any later date.

**What comes back** lists the answer's fields. A field that {title} left out is absent, a list is there even if it \
is empty. Beside its fields an answer may have `notices`: sentences that say what a caller should know, such as a \
parameter that {title} has no place for. In Rust they are on the answer too.

**Examples** in Rust stand in an async function, with `{variable}` a `{krate}::Client`."
    )
}
