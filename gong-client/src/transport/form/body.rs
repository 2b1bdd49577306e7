//! The body of a form: a thread for work that blocks reads the files, and hands over a few pieces ahead of the
//! connection.

use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Frame, SizeHint};
use tokio::sync::mpsc;

use crate::base::error::BoxError;
use crate::base::progress::Progress;
use crate::input::upload::Upload;

/// Pieces that are read ahead.
const AHEAD: usize = 2;

/// A part of the body.
#[derive(Debug)]
pub(super) enum Piece {
    Bytes(Vec<u8>),
    File(Upload),
}

impl Piece {
    fn size(&self) -> u64 {
        match self {
            Piece::Bytes(bytes) => bytes.len().try_into().unwrap_or(u64::MAX),
            Piece::File(upload) => upload.size(),
        }
    }
}

/// What has become of a body that is sent.
#[derive(Debug, Default)]
pub(crate) struct Sent {
    pub(crate) total: u64,
    bytes: AtomicU64,
    fault: Mutex<Option<String>>,
}

impl Sent {
    /// How many bytes the connection has taken.
    pub(crate) fn bytes(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }

    /// Why a file could not be sent as it is.
    pub(crate) fn fault(&self) -> Option<String> {
        self.fault.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// A body of these pieces.
pub(super) fn body(pieces: Vec<Piece>) -> (reqwest::Body, Arc<Sent>) {
    let total = pieces.iter().map(Piece::size).fold(0, u64::saturating_add);
    let sent = Arc::new(Sent { total, ..Sent::default() });
    let body = FormBody { state: State::New(pieces), left: total, sent: sent.clone() };
    (reqwest::Body::wrap(body), sent)
}

struct FormBody {
    state: State,
    left: u64,
    sent: Arc<Sent>,
}

enum State {
    /// Nothing was asked of it, so that a connection that never came about takes nothing from a reader.
    New(Vec<Piece>),
    Begun(mpsc::Receiver<Result<Read, String>>),
    Failed,
}

/// Bytes that were read, and the file that they are of.
struct Read {
    bytes: Bytes,
    of: Option<Of>,
}

/// A file, and how far it is through with these bytes.
struct Of {
    upload: Upload,
    bytes: u64,
}

impl http_body::Body for FormBody {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let receiver = match &mut self.state {
            State::Begun(receiver) => receiver,
            State::Failed => return Poll::Ready(None),
            State::New(pieces) => {
                let pieces = std::mem::take(pieces);
                let (sender, receiver) = mpsc::channel(AHEAD);
                tokio::task::spawn_blocking(move || {
                    // Nobody waits for more when the receiver is gone.
                    let hand_over = |read| sender.blocking_send(read).is_ok();
                    if let Err(fault) = read(pieces, &hand_over) {
                        hand_over(Err(fault));
                    }
                });
                self.state = State::Begun(receiver);
                return self.poll_frame(context);
            }
        };
        let read = match ready!(receiver.poll_recv(context)) {
            Some(read) => read,
            None if self.left == 0 => return Poll::Ready(None),
            None => Err("a file could not be read: its reader panicked".to_owned()),
        };
        match read {
            Ok(Read { bytes, of }) => {
                let count = bytes.len().try_into().unwrap_or(u64::MAX);
                self.left = self.left.saturating_sub(count);
                self.sent.bytes.fetch_add(count, Ordering::Relaxed);
                if let Some((of, teller)) = of.as_ref().and_then(|of| Some((of, of.upload.teller()?))) {
                    teller.tell(&Progress { bytes: of.bytes, total: Some(of.upload.size()) });
                }
                Poll::Ready(Some(Ok(Frame::data(bytes))))
            }
            Err(fault) => {
                *self.sent.fault.lock().unwrap_or_else(PoisonError::into_inner) = Some(fault.clone());
                self.state = State::Failed;
                Poll::Ready(Some(Err(fault.into())))
            }
        }
    }

    /// What is left, so that the request says its length beforehand.
    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}

/// Reads it all, as far as it is wanted. A fault of a file is said with its name.
fn read(pieces: Vec<Piece>, hand_over: &dyn Fn(Result<Read, String>) -> bool) -> Result<(), String> {
    for piece in pieces {
        let upload = match piece {
            Piece::Bytes(bytes) => {
                if !hand_over(Ok(Read { bytes: bytes.into(), of: None })) {
                    return Ok(());
                }
                continue;
            }
            Piece::File(upload) => upload,
        };
        let blamed = |fault| format!("\"{}\" {fault}", upload.name());
        let mut content = upload.content().map_err(blamed)?;
        let mut through = 0;
        while let Some(bytes) = content.next().map_err(blamed)? {
            through += u64::try_from(bytes.len()).unwrap_or(u64::MAX);
            let of = Some(Of { upload: upload.clone(), bytes: through });
            if !hand_over(Ok(Read { bytes: bytes.into(), of })) {
                return Ok(());
            }
        }
    }
    Ok(())
}
