//! The second half of an authorization: what Gong sent the user back with.

use gong_client::{Secret, text::Redactor};
use url::form_urlencoded;

use crate::error::{Error, ErrorKind, Result};
use crate::oauth::presentable;

#[derive(Debug)]
pub(crate) struct Callback {
    pub(crate) state: Secret,
    pub(crate) outcome: Outcome,
}

/// What a callback brings.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// The code of a consent.
    Code(Secret),
    /// Why there is none: OAuth's word for it, and what was said besides.
    Refused { error: String, description: String },
}

impl Callback {
    /// Reads the URL of a callback. Its path and query will do, or its query alone.
    pub(crate) fn parse(url: &str) -> Result<Self> {
        let bad = |what: &str| Error::new(ErrorKind::BadCallback, format!("the callback {what}."));
        let url = url.trim().split('#').next().unwrap_or_default();
        let query = url.split_once('?').map_or(url, |(_, query)| query);
        let [mut state, mut code, mut error, mut description] = [const { None }; 4];
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            let place = match name.as_ref() {
                "state" => &mut state,
                "code" => &mut code,
                "error" => &mut error,
                "error_description" => &mut description,
                _ => continue,
            };
            if place.replace(value.into_owned()).is_some() {
                return Err(bad(&format!("has `{name}` twice")));
            }
        }
        let state = state.map(Secret::new).ok_or_else(|| bad("has no `state`"))?;
        let outcome = match (code, error) {
            (Some(_), Some(_)) => return Err(bad("has both a `code` and an `error`")),
            (None, None) => return Err(bad("has neither a `code` nor an `error`")),
            (Some(code), None) => Outcome::Code(Secret::new(code)),
            (None, Some(error)) => Outcome::Refused { error, description: description.unwrap_or_default() },
        };
        Ok(Callback { state, outcome })
    }
}

/// The error for a refusal.
pub(crate) fn refused(error: &str, description: &str) -> Error {
    let nothing = Redactor::new([""; 0]);
    let said = [error, description].map(|text| presentable(text, &nothing));
    let said = Vec::from_iter(said.into_iter().flatten()).join(": ");
    match error {
        "access_denied" => Error::new(ErrorKind::Denied, format!("Gong was not opened to the platform ({said}).")),
        "invalid_scope" => {
            Error::new(ErrorKind::ScopeMismatch, format!("Gong does not grant what was asked for ({said})."))
        }
        _ => Error::new(ErrorKind::Denied, format!("Gong sent the user back without consent ({said}).")),
    }
}

#[cfg(test)]
mod tests;
