//! Doc comments out of the spec's sentences.

use proc_macro2::TokenStream;
use quote::quote;

use super::words::Words;
use tool_spec::format::lines;

/// Columns of a line of documentation.
const WIDTH: usize = 110;

/// A doc comment, line by line.
#[derive(Default)]
pub(super) struct Doc(Vec<String>);

impl Doc {
    /// One paragraph of plain words.
    pub(super) fn of(text: &str) -> Self {
        Doc::default().markdown(&escaped(text, |_| None))
    }

    /// One paragraph of plain words, some of which name what Rust has a link for.
    pub(super) fn linked(text: &str, words: Words<'_>) -> Self {
        Doc::default().markdown(&escaped(text, |word| words.markdown(word)))
    }

    /// A further paragraph that is Markdown already.
    pub(super) fn markdown(mut self, text: &str) -> Self {
        self.gap();
        self.0.extend(lines(text, WIDTH, is_marker));
        self
    }

    /// A further paragraph, a list of sentences.
    pub(super) fn list(mut self, sentences: &[String], words: Words<'_>) -> Self {
        if !sentences.is_empty() {
            self.gap();
        }
        for sentence in sentences {
            let lines = lines(&escaped(sentence, |word| words.markdown(word)), WIDTH - 2, is_marker);
            let marks = std::iter::once("- ").chain(std::iter::repeat("  "));
            self.0.extend(marks.zip(lines).map(|(mark, line)| format!("{mark}{line}")));
        }
        self
    }

    /// A further paragraph of lines as they are.
    pub(super) fn lines(mut self, lines: impl IntoIterator<Item = String>) -> Self {
        self.gap();
        self.0.extend(lines);
        self
    }

    /// As the attributes of the item after it.
    pub(super) fn outer(&self) -> TokenStream {
        let lines = self.0.iter().map(|line| spaced(line));
        quote!(#(#[doc = #lines])*)
    }

    /// As text in front of an item, each line after `indent`.
    pub(super) fn text(&self, indent: &str) -> String {
        self.0.iter().map(|line| format!("{indent}///{}\n", spaced(line))).collect()
    }

    /// As text at the head of a file.
    pub(super) fn inner_text(&self) -> String {
        self.0.iter().map(|line| format!("//!{}\n", spaced(line))).collect()
    }

    fn gap(&mut self) {
        if !self.0.is_empty() {
            self.0.push(String::new());
        }
    }
}

/// A line as it stands after `///`.
fn spaced(line: &str) -> String {
    if line.is_empty() { String::new() } else { format!(" {line}") }
}

/// Plain words as Markdown: brackets are no links, angles no tags, and addresses are links, as are the words that
/// `link` knows.
fn escaped(text: &str, link: impl Fn(&str) -> Option<String>) -> String {
    let mut code = false;
    let mut words = Vec::new();
    for word in text.split_whitespace() {
        let address = !code && (word.starts_with("https://") || word.starts_with("http://"));
        if address {
            let end = word.trim_end_matches(['.', ',', ';', ')']).len();
            let (address, rest) = word.split_at(end);
            words.push(format!("<{address}>{rest}"));
            continue;
        }
        let name = word.trim_matches(|letter: char| !letter.is_alphanumeric());
        if !code
            && let Some((before, after)) = word.split_once(name)
            && let Some(link) = link(name)
        {
            words.push(format!("{before}{link}{after}"));
            continue;
        }
        let mut escaped = String::new();
        for c in word.chars() {
            code ^= c == '`';
            if !code && matches!(c, '[' | ']' | '<') {
                escaped.push('\\');
            }
            escaped.push(c);
        }
        words.push(escaped);
    }
    words.join(" ")
}

/// Whether the word at the start of a line means something to Markdown.
fn is_marker(word: &str) -> bool {
    let number = word.trim_end_matches(['.', ')']);
    matches!(word, "-" | "+" | "*" | "#" | ">")
        || (number != word && !number.is_empty() && number.chars().all(|c| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::Doc;

    fn check(text: &str, comment: &str) {
        assert_eq!(Doc::of(text).text(""), comment);
    }

    #[test]
    fn brackets_angles_and_addresses_are_plain() {
        check("A list<T> or `list<T>` [sic].", "/// A list\\<T> or `list<T>` \\[sic\\].\n");
        check("See https://example.com/a_b.", "/// See <https://example.com/a_b>.\n");
    }

    #[test]
    fn a_line_ends_at_a_word_and_begins_no_list() {
        let words = "word ".repeat(22);
        let text = Doc::of(&format!("{words}- word")).text("");
        assert_eq!(text.lines().count(), 2);
        assert!(text.lines().all(|line| !line.starts_with("/// -")));
    }
}
