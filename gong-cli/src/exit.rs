//! How a command ended, as an exit code: 0 done, 1 failed, 2 wrong usage or refused input, 3 no or wrong credentials,
//! 4 not found, 5 limit reached, 130 stopped by Ctrl-C.

use std::io::Write;
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue};
use gong_client::{Error, ErrorKind, catalog};

/// Why a command did not do what it was asked.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The command line or an input is wrong.
    Usage(String),
    /// There are no credentials.
    NoCredentials(String),
    /// An error of the client.
    Client(Error),
    /// An error of the connected accounts.
    Account(gong_connect::Error),
    /// Something on this machine: a file, a port.
    Local(String),
    /// A signal stopped it: with the exit code for that signal.
    Stopped(u8),
    /// The reader of stdout went away, as `head` does. That is no failure.
    ReaderGone,
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Failure::Client(error)
    }
}

impl From<gong_connect::Error> for Failure {
    fn from(error: gong_connect::Error) -> Self {
        Failure::Account(error)
    }
}

impl Failure {
    pub(crate) fn code(&self) -> u8 {
        if let Failure::Client(error) = self
            && let Some(behind) = gong_connect::Error::behind(error)
        {
            return code_of_account(behind.kind());
        }
        match self {
            Failure::Usage(_) => 2,
            Failure::NoCredentials(_) => 3,
            Failure::Local(_) => 1,
            Failure::Stopped(code) => *code,
            Failure::ReaderGone => 0,
            Failure::Client(error) => match error.kind() {
                ErrorKind::InvalidInput | ErrorKind::Unconfirmed | ErrorKind::UnknownTool | ErrorKind::Config => 2,
                ErrorKind::Unauthorized
                | ErrorKind::MissingScope
                | ErrorKind::Forbidden
                | ErrorKind::MissingLicence => 3,
                ErrorKind::NotFound => 4,
                ErrorKind::RateLimited => 5,
                _ => 1,
            },
            Failure::Account(error) => code_of_account(error.kind()),
        }
    }

    /// The message for a person.
    pub(crate) fn message(&self) -> String {
        match self {
            Failure::Usage(text) | Failure::NoCredentials(text) | Failure::Local(text) => text.clone(),
            Failure::Client(error) => match gong_connect::Error::behind(error) {
                Some(behind) => message_of(behind),
                None => error.to_string(),
            },
            Failure::Account(error) => message_of(error),
            Failure::Stopped(_) => "stopped.".to_owned(),
            Failure::ReaderGone => String::new(),
        }
    }

    /// Prints the message on stderr, and gives the exit code.
    pub(crate) fn report(&self) -> ExitCode {
        if matches!(self, Failure::ReaderGone) {
            return ExitCode::SUCCESS;
        }
        // Where stderr is closed there is nobody left to tell.
        let _ = writeln!(std::io::stderr(), "error: {}", self.message());
        ExitCode::from(self.code())
    }
}

fn code_of_account(kind: gong_connect::ErrorKind) -> u8 {
    use gong_connect::ErrorKind::{
        AnotherApp, BadCallback, Busy, Client, Config, Network, Store, TokenEndpoint, UnknownConnection,
    };
    match kind {
        Config | AnotherApp | BadCallback | UnknownConnection => 2,
        Store | Network | TokenEndpoint | Busy | Client => 1,
        // All others say that there are no credentials, or wrong ones.
        _ => 3,
    }
}

/// The message of an error and of its causes, and the remedy where there is a single one.
fn message_of(error: &gong_connect::Error) -> String {
    let mut message = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(below) = cause {
        message.push_str(&format!(" ({below})"));
        cause = below.source();
    }
    if error.kind() == gong_connect::ErrorKind::NeedsAuthorization {
        message.push_str(&match error.account() {
            Some((connection, identifier)) => {
                format!(" Run `gong auth login --connection {connection} --as {identifier}`.")
            }
            None => " Run `gong auth login` with its --connection and --as.".to_owned(),
        });
    }
    message
}

/// What clap says of a command line: help and version are no failures.
///
/// clap lists every tool that looks a little like a misspelt one; the catalog names the one that was probably meant.
/// A flag of a parameter is accepted in both spellings, and suggested in the one that the help has.
pub(crate) fn usage(mut refusal: clap::Error) -> ExitCode {
    if let Some(ContextValue::String(name)) = refusal.get(ContextKind::InvalidSubcommand)
        && name.contains('_')
        && let Err(unknown) = catalog::tool(name)
    {
        return Failure::Client(unknown).report();
    }
    if let Some(ContextValue::String(flag)) = refusal.get(ContextKind::SuggestedArg) {
        let flag = flag.replace('_', "-");
        refusal.insert(ContextKind::SuggestedArg, ContextValue::String(flag));
    }
    let _ = refusal.print();
    if refusal.use_stderr() { ExitCode::from(2) } else { ExitCode::SUCCESS }
}
