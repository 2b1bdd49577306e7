//! What is behind an error of the YAML parser. It tells what it met and where it gave up, which may be lines away from
//! the slip; so the text is read once more, line by line, for the slips that people make.

use crate::source::Span;

/// A slip: where it is, what it is and what to do about it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Slip {
    pub(super) span: Span,
    pub(super) message: String,
    pub(super) help: String,
}

/// The first slip of a text that the parser refuses.
pub(super) fn find(text: &str, file: usize) -> Option<Slip> {
    let mut reader = Reader { file, levels: vec![0], open: Vec::new(), block: None, complete: false };
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if let Some(slip) = reader.line(line.trim_end_matches(['\n', '\r']), start) {
            return Some(slip);
        }
        start += line.len();
    }
    let opened = reader.open.first()?;
    Some(opened.slip(file))
}

/// A quote or a bracket that was opened.
#[derive(Clone, Copy, Debug)]
struct Opened {
    sign: char,
    at: usize,
}

impl Opened {
    fn closing(self) -> char {
        match self.sign {
            '[' => ']',
            '{' => '}',
            quote => quote,
        }
    }

    fn is_quote(self) -> bool {
        matches!(self.sign, '"' | '\'')
    }

    fn slip(self, file: usize) -> Slip {
        let what = if self.is_quote() { "quote" } else { "bracket" };
        Slip {
            span: Span { file, start: self.at, end: self.at + 1 },
            message: format!("this {what} is not closed"),
            help: format!("write the `{}` that belongs to it", self.closing()),
        }
    }
}

struct Reader {
    file: usize,
    /// How far the maps and lists are indented that the line may go on, the outermost first.
    levels: Vec<usize>,
    /// Quotes and brackets that are open, the outermost first.
    open: Vec<Opened>,
    /// The indentation of the key whose text goes on below it, after `|` or `>`.
    block: Option<usize>,
    /// Whether the line before had a key and its value, so that nothing lies deeper.
    complete: bool,
}

impl Reader {
    fn line(&mut self, line: &str, start: usize) -> Option<Slip> {
        let bare = line.trim_start_matches([' ', '\t']);
        let blank = line.len() - bare.len();
        if let Some(opened) = self.open.first().copied() {
            // A line that reads as a key of the map around it shows that a quote was to end before.
            return match opened.is_quote() && key_end(bare).is_some() {
                true => Some(opened.slip(self.file)),
                false => self.signs(bare, start + blank, true),
            };
        }
        if bare.is_empty() || bare.starts_with('#') {
            return None;
        }
        if let Some(tab) = line.get(..blank).and_then(|before| before.find('\t')) {
            let help = "indent lines with spaces: one level is two of them";
            return self.slip(start + tab, 1, "a tab stands in the indentation", help);
        }
        if let Some(indent) = self.block {
            if blank > indent {
                return None;
            }
            self.block = None;
        }
        self.indentation(bare, blank, start).or_else(|| {
            let (content, at) = self.items(bare, blank);
            let content_at = start + at;
            self.entry(content, content_at, at)
        })
    }

    /// Whether the line is indented as one of those that it may go on.
    fn indentation(&mut self, bare: &str, blank: usize, start: usize) -> Option<Slip> {
        let deepest = self.levels.last().copied().unwrap_or_default();
        let goes_on = !bare.starts_with("- ") && key_end(bare).is_none();
        if blank > deepest {
            if self.complete && !goes_on {
                let message = format!(
                    "this line is indented by {blank} spaces, and the one above it, which is complete, by {deepest}"
                );
                let help = format!("indent it by {deepest}, if it belongs beside that line");
                return self.slip(start, blank, message, help);
            }
            if !goes_on {
                self.levels.push(blank);
            }
            return None;
        }
        while self.levels.len() > 1 && self.levels.last().is_some_and(|level| *level > blank) {
            self.levels.pop();
        }
        let outer = self.levels.last().copied().unwrap_or_default();
        if outer == blank {
            return None;
        }
        let message =
            format!("this line is indented by {blank} spaces, which is as deep as no line that it could go on");
        self.slip(start, blank.max(1), message, format!("indent it by {outer} or by {deepest}"))
    }

    /// Past the dashes of a list's elements: the content and how far it is indented.
    fn items<'l>(&mut self, bare: &'l str, blank: usize) -> (&'l str, usize) {
        let (mut content, mut at) = (bare, blank);
        while let Some(rest) = content.strip_prefix('-').filter(|rest| rest.starts_with(' ')) {
            let inner = rest.trim_start();
            at += content.len() - inner.len();
            content = inner;
            if key_end(content).is_some() {
                self.levels.push(at);
            }
        }
        (content, at)
    }

    /// A key with its value, or a value alone.
    fn entry(&mut self, content: &str, at: usize, indent: usize) -> Option<Slip> {
        let value_at = key_end(content).map_or(0, |end| end + 1);
        let rest = content.get(value_at..).unwrap_or_default();
        let value = rest.trim_start();
        let at = at + value_at + (rest.len() - value.len());
        let shown = without_comment(value);
        self.complete = value_at > 0 && !shown.is_empty();
        if shown.starts_with(['|', '>']) {
            self.block = Some(indent);
            self.complete = false;
            return None;
        }
        let first = shown.chars().next()?;
        if matches!(first, '@' | '`' | '%') {
            let help = format!("put it in quotes: \"{shown}\"");
            return self.slip(at, first.len_utf8(), format!("a text cannot begin with `{first}`"), help);
        }
        if matches!(first, '"' | '\'' | '[' | '{') {
            return self.signs(value, at, false);
        }
        let second = shown.find(": ").or_else(|| shown.ends_with(':').then(|| shown.len() - 1));
        second.filter(|_| value_at > 0).and_then(|colon| {
            let help = format!("put the text in quotes: \"{}\"", shown.replace('"', "\\\""));
            self.slip(at + colon, 1, "a second `:` in one line, which YAML takes for another key", help)
        })
    }

    /// Goes over quotes and brackets from here to the end of the line.
    fn signs(&mut self, text: &str, at: usize, goes_on: bool) -> Option<Slip> {
        let mut before = if goes_on { ' ' } else { '\0' };
        let mut letters = text.char_indices();
        while let Some((index, letter)) = letters.next() {
            match self.open.last().copied() {
                Some(open) if open.is_quote() => match letter {
                    '\\' if open.sign == '"' => drop(letters.next()),
                    letter if letter == open.sign => drop(self.open.pop()),
                    _ => {}
                },
                _ if letter == '#' && before == ' ' => break,
                open => match letter {
                    '[' | '{' => self.open.push(Opened { sign: letter, at: at + index }),
                    '"' | '\'' if !before.is_alphanumeric() => self.open.push(Opened { sign: letter, at: at + index }),
                    ']' | '}' if open.is_some_and(|open| open.closing() == letter) => drop(self.open.pop()),
                    ']' | '}' => {
                        let message = format!("a `{letter}` closes nothing that is open here");
                        return self.slip(at + index, 1, message, "take it away, or write the one that opens");
                    }
                    _ => {}
                },
            }
            before = letter;
        }
        // In the midst of brackets a line that reads as a key of the map around them shows that they were to end
        // before.
        let opened = self.open.first().copied().filter(|open| !open.is_quote() && goes_on)?;
        (key_end(text).is_some() && !text.trim_end().ends_with([',', ']', '}'])).then(|| opened.slip(self.file))
    }

    fn slip(&self, at: usize, length: usize, message: impl Into<String>, help: impl Into<String>) -> Option<Slip> {
        let span = Span { file: self.file, start: at, end: at + length };
        Some(Slip { span, message: message.into(), help: help.into() })
    }
}

/// Where the colon is that ends a key at the beginning of a text.
fn key_end(text: &str) -> Option<usize> {
    let word = text.find(|c: char| !(c.is_alphanumeric() || "_-!.:<>/".contains(c))).unwrap_or(text.len());
    let colon = text.get(..word)?.rfind(':')?;
    (text.get(colon + 1..)?.is_empty() || text.get(colon + 1..)?.starts_with(' ')).then_some(colon)
}

/// A value without the comment after it.
fn without_comment(value: &str) -> &str {
    let end = if value.starts_with('#') { Some(0) } else { value.find(" #") };
    value.get(..end.unwrap_or(value.len())).unwrap_or(value).trim_end()
}
