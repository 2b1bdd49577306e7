//! Several pages of a list as one answer: whole pages, as many as were asked for and as fit.

use std::borrow::Cow;

use gong_client::{Error, NamedCall};

use crate::fit::{Fit, add_left_out};
use crate::options::ALL_PAGES;
use crate::progress::Progress;
use crate::raw::{Parts, begin_member};

/// What the client says beside the items of a page: lists, of which the answer has the elements of every page.
const BESIDE: [&str; 2] = ["notices", "unreadable"];

/// The pages so far.
#[derive(Debug, Default)]
struct Gathered {
    /// The last one as it came. What stands beside its items says where the next one begins.
    last: String,
    pages: u32,
    items: Joined,
    beside: [Joined; 2],
    /// How many bytes the items of the largest page have.
    largest: usize,
    /// How many items are still to be passed over.
    skip: usize,
}

/// So many pages of a tool's answer as one.
///
/// # Errors
///
/// Those of the first page. A later one that fails leaves what came before it.
pub(crate) async fn gathered(
    call: NamedCall<String>,
    fit: &Fit<'_>,
    most: u32,
    progress: &Progress,
) -> Result<String, Error> {
    let mut pages = call.pages()?.one_by_one();
    let mut all = Gathered { skip: fit.options.skip, ..Gathered::default() };
    let total = (most < ALL_PAGES).then_some(most);
    let (cursor, missing) = loop {
        let cursor = pages.cursor().map(str::to_owned);
        if all.pages == most {
            break (cursor, (most == ALL_PAGES).then(|| format!("these are {most}, the most of one call.")));
        }
        // The next one is probably as large as the others.
        if all.pages > 0 && !all.has_room_for(all.largest, fit) {
            break (cursor, Some("these are all that fit.".to_owned()));
        }
        let page = match pages.next().await {
            Some(Ok(page)) => page.into_inner(),
            Some(Err(error)) if all.pages == 0 => return Err(error),
            Some(Err(error)) => break (cursor, Some(format!("the next one could not be had. {error}"))),
            None => break (None, None),
        };
        if !all.add(page, fit) {
            break (cursor, Some("these are all that fit.".to_owned()));
        }
        progress.tell(all.pages, total, || format!("pages: {}, items: {}", all.pages, all.items.count));
        if pages.is_finished() {
            break (None, None);
        }
    };
    // A page that is too large by itself is cut within.
    if all.pages == 1 && !all.has_room_for(0, fit) {
        return Ok(fit.one(all.last));
    }
    let mut text = all.text(fit);
    if let Some(why) = missing {
        add_left_out(&mut text, &way_on(&why, &cursor.unwrap_or_default(), all.skip, fit));
    }
    Ok(text)
}

/// How an agent goes on with the pages that are missing.
fn way_on(why: &str, cursor: &str, skip: usize, fit: &Fit<'_>) -> String {
    let mut said = format!("There are more pages: {why} For the next ones call again with the cursor {cursor:?}");
    if fit.options.skip > 0 {
        said.push_str(&format!(" and _skip {skip}"));
    }
    said.push('.');
    said + fit.advice()
}

impl Gathered {
    fn has_room_for(&self, bytes: usize, fit: &Fit<'_>) -> bool {
        self.items.text.len().saturating_add(bytes) <= fit.room
    }

    /// Adds a page, unless it does not fit. The first one always does.
    fn add(&mut self, page: String, fit: &Fit<'_>) -> bool {
        let (items, skip) = wanted(&page, fit, self.skip);
        if self.pages > 0 && !self.has_room_for(items.text.len(), fit) {
            return false;
        }
        self.largest = self.largest.max(items.text.len());
        self.items.extend(items);
        for (name, beside) in BESIDE.iter().zip(&mut self.beside) {
            list(&page, name).into_iter().for_each(|element| beside.add_new(element));
        }
        (self.skip, self.last) = (skip, page);
        self.pages += 1;
        true
    }

    /// The last page with the items of all.
    fn text(&self, fit: &Fit<'_>) -> String {
        let lists = || fit.tool.items.into_iter().zip([&self.items]).chain(BESIDE.into_iter().zip(&self.beside));
        let mut out = String::from("{");
        for (name, value) in members(&self.last) {
            if !lists().any(|(list, _)| list == name) {
                begin_member(&mut out, &name);
                out.push_str(value);
            }
        }
        for (name, list) in lists().filter(|(name, list)| list.count > 0 || Some(*name) == fit.tool.items) {
            begin_member(&mut out, name);
            out.push_str(&format!("[{}]", list.text));
        }
        out.push('}');
        out
    }
}

/// What is wanted of a page's items, and how many are to be passed over after it.
fn wanted(page: &str, fit: &Fit<'_>, mut skip: usize) -> (Joined, usize) {
    let mut items = Joined::default();
    for element in fit.tool.items.map(|name| list(page, name)).unwrap_or_default() {
        if skip > 0 {
            skip -= 1;
        } else {
            items.add_with(|text| fit.item(element, text));
        }
    }
    (items, skip)
}

/// Elements of a list as text, with commas between them.
#[derive(Debug, Default)]
struct Joined {
    text: String,
    count: usize,
}

impl Joined {
    fn add_with(&mut self, write: impl FnOnce(&mut String)) {
        if self.count > 0 {
            self.text.push(',');
        }
        self.count += 1;
        write(&mut self.text);
    }

    /// Adds an element that is not there yet.
    fn add_new(&mut self, element: &str) {
        if !self.text.contains(element) {
            self.add_with(|text| text.push_str(element));
        }
    }

    fn extend(&mut self, more: Joined) {
        if more.count > 0 {
            self.add_with(|text| text.push_str(&more.text));
            self.count += more.count - 1;
        }
    }
}

/// The members of an answer, which is an object.
fn members(text: &str) -> Vec<(Cow<'_, str>, &str)> {
    match Parts::of(text) {
        Parts::Object(members) => members,
        _ => Vec::new(),
    }
}

/// The elements of a member that is a list.
fn list<'t>(text: &'t str, name: &str) -> Vec<&'t str> {
    let member = members(text).into_iter().find(|(known, _)| known == name);
    match member.map(|(_, value)| Parts::of(value)) {
        Some(Parts::List(elements)) => elements,
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests;
