//! Files on their way: what is sent, what is told of it, and what becomes of one that cannot be sent as it is.

use std::io::{self, Read};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::AsyncReadExt;
use tokio::net::TcpListener;

use crate::testing::{Server, reply, reply_as};
use crate::{Backoff, Client, ClientBuilder, Error, ErrorKind, Method, Progress, RawRequest, Upload};

fn put(client: &Client, upload: Upload) -> RawRequest {
    client.request(Method::Put, "/v2/things/1/file").part("kind", "call").file("file", upload)
}

fn done() -> String {
    reply(200, serde_json::json!({"requestId": "r"}))
}

#[tokio::test]
async fn a_form_says_its_length_and_is_what_a_browser_would_send() {
    let server = Server::new([done()]).await;
    let upload = Upload::from_reader("a.mp3", 5, io::Cursor::new("sound"));
    put(&server.client(), upload).send().await.unwrap();
    let seen = server.seen().remove(0).to_lowercase();
    let (head, body) = seen.split_once("\r\n\r\n").unwrap();
    let field = |name: &str| head.lines().find_map(|line| line.strip_prefix(name)).unwrap();
    assert_eq!(field("content-length: "), body.len().to_string());
    let boundary = field("content-type: multipart/form-data; boundary=");
    let part = "content-disposition: form-data; name=";
    assert_eq!(
        body,
        format!(
            "--{boundary}\r\n{part}\"kind\"\r\n\r\ncall\r\n--{boundary}\r\n{part}\"file\"; filename=\"a.mp3\"\r\n\
             content-type: audio/mpeg\r\n\r\nsound\r\n--{boundary}--\r\n"
        )
    );
}

#[tokio::test]
async fn a_file_is_sent_again_from_the_start_and_a_reader_is_not() {
    let refused = || reply_as(429, "retry-after: 1", "");
    let patient = |server: &Server| {
        let builder = Client::builder().access_token("t").base_url(server.client().base_url()).rate_limit(None);
        builder.environment(server.world.clone()).retry(Arc::new(Backoff::default())).build().unwrap()
    };
    let server = Server::new([refused(), done()]).await;
    put(&patient(&server), Upload::from_bytes("a", "sound")).send().await.unwrap();
    assert!(server.seen().len() == 2 && server.seen().iter().all(|request| request.contains("\r\n\r\nsound\r\n")));
    let server = Server::new([refused(), done()]).await;
    let reader = Upload::from_reader("a", 5, io::Cursor::new("sound"));
    let error = put(&patient(&server), reader).send().await.unwrap_err();
    assert_eq!((error.kind(), server.seen().len()), (ErrorKind::RateLimited, 1), "{error}");
}

/// A reader that gives so many bytes and counts them, and then fails.
struct Counted {
    left: u64,
    read: Arc<AtomicU64>,
    then: Option<io::Error>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = buffer.len().min(usize::try_from(self.left).unwrap());
        self.left -= count as u64;
        self.read.fetch_add(count as u64, Ordering::Relaxed);
        match self.then.take_if(|_| count == 0) {
            Some(error) => Err(error),
            None => Ok(count),
        }
    }
}

/// A server that takes what it gets, counts it and tells how far it came, up to so many bytes; then it answers, if it
/// has got all, or hangs up.
async fn sink(most: u64, mut tell: impl FnMut(u64) + Send + 'static) -> ClientBuilder {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let (mut buffer, mut tail, mut got) = (vec![0; 64 * 1024], Vec::new(), 0);
        while !tail.ends_with(b"--\r\n") && got < most {
            let count = stream.read(&mut buffer).await.unwrap_or(0);
            if count == 0 {
                return;
            }
            tail = buffer[count.saturating_sub(4)..count].to_vec();
            got += count as u64;
            tell(got);
        }
        if got < most {
            let _ = tokio::io::AsyncWriteExt::write_all(&mut stream, done().as_bytes()).await;
        }
    });
    Client::builder().access_token("t").base_url(url).rate_limit(None).retry(Arc::new(Backoff::never()))
}

const LARGE: u64 = 64 * 1024 * 1024;

#[tokio::test]
async fn little_is_read_ahead_of_the_connection_and_no_total_timeout_ends_it() {
    let (read, lead) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicU64::new(0)));
    let (counted, most) = (read.clone(), lead.clone());
    let builder = sink(u64::MAX, move |got| {
        most.fetch_max(counted.load(Ordering::Relaxed).saturating_sub(got), Ordering::Relaxed);
    });
    let client = builder.await.timeout(Duration::from_nanos(1)).build().unwrap();
    let told: Arc<Mutex<Vec<Progress>>> = Arc::default();
    let kept = told.clone();
    let upload = Upload::from_reader("a.mp3", LARGE, Counted { left: LARGE, read, then: None });
    let upload = upload.on_progress(move |progress| kept.lock().unwrap().push(progress));
    put(&client, upload).send().await.unwrap();
    // What the system holds between the two ends is a part of it.
    assert!(lead.load(Ordering::Relaxed) < LARGE / 4, "{} bytes were read ahead", lead.load(Ordering::Relaxed));
    let told = told.lock().unwrap();
    assert!(told.len() > 200 && told.is_sorted_by(|one, next| one.bytes < next.bytes));
    assert_eq!(told.last().map(|last| (last.bytes, last.total)), Some((LARGE, Some(LARGE))));
}

#[tokio::test]
async fn a_file_that_cannot_be_read_to_its_end_is_never_sent_whole() {
    let broken = |left, then| Counted { left, read: Arc::default(), then };
    let failed = || Some(io::Error::other("the disk is gone"));
    let cases = [
        (broken(LARGE, failed()), LARGE + 1, "\"a\" cannot be read: the disk is gone"),
        (broken(LARGE, None), LARGE + 1, "\"a\" ended after 67108864 of its 67108865 bytes"),
        (broken(LARGE, None), LARGE - 1, "\"a\" is longer than its 67108863 bytes"),
    ];
    for (reader, size, fault) in cases {
        let client = sink(u64::MAX, |_| {}).await.build().unwrap();
        let error = put(&client, Upload::from_reader("a", size, reader)).send().await.unwrap_err();
        assert_eq!((error.kind(), error.is_retryable()), (ErrorKind::File, false));
        let rest = "PUT /v2/things/1/file was broken off, and Gong got no whole file.";
        assert_eq!(error.to_string(), format!("{fault}. {rest}"));
    }
}

#[tokio::test]
async fn a_reader_that_panics_breaks_the_request_and_nothing_else() {
    struct Panics;
    impl Read for Panics {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            panic!("as a test wants it")
        }
    }
    let client = sink(u64::MAX, |_| {}).await.build().unwrap();
    let error = put(&client, Upload::from_reader("a", 5, Panics)).send().await.unwrap_err();
    assert!(error.kind() == ErrorKind::File && error.to_string().contains("its reader panicked"), "{error}");
}

async fn broken_off(builder: ClientBuilder) -> Error {
    let reader = Counted { left: LARGE, read: Arc::default(), then: None };
    let client = builder.read_timeout(Duration::from_millis(80)).build().unwrap();
    put(&client, Upload::from_reader("a", LARGE, reader)).send().await.unwrap_err()
}

#[tokio::test]
async fn an_upload_that_breaks_off_says_how_far_it_came() {
    let hung_up = broken_off(sink(1_000_000, |_| {}).await).await;
    assert_eq!(hung_up.kind(), ErrorKind::Connection, "{hung_up}");
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let deaf = Client::builder().access_token("t").base_url(format!("http://{}", listener.local_addr().unwrap()));
    let stalled = broken_off(deaf.rate_limit(None).retry(Arc::new(Backoff::never()))).await;
    assert_eq!(stalled.kind(), ErrorKind::Timeout, "{stalled}");
    for error in [hung_up, stalled] {
        assert!(error.may_have_been_sent() && !error.is_retryable());
        let told = error.to_string();
        assert!(told.contains(" of its 67109130 bytes were sent. Gong may have acted on the request"), "{told}");
    }
}
