//! The pages of the docs, and the code on them.

use std::path::Path;

/// The address that pages write.
const ADDRESS: &str = "127.0.0.1:8765";
/// The token that pages write, and VS Code's way to ask for it.
const TOKENS: [&str; 2] = ["gongmcp_…", "${input:gong-token}"];

/// A page of the guide: its text.
pub(crate) struct Page(pub(crate) String);

impl Page {
    pub(crate) fn read(name: &str) -> Self {
        let guide = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/guide");
        Page(std::fs::read_to_string(guide.join(name)).unwrap())
    }

    /// Its text, in one line.
    pub(crate) fn prose(&self) -> String {
        self.0.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The first block of code below a heading.
    pub(crate) fn code(&self, heading: &str) -> String {
        let (_, below) = self.0.split_once(&format!("\n## {heading}\n")).expect(heading);
        block(below, "```").to_owned()
    }

    /// The block of code in this language, of which the page has one.
    pub(crate) fn only(&self, language: &str) -> String {
        let fence = format!("```{language}\n");
        assert_eq!(self.0.matches(&fence).count(), 1, "blocks of {language}");
        block(&self.0, &fence).to_owned()
    }
}

/// The block that begins with this fence.
fn block<'a>(text: &'a str, fence: &str) -> &'a str {
    let (_, after) = text.split_once(fence).expect("a block of code");
    let code = if fence.ends_with('\n') { after } else { after.split_once('\n').unwrap().1 };
    code.split_once("```").unwrap().0
}

/// Code of a page with the address of a server and a token of it in place of those that the page writes.
pub(crate) fn at(code: &str, address: &str, token: &str) -> String {
    TOKENS.iter().fold(code.replace(ADDRESS, address), |code, written| code.replace(written, token))
}
