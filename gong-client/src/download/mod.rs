//! A call's audio or video, from the address that Gong gives for it into a file.
//!
//! The address is good for some hours and lies on another host than the account's, which gets no credentials.

mod partial;
#[cfg(test)]
mod tests;

use std::path::PathBuf;
use std::time::Duration;

use crate::base::endpoint::is_unread_on_the_way;
use crate::base::environment::BoxFuture;
use crate::base::error::{Error, ErrorKind, Result};
use crate::base::listener::Listener;
use crate::base::progress::Progress;
use crate::client::handle::Client;
use crate::ids::CallId;
use crate::models::CallSection;
use crate::transport::send::{Cause, unless_silent};

use self::partial::Partial;

/// Breaks in a row without a byte between them after which a download ends.
const MOST_BREAKS: u32 = 5;

/// What of a recording is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Track {
    /// What was said.
    Audio,
    /// The picture, with what was said.
    Video,
}

/// A download that is put together and not begun; see [`Client::download`]. Awaited, it is carried out.
#[derive(Clone, Debug)]
#[must_use = "nothing is loaded before it is awaited"]
pub struct Download {
    client: Client,
    call_id: CallId,
    track: Track,
    path: PathBuf,
    teller: Option<Listener<Progress>>,
}

impl Client {
    /// Saves the recording of a call in a file, and gives the number of its bytes.
    ///
    /// Needs the scopes `api:calls:read:extensive` and `api:calls:read:media-url`. What came so far stands in a file
    /// with `.part` at the end of its name, until all of it is there: after a break it goes on from there, by itself or
    /// when it is called again, unless the recording has changed meanwhile.
    ///
    /// ```no_run
    /// # async fn example(gong: gong_client::Client) -> gong_client::Result<()> {
    /// use gong_client::Track;
    ///
    /// let bytes = gong.download("7782342274025937895", Track::Audio, "call.mp3").await?;
    /// println!("{bytes} bytes");
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// Awaiting it fails with [`ErrorKind::NotFound`] if there is no such recording, with [`ErrorKind::File`] if it
    /// cannot be written or a file is there already, and as [`Get::send`](crate::calls::Get::send) does.
    pub fn download(&self, call_id: impl Into<CallId>, track: Track, path: impl Into<PathBuf>) -> Download {
        Download { client: self.clone(), call_id: call_id.into(), track, path: path.into(), teller: None }
    }
}

impl Download {
    /// A function that is told of every piece that was written. It runs in the task that loads, so it should be quick.
    pub fn on_progress(mut self, tell: impl Fn(Progress) + Send + Sync + 'static) -> Self {
        self.teller = Some(Listener::new(move |progress| tell(*progress)));
        self
    }

    async fn run(self) -> Result<u64> {
        let mut partial = Partial::open(&self.path)?;
        let mut address = self.address().await?;
        let (mut breaks, mut is_new) = (0, true);
        loop {
            let before = partial.size;
            match self.fetch(&address, &mut partial).await {
                Ok(()) => return partial.finish(),
                Err(Ended::Finally(error)) => return Err(error),
                Err(Ended::Expired(error)) if is_new => return Err(error),
                Err(Ended::Expired(_)) => {
                    address = self.address().await?;
                    is_new = true;
                }
                Err(Ended::Broken(error)) => {
                    breaks = if partial.size > before { 1 } else { breaks + 1 };
                    if breaks > MOST_BREAKS {
                        return Err(error.context(partial.kept()));
                    }
                    is_new &= partial.size == before;
                    self.client.shared().environment.sleep(Duration::from_secs(1 << breaks)).await;
                }
            }
        }
    }

    /// The address that the recording has now.
    async fn address(&self) -> Result<String> {
        let asked = self.client.calls().get().call_ids([self.call_id.clone()]).include([CallSection::Media]);
        let page = asked.await?.into_inner();
        let media = page.calls.into_iter().next().and_then(|call| call.media);
        let found = media.and_then(|media| match self.track {
            Track::Audio => media.audio_url,
            Track::Video => media.video_url,
        });
        found.ok_or_else(|| {
            let what = if self.track == Track::Audio { "audio" } else { "video" };
            let message = format!("there is no {what} of the call {}, or the account may not have it.", self.call_id);
            Error::new(ErrorKind::NotFound, message)
        })
    }

    /// What is missing, from this address.
    async fn fetch(&self, address: &str, partial: &mut Partial) -> Result<(), Ended> {
        let shared = self.client.shared();
        // Neither what was said nor an address that is as good as a password may be read on the way.
        let url = reqwest::Url::parse(address).ok().filter(is_unread_on_the_way);
        let url = url.ok_or_else(|| Ended::finally("the address of the recording does not begin with https://."))?;
        // Packed on the way, a part of it would not be a part of the file.
        let mut request = shared.http.get(url).header("accept", "*/*").header("accept-encoding", "identity");
        if let Some(tag) = partial.tag() {
            request = request.header("range", format!("bytes={}-", partial.size)).header("if-range", tag);
        }
        let silence = shared.read_timeout;
        let mut response = in_time(silence, request.send()).await?;
        let field = |name: &str| response.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let total = match response.status().as_u16() {
            200 => {
                // A weak tag is no tag of the very bytes.
                partial.restart(field("etag").filter(|tag| tag.starts_with('"'))).map_err(Ended::Finally)?;
                response.content_length()
            }
            206 => {
                let range = field("content-range").unwrap_or_default();
                let (from, total) = read_range(&range).ok_or_else(|| Ended::finally("its host gave another part."))?;
                if from != partial.size {
                    return Err(Ended::finally("its host gave another part of the recording than it was asked for."));
                }
                total
            }
            416 => {
                partial.restart(None).map_err(Ended::Finally)?;
                return Err(Ended::Broken(broken("the recording is shorter than what was loaded of it")));
            }
            401 | 403 | 404 | 410 => {
                let message = "the address of the recording is not taken by its host, or has expired.";
                return Err(Ended::Expired(Error::new(ErrorKind::Forbidden, message)));
            }
            status @ (408 | 429 | 500..) => {
                return Err(Ended::Broken(broken(&format!("its host answers with status {status}"))));
            }
            status => return Err(Ended::finally(&format!("the recording's host answers with status {status}."))),
        };
        while let Some(piece) = in_time(silence, response.chunk()).await? {
            partial.add(&piece).map_err(Ended::Finally)?;
            if let Some(teller) = &self.teller {
                teller.tell(&Progress { bytes: partial.size, total });
            }
        }
        match total.filter(|total| *total != partial.size) {
            None => Ok(()),
            Some(total) => {
                let message = format!("{} bytes came of a recording of {total}", partial.size);
                if partial.size > total {
                    partial.restart(None).map_err(Ended::Finally)?;
                }
                Err(Ended::Broken(broken(&message)))
            }
        }
    }
}

impl IntoFuture for Download {
    type Output = Result<u64>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}

/// How a try ended that did not come through.
enum Ended {
    /// Another address may do.
    Expired(Error),
    /// Another try may do.
    Broken(Error),
    Finally(Error),
}

impl Ended {
    fn finally(message: &str) -> Self {
        Ended::Finally(Error::new(ErrorKind::Decode, message))
    }
}

fn broken(because: &str) -> Error {
    Error::new(ErrorKind::Connection, format!("the download broke off: {because}."))
}

/// What comes of some work on the connection, unless nothing comes for so long.
async fn in_time<T>(silence: Duration, work: impl Future<Output = reqwest::Result<T>>) -> Result<T, Ended> {
    let because = match unless_silent(silence, || 0, work).await {
        Ok(done) => return Ok(done),
        // Its address is as good as a password while it lasts.
        Err(Cause::Broken(cause)) => cause.without_url().to_string(),
        Err(Cause::Silence) => "nothing came any more".to_owned(),
    };
    Err(Ended::Broken(broken(&because)))
}

/// Where `bytes 5-9/10` begins, and how many there are in all.
fn read_range(range: &str) -> Option<(u64, Option<u64>)> {
    let (part, total) = range.strip_prefix("bytes ")?.split_once('/')?;
    Some((part.split_once('-')?.0.parse().ok()?, total.parse().ok()))
}
