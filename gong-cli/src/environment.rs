//! The environment's variables that hold credentials. What the halves of an API key are called, the spec says.

use gong_client::{Client, ClientBuilder, catalog};

use crate::exit::Failure;

/// What the name of every variable of ours begins with.
pub(crate) const OURS: &str = "GONG_";

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

/// Whether the environment names an account, rightly or wrongly.
pub(crate) fn has_account() -> bool {
    !matches!(account(), Ok(None))
}

/// A builder with the credentials of the environment, if there are any, and what tells them from others: the key or the
/// token.
pub(crate) fn account() -> Result<Option<(ClientBuilder, String)>, Failure> {
    let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.trim().is_empty());
    let builder = Client::builder();
    let [key_name, secret_name] = api_key();
    match (variable(ACCESS_TOKEN), variable(&key_name), variable(&secret_name)) {
        (Some(token), None, None) => Ok(Some((builder.access_token(token.as_str()), token))),
        (None, Some(key), Some(secret)) => Ok(Some((builder.api_key(key.as_str(), secret), key))),
        (None, None, None) => Ok(None),
        (None, Some(_), None) => Err(Failure::NoCredentials(format!("{secret_name} is not set."))),
        (None, None, Some(_)) => Err(Failure::NoCredentials(format!("{key_name} is not set."))),
        (Some(_), _, _) => {
            Err(Failure::NoCredentials(format!("{} and {key_name} are both set; unset one of them.", ACCESS_TOKEN)))
        }
    }
}
