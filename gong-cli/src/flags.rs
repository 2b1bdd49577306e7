//! The flags that several commands have.

use std::time::Duration;

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

/// A time such as `90s`, `10m` or `2h`; a number alone is of seconds.
pub(crate) fn duration(text: &str) -> Result<Duration, String> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = match text.get(digits.len()..) {
        Some("" | "s") => Some(1),
        Some("m") => Some(60),
        Some("h") => Some(3600),
        _ => None,
    };
    let seconds = digits.parse::<u64>().ok().zip(unit).and_then(|(number, unit)| number.checked_mul(unit));
    seconds.map(Duration::from_secs).ok_or_else(|| "it is written 90s, 10m or 2h".to_owned())
}

#[cfg(test)]
mod tests {
    use super::duration;

    #[test]
    fn a_time_is_a_number_of_seconds_minutes_or_hours() {
        let seconds = |text| duration(text).map(|time| time.as_secs()).ok();
        assert_eq!(["90", "90s", "10m", "2h"].map(seconds), [Some(90), Some(90), Some(600), Some(7200)]);
        for wrong in ["", "m", "-1s", "1.5h", "10 m", "1d", "10ms", "99999999999999999999", "9999999999999999999h"] {
            assert_eq!(seconds(wrong), None, "{wrong}");
        }
    }
}
