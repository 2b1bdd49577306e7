//! Text that must not be shown, and that leaves memory when it is done with.

use std::fmt;
use std::hash::{Hash, Hasher};

use subtle::ConstantTimeEq as _;
use zeroize::Zeroizing;

/// Text that must not be shown: a token, a key, a client secret.
///
/// Its `Debug` hides it, it has no `Display`, and its memory is wiped when it is dropped.
///
/// ```
/// use gong_client::Secret;
///
/// let secret = Secret::new("hunter2");
/// assert_eq!(format!("{secret:?}"), "<hidden>");
/// assert_eq!(secret.reveal(), "hunter2");
/// ```
#[derive(Clone)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes the text in.
    pub fn new(text: impl Into<String>) -> Self {
        Secret(Zeroizing::new(text.into()))
    }

    /// Without the space around it that copying leaves there.
    pub(crate) fn copied(text: impl Into<String>) -> Self {
        let whole = Secret::new(text);
        let bare = whole.reveal().trim();
        if bare.len() == whole.reveal().len() { whole } else { Secret::new(bare) }
    }

    /// A token; from a header it may have been copied with the word before it.
    pub(crate) fn token(text: impl Into<String>) -> Self {
        let copied = Secret::copied(text);
        match copied.reveal().split_once(char::is_whitespace) {
            Some((word, rest)) if word.eq_ignore_ascii_case("bearer") => Secret::copied(rest),
            None if copied.reveal().eq_ignore_ascii_case("bearer") => Secret::new(""),
            _ => copied,
        }
    }

    /// The text itself, to be sent and never shown.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// Whether it can be sent as a token is: it is not empty, and all of it is printable ASCII without spaces.
    #[must_use]
    pub fn is_sendable(&self) -> bool {
        !self.0.is_empty() && self.0.bytes().all(|byte| byte.is_ascii_graphic())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<hidden>")
    }
}

impl PartialEq for Secret {
    /// In constant time, given the length.
    fn eq(&self, other: &Self) -> bool {
        self.0.as_bytes().ct_eq(other.0.as_bytes()).into()
    }
}

impl Eq for Secret {}

impl Hash for Secret {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.reveal().hash(state);
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Secret::new(text)
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Secret::new(text)
    }
}

#[cfg(test)]
mod tests;
