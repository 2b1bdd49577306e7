//! What holds across crates; see `tests/`.
