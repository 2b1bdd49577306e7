//! Pages and items as streams. The page after the one that is handed out is asked for at once, so it comes while the
//! other is read; never more than these two are held.
//!
//! `ahead` is a page on its way, `progress` knows which page is next and how far it got, [`Items`] and [`NewestFirst`]
//! stand on [`Pages`]. A cursor that comes twice ends the pages with an error, and so do many empty pages in a row:
//! going on would ask for the same pages, or for nothing, for ever. `lookup` asks one tool for what another needs.
//! Nothing here sends by itself or knows a tool by name.

mod ahead;
mod items;
pub(crate) mod lookup;
mod newest;
mod pages;
mod progress;
#[cfg(test)]
mod tests;

pub use items::Items;
pub use newest::NewestFirst;
pub use pages::Pages;
