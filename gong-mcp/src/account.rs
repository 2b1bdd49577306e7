//! Whose account an agent acts with.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use gong_client::Client;
use gong_connect::{Connections, Error, ErrorKind};

/// The account that an agent acts with.
#[derive(Clone, Debug)]
pub struct Account(Source);

#[derive(Clone)]
enum Source {
    Own(Client),
    Connected(Arc<Connected>),
}

/// An account of a store, which may not be there yet, or not any more.
pub(crate) struct Connected {
    pub(crate) connections: Connections,
    pub(crate) connection: String,
    pub(crate) identifier: String,
    /// Made when it is first needed, and again when its tokens were no good any more.
    client: Mutex<Option<Client>>,
}

impl From<Client> for Account {
    fn from(client: Client) -> Self {
        Account(Source::Own(client))
    }
}

impl Account {
    /// The account of an identifier in a connection. If there is none, or its user must authorize again, a call says
    /// so and gives the link.
    #[must_use]
    pub fn connected(connections: Connections, connection: &str, identifier: &str) -> Self {
        Account(Source::Connected(Arc::new(Connected {
            connections,
            connection: connection.to_owned(),
            identifier: identifier.to_owned(),
            client: Mutex::new(None),
        })))
    }

    /// A client for it.
    ///
    /// # Errors
    ///
    /// A sentence and, where that is the remedy, the link by which the user authorizes.
    pub(crate) async fn client(&self) -> Result<Client, Refusal> {
        match &self.0 {
            Source::Own(client) => Ok(client.clone()),
            Source::Connected(account) => account.client().await,
        }
    }

    /// The account of the store, if it is one of a store.
    pub(crate) fn connected_one(&self) -> Option<Arc<Connected>> {
        match &self.0 {
            Source::Own(_) => None,
            Source::Connected(account) => Some(Arc::clone(account)),
        }
    }

    /// What an error of a call says of the account, if it does. The next call then looks at the account anew.
    pub(crate) fn refusal(&self, error: &gong_client::Error) -> Option<Refusal> {
        let behind = Error::behind(error)?;
        if let Source::Connected(account) = &self.0 {
            account.forget_client();
        }
        Some(Refusal::of(behind))
    }
}

impl Connected {
    /// Has the next call look at the account anew.
    pub(crate) fn forget_client(&self) {
        *self.client.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    async fn client(&self) -> Result<Client, Refusal> {
        if let Some(client) = &*self.client.lock().unwrap_or_else(PoisonError::into_inner) {
            return Ok(client.clone());
        }
        match self.connections.client(&self.connection, &self.identifier).await {
            Ok(client) => {
                *self.client.lock().unwrap_or_else(PoisonError::into_inner) = Some(client.clone());
                Ok(client)
            }
            Err(error) if error.kind() == ErrorKind::UnknownAccount => {
                let link = self.connections.authorization_link(&self.connection, &self.identifier).await;
                Err(match link {
                    Ok(link) => Refusal { message: error.to_string(), link: Some(link.to_string()) },
                    Err(why) => Refusal { message: format!("{error} {why}"), link: None },
                })
            }
            Err(error) => Err(Refusal::of(&error)),
        }
    }
}

/// Why an account cannot be used.
#[derive(Clone, Debug)]
pub(crate) struct Refusal {
    pub(crate) message: String,
    pub(crate) link: Option<String>,
}

impl Refusal {
    pub(crate) fn of(error: &Error) -> Self {
        Refusal { message: error.to_string(), link: error.authorization_link().map(ToString::to_string) }
    }
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Source::Own(client) => client.fmt(f),
            Source::Connected(account) => write!(f, "`{}` of `{}`", account.identifier, account.connection),
        }
    }
}
