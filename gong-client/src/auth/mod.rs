//! How requests are signed: with an API key, a token, or tokens that change. It sends nothing itself, and never shows a
//! secret.

pub(crate) mod credentials;
pub(crate) mod token_source;
