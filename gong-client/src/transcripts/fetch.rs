//! Asks Gong for conversations: two requests, or two runs of pages, for each hundred calls.

use std::collections::{HashMap, HashSet, VecDeque};
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use super::conversation::Conversation;
use crate::base::environment::BoxFuture;
use crate::base::error::{Error, ErrorKind, Result};
use crate::client::handle::Client;
use crate::ids::CallId;
use crate::models::CallSection;

/// How many calls Gong is asked for at a time.
const BATCH: usize = 100;

impl Client {
    /// A call's transcript with the names of those who speak.
    ///
    /// Needs the scopes `api:calls:read:extensive` and `api:calls:read:transcript`. What Gong does not have yet is
    /// absent, and [`note`](Conversation::note) says so.
    ///
    /// ```no_run
    /// # async fn example(gong: gong_client::Client) -> gong_client::Result<()> {
    /// let conversation = gong.conversation("7782342274025937895").await?;
    /// println!("{}", conversation.to_text());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`] if Gong knows nothing of the call, and those of
    /// [`Get::send`](crate::calls::Get::send).
    pub async fn conversation(&self, call_id: impl Into<CallId>) -> Result<Conversation> {
        let call_id = call_id.into();
        let (mut found, _) = fetch(self.clone(), vec![call_id.clone()]).await?;
        found.pop().ok_or_else(|| unknown(&call_id))
    }

    /// The transcripts of many calls with names, in the order asked for and each once.
    ///
    /// ```no_run
    /// # async fn example(gong: gong_client::Client, call_ids: Vec<String>) -> Result<(), Box<dyn std::error::Error>> {
    /// let mut conversations = gong.conversations(call_ids);
    /// while let Some(conversation) = conversations.next().await {
    ///     let conversation = conversation?;
    ///     std::fs::write(format!("{}.md", conversation.call_id), conversation.to_markdown())?;
    /// }
    /// for call_id in conversations.missing() {
    ///     eprintln!("Gong does not know call {call_id}.");
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn conversations(&self, call_ids: impl IntoIterator<Item = impl Into<CallId>>) -> Conversations {
        let mut seen = HashSet::new();
        let ids = call_ids.into_iter().map(Into::into).filter(|id: &CallId| seen.insert(id.clone()));
        Conversations {
            client: self.clone(),
            waiting: ids.collect(),
            found: VecDeque::new(),
            missing: Vec::new(),
            asking: None,
            failed: false,
        }
    }
}

/// The conversations of many calls; see [`Client::conversations`]. After an error there are no more.
#[must_use = "a stream does nothing unless it is polled"]
pub struct Conversations {
    client: Client,
    /// Calls that Gong has not answered for.
    waiting: Vec<CallId>,
    found: VecDeque<Conversation>,
    missing: Vec<CallId>,
    /// The request for the first [`BATCH`] that wait.
    asking: Option<BoxFuture<'static, Result<Answered>>>,
    failed: bool,
}

/// What Gong has of some calls, in their order, and those of which it has nothing.
type Answered = (Vec<Conversation>, Vec<CallId>);

impl Conversations {
    /// The next conversation; `None` after the last.
    pub async fn next(&mut self) -> Option<Result<Conversation>> {
        poll_fn(|context| self.poll(context)).await
    }

    /// The calls so far of which Gong has neither details nor a transcript.
    #[must_use]
    pub fn missing(&self) -> &[CallId] {
        &self.missing
    }

    /// The calls that are still to come. After an error, asking for these goes on where it happened.
    pub fn remaining(&self) -> impl Iterator<Item = &CallId> {
        self.found.iter().map(|conversation| &conversation.call_id).chain(&self.waiting)
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Conversation>>> {
        loop {
            if let Some(conversation) = self.found.pop_front() {
                return Poll::Ready(Some(Ok(conversation)));
            }
            if self.failed || self.waiting.is_empty() {
                return Poll::Ready(None);
            }
            let asking = self.asking.get_or_insert_with(|| {
                let batch = self.waiting.iter().take(BATCH).cloned().collect();
                Box::pin(fetch(self.client.clone(), batch))
            });
            let answered = ready!(asking.as_mut().poll(context));
            self.asking = None;
            match answered {
                Ok((found, missing)) => {
                    self.waiting.drain(..found.len() + missing.len());
                    self.found = found.into();
                    self.missing.extend(missing);
                }
                Err(error) => {
                    self.failed = true;
                    return Poll::Ready(Some(Err(error)));
                }
            }
        }
    }
}

impl Stream for Conversations {
    type Item = Result<Conversation>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll(context)
    }
}

impl fmt::Debug for Conversations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Conversations, {} to come", self.remaining().count())
    }
}

async fn fetch(client: Client, call_ids: Vec<CallId>) -> Result<Answered> {
    let mut transcripts = HashMap::new();
    for transcript in client.calls().transcripts().call_ids(&call_ids).items().all().await? {
        transcripts.insert(transcript.call_id.clone(), transcript);
    }
    let mut details = HashMap::new();
    for call in client.calls().get().call_ids(&call_ids).include([CallSection::Parties]).items().all().await? {
        let id = call.meta_data.as_ref().map(|basics| basics.id.clone());
        details.insert(id.unwrap_or_default(), call);
    }
    let (mut found, mut missing) = (Vec::new(), Vec::new());
    for id in call_ids {
        match (details.remove(&id), transcripts.remove(&id)) {
            (None, None) => missing.push(id),
            (details, transcript) => found.push(Conversation::join(id, details, transcript)),
        }
    }
    Ok((found, missing))
}

fn unknown(call_id: &CallId) -> Error {
    let message = format!(
        "Gong has neither details nor a transcript of call {call_id}. A new call can take a day to be there, and these \
         credentials may not see every call."
    );
    Error::new(ErrorKind::NotFound, message).with(|inner| inner.sent = true)
}
