//! A request with everything around it: leave to send it, another try where that does no harm, a fresh token where the
//! old one has run out, and the trace of it all.

use std::time::{Duration, SystemTime};

use tracing::field::Empty as Unset;
use tracing::{Instrument, Span, debug, info_span};

use crate::auth::credentials::Signer;
use crate::base::error::{Error, ErrorKind, Result};
use crate::base::service::TITLE;
use crate::limiter::rate_limiter::AcquireError;
use crate::transport::event::Event;
use crate::transport::prepared::Prepared;
use crate::transport::received::{Empty, Received};
use crate::transport::retry::{FailedTry, Retry};
use crate::transport::shared::Shared;
use crate::transport::verdict;
use crate::transport::{envelope, send};

/// Makes of a success what it should be. What fails here may be tried again like anything else.
pub(crate) type Accept<'a> = dyn FnMut(&Received) -> Result<()> + Send + 'a;

/// Sends a request, as often as it takes, and judges the answer.
pub(crate) async fn exchange(client: &Shared, prepared: Prepared, accept: &mut Accept<'_>) -> Result<Received> {
    let span = info_span!(
        "gong_request",
        tool = prepared.tool,
        method = prepared.method.as_str(),
        path = prepared.path(),
        status = Unset,
        tries = Unset,
        wait_ms = Unset,
        request_id = Unset,
        error = Unset,
    );
    let begun = client.environment.now();
    let mut attempts = Attempts::default();
    let outcome = attempts.run(client, &prepared, accept).instrument(span.clone()).await;
    if client.observer.is_some() || !span.is_disabled() {
        let event = attempts.event(&prepared, &outcome, client.since(begun));
        record(&span, &event);
        if let Some(observer) = &client.observer {
            observer.tell(&event);
        }
    }
    outcome
}

/// What has become of a request so far.
#[derive(Debug, Default)]
struct Attempts {
    tries: u32,
    waited: Duration,
    first_sent: Option<SystemTime>,
    /// An earlier try may have done its work.
    may_be_done: bool,
}

impl Attempts {
    async fn run(&mut self, client: &Shared, prepared: &Prepared, accept: &mut Accept<'_>) -> Result<Received> {
        let mut signer = client.credentials.signer(&client.host).await?;
        let mut renewed = false;
        loop {
            self.wait_for_permit(client).await.map_err(|error| self.complete(error, prepared))?;
            self.tries += 1;
            self.first_sent.get_or_insert_with(|| client.environment.now());
            let error = match self.attempt(client, prepared, &signer, accept).await {
                Ok(received) => return Ok(received),
                Err(error) => error,
            };
            self.may_be_done |= error.may_be_done();
            share_pause(client, &error).await;
            if prepared.is_spent() {
                return Err(self.complete(error, prepared));
            }
            if error.kind() == ErrorKind::Unauthorized
                && !renewed
                && let Some(another) = client.credentials.another(&signer, &client.host).await
            {
                renewed = true;
                signer = another.map_err(|cause| self.complete(no_other_token(error, cause), prepared))?;
                continue;
            }
            match self.decide(client, &error) {
                Retry::After(pause) => {
                    debug!(tries = self.tries, pause_ms = millis(pause), error = ?error.kind(), "trying again");
                    self.waited += pause;
                    client.environment.sleep(pause).await;
                }
                Retry::No => return Err(self.complete(error, prepared)),
            }
            // A token may have run out during the pause.
            renewed = false;
            signer = client.credentials.signer(&client.host).await.map_err(|error| self.complete(error, prepared))?;
        }
    }

    async fn wait_for_permit(&mut self, client: &Shared) -> Result<()> {
        let Some(rate_limiter) = &client.rate_limiter else { return Ok(()) };
        let asked = client.environment.now();
        let acquired = rate_limiter.acquire().await;
        self.waited += client.since(asked);
        acquired.map_err(|refusal| not_acquired(refusal, client.environment.now()))
    }

    async fn attempt(
        &self,
        client: &Shared,
        prepared: &Prepared,
        signer: &Signer<'_>,
        accept: &mut Accept<'_>,
    ) -> Result<Received> {
        let raw = send::send(client, prepared, signer).await?;
        let redactor = client.redactor(signer);
        let empty = if envelope::is_success(&raw) {
            None
        } else if prepared.nothing_found.is_some_and(|texts| envelope::is_nothing_found(&raw, texts)) {
            Some(Empty::NothingFound)
        } else if let Some(told) = prepared.repeated.filter(|_| self.may_be_done).and_then(|form| form.fields_of(&raw))
        {
            Some(Empty::DoneBefore(told))
        } else if self.may_be_done && prepared.removes && envelope::is_not_found(&raw) {
            Some(Empty::Gone)
        } else {
            let host = signer.host().unwrap_or(&client.host).as_str();
            let circumstances =
                verdict::Circumstances { host, token: signer.is_token(), now: client.environment.now() };
            return Err(verdict::error(raw.redacted(&redactor), prepared, &circumstances));
        };
        let received = Received::new(raw, empty, prepared, redactor);
        accept(&received)?;
        Ok(received)
    }

    fn decide(&self, client: &Shared, error: &Error) -> Retry {
        if !error.is_retryable() {
            return Retry::No;
        }
        let elapsed = self.first_sent.map(|first| client.since(first)).unwrap_or_default();
        let random = client.environment.random();
        client.retry.after(&FailedTry { error, tries: self.tries, elapsed, random })
    }

    /// Adds what the last error alone does not know, and what it means for a request that changes something.
    fn complete(&self, error: Error, prepared: &Prepared) -> Error {
        let (tries, may_be_done) = (self.tries, self.may_be_done);
        let done = prepared.changes && error.is_of_success();
        error.with(|inner| {
            inner.sent |= may_be_done;
            inner.done = done;
            if done {
                inner.context.push(format!("{TITLE} says that it did what it was asked to; do not repeat the call."));
            } else if prepared.changes && may_be_done {
                inner.context.push(format!("{TITLE} may have acted on the request all the same."));
            }
            if tries > 1 {
                inner.context.push(format!("(It was tried {tries} times.)"));
            }
        })
    }

    fn event(self, prepared: &Prepared, outcome: &Result<Received>, took: Duration) -> Event {
        let (answer, request_id) = match outcome {
            Ok(received) => (received.raw.as_ref(), received.request_id.as_deref()),
            Err(error) => (error.answer(), error.request_id()),
        };
        Event {
            tool: prepared.tool,
            method: prepared.method,
            path: prepared.path().to_owned(),
            status: answer.map(|raw| raw.status()).or(outcome.as_ref().err().and_then(Error::status)),
            error: outcome.as_ref().err().map(Error::kind),
            tries: self.tries,
            waited: self.waited,
            took,
            bytes: answer.map_or(0, |raw| raw.bytes().len()),
            request_id: request_id.map(str::to_owned),
        }
    }
}

fn record(span: &Span, event: &Event) {
    span.record("status", event.status);
    span.record("tries", event.tries);
    span.record("wait_ms", millis(event.waited));
    span.record("request_id", event.request_id.as_deref());
    if let Some(kind) = event.error {
        span.record("error", tracing::field::debug(kind));
    }
}

/// Lets the other callers of the account know that Gong wants a pause.
async fn share_pause(client: &Shared, error: &Error) {
    let (Some(rate_limiter), ErrorKind::RateLimited, Some(wait)) =
        (&client.rate_limiter, error.kind(), error.retry_after())
    else {
        return;
    };
    if let Err(cause) = rate_limiter.pause_until(client.environment.now() + wait).await {
        debug!(%cause, "a pause could not be passed on");
    }
}

fn not_acquired(refusal: AcquireError, now: SystemTime) -> Error {
    match refusal {
        AcquireError::NotBefore { retry_at, why } => {
            let wait = retry_at.duration_since(now).unwrap_or_default();
            let message = format!("{why} Nothing was sent.");
            Error::new(ErrorKind::RateLimited, message).with(|inner| inner.retry_after = Some(wait))
        }
        AcquireError::Failed(cause) => match cause.downcast::<Error>() {
            Ok(error) => *error,
            Err(cause) => {
                let message =
                    format!("whether a request may be sent could not be found out: {cause}. Nothing was sent.");
                Error::new(ErrorKind::Connection, message).with(|inner| inner.source = Some(cause))
            }
        },
    }
}

/// Gong refuses the token, and the source has no other.
fn no_other_token(refused: Error, cause: Error) -> Error {
    refused.context(format!("No other token could be had: {cause}")).with(|inner| inner.source = Some(cause.into()))
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
