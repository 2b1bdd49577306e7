//! `gong auth login`: an account by authorization, in a browser.

use std::io::IsTerminal as _;
use std::time::SystemTime;

use clap::ArgMatches;
use clap::parser::ValueSource;
use gong_client::catalog;
use gong_connect::{AccountStatus, Connection, Connections, Error, ErrorKind};
use gong_sandbox::Sandbox;
use tokio::net::TcpListener;
use tokio::sync::mpsc;
use url::Url;

use super::listener::{self, Listener, Visit};
use super::page::Page;
use super::{ask, browser, paste, show};
use crate::accounts::{Home, Settings, Wanted, Who};
use crate::exit::Failure;
use crate::{output, sandbox};

/// Where users of an app return to unless it says otherwise.
const REDIRECT_URI: &str = "http://127.0.0.1:8912/callback";
const PATH_IN_SANDBOX: &str = "/callback";

/// Connects an account in a browser.
pub(super) async fn login(args: &ArgMatches) -> Result<(), Failure> {
    if args.value_source("base-url") == Some(ValueSource::CommandLine) {
        let why = "Gong tells the host of an account that is connected in the browser; --base-url goes with --api-key.";
        return Err(Failure::Usage(why.to_owned()));
    }
    let home = Home::find()?;
    let (connections, settings) = (home.connections().await?, home.settings()?);
    let who = Wanted::of(args, None).or(if args.get_flag("sandbox") { "sandbox" } else { "gong" });
    let prepared = Prepared::new(args, &who, &connections, &settings).await?;
    let link = match prepared.app {
        // It is registered when the login has succeeded.
        Some(app) => connections.authorization_link_for(app, &who.identifier).await?,
        None => connections.authorization_link(&who.connection, &who.identifier).await?,
    };
    let status = match &prepared.sandbox {
        Some((sandbox, _)) if args.get_flag("yes") => {
            let callback = sandbox.allow(link.as_str()).map_err(Failure::Local)?;
            connections.complete_as(&who.connection, &who.identifier, &callback).await?
        }
        _ => in_browser(args, &connections, &who, &link, prepared.socket).await?,
    };
    let seed = prepared.sandbox.as_ref().map(|(_, seed)| *seed);
    home.change(|settings| {
        settings.sandboxes.extend(seed.map(|seed| (who.connection.clone(), seed)));
        settings.usual = Some(who);
    })?;
    output::say(&show::connected(&status, seed));
    Ok(())
}

/// What a link needs: the app, if it is new or is to change; and for a sandbox the sandbox itself with its seed, and a
/// port for its users to return to.
struct Prepared {
    app: Option<Connection>,
    sandbox: Option<(Sandbox, u64)>,
    socket: Option<TcpListener>,
}

impl Prepared {
    async fn new(
        args: &ArgMatches,
        who: &Who,
        connections: &Connections,
        settings: &Settings,
    ) -> Result<Prepared, Failure> {
        let known = match connections.connection(&who.connection).await {
            // It is given anew, which mends it.
            Err(_) if args.contains_id("client-id") => None,
            known => known?,
        };
        let kept_seed = settings.sandboxes.get(&who.connection).copied();
        if kept_seed.is_none() && !args.get_flag("sandbox") {
            let app = app(args, known, &who.connection)?;
            return Ok(Prepared { app, sandbox: None, socket: None });
        }
        if kept_seed.is_some() && args.contains_id("client-id") {
            return Err(Failure::Usage(format!(
                "connection `{}` leads into a sandbox: choose another --connection for the app.",
                who.connection.escape_debug()
            )));
        }
        if kept_seed.is_none() && known.is_some() {
            return Err(Failure::Usage(format!(
                "connection `{}` leads to Gong itself: choose another --connection for the sandbox.",
                who.connection.escape_debug()
            )));
        }
        let seed = args.get_one::<u64>("seed").copied().or(kept_seed).unwrap_or(1);
        let sandbox = sandbox::embedded(seed).await?;
        let no_port = |error| Failure::Local(format!("no port of this machine can be listened to: {error}."));
        let socket = TcpListener::bind(("127.0.0.1", 0)).await.map_err(no_port)?;
        let returns_to = format!("http://{}{PATH_IN_SANDBOX}", socket.local_addr().map_err(no_port)?);
        let app = Connection::oauth(&who.connection, sandbox.client_id(), sandbox.client_secret(), returns_to);
        // Every login has a sandbox of its own, and the tokens of those before are good for as long as anybody will
        // want them.
        let app = with_scopes(args, app.authorize_at(sandbox.base_url())).replaces_another_app(true);
        Ok(Prepared { app: Some(app), sandbox: Some((sandbox, seed)), socket: Some(socket) })
    }
}

/// The connection to register, if it is a new one or is to change.
fn app(args: &ArgMatches, known: Option<Connection>, name: &str) -> Result<Option<Connection>, Failure> {
    let name_shown = name.escape_debug();
    if let Some(client_id) = args.get_one::<String>("client-id") {
        let secret = match std::env::var("GONG_CLIENT_SECRET") {
            Ok(secret) if !secret.trim().is_empty() => secret.trim().to_owned().into(),
            _ => ask::secret("Client secret")?,
        };
        let redirect_uri = args.get_one::<String>("redirect-uri").map_or(REDIRECT_URI, String::as_str);
        let app = Connection::oauth(name, client_id.trim(), secret, redirect_uri);
        let place = args.get_one::<String>("authorize-at");
        let app = place.into_iter().fold(app, |app, place| app.authorize_at(place));
        return Ok(Some(with_scopes(args, app)));
    }
    match known {
        None => Err(Failure::Usage(format!(
            "connection `{name_shown}` is new: give the --client-id of an app that is registered with Gong. Or \
             connect by --api-key; or try it with --sandbox."
        ))),
        Some(known) if !known.is_oauth() => Err(Failure::Usage(format!(
            "connection `{name_shown}` is for API keys: add --api-key, or choose another --connection."
        ))),
        Some(known) if says_scopes(args) => Ok(Some(with_scopes(args, known))),
        Some(_) => Ok(None),
    }
}

fn says_scopes(args: &ArgMatches) -> bool {
    args.contains_id("scopes") || args.contains_id("scopes-for")
}

/// With the scopes that were named. If none were, with all that any tool needs, of which any part will do.
fn with_scopes(args: &ArgMatches, app: Connection) -> Connection {
    if !says_scopes(args) {
        let all = catalog::tools().iter().flat_map(|tool| tool.scopes.iter().copied());
        return app.scopes(all).accept_fewer_scopes(true);
    }
    let named = |flag: &str| args.get_many::<String>(flag).into_iter().flatten().map(|name| name.trim().to_owned());
    app.scopes(named("scopes")).scopes_for(named("scopes-for")).accept_fewer_scopes(false)
}

/// Shows the link, and waits for whoever comes back with it.
async fn in_browser(
    args: &ArgMatches,
    connections: &Connections,
    who: &Who,
    link: &gong_connect::AuthorizationLink,
    socket: Option<TcpListener>,
) -> Result<AccountStatus, Failure> {
    let returns_to = redirect_uri(link.as_str())?;
    let socket = match socket {
        Some(socket) => Some(socket),
        None => listener::bind(&returns_to).await?,
    };
    let (sender, mut visits) = mpsc::channel(8);
    // The standard input of a script is left alone while there is another way.
    let may_type = std::io::stdin().is_terminal() || socket.is_none();
    if may_type {
        paste::listen(sender.clone());
    }
    let listener = socket.map(|socket| Listener::start(socket, returns_to.path(), sender));
    let opened = !args.get_flag("no-browser") && std::io::stderr().is_terminal() && browser::open(link.as_str());
    let beginning = if opened { "Your browser should open. If not, open this link" } else { "Open this link" };
    output::say(&format!("{beginning}; it works once, for ten minutes:\n\n  {link}\n"));
    if may_type {
        output::say("If the browser cannot come back by itself, paste the address it ended at here.");
    }
    let status = wait(connections, who, link.expires_at(), &mut visits).await;
    if let Some(listener) = listener {
        listener.stop().await;
    }
    status
}

/// Where the link says that the browser comes back to.
fn redirect_uri(link: &str) -> Result<Url, Failure> {
    let link = Url::parse(link).ok();
    let uri = link
        .and_then(|link| link.query_pairs().find(|(name, _)| name == "redirect_uri").map(|(_, uri)| uri.into_owned()));
    let uri = uri.and_then(|uri| Url::parse(&uri).ok());
    uri.ok_or_else(|| Failure::Local("the link does not say where it comes back to.".to_owned()))
}

async fn wait(
    connections: &Connections,
    who: &Who,
    until: SystemTime,
    visits: &mut mpsc::Receiver<Visit>,
) -> Result<AccountStatus, Failure> {
    let late = tokio::time::sleep(until.duration_since(SystemTime::now()).unwrap_or_default());
    tokio::pin!(late);
    loop {
        let visit = tokio::select! {
            visit = visits.recv() => visit,
            () = &mut late => {
                return Err(Failure::NoCredentials("nobody came back within ten minutes; start again.".to_owned()));
            }
        };
        let Some(visit) = visit else {
            return Err(Failure::NoCredentials("standard input ended before the address of the callback.".to_owned()));
        };
        match connections.complete_as(&who.connection, &who.identifier, &visit.url).await {
            Ok(status) => {
                visit.show(Page::connected(who));
                return Ok(status);
            }
            Err(error) => {
                let goes_on = is_somebody_elses(&error);
                if !visit.show(Page::failed(&error.to_string())) && goes_on {
                    output::say(&format!("That was not it: {error}"));
                }
                if !goes_on {
                    return Err(error.into());
                }
            }
        }
    }
}

/// Whether a visit had nothing to do with our link, so that the right one may still come.
fn is_somebody_elses(error: &Error) -> bool {
    use ErrorKind::{BadCallback, UnknownState, UsedState, WrongAccount};
    matches!(error.kind(), BadCallback | UnknownState | UsedState | WrongAccount)
}
