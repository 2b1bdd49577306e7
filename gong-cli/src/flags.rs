//! The flags that several commands have.

use clap::{Arg, ArgAction, Command};

/// A flag that is there or not.
pub(crate) fn flag(name: &'static str, help: &'static str) -> Arg {
    Arg::new(name).long(name).action(ArgAction::SetTrue).help(help)
}

/// A flag with a value.
pub(crate) fn value(name: &'static str, value: &'static str, help: &'static str) -> Arg {
    Arg::new(name).long(name).value_name(value).help(help)
}

pub(crate) fn json() -> Arg {
    flag("json", "JSON even on a terminal")
}

/// `--base-url`, or the environment variable for it.
pub(crate) fn base_url() -> Arg {
    value("base-url", "URL", "The account's own host, such as https://us-12345.api.gong.io")
        .env("GONG_BASE_URL")
        .hide_env_values(true)
}

/// Which account of those that are connected. These stand both before and after a tool's name.
pub(crate) fn connected_account(command: Command) -> Command {
    command.arg(value("connection", "NAME", "The connection of the account")).arg(value(
        "as",
        "ID",
        "The identifier of the account in its connection",
    ))
}

/// Which account a command talks to.
pub(crate) fn account(command: Command) -> Command {
    connected_account(command)
        .arg(flag("sandbox", "Talk to an embedded sandbox, started for this command"))
        .arg(base_url())
}
