//! The host of recordings: gives the audio or video of a call to whoever has an address of it, in parts if asked to.
//!
//! The bytes are made up as they are sent, always the same for the same recording, so one may have gigabytes. What the
//! host says in an answer that is no recording is a guess.

use std::ops::Range;

use crate::{
    clock::{HOUR, Seconds},
    company::{Call, Company},
    prng::Prng,
    record::RecordedRequest,
    reply::{Content, Reply},
};

/// How long an address lives.
const LIFETIME: Seconds = 8 * HOUR;
/// How many bytes are made up at a time.
const PIECE: u64 = 64 * 1024;
const WORD: u64 = 8;

/// Whether a path belongs to the host of recordings rather than the API.
pub(crate) fn is_media(path: &str) -> bool {
    path.starts_with("/media/")
}

/// One of the recordings that a call may have.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Track {
    name: &'static str,
    content_type: &'static str,
    /// How many bytes a second of it has if it was not uploaded.
    rate: i64,
}

pub(crate) const AUDIO: Track = Track { name: "audio", content_type: "audio/mpeg", rate: 4_000 };
pub(crate) const VIDEO: Track = Track { name: "video", content_type: "video/mp4", rate: 40_000 };

/// What the host knows of itself.
#[derive(Debug)]
pub(crate) struct MediaHost {
    pub(crate) base_url: String,
    pub(crate) seed: u64,
    /// How many bytes every recording has, if it goes neither by duration nor by what was uploaded.
    pub(crate) bytes: Option<u64>,
}

impl MediaHost {
    /// The address that a recording has for the next eight hours.
    pub(crate) fn address(&self, call: &Call, track: Track, now: Seconds) -> String {
        let path = format!("/media/{}/{}", call.id, track.name);
        let expires = (now + LIFETIME).to_string();
        let signature = self.signature(&path, &expires);
        format!("{}{path}?expires={expires}&signature={signature}", self.base_url)
    }

    /// Answers a request, and says whether it got what it asked for.
    pub(crate) fn answer(&self, request: &RecordedRequest, company: &Company, now: Seconds) -> (Reply, bool) {
        let reply = self.serve(request, company, now).unwrap_or_else(|(status, text)| {
            Reply::new(status, text).with_header("content-type", "text/plain; charset=UTF-8")
        });
        let served = reply.status < 300;
        (reply, served)
    }

    fn serve(&self, request: &RecordedRequest, company: &Company, now: Seconds) -> Result<Reply, (u16, &'static str)> {
        if !matches!(request.method.as_str(), "GET" | "HEAD") {
            return Err((405, "Only GET and HEAD are answered here."));
        }
        let expires = request.query_value("expires").unwrap_or_default();
        if request.query_value("signature") != Some(&self.signature(&request.path, expires)) {
            return Err((403, "The signature does not match."));
        }
        if expires.parse().is_ok_and(|expires: Seconds| now >= expires) {
            return Err((403, "The address has expired."));
        }
        let recording = self.find(&request.path, company).ok_or((404, "There is no such recording."))?;
        Ok(recording.give(request))
    }

    fn find(&self, path: &str, company: &Company) -> Option<Recording> {
        let (id, name) = path.strip_prefix("/media/")?.split_once('/')?;
        let call = company.calls.iter().find(|call| call.id == id)?;
        let tracks: &[Track] = if call.media == "Video" { &[AUDIO, VIDEO] } else { &[AUDIO] };
        let track = *tracks.iter().find(|track| track.name == name)?;
        let uploaded = call.recording.as_ref();
        let by_duration = u64::try_from(call.duration.saturating_mul(track.rate)).unwrap_or_default().max(1);
        let size = self.bytes.unwrap_or_else(|| uploaded.map_or(by_duration, |file| file.size));
        let digest = uploaded.map_or("", |file| &file.sha256);
        let topic = format!("recording {id} {name} {size} {digest}");
        Some(Recording { track, size, words: Prng::new(self.seed, &topic) })
    }

    /// Looks like a signature and tells whether path or expiry were changed. It protects nothing.
    fn signature(&self, path: &str, expires: &str) -> String {
        let mut prng = Prng::new(self.seed, &format!("signature {path} {expires}"));
        format!("{:016x}{:016x}", prng.next(), prng.next())
    }
}

struct Recording {
    track: Track,
    size: u64,
    words: Prng,
}

impl Recording {
    /// The whole, or the part that is asked for of the content that the asker has.
    fn give(self, request: &RecordedRequest) -> Reply {
        let size = self.size;
        let tag = format!("\"{:016x}\"", self.words.clone().next());
        let is_same = request.header("if-range").is_none_or(|known| known == tag);
        let range = request.header("range").filter(|_| is_same).and_then(|range| read_range(range, size));
        let (status, part) = match range {
            None => (200, 0..size),
            Some(part) if part.start < size => (206, part),
            Some(_) => return Reply::new(416, "").with_header("content-range", format!("bytes */{size}")),
        };
        let told = (status == 206).then(|| format!("bytes {}-{}/{size}", part.start, part.end.saturating_sub(1)));
        let piece = Piece { words: self.words, part };
        let reply = if request.method == "HEAD" {
            Reply::new(status, "").with_header("content-length", piece.size())
        } else {
            Reply::new(status, piece)
        };
        let reply = reply
            .with_header("content-type", self.track.content_type)
            .with_header("accept-ranges", "bytes")
            .with_header("etag", tag)
            // See `server`: these go out past hyper, which then closes the connection.
            .with_header("connection", "close");
        match told {
            Some(range) => reply.with_header("content-range", range),
            None => reply,
        }
    }
}

/// The bytes that a `Range` asks for; none of one that does not ask for a single part, which is as good as none. A part
/// that begins behind the end is given as it is.
fn read_range(range: &str, size: u64) -> Option<Range<u64>> {
    let (from, to) = range.strip_prefix("bytes=")?.split_once('-')?;
    if from.is_empty() {
        let last: u64 = to.parse().ok()?;
        return Some(if last == 0 { size..size } else { size.saturating_sub(last)..size });
    }
    let from: u64 = from.parse().ok()?;
    let to = if to.is_empty() { u64::MAX } else { to.parse().ok()? };
    (from <= to).then(|| from..to.saturating_add(1).min(size))
}

/// A part of a recording, made up where it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Piece {
    words: Prng,
    part: Range<u64>,
}

impl Piece {
    pub(crate) fn size(&self) -> u64 {
        self.part.end.saturating_sub(self.part.start)
    }

    /// Some bytes from the `from`th of the part on: none if there are none before the `to`th, and not many at a time.
    pub(crate) fn bytes(&self, from: u64, to: u64) -> Vec<u8> {
        let count = to.min(self.size()).saturating_sub(from).min(PIECE);
        let at = self.part.start + from;
        let mut words = self.words.clone();
        words.skip(at / WORD);
        let ahead = at % WORD;
        let wanted = (ahead + count).div_ceil(WORD);
        let mut bytes: Vec<u8> = (0..wanted).flat_map(|_| words.next().to_le_bytes()).collect();
        // Both are below `PIECE` and a word, so any `usize` holds them.
        bytes.drain(..ahead as usize);
        bytes.truncate(count as usize);
        bytes
    }
}

impl From<Piece> for Content {
    fn from(piece: Piece) -> Self {
        Self::Recording(piece)
    }
}
