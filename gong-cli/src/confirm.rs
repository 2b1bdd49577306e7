//! What removes something is confirmed: by a flag, or by a person at a terminal.

use std::io::{self, IsTerminal as _, Write as _};

use clap::{Arg, ArgMatches};
use gong_client::NamedCall;
use gong_client::catalog::{Effect, Tool};
use gong_client::text::printable;
use serde_json::Value;

use crate::exit::Failure;
use crate::flags::{flag, value};

/// The flags of a tool that removes something.
pub(crate) fn flags(tool: &Tool) -> Vec<Arg> {
    if tool.effect != Effect::Destructive {
        return Vec::new();
    }
    let mut flags = vec![flag("yes", "Confirm that it removes what it removes, without being asked")];
    if let Some(param) = tool.confirm {
        let help = format!("Confirm it with the value of --{} once more", param.replace('_', "-"));
        flags.push(value("confirm", "VALUE", "").help(help).conflicts_with("yes"));
    }
    flags
}

/// The call, confirmed if its tool wants that: by the flags, or by who sits at the terminal.
pub(crate) fn confirmed(call: NamedCall, tool: &Tool, args: &ArgMatches, input: &Value) -> Result<NamedCall, Failure> {
    if tool.effect != Effect::Destructive {
        return Ok(call);
    }
    // Nobody is asked about what would be refused.
    call.check()?;
    if let Some(given) = tool.confirm.and_then(|_| args.get_one::<String>("confirm")) {
        return Ok(call.confirm(given));
    }
    let wanted = match tool.confirm.and_then(|param| input.get(param)) {
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
        None => tool.name.to_owned(),
    };
    if args.get_flag("yes") {
        return Ok(call.confirm(wanted));
    }
    if !io::stdin().is_terminal() || !io::stderr().is_terminal() {
        let flags = if tool.confirm.is_some() { "--confirm with the value, or --yes," } else { "--yes" };
        return Err(Failure::Usage(format!(
            "{} removes something, and nobody is at a terminal to confirm it; nothing was sent. What it does: {} Add \
             {flags} if that is meant.",
            tool.name, tool.description
        )));
    }
    match is_meant(tool, &ask(tool)?, &wanted) {
        true => Ok(call.confirm(wanted)),
        false => Err(Failure::Local("it was not confirmed; nothing was sent.".to_owned())),
    }
}

/// What a person types.
fn ask(tool: &Tool) -> Result<String, Failure> {
    let question = match tool.confirm {
        Some(param) => format!("Type the value of `{param}` again to go on: "),
        None => "Go on? [y/N] ".to_owned(),
    };
    let text = format!("{}: {}\n{question}", tool.name, tool.description);
    let mut said = String::new();
    let asked = write!(io::stderr(), "{}", printable(&text)).and_then(|()| io::stderr().flush());
    asked
        .and_then(|()| io::stdin().read_line(&mut said))
        .map_err(|error| Failure::Local(format!("the confirmation could not be read: {error}")))?;
    Ok(said)
}

/// Whether what was typed confirms the call.
fn is_meant(tool: &Tool, said: &str, wanted: &str) -> bool {
    match tool.confirm {
        Some(_) => said.trim() == wanted.trim(),
        None => matches!(said.trim().to_ascii_lowercase().as_str(), "y" | "yes"),
    }
}

#[cfg(test)]
mod tests {
    use gong_client::catalog;

    use super::is_meant;

    #[test]
    fn a_removal_is_confirmed_by_yes_and_one_that_says_so_by_its_value() {
        let removal = catalog::tool("gong_engage_prospects_unassign").unwrap();
        let meant = |said: &str| is_meant(removal, said, removal.name);
        assert!(["y\n", "Y\r\n", " yes \n"].map(meant).iter().all(|meant| *meant));
        assert!(
            ["\n", "", "n\n", "no\n", "ye\n", "gong_engage_prospects_unassign\n"].map(meant).iter().all(|meant| !meant)
        );

        let erasure = catalog::tool("gong_data_privacy_email_erase").unwrap();
        let meant = |said: &str| is_meant(erasure, said, "kim@example.com");
        assert!(meant("kim@example.com\n") && meant(" kim@example.com \r\n"));
        assert!(["y\n", "\n", "kim@example.co\n", "KIM@example.com\n"].map(meant).iter().all(|meant| !meant));
    }
}
