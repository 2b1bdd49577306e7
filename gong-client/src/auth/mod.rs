//! How requests are signed: an API key, a token, or tokens that change. It never sends, and never shows a secret.

pub(crate) mod credentials;
pub(crate) mod token_source;
