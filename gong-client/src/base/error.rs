//! What can go wrong: one opaque error with a kind, predicates and everything Gong said.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use crate::base::raw_answer::RawAnswer;
use crate::base::service::{SERVICE, TITLE};
use crate::base::text::{excerpt, printable};
use crate::base::violation::Violation;

/// The longest part of what was said for a person to read that a message has.
pub(crate) const SAID: usize = 1000;

/// The result of everything here that can fail.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// An error of any kind.
pub type BoxError = Box<dyn StdError + Send + Sync>;

/// What went wrong, in a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The input breaks a rule; nothing was sent. See [`Error::violations`].
    InvalidInput,
    /// A tool that removes something was called by name without the confirmation that it wants, or with another one;
    /// nothing was sent. See [`NamedCall::confirm`](crate::NamedCall::confirm).
    Unconfirmed,
    /// No tool has this name; nothing was sent.
    UnknownTool,
    /// The client's settings are wrong; nothing was sent.
    Config,
    /// Gong does not accept the credentials: wrong, expired or revoked, or the account lives on another host.
    Unauthorized,
    /// The credentials lack a scope. See [`Error::missing_scope`].
    MissingScope,
    /// Gong refuses this account or user: a network that is not on the trusted list, or no permission.
    Forbidden,
    /// Gong refuses because the account or the user has no licence for it.
    MissingLicence,
    /// There is no such thing.
    NotFound,
    /// It is there already, or its state does not allow this.
    Conflict,
    /// Too many requests a second or a day. See [`Error::retry_after`].
    RateLimited,
    /// Gong refuses the request as it is.
    BadRequest,
    /// Gong failed.
    Server,
    /// An HTML page came instead of an answer, most likely from the network edge before Gong.
    ProxyPage,
    /// Gong points to another host. The client does not follow, because the credentials are for the account's own host.
    Redirect,
    /// The answer is not what it should be. See [`Error::json_path`].
    Decode,
    /// No answer within the time allowed.
    Timeout,
    /// The connection could not be made, or broke.
    Connection,
    /// A job that was waited for failed. See [`Error::answer`].
    JobFailed,
    /// A file could not be read, or changed while it was sent; Gong got no whole. Or one could not be written.
    File,
}

/// How far a request had come when its connection failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Phase {
    /// The connection was being made; nothing was sent.
    Connecting,
    /// The request was being sent, or had been, and there was no answer yet.
    Waiting,
    /// The answer had begun.
    Reading,
}

/// What went wrong.
///
/// Its `Display` is a sentence for a person (one line a violation, if there are several, and one line a detail); the
/// predicates are for programs. Neither `Display` nor `Debug` holds a secret.
///
/// ```
/// # use gong_client::{Client, ErrorKind};
/// # fn main() -> gong_client::Result<()> {
/// let error = Client::builder().api_key("key", "secret").base_url("ftp://example.com").build().unwrap_err();
/// assert_eq!(error.kind(), ErrorKind::Config);
/// assert!(!error.may_have_been_sent());
/// # Ok(())
/// # }
/// ```
pub struct Error {
    kind: ErrorKind,
    inner: Box<Inner>,
}

/// Everything that is known of an error. Only this crate fills it in.
#[derive(Debug, Default)]
pub(crate) struct Inner {
    pub(crate) message: String,
    pub(crate) tool: Option<&'static str>,
    pub(crate) status: Option<u16>,
    pub(crate) request_id: Option<String>,
    pub(crate) messages: Vec<String>,
    pub(crate) details: Vec<(&'static str, String)>,
    pub(crate) missing_scope: Option<String>,
    pub(crate) retry_after: Option<Duration>,
    pub(crate) violations: Vec<Violation>,
    pub(crate) json_path: Option<String>,
    /// What to add to the message, innermost first.
    pub(crate) context: Vec<String>,
    pub(crate) answer: Option<RawAnswer>,
    pub(crate) completed: Vec<RawAnswer>,
    /// Bytes of the request may have left.
    pub(crate) sent: bool,
    /// Gong says that it did what it was asked to change.
    pub(crate) done: bool,
    /// The request may be sent again without harm.
    pub(crate) repeatable: bool,
    /// The answer was no JSON at all.
    pub(crate) damaged: bool,
    pub(crate) phase: Option<Phase>,
    pub(crate) source: Option<BoxError>,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Error { kind, inner: Box::new(Inner { message: message.into(), ..Inner::default() }) }
    }

    /// An input that breaks these rules.
    pub(crate) fn refused(violations: Vec<Violation>) -> Self {
        Error::new(ErrorKind::InvalidInput, "").with(|inner| inner.violations = violations)
    }

    /// An input that a rule other than its parameters' own refuses.
    pub(crate) fn refused_because(message: impl Into<String>) -> Self {
        Error::new(ErrorKind::InvalidInput, message)
    }

    /// An answer of `bytes` bytes that would take more memory than `room`.
    pub(crate) fn no_room(bytes: usize, room: usize) -> Self {
        let message = format!(
            "the answer has {bytes} bytes, and read it would take more than the {room} bytes of memory that this \
             client gives it; ask for less at once, or raise `decoded_limit`."
        );
        Error::new(ErrorKind::Decode, message).with(|inner| inner.sent = true)
    }

    /// Adds what is known.
    pub(crate) fn with(mut self, add: impl FnOnce(&mut Inner)) -> Self {
        add(&mut self.inner);
        self
    }

    /// Adds a sentence that says what the failure means here.
    pub(crate) fn context(self, sentence: impl Into<String>) -> Self {
        self.with(|inner| inner.context.push(sentence.into()))
    }

    pub(crate) fn in_tool(self, tool: &'static str) -> Self {
        self.with(|inner| {
            inner.tool.get_or_insert(tool);
        })
    }

    /// The error of a tool that another one asked: it is the other one's now, and nothing of it has been done.
    pub(crate) fn asked_by(self, tool: &'static str, sentence: String) -> Self {
        self.context(sentence).with(|inner| {
            inner.tool = Some(tool);
            inner.completed = Vec::new();
        })
    }

    /// What went wrong, in a word.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// Whether the same call may succeed later without doing anything twice: the limit was reached, the connection was
    /// never made, or Gong or the network failed at what was only read, does the same when it is sent twice, or carries
    /// a key by which Gong knows a repetition.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        let nothing_done = !self.inner.sent && self.inner.completed.is_empty();
        match self.kind {
            ErrorKind::RateLimited => self.inner.repeatable || self.inner.completed.is_empty(),
            ErrorKind::Connection | ErrorKind::Timeout | ErrorKind::Server => self.inner.repeatable || nothing_done,
            // A page that turns the client away will do so again; one in the place of a success need not.
            ErrorKind::ProxyPage => {
                self.inner.repeatable && self.inner.status.is_some_and(|status| !(300..500).contains(&status))
            }
            // What is no JSON was damaged on its way; what is JSON of another shape will come like that again.
            ErrorKind::Decode => self.inner.repeatable && self.inner.damaged,
            _ => false,
        }
    }

    /// Whether Gong may have done what it was asked to, though this is an error.
    pub(crate) fn may_be_done(&self) -> bool {
        let unclear = match self.kind {
            ErrorKind::Connection | ErrorKind::Timeout | ErrorKind::Server => true,
            // A request that a proxy refused, or a refusal that came damaged, did nothing. A 408 refuses nothing: it
            // may have come after Gong began.
            ErrorKind::ProxyPage | ErrorKind::Decode => {
                self.inner.status.is_none_or(|status| status == 408 || !(400..500).contains(&status))
            }
            _ => false,
        };
        self.inner.sent && unclear
    }

    /// Whether Gong says that all went well, and only what else it says is lost or cannot be read.
    pub(crate) fn is_of_success(&self) -> bool {
        let lost = matches!(self.kind, ErrorKind::Decode | ErrorKind::Connection | ErrorKind::Timeout);
        lost && self.inner.status.is_some_and(|status| (200..300).contains(&status))
    }

    /// Whether the answer is no JSON.
    pub(crate) fn is_damaged(&self) -> bool {
        self.kind == ErrorKind::Decode && self.inner.damaged
    }

    /// Whether Gong said that it did what it was asked to change, and only the rest of its answer cannot be used. Such
    /// a call must not be repeated.
    #[must_use]
    pub fn was_done(&self) -> bool {
        self.inner.done
    }

    /// Whether a request of this call may have reached Gong, so that Gong may have acted on it.
    #[must_use]
    pub fn may_have_been_sent(&self) -> bool {
        self.inner.sent || !self.inner.completed.is_empty()
    }

    /// How far the request had come when its connection failed or time ran out.
    #[must_use]
    pub fn phase(&self) -> Option<Phase> {
        self.inner.phase
    }

    /// How long Gong asks to wait. Near the daily limit this can be hours.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.inner.retry_after
    }

    /// The HTTP status, if there was an answer.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.inner.status
    }

    /// Gong's id of the request, which its support asks for.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.inner.request_id.as_deref()
    }

    /// What Gong said, in its own words.
    #[must_use]
    pub fn messages(&self) -> &[String] {
        &self.inner.messages
    }

    /// What else Gong says of some errors, by the names of its fields.
    #[must_use]
    pub fn details(&self) -> &[(&'static str, String)] {
        &self.inner.details
    }

    /// One of the [`details`](Self::details): `fixUrl` is the page where it can be mended, `helpUrl` one that explains
    /// it, and `userFacingError` a sentence for whom it concerns.
    ///
    /// ```
    /// # use gong_client::{Error, ErrorKind};
    /// fn remedy(error: &Error) -> String {
    ///     error.detail("fixUrl").map_or_else(|| error.to_string(), |url| format!("Mend it at {url}."))
    /// }
    /// # assert!(Error::from(ErrorKind::Conflict).detail("fixUrl").is_none());
    /// ```
    #[must_use]
    pub fn detail(&self, name: &str) -> Option<&str> {
        self.details().iter().find(|(field, _)| *field == name).map(|(_, text)| text.as_str())
    }

    /// The scope that the credentials lack, where Gong names it.
    #[must_use]
    pub fn missing_scope(&self) -> Option<&str> {
        self.inner.missing_scope.as_deref()
    }

    /// Every fault of a refused input.
    #[must_use]
    pub fn violations(&self) -> &[Violation] {
        &self.inner.violations
    }

    /// Where in the answer decoding failed, such as `calls[3].duration`.
    #[must_use]
    pub fn json_path(&self) -> Option<&str> {
        self.inner.json_path.as_deref()
    }

    /// Whether Gong no longer takes the cursor that a page was asked for with. Cursors live for a while only, and are
    /// good for the inputs they were given for. The way on is to begin again without one.
    ///
    /// ```no_run
    /// # async fn example(gong: gong_client::Client, saved: String) -> gong_client::Result<()> {
    /// let mut calls = gong.calls().list().cursor(saved).items();
    /// match calls.next().await {
    ///     Some(Err(error)) if error.is_expired_cursor() => calls = gong.calls().list().items(),
    ///     first => println!("{first:?}"),
    /// }
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn is_expired_cursor(&self) -> bool {
        let texts = SERVICE.expired_cursor;
        self.messages().iter().any(|message| texts.iter().any(|text| message.contains(text)))
    }

    /// The tool that was called.
    #[must_use]
    pub fn tool(&self) -> Option<&str> {
        self.inner.tool
    }

    /// The answer that this error is about, as it came, but for the secrets that were sent: those are hidden.
    #[must_use]
    pub fn answer(&self) -> Option<&RawAnswer> {
        self.inner.answer.as_ref()
    }

    /// The answers that came before the failure, of a call that makes several requests. What they say is done is done.
    #[must_use]
    pub fn completed(&self) -> &[RawAnswer] {
        &self.inner.completed
    }
}

impl Error {
    /// All of it, as it was said.
    fn sentence(&self) -> String {
        let inner = &self.inner;
        let mut said = inner.tool.map_or_else(String::new, |tool| format!("{tool}: "));
        said.push_str(&inner.message);
        match inner.violations.as_slice() {
            [] => {}
            [only] => said.push_str(&only.to_string()),
            several => {
                said.push_str(&format!("the input has {} faults:", several.len()));
                several.iter().for_each(|violation| said.push_str(&format!("\n  {violation}")));
            }
        }
        inner.context.iter().for_each(|sentence| said.push_str(&format!(" {sentence}")));
        if let Some(id) = &inner.request_id {
            said.push_str(&format!(" ({TITLE}'s request {id})"));
        }
        inner.details.iter().for_each(|(field, text)| said.push_str(&format!("\n  {field}: {}", excerpt(text, SAID))));
        said
    }
}

impl From<std::convert::Infallible> for Error {
    /// For values that can be made of another, where either may fail: this one cannot.
    fn from(never: std::convert::Infallible) -> Self {
        match never {}
    }
}

impl fmt::Display for Error {
    /// What others wrote has nothing in it that a terminal would obey.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&printable(&self.sentence()))
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = &self.inner;
        f.debug_struct("Error")
            .field("kind", &self.kind)
            .field("message", &self.to_string())
            .field("status", &inner.status)
            .field("request_id", &inner.request_id)
            .field("sent", &inner.sent)
            .field("source", &inner.source)
            .finish_non_exhaustive()
    }
}

/// An error of this kind with nothing else known, for tests of code that handles errors.
///
/// ```
/// # use gong_client::{Error, ErrorKind};
/// let error = Error::from(ErrorKind::RateLimited);
/// assert_eq!((error.kind(), error.is_retryable(), error.status()), (ErrorKind::RateLimited, true, None));
/// ```
impl From<ErrorKind> for Error {
    fn from(kind: ErrorKind) -> Self {
        Error::new(kind, format!("an error of the kind {kind:?}, made by hand."))
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.inner.source.as_deref().map(|source| source as &(dyn StdError + 'static))
    }
}

/// Adds to an error what a failure means at this place.
pub(crate) fn failed<T>(result: Result<T>, sentence: impl FnOnce() -> String) -> Result<T> {
    result.map_err(|error| error.context(sentence()))
}
