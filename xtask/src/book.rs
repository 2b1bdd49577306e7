//! `book`: mdBook, and what it does not do. The pages of the reference link to the JSON Schemas where the client has
//! them, outside of the book's folder; a book that is read elsewhere needs copies, and links to those.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::ended::{Ended, Failed};
use crate::tree;

/// The schemas in the repository, and in the book.
const SCHEMAS: &str = "gong-client/src/generated/schemas";
const COPIES: &str = "reference/schemas";

/// Builds the book there, or in `target/book`.
pub(crate) fn run(root: &Path, dest_dir: Option<PathBuf>) -> Ended {
    // mdBook takes a relative path from the book's folder; the caller means it from where they are.
    let book = std::path::absolute(dest_dir.unwrap_or_else(|| root.join("target/book")))?;
    let built = Command::new("mdbook").arg("build").arg(root.join("docs")).arg("--dest-dir").arg(&book).status();
    let status = built.map_err(|error| {
        format!("error: mdbook does not run ({error}); `cargo install mdbook --locked` installs it")
    })?;
    if !status.success() {
        return Err(Failed::silently(1));
    }
    let copies = book.join(COPIES);
    fs::create_dir_all(&copies)?;
    for schema in tree::files(root, SCHEMAS)? {
        let name = schema.rsplit('/').next().unwrap_or_default();
        fs::copy(root.join(&schema), copies.join(name))?;
    }
    for page in pages(&book)? {
        let text = fs::read_to_string(&page)?;
        // What comes before, in the page with the whole book in it, is the folder of the page.
        fs::write(&page, text.replace(&format!("../../{SCHEMAS}/"), "schemas/"))?;
    }
    Ok(())
}

/// The pages that may link to a schema.
fn pages(book: &Path) -> io::Result<Vec<PathBuf>> {
    let reference = fs::read_dir(book.join("reference"))?.map(|entry| entry.map(|entry| entry.path()));
    let mut pages = reference.collect::<io::Result<Vec<_>>>()?;
    pages.retain(|page| page.extension().is_some_and(|extension| extension == "html"));
    pages.push(book.join("print.html"));
    Ok(pages)
}
