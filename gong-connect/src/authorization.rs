//! From a link to an account: what is done with the callback that a link leads to.

use gong_client::Secret;

use crate::authorize::{self, State};
use crate::callback::{self, Callback, Outcome};
use crate::connection::Connection;
use crate::connections::Inner;
use crate::error::{Error, ErrorKind, Result};
use crate::link::AuthorizationLink;
use crate::oauth::{self, Refusal, Show, in_brackets};
use crate::origin::{AppId, Origin};
use crate::status::AccountStatus;
use crate::store::{NewAccount, Pending, Registration};
use crate::who::Who;

impl Inner {
    /// A link for a connection that is registered.
    pub(crate) async fn new_link(&self, who: &Who) -> Result<AuthorizationLink> {
        self.new_link_for(who, &self.connection(&who.connection).await?, false).await
    }

    /// A link for a connection, which may be one to register when the link has led to an account.
    pub(crate) async fn new_link_for(
        &self,
        who: &Who,
        connection: &Connection,
        registers: bool,
    ) -> Result<AuthorizationLink> {
        let registers = registers.then(|| Registration {
            settings: connection.settings().clone(),
            replaces_another_app: connection.may_replace_another_app(),
        });
        let (pending, link) = authorize::begin(connection.app()?, who, registers, self.world.as_ref())?;
        self.vault.put_pending(&pending, self.world.now()).await?;
        self.slots.of(who).keep_link(&link);
        Ok(link)
    }

    /// A link for an error: the last one, if there is time left, so that repeated errors don't fill the store. None if
    /// that fails too: the error that it goes with says more.
    pub(crate) async fn link_again(&self, who: &Who) -> Option<AuthorizationLink> {
        match self.slots.of(who).link(self.world.now()) {
            Some(link) => Some(link),
            None => self.new_link(who).await.ok(),
        }
    }

    /// Refuses a connection of whose name there are accounts that came from another app.
    pub(crate) async fn refuse_another_app(&self, connection: &Connection) -> Result<()> {
        if connection.may_replace_another_app() {
            return Ok(());
        }
        let origins = self.vault.origins(connection.name()).await?.into_iter();
        let of_others = origins.filter(|(_, origin)| *origin != Origin::Unknown && !connection.is_origin(origin));
        let of_others: Vec<_> = of_others.collect();
        let Some((_, origin)) = of_others.first() else { return Ok(()) };
        let names: Vec<_> = of_others.iter().map(|(name, _)| format!("`{}`", name.escape_debug())).collect();
        let came_from = match origin {
            Origin::App(app) => format!("the app {app}"),
            Origin::ApiKey | Origin::Unknown => "API keys".to_owned(),
        };
        let message = format!(
            "connection `{}` has accounts of {came_from}: {}. They are not for another app: give this one a \
             connection of its own, or disconnect them first.",
            connection.name().escape_debug(),
            names.join(", "),
        );
        Err(Error::new(ErrorKind::AnotherApp, message))
    }

    pub(crate) async fn complete(&self, callback_url: &str, expected: Option<&Who>) -> Result<AccountStatus> {
        let unknown = || Error::new(ErrorKind::UnknownState, "nobody here gave out the state of this callback.");
        let used = || Error::new(ErrorKind::UsedState, "this callback was taken before; its link works once.");
        let Callback { state, outcome } = Callback::parse(callback_url)?;
        let state = State::parse(state.reveal()).ok_or_else(unknown)?;
        let pending = self.vault.pending(&state.selector).await?.filter(|pending| state.proves(pending));
        let pending = pending.ok_or_else(unknown)?;
        if expected.is_some_and(|expected| *expected != pending.who) {
            return Err(Error::new(
                ErrorKind::WrongAccount,
                "this callback belongs to another connection or identifier.",
            ));
        }
        if pending.used {
            return Err(used());
        }
        if self.world.now() >= pending.expires_at {
            let message = "this callback came later than ten minutes after its link was made.";
            return Err(Error::new(ErrorKind::ExpiredState, message).with_link(self.another_link(&pending).await));
        }
        let connection = self.connection_of(&pending).await?;
        if !self.vault.use_pending(&pending.selector).await? {
            return Err(used());
        }
        // The link of this state is used now, and no error must offer it again.
        self.slots.of(&pending.who).forget();
        match outcome {
            Outcome::Refused { error, description } => Err(callback::refused(&error, &description)),
            Outcome::Code(code) => self.exchange(&connection, &pending, &code).await,
        }
    }

    /// The connection that a link was made for: the one that it registers, or the one that is registered, if that still
    /// is the app that the code is for.
    async fn connection_of(&self, pending: &Pending) -> Result<Connection> {
        let Some(app) = &pending.app else {
            let message = "the link of this callback was made by an earlier version of this program.";
            return Err(Error::new(ErrorKind::ExpiredState, message).with_link(self.another_link(pending).await));
        };
        let connection = self.intended(pending).await?;
        if pending.registers.is_some() {
            self.refuse_another_app(&connection).await?;
        }
        if AppId::of(connection.app()?) != *app {
            let message = format!(
                "the link of this callback was made for another app than the one that connection `{}` is now, so its \
                 code was shown to nobody.",
                connection.name().escape_debug()
            );
            return Err(Error::new(ErrorKind::AnotherApp, message).with_link(self.another_link(pending).await));
        }
        Ok(connection)
    }

    async fn intended(&self, pending: &Pending) -> Result<Connection> {
        match &pending.registers {
            None => self.connection(&pending.who.connection).await,
            Some(Registration { settings, replaces_another_app }) => {
                let connection = Connection::kept(pending.who.connection.clone(), settings.clone());
                Ok(connection.replaces_another_app(*replaces_another_app))
            }
        }
    }

    /// A link in place of one that is no good any more.
    async fn another_link(&self, pending: &Pending) -> Option<AuthorizationLink> {
        let connection = self.intended(pending).await.ok()?;
        self.new_link_for(&pending.who, &connection, pending.registers.is_some()).await.ok()
    }

    async fn exchange(&self, connection: &Connection, pending: &Pending, code: &Secret) -> Result<AccountStatus> {
        let (app, proof) = (connection.app()?, pending.proof.as_ref());
        let grant = match oauth::ask(self.http.as_ref(), &self.domains, app, Show::Code { code, proof }).await {
            Ok(grant) => grant,
            Err(Refusal::Spent(said)) => {
                let said = in_brackets(&said);
                let message = format!(
                    "Gong takes the code of this callback no more{said}: it is older than ten minutes or was used."
                );
                return Err(Error::new(ErrorKind::ExpiredCode, message).with_link(self.another_link(pending).await));
            }
            Err(Refusal::Failed(error)) => return Err(error.with_link(self.another_link(pending).await)),
        };
        let missing: Vec<_> = match &grant.scopes {
            Some(granted) => app.scopes.difference(granted).cloned().collect(),
            None => Vec::new(),
        };
        if !missing.is_empty() && !app.fewer_scopes_will_do {
            let message = format!(
                "Gong granted less than was asked for; missing: {}. The scopes of an app are chosen where it is \
                 registered.",
                missing.join(", ")
            );
            return Err(Error::new(ErrorKind::ScopeMismatch, message).with_missing_scopes(missing));
        }
        let account = grant.into_account(app, self.world.now())?;
        if pending.registers.is_some() {
            self.refuse_another_app(connection).await?;
            self.vault.put_connection(connection).await?;
        }
        self.keep(&pending.who, &account, connection).await
    }

    pub(crate) async fn keep(&self, who: &Who, account: &NewAccount, connection: &Connection) -> Result<AccountStatus> {
        self.vault.put_account(who, account).await?;
        self.slots.of(who).forget();
        Ok(AccountStatus::of(&self.account(who).await?, Some(connection), self.world.now()))
    }
}
