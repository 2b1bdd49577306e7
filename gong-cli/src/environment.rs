//! The environment's variables that hold credentials. What the halves of an API key are called, the spec says.

use gong_client::catalog;

/// What the name of every variable of ours begins with.
pub(crate) const OURS: &str = "GONG_";

/// The variable with an access token.
pub(crate) const ACCESS_TOKEN: &str = "GONG_ACCESS_TOKEN";

/// The variables with an API key and its secret.
pub(crate) fn api_key() -> [String; 2] {
    let service = catalog::service();
    [service.api_key_username, service.api_key_password].map(|name| format!("{OURS}{}", name.to_uppercase()))
}

/// What the two are called where a person is asked for them, to begin a sentence with.
pub(crate) fn api_key_in_words() -> [String; 2] {
    let service = catalog::service();
    [service.api_key_username, service.api_key_password].map(|name| {
        let words = name.replace('_', " ");
        let mut letters = words.chars();
        letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect()
    })
}
