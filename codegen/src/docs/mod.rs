//! The reference: an index, a page a group of tools, and a page a file of models, in Markdown as GitHub shows it.

mod index;
mod markdown;
mod models;
mod sent;
mod template;
mod tool;
mod types;

use super::Output;
use crate::words;
use markdown::{points, prose};
use tool_spec::display::joined;
use tool_spec::model::{Group, Spec, Tool};

/// The pages of the reference.
#[must_use]
pub fn emit(spec: &Spec) -> Vec<Output> {
    let mut pages = vec![page("README", "spec/", &index::page(spec))];
    pages.extend(spec.groups.iter().map(|group| page(&group.name, &group.source, &group_page(spec, group))));
    pages.extend(
        models::files(spec)
            .iter()
            .map(|((stem, source), types)| page(&format!("models/{stem}"), source, &models::page(spec, stem, types))),
    );
    pages
}

/// The reference's part of the book's table of contents, which lists every page once.
#[must_use]
pub fn contents(spec: &Spec) -> String {
    let line = |title: &str, path: &str| format!("  - [{title}](reference/{path}.md)\n");
    let groups = spec.groups.iter().map(|group| line(&words::title(&group.name), &group.name));
    let files = models::files(spec);
    let models = files.keys().map(|(stem, _)| line(&format!("Models: {stem}"), &format!("models/{stem}")));
    ["# Tools\n\n- [Reference](reference/README.md)\n".to_owned()].into_iter().chain(groups).chain(models).collect()
}

fn page(name: &str, source: &str, text: &str) -> Output {
    let contents = format!("<!-- {} -->\n\n{}\n", words::generated_from(source), text.trim_end());
    Output { path: format!("docs/reference/{name}.md"), contents }
}

fn group_page(spec: &Spec, group: &Group) -> String {
    let link = |tool: &Tool| format!("[`{name}`](#{name}): {title}", name = tool.name, title = prose(&tool.title));
    format!(
        "# {}\n\n{} How to read this page: [the reference](README.md).\n\n{}\n\n{}",
        words::title(&group.name),
        prose(&group.about),
        points(group.tools.iter().map(link)),
        joined(group.tools.iter().map(|tool| tool::section(spec, group, tool)), "\n\n")
    )
}
