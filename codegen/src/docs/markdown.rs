//! The little Markdown that the reference is made of.

use tool_spec::display::joined;

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
pub(super) fn table<R: IntoIterator<Item = String>>(head: &[&str], rows: impl IntoIterator<Item = R>) -> String {
    let head = [head.join(" | "), vec!["---"; head.len()].join(" | ")];
    let cell = |cell: String| cell.replace('|', "\\|").replace('\n', " ");
    let rows = rows.into_iter().map(|cells| joined(cells.into_iter().map(cell), " | "));
    joined(head.into_iter().chain(rows).map(|row| format!("| {row} |")), "\n")
}

/// A block of code.
pub(super) fn block(language: &str, code: &str) -> String {
    format!("```{language}\n{code}\n```")
}

/// A list of points, each a paragraph.
pub(super) fn points(points: impl IntoIterator<Item = String>) -> String {
    joined(points.into_iter().map(|point| format!("- {point}")), "\n")
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
        let table = table(&["a"], [["one | two\nthree".to_owned()]]);
        assert_eq!(table, "| a |\n| --- |\n| one \\| two three |");
    }
}
