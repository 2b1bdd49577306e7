//! `gong auth login --api-key`: an account by an access key that an administrator made.

use clap::ArgMatches;
use gong_connect::Connection;

use super::{ask, show};
use crate::accounts::{Home, Wanted};
use crate::exit::Failure;
use crate::{environment, output};

/// Asks for the key and its secret, and keeps them.
pub(super) async fn login(args: &ArgMatches) -> Result<(), Failure> {
    let who = Wanted::of(args, None).or("keys");
    let home = Home::find()?;
    let connections = home.connections().await?;
    if connections.connection(&who.connection).await?.is_some_and(|known| known.is_oauth()) {
        return Err(Failure::Usage(format!(
            "connection `{}` is an app, which takes no API key: choose another --connection.",
            who.connection.escape_debug()
        )));
    }
    let [key, secret] = environment::api_key_in_words();
    let (key, secret) = (ask::secret(&key)?, ask::secret(&secret)?);
    let connection = Connection::api_key(who.connection.clone());
    connections
        .register(match args.get_one::<String>("base-url") {
            Some(url) => connection.base_url(url),
            None => connection,
        })
        .await?;
    let status = connections.connect_api_key(&who.connection, &who.identifier, key, secret).await?;
    home.change(|settings| settings.usual = Some(who))?;
    output::say(&show::connected(&status, None));
    output::say("Gong was not asked whether it takes the key; the first call will tell.");
    Ok(())
}
