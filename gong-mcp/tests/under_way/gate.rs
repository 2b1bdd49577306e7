//! A gate in front of a sandbox: it lets every request through but the one in which a word stands, which it holds, and
//! then sees whether whoever sent that goes away.

use std::sync::Arc;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;

pub(crate) struct Gate {
    pub(crate) url: String,
    seen: Arc<Seen>,
}

#[derive(Default)]
struct Seen {
    held: Notify,
    gone: Notify,
}

impl Gate {
    pub(crate) async fn new(sandbox: &str, word: &'static str) -> Self {
        let sandbox = sandbox.strip_prefix("http://").unwrap().to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let seen = Arc::new(Seen::default());
        let of_gate = seen.clone();
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                tokio::spawn(of_gate.clone().pass(client, sandbox.clone(), word));
            }
        });
        Gate { url, seen }
    }

    /// Waits until a request with the word is held.
    pub(crate) async fn holds(&self) {
        self.seen.held.notified().await;
    }

    /// Waits until whoever sent it has broken it off.
    pub(crate) async fn is_left(&self) {
        self.seen.gone.notified().await;
    }
}

impl Seen {
    async fn pass(self: Arc<Self>, client: TcpStream, sandbox: String, word: &str) {
        let (mut from_client, mut to_client) = client.into_split();
        let (mut from_sandbox, mut to_sandbox) = TcpStream::connect(sandbox).await.unwrap().into_split();
        tokio::spawn(async move { tokio::io::copy(&mut from_sandbox, &mut to_client).await });
        let (mut bytes, mut is_held) = ([0; 1 << 14], false);
        while let Ok(count @ 1..) = from_client.read(&mut bytes).await {
            is_held |= String::from_utf8_lossy(&bytes[..count]).contains(word);
            match is_held {
                true => self.held.notify_one(),
                false => to_sandbox.write_all(&bytes[..count]).await.unwrap(),
            }
        }
        if is_held {
            self.gone.notify_one();
        }
    }
}
