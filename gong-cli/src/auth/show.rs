//! `gong auth status` and `gong auth list`: how accounts stand, without asking Gong.

use clap::ArgMatches;
use gong_client::DateTime;
use gong_connect::{AccountState, AccountStatus};
use serde_json::{Value, json};

use crate::accounts::{Accounts, Settings, Wanted, Who, nobody};
use crate::exit::Failure;
use crate::{environment, output};

/// That an account is connected now.
pub(super) fn connected(status: &AccountStatus, seed: Option<u64>) -> String {
    let who = Who::of(status);
    let missing = status.missing_scopes();
    let lacks = if missing.is_empty() { String::new() } else { format!("\nNot granted: {}.", missing.join(", ")) };
    format!("Connected {who} at {}. Commands use it from now on.{lacks}", host(status, seed))
}

/// `gong auth list`.
pub(super) async fn list(args: &ArgMatches) -> Result<(), Failure> {
    let accounts = Accounts::open().await?;
    let (known, settings) = match &accounts {
        Some((_, accounts)) => (accounts.known.as_slice(), &accounts.settings),
        None => (Default::default(), &Settings::default()),
    };
    if output::wants_json(args.get_flag("json")) {
        return output::json(&known.iter().map(|status| as_json(status, settings)).collect());
    }
    if known.is_empty() {
        return Err(nobody());
    }
    let rows = known.iter().map(|status| {
        let seed = settings.sandboxes.get(status.connection()).copied();
        let mark = if is_usual(status, settings) { "*" } else { "" };
        let (connection, identifier) = (status.connection().to_owned(), status.identifier().to_owned());
        vec![mark.to_owned(), connection, identifier, state(status).to_owned(), host(status, seed)]
    });
    output::table(&["", "connection", "account", "state", "host"], rows)?;
    output::say("* is the one that commands use; --connection and --as choose another.");
    Ok(())
}

/// `gong auth status`. An account that must be authorized again is a failure, so that a script can tell.
pub(super) async fn status(args: &ArgMatches) -> Result<(), Failure> {
    let wanted = Wanted::of(args, None);
    if !wanted.is_anything() && environment::has_account() {
        output::say(
            "Commands use the credentials of the environment (GONG_ACCESS_…) unless --connection or --as is given.",
        );
    }
    let (_, accounts) = Accounts::existing().await?;
    let (status, settings) = (accounts.choose_any(&wanted)?, &accounts.settings);
    let tool = args.get_one::<String>("for");
    let lacks = tool.map(|tool| status.missing_for(tool)).transpose()?;
    if output::wants_json(args.get_flag("json")) {
        let mut shown = as_json(status, settings);
        if let (Value::Object(shown), Some(lacks)) = (&mut shown, &lacks) {
            shown.insert("missing_for_tool".to_owned(), json!(lacks));
        }
        output::json(&shown)?;
    } else {
        for (name, value) in lines(status, settings, tool.zip(lacks.as_deref())) {
            output::line(&format!("{name:<11} {value}"))?;
        }
    }
    match status.state() {
        AccountState::Active | AccountState::Expired => Ok(()),
        _ => Err(Failure::NoCredentials(format!(
            "the account is not connected. Run `gong auth login --connection {} --as {}`.",
            status.connection(),
            status.identifier()
        ))),
    }
}

fn lines(status: &AccountStatus, settings: &Settings, tool: Option<(&String, &[&str])>) -> Vec<(&'static str, String)> {
    let seed = settings.sandboxes.get(status.connection()).copied();
    let usual = if is_usual(status, settings) { " (commands use it)" } else { "" };
    let mut lines = vec![
        ("account", format!("{}{usual}", Who::of(status))),
        ("state", state(status).to_owned()),
        ("host", host(status, seed)),
    ];
    let mut add = |name, value: Option<String>| lines.extend(value.map(|value| (name, value)));
    let joined = |scopes: &[&str]| (!scopes.is_empty()).then(|| scopes.join(" "));
    add("token until", status.expires_at().map(|time| DateTime::from(time).to_string()));
    add("trouble", status.trouble().map(str::to_owned));
    add("granted", joined(&status.granted_scopes().collect::<Vec<_>>()));
    add("not granted", joined(&status.missing_scopes()));
    if let Some((tool, lacks)) = tool {
        let text = joined(lacks).unwrap_or_else(|| "nothing".to_owned());
        lines.push(("lacks", format!("{text}, for {tool}")));
    }
    lines
}

fn as_json(status: &AccountStatus, settings: &Settings) -> Value {
    let seed = settings.sandboxes.get(status.connection());
    json!({
        "connection": status.connection(),
        "as": status.identifier(),
        "state": state(status),
        "used_by_commands": is_usual(status, settings),
        "host": if seed.is_some() { None } else { status.base_url() },
        "sandbox_seed": seed,
        "token_until": status.expires_at().map(|time| DateTime::from(time).to_string()),
        "granted_scopes": status.granted_scopes().collect::<Vec<_>>(),
        "missing_scopes": status.missing_scopes(),
        "trouble": status.trouble(),
    })
}

fn is_usual(status: &AccountStatus, settings: &Settings) -> bool {
    settings.usual.as_ref() == Some(&Who::of(status))
}

fn host(status: &AccountStatus, seed: Option<u64>) -> String {
    match seed {
        Some(seed) => format!("an embedded sandbox (seed {seed})"),
        None => status.base_url().unwrap_or_default().to_owned(),
    }
}

fn state(status: &AccountStatus) -> &'static str {
    match status.state() {
        AccountState::Pending => "pending",
        AccountState::Active => "active",
        AccountState::Expired => "expired",
        AccountState::NeedsAuthorization => "needs authorization",
        AccountState::Unreadable => "unreadable",
        _ => "unknown",
    }
}
