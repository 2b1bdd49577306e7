//! To be written.
pub mod model;
pub mod names;
