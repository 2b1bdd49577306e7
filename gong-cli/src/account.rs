//! Which account a command talks to: an embedded sandbox, one that is connected, or the one that the environment names.
//!
//! In this order: `--sandbox`; `--connection` and `--as`; `GONG_ACCESS_…` of the environment; the connected account
//! that is usual, or the only one.

use clap::ArgMatches;
use clap::parser::ValueSource;
use gong_client::Client;
use gong_connect::{AccountStatus, Connections};
use gong_sandbox::Sandbox;

use crate::accounts::{Accounts, Wanted, nobody};
use crate::exit::Failure;
use crate::{environment, limit, output, sandbox};

/// A client, and what has to live as long as it.
pub(crate) struct Account {
    pub(crate) client: Client,
    /// What it was granted, if that is known.
    pub(crate) scopes: Option<Vec<String>>,
    _sandbox: Option<Sandbox>,
    _connections: Option<Connections>,
}

impl Account {
    fn alone(client: Client) -> Self {
        Account { client, scopes: None, _sandbox: None, _connections: None }
    }

    fn in_sandbox(client: Client, sandbox: Sandbox) -> Self {
        Account { client, scopes: None, _sandbox: Some(sandbox), _connections: None }
    }
}

/// The account of these flags. `before` are those that stood before a tool's name.
pub(crate) async fn open(args: &ArgMatches, before: Option<&ArgMatches>) -> Result<Account, Failure> {
    find(args, before, false).await
}

async fn find(args: &ArgMatches, before: Option<&ArgMatches>, is_dry: bool) -> Result<Account, Failure> {
    let wanted = Wanted::of(args, before);
    if before.into_iter().chain([args]).any(|args| args.get_flag("sandbox")) {
        if wanted.is_anything() {
            let why = "--sandbox starts a sandbox of its own, and --connection and --as choose another account.";
            return Err(Failure::Usage(why.to_owned()));
        }
        let sandbox = sandbox::embedded(1).await?;
        let client = Client::builder().api_key(sandbox.access_key(), sandbox.access_key_secret());
        let client = client.base_url(sandbox.base_url()).rate_limit(None).build()?;
        return Ok(Account::in_sandbox(client, sandbox));
    }
    if !wanted.is_anything()
        && let Some((builder, key_or_token)) = environment::account()?
    {
        let base_url = base_url(args, before).map(|(url, _)| url.as_str());
        let builder = base_url.into_iter().fold(builder, |builder, url| builder.base_url(url));
        let builder = if is_dry { builder } else { limit::shared(builder, base_url, &key_or_token).await };
        return Ok(Account::alone(builder.build()?));
    }
    match Accounts::open().await? {
        Some((_, accounts)) if accounts.are_any() || wanted.is_anything() => {
            let account = connected(&accounts, accounts.choose(&wanted)?).await?;
            not_elsewhere(args, before)?;
            Ok(account)
        }
        None if wanted.is_anything() => Err(nobody()),
        _ => {
            let [key, secret] = environment::api_key();
            Err(Failure::NoCredentials(format!(
                "there are no credentials. Connect an account with `gong auth login`; or set {key} and {secret}, or \
                 {}; or add --sandbox to try this without an account.",
                environment::ACCESS_TOKEN
            )))
        }
    }
}

/// A client that can plan requests but has nothing to send them with: enough for a dry run.
pub(crate) async fn open_dry(args: &ArgMatches, before: Option<&ArgMatches>) -> Result<Account, Failure> {
    match find(args, before, true).await {
        Err(Failure::NoCredentials(_)) if !Wanted::of(args, before).is_anything() => {
            Ok(Account::alone(Client::builder().access_token("none").build()?))
        }
        other => other,
    }
}

/// A connected account. The sandbox of one that leads there is gone with the process that it was authorized in, so
/// another one is started that takes the account's token.
async fn connected(accounts: &Accounts, status: &AccountStatus) -> Result<Account, Failure> {
    let (connection, identifier) = (status.connection(), status.identifier());
    let scopes = scopes(status);
    let Some(seed) = accounts.settings.sandboxes.get(connection) else {
        let client = accounts.connections.client(connection, identifier).await?;
        return Ok(Account { client, scopes, _sandbox: None, _connections: Some(accounts.connections.clone()) });
    };
    let token = accounts.connections.token_source(connection, identifier).await?.token().await;
    let token = token.map_err(|error| Failure::NoCredentials(error.to_string()))?;
    let sandbox = sandbox::embedded(*seed).await?;
    sandbox.admit_token(token.reveal(), status.granted_scopes());
    let client =
        Client::builder().access_token(token.reveal()).base_url(sandbox.base_url()).rate_limit(None).build()?;
    Ok(Account { scopes, ..Account::in_sandbox(client, sandbox) })
}

/// The scopes that an account was granted, if any are known: an API key is bound by none, and one that is not connected
/// yet has none.
pub(crate) fn scopes(status: &AccountStatus) -> Option<Vec<String>> {
    let granted: Vec<String> = status.granted_scopes().map(str::to_owned).collect();
    (!granted.is_empty()).then_some(granted)
}

/// A connected account has a host, and goes to no other one.
fn not_elsewhere(args: &ArgMatches, before: Option<&ArgMatches>) -> Result<(), Failure> {
    match base_url(args, before) {
        None => Ok(()),
        Some((_, ValueSource::EnvVariable)) => {
            output::say("note: GONG_BASE_URL is not used: the account has a host of its own.");
            Ok(())
        }
        Some(_) => {
            let why =
                "a connected account has a host of its own: --base-url goes with GONG_ACCESS_… of the environment.";
            Err(Failure::Usage(why.to_owned()))
        }
    }
}

/// The base URL, and where it comes from. A flag after the tool's name is the nearer one; one from the environment is
/// the same in both places.
fn base_url<'a>(args: &'a ArgMatches, before: Option<&'a ArgMatches>) -> Option<(&'a String, ValueSource)> {
    let given = |args: &'a ArgMatches| args.get_one::<String>("base-url").zip(args.value_source("base-url"));
    let all: Vec<_> = [args].into_iter().chain(before).filter_map(given).collect();
    let by_flag = all.iter().find(|(_, source)| *source == ValueSource::CommandLine);
    by_flag.or(all.first()).copied()
}
