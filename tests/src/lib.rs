//! What holds across crates; see `tests/`.

/// The README and pages of the book, so that each block of Rust in them compiles, and runs unless it says otherwise.
/// Pages about one crate are in that crate's own documentation tests.
#[cfg(doctest)]
pub mod book {
    #[doc = include_str!("../../README.md")]
    pub mod readme {}
    #[doc = include_str!("../../docs/guide/README.md")]
    pub mod start {}
    #[doc = include_str!("../../docs/guide/by-name.md")]
    pub mod by_name {}
    #[doc = include_str!("../../docs/guide/errors.md")]
    pub mod errors {}
    #[doc = include_str!("../../docs/guide/sandbox.md")]
    pub mod sandbox {}
    #[doc = include_str!("../../docs/guide/testing.md")]
    pub mod testing {}
    #[doc = include_str!("../../docs/paging.md")]
    pub mod paging {}
}
