//! Secrets from a person: asked for without echo, or a line each from standard input where no person is there.

use std::io::{self, IsTerminal as _};

use gong_connect::Secret;

use crate::exit::Failure;

/// Asks for a secret. `what` begins a sentence.
pub(super) fn secret(what: &str) -> Result<Secret, Failure> {
    let failed = |error: io::Error| Failure::Usage(format!("{what} could not be read: {error}."));
    let text = if io::stdin().is_terminal() {
        rpassword::prompt_password(format!("{what}: ")).map_err(failed)?
    } else {
        let mut line = String::new();
        io::stdin().read_line(&mut line).map_err(failed)?;
        line
    };
    match text.trim() {
        "" => Err(Failure::Usage(format!(
            "{what} is missing: type it when asked, or give it as a line of standard input."
        ))),
        text => Ok(Secret::new(text)),
    }
}
