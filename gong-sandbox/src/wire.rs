//! The connection below HTTP, for faults that no well-behaved server could bring about.
//!
//! hyper reads and writes through a [`Wire`], and so may the handler of a request: it can write
//! what bytes it likes, reset the connection, and then cut the wire so that hyper says no more.

use std::{
    io::{self, ErrorKind},
    net::SocketAddr,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll, ready},
    time::Duration,
};

use axum::{
    extract::connect_info::Connected,
    http::StatusCode,
    serve::{IncomingStream, Listener},
};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::{TcpListener, TcpStream},
    time::sleep,
};

use crate::{fault::Delivery, reply::Reply};

/// How many pieces a slow answer comes in.
const PIECES: u64 = 8;

/// One connection, shared by hyper and the handler of the request that it is working on.
#[derive(Debug, Clone)]
pub(crate) struct Wire {
    stream: Arc<TcpStream>,
    cut: Arc<AtomicBool>,
}

impl Wire {
    /// Closes the connection the hard way: whatever the other end sends or waits for is refused.
    pub(crate) fn reset(&self) {
        let _ = self.stream.set_zero_linger();
        self.cut();
    }

    /// Sends an answer in a way that hyper would not, then closes the connection.
    pub(crate) async fn deliver(&self, reply: &Reply, delivery: Delivery) {
        // It fails only if the other end has hung up.
        let _ = self.send(reply, delivery).await;
        self.cut();
    }

    async fn send(&self, reply: &Reply, delivery: Delivery) -> io::Result<()> {
        let whole = reply.body.size();
        let (announced, sent, pause) = match delivery {
            Delivery::Reset | Delivery::Whole => (whole, whole, Duration::ZERO),
            Delivery::Truncated => (whole, whole / 2, Duration::ZERO),
            Delivery::TooLong => (whole + 16, whole, Duration::ZERO),
            Delivery::TooShort => (whole - whole.min(16), whole, Duration::ZERO),
            Delivery::Drip(pause) => (whole, whole, pause),
        };
        self.write(head(reply, announced).as_bytes()).await?;
        let mut at = 0;
        for piece in 1..=PIECES {
            if piece > 1 && !pause.is_zero() {
                sleep(pause).await;
            }
            let end = sent.min(sent.div_ceil(PIECES) * piece);
            while at < end {
                let bytes = reply.body.bytes(at, end);
                self.write(&bytes).await?;
                at += bytes.len() as u64;
            }
        }
        Ok(())
    }

    async fn write(&self, mut bytes: &[u8]) -> io::Result<()> {
        while !bytes.is_empty() {
            self.stream.writable().await?;
            match self.stream.try_write(bytes) {
                Ok(written) => bytes = bytes.get(written..).unwrap_or_default(),
                Err(error) if error.kind() == ErrorKind::WouldBlock => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    fn cut(&self) {
        self.cut.store(true, Ordering::Release);
    }

    /// Once the wire is cut, hyper's next read or write fails, and it drops the connection.
    fn check(&self) -> io::Result<()> {
        if self.cut.load(Ordering::Acquire) { Err(ErrorKind::BrokenPipe.into()) } else { Ok(()) }
    }
}

fn head(reply: &Reply, announced: u64) -> String {
    let reason = StatusCode::from_u16(reply.status).ok().and_then(|status| status.canonical_reason());
    let mut head = format!("HTTP/1.1 {} {}\r\n", reply.status, reason.unwrap_or_default());
    for (name, value) in &reply.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str(&format!("content-length: {announced}\r\n\r\n"));
    head
}

impl AsyncRead for Wire {
    fn poll_read(self: Pin<&mut Self>, context: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        loop {
            ready!(self.stream.poll_read_ready(context))?;
            match self.stream.try_read(buf.initialize_unfilled()) {
                Ok(read) => {
                    buf.advance(read);
                    return Poll::Ready(Ok(()));
                }
                Err(error) if error.kind() == ErrorKind::WouldBlock => {}
                Err(error) => return Poll::Ready(Err(error)),
            }
        }
    }
}

impl AsyncWrite for Wire {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        self.check()?;
        loop {
            ready!(self.stream.poll_write_ready(context))?;
            match self.stream.try_write(buf) {
                Err(error) if error.kind() == ErrorKind::WouldBlock => {}
                done => return Poll::Ready(done),
            }
        }
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(self.check())
    }

    /// The socket closes when its last `Arc` is dropped, which is right after this.
    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

/// A listening socket whose connections are wires.
#[derive(Debug)]
pub(crate) struct WireListener(pub(crate) TcpListener);

impl Listener for WireListener {
    type Io = Wire;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Wire, SocketAddr) {
        let (stream, address) = Listener::accept(&mut self.0).await;
        // Small answers must not wait for more to come.
        let _ = stream.set_nodelay(true);
        let wire = Wire { stream: Arc::new(stream), cut: Arc::new(AtomicBool::new(false)) };
        (wire, address)
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.0.local_addr()
    }
}

impl Connected<IncomingStream<'_, WireListener>> for Wire {
    fn connect_info(stream: IncomingStream<'_, WireListener>) -> Self {
        stream.io().clone()
    }
}
