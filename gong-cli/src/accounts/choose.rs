//! Which account a command line means.

use clap::ArgMatches;

use super::settings::Who;
use crate::exit::Failure;

/// What was said of it: `--connection` and `--as`, both, or nothing.
#[derive(Debug, Default)]
pub(crate) struct Wanted {
    pub(crate) connection: Option<String>,
    pub(crate) identifier: Option<String>,
}

impl Wanted {
    /// What these flags say. `before` are those that stood before a tool's name; a flag after it is the nearer one.
    pub(crate) fn of(args: &ArgMatches, before: Option<&ArgMatches>) -> Self {
        let flag = |name: &str| [args].into_iter().chain(before).find_map(|args| args.get_one::<String>(name)).cloned();
        Wanted { connection: flag("connection"), identifier: flag("as") }
    }

    /// The account to connect: `me` in this connection, unless said otherwise.
    pub(crate) fn or(self, connection: &str) -> Who {
        let connection = self.connection.unwrap_or_else(|| connection.to_owned());
        Who { connection, identifier: self.identifier.unwrap_or_else(|| "me".to_owned()) }
    }

    pub(crate) fn is_anything(&self) -> bool {
        self.connection.is_some() || self.identifier.is_some()
    }

    pub(crate) fn fits(&self, who: &Who) -> bool {
        let same = |wanted: &Option<String>, name: &str| wanted.as_deref().is_none_or(|wanted| wanted == name);
        same(&self.connection, &who.connection) && same(&self.identifier, &who.identifier)
    }
}

/// The account that is meant: the usual one if it fits what was said, or the only one that does.
pub(super) fn choose(all: &[Who], wanted: &Wanted, usual: Option<&Who>) -> Result<Who, Failure> {
    let fitting: Vec<&Who> = all.iter().filter(|who| wanted.fits(who)).collect();
    let usual = usual.and_then(|usual| fitting.iter().find(|who| **who == usual));
    match (usual, fitting.as_slice()) {
        (Some(who), _) => Ok((**who).clone()),
        (None, [only]) => Ok((*only).clone()),
        (None, []) if all.is_empty() => Err(nobody()),
        (None, []) => Err(Failure::NoCredentials(format!("there is no such account. There are: {}.", names(all)))),
        (None, several) => Err(Failure::Usage(format!(
            "several accounts may be meant: {}. Choose with --connection and --as, or once and for all with `gong \
             auth use`.",
            names(several.iter().copied())
        ))),
    }
}

/// That no account is connected.
pub(crate) fn nobody() -> Failure {
    Failure::NoCredentials("no account is connected. Connect one with `gong auth login`.".to_owned())
}

fn names<'a>(all: impl IntoIterator<Item = &'a Who>) -> String {
    all.into_iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests;
