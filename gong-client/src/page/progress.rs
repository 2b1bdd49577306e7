//! Where a stream of pages stands: which page is next, how far it got, and whether it goes round in circles.

use std::collections::HashSet;
use std::hash::BuildHasher;

use crate::base::error::{Error, ErrorKind, Result};
use crate::base::service::TITLE;
use crate::call::answer::Answer;

#[derive(Debug)]
pub(super) struct Progress {
    pub(super) tool: &'static str,
    /// The cursor of the page to come.
    pub(super) cursor: Option<String>,
    /// Hashes of the cursors so far, which keeps the ten thousand pages that a day allows small. The chance that two of
    /// those share a hash is 1 in 10^11; the stream then ends with an error and loses nothing, as the next one hashes
    /// with another key.
    seen: HashSet<u64>,
    pub(super) pages: u64,
    /// How many items were handed out; `None` for a stream of pages.
    pub(super) items: Option<u64>,
    pub(super) finished: bool,
    /// How many of the last pages had nothing in them.
    empty: u32,
}

/// A stream ends with an error after this many empty pages in a row that name a next one: they could go on until the
/// company's requests of the day are spent.
const EMPTY: u32 = 20;

impl Progress {
    pub(super) fn new(tool: &'static str, begin: Option<&str>) -> Self {
        let mut seen = HashSet::new();
        if let Some(cursor) = begin {
            seen.insert(seen.hasher().hash_one(cursor));
        }
        Progress { tool, cursor: begin.map(str::to_owned), seen, pages: 0, items: None, finished: false, empty: 0 }
    }

    /// A page came that names the next one. If that was there before, so was this page, or it will be: it counts as not
    /// come, and the cursor stays where it was. A page that is one empty page too many is passed over.
    pub(super) fn advance<T>(&mut self, next: Option<&str>, page: &Answer<T>) -> Result<()> {
        if let Some(next) = next
            && !self.seen.insert(self.seen.hasher().hash_one(next))
        {
            let message = format!("{TITLE} sent a cursor for the second time, so the pages would never end.");
            return Err(self.blame(self.endless(&message, page.request_id())));
        }
        self.cursor = next.map(str::to_owned);
        self.empty = if page.is_empty { self.empty + 1 } else { 0 };
        if next.is_some() && self.empty >= EMPTY {
            let message =
                format!("{EMPTY} pages in a row had nothing in them and named a next one, so they may never end.");
            return Err(self.blame(self.endless(&message, page.request_id())));
        }
        self.pages += 1;
        self.finished = next.is_none();
        Ok(())
    }

    fn endless(&self, message: &str, request_id: Option<&str>) -> Error {
        Error::new(ErrorKind::Decode, message).in_tool(self.tool).with(|inner| {
            inner.sent = true;
            inner.request_id = request_id.map(str::to_owned);
        })
    }

    /// Adds to an error how far it got, and how to go on.
    pub(super) fn blame(&self, error: Error) -> Error {
        if error.is_expired_cursor() {
            let message = "A cursor is good for a while only, and for the inputs it was given for; begin again without \
                           one, and pass over what is there already.";
            return error.context(format!("{}{message}", self.so_far()));
        }
        match self.pages {
            0 => error,
            _ => error.context(format!("{}The stream's cursor says where to go on.", self.so_far())),
        }
    }

    fn so_far(&self) -> String {
        let counted = |count: u64, one: &str| format!("{count} {one}{}", if count == 1 { "" } else { "s" });
        match (self.pages, self.items) {
            (0, _) => String::new(),
            (pages, None) => format!("It came after {}. ", counted(pages, "page")),
            (pages, Some(items)) => {
                format!("It came after {} with {}. ", counted(pages, "page"), counted(items, "item"))
            }
        }
    }
}
