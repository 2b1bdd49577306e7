//! Which account a command talks to: an embedded sandbox, or the one that the environment names.

use clap::ArgMatches;
use gong_client::{Client, ClientBuilder};
use gong_sandbox::Sandbox;

use crate::exit::Failure;

/// A client, and the sandbox that it talks to, which lives as long as it.
pub(crate) struct Account {
    pub(crate) client: Client,
    _sandbox: Option<Sandbox>,
}

/// The account of these flags. `before` are those that stood before a tool's name.
pub(crate) async fn open(args: &ArgMatches, before: Option<&ArgMatches>) -> Result<Account, Failure> {
    let all = || before.into_iter().chain([args]);
    if all().any(|args| args.get_flag("sandbox")) {
        let now = std::time::SystemTime::now();
        let sandbox = Sandbox::builder()
            .now_at(now)
            .start()
            .await
            .map_err(|error| Failure::Local(format!("the sandbox did not start: {error}")))?;
        let client = Client::builder()
            .api_key(sandbox.access_key(), sandbox.access_key_secret())
            .base_url(sandbox.base_url())
            .build()?;
        return Ok(Account { client, _sandbox: Some(sandbox) });
    }
    // A flag after the tool's name is the nearer one; one from the environment is the same in both places.
    let base_url = [args].into_iter().chain(before).find_map(|args| args.get_one::<String>("base-url"));
    let builder = credentials(Client::builder())?;
    let builder = match base_url {
        Some(url) => builder.base_url(url),
        None => builder,
    };
    Ok(Account { client: builder.build()?, _sandbox: None })
}

/// A client that can plan requests but has nothing to send them with: enough for a dry run.
pub(crate) async fn open_dry(args: &ArgMatches, before: Option<&ArgMatches>) -> Result<Account, Failure> {
    match open(args, before).await {
        Err(Failure::NoCredentials(_)) => {
            Ok(Account { client: Client::builder().access_token("none").build()?, _sandbox: None })
        }
        other => other,
    }
}

fn credentials(builder: ClientBuilder) -> Result<ClientBuilder, Failure> {
    let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    match (variable("GONG_ACCESS_TOKEN"), variable("GONG_ACCESS_KEY"), variable("GONG_ACCESS_KEY_SECRET")) {
        (Some(token), None, None) => Ok(builder.access_token(token)),
        (None, Some(key), Some(secret)) => Ok(builder.api_key(key, secret)),
        (None, None, None) => Err(Failure::NoCredentials(
            "there are no credentials. Set GONG_ACCESS_KEY and GONG_ACCESS_KEY_SECRET, or GONG_ACCESS_TOKEN; \
             or add --sandbox to try this without an account."
                .to_owned(),
        )),
        (None, Some(_), None) => Err(Failure::NoCredentials("GONG_ACCESS_KEY_SECRET is not set.".to_owned())),
        (None, None, Some(_)) => Err(Failure::NoCredentials("GONG_ACCESS_KEY is not set.".to_owned())),
        (Some(_), _, _) => Err(Failure::NoCredentials(
            "GONG_ACCESS_TOKEN and GONG_ACCESS_KEY are both set; unset one of them.".to_owned(),
        )),
    }
}
