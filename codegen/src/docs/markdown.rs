//! The little Markdown that the reference is made of.

/// Text as a paragraph: nothing in it is taken for markup, but for code between backticks.
pub(super) fn prose(text: &str) -> String {
    let mut code = false;
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        code ^= c == '`';
        if !code && matches!(c, '<' | '*' | '[' | ']' | '\\') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// A link to a place in the reference.
pub(super) fn link(text: &str, target: &str) -> String {
    format!("[{text}]({target})")
}

/// A table. Its cells are Markdown already; what would end a cell or a row is taken out of them.
pub(super) fn table(head: &[&str], rows: &[Vec<String>]) -> String {
    let mut lines = vec![row(head.iter().map(|cell| (*cell).to_owned())), row(head.iter().map(|_| "---".to_owned()))];
    lines.extend(rows.iter().map(|cells| row(cells.iter().map(|cell| cell.replace('|', "\\|").replace('\n', " ")))));
    lines.join("\n")
}

fn row(cells: impl Iterator<Item = String>) -> String {
    format!("| {} |", cells.collect::<Vec<_>>().join(" | "))
}

/// A block of code.
pub(super) fn block(language: &str, code: &str) -> String {
    format!("```{language}\n{code}\n```")
}

/// A list of points, each a paragraph.
pub(super) fn points<'a>(points: impl IntoIterator<Item = &'a str>) -> String {
    points.into_iter().map(|point| format!("- {point}")).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::{prose, table};

    #[test]
    fn markup_in_a_sentence_is_text() {
        assert_eq!(prose("list<T> of *all* `Vec<T>`"), "list\\<T> of \\*all\\* `Vec<T>`");
    }

    #[test]
    fn a_cell_ends_where_it_should() {
        let table = table(&["a"], &[vec!["one | two\nthree".to_owned()]]);
        assert_eq!(table, "| a |\n| --- |\n| one \\| two three |");
    }
}
