//! What each fault looks like to whoever waits for the answer.
// A helper may fail a test as a test may.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod common;

use std::{io::ErrorKind, time::Duration};

use common::{Gong, new_call};
use gong_sandbox::{Chaos, Fault, RecordedRequest, Sandbox};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::Instant,
};

/// What came over a bare connection, and how it ended.
struct Heard {
    text: String,
    reset: bool,
}

impl Heard {
    fn announced(&self) -> usize {
        let line = self.text.lines().find(|line| line.starts_with("content-length: "));
        line.and_then(|line| line["content-length: ".len()..].parse().ok()).expect("a length")
    }

    fn body(&self) -> &str {
        self.text.split_once("\r\n\r\n").expect("a head").1
    }
}

/// Asks over a connection of its own and listens until it ends.
async fn listen(sandbox: &Sandbox, method: &str, path: &str, body: &str) -> Heard {
    let mut stream = TcpStream::connect(sandbox.base_url().trim_start_matches("http://")).await.unwrap();
    let (token, length) = (sandbox.access_token(), body.len());
    let request = format!(
        "{method} {path} HTTP/1.1\r\nhost: sandbox\r\nauthorization: Bearer {token}\r\n\
         content-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut bytes = Vec::new();
    let end = stream.read_to_end(&mut bytes).await;
    let reset = end.as_ref().is_err_and(|error| error.kind() == ErrorKind::ConnectionReset);
    assert!(reset || end.is_ok(), "{end:?}");
    Heard { text: String::from_utf8(bytes).unwrap(), reset }
}

async fn with(fault: Fault) -> Gong {
    Gong::with(Sandbox::builder().fault(fault).start().await.unwrap())
}

fn only_request(gong: &Gong) -> RecordedRequest {
    let requests = gong.sandbox.requests();
    assert_eq!(requests.len(), 1);
    requests[0].clone()
}

/// Whether a call that was to be created is there.
fn has_call(gong: &Gong, before: usize) -> bool {
    gong.sandbox.company().registered_calls.len() > before
}

#[tokio::test(start_paused = true)]
async fn a_delay_passes_on_tokios_clock() {
    let gong = with(Fault::delay(Duration::from_secs(3600))).await;
    let start = Instant::now();
    gong.get("/v2/workspaces", &[]).await.ok();
    assert!(start.elapsed() >= Duration::from_secs(3600));
    let start = Instant::now();
    gong.get("/v2/workspaces", &[]).await.ok();
    assert!(start.elapsed() < Duration::from_secs(1));
}

#[tokio::test]
async fn who_hangs_up_during_a_delay_finds_the_work_undone_or_done() {
    for (fault, done) in
        [(Fault::delay(Duration::from_secs(60)), false), (Fault::delay(Duration::from_secs(60)).after_the_work(), true)]
    {
        let gong = with(fault).await;
        let company = gong.sandbox.company();
        let body = new_call(&company.owner().unwrap().id, "impatient");
        let request = gong.request("POST", "/v2/calls").json(&body).timeout(Duration::from_millis(200));
        assert!(request.send().await.unwrap_err().is_timeout());
        assert_eq!(has_call(&gong, company.registered_calls.len()), done);
        assert_eq!(only_request(&gong).carried_out, done);
    }
}

#[tokio::test]
async fn a_429_says_when_to_come_back_in_every_form() {
    for (fault, said) in [
        (Fault::too_many_requests(7), "7"),
        (Fault::too_many_requests_saying("soon"), "soon"),
        (Fault::too_many_requests_saying("-5"), "-5"),
        (Fault::too_many_requests_saying("99999999999999999999"), "99999999999999999999"),
    ] {
        let response = with(fault).await.request("GET", "/v2/users").send().await.unwrap();
        assert_eq!(response.status(), 429);
        assert_eq!(response.headers()["retry-after"], said);
        let body: Value = response.json().await.unwrap();
        assert_eq!(body["errors"][0], "API request limit exceeded");
    }
}

#[tokio::test]
async fn a_429_may_name_an_http_date() {
    let gong = with(Fault::too_many_requests_until(Duration::from_secs(90))).await;
    let response = gong.request("GET", "/v2/users").send().await.unwrap();
    let said = response.headers()["retry-after"].to_str().unwrap();
    assert!(said.ends_with(" GMT"), "{said}");
    // The server writes both dates, so they are as far apart as was asked for whatever the day; either may be rounded.
    let answered = response.headers()["date"].to_str().unwrap();
    let second = |date| jiff::fmt::rfc2822::parse(date).unwrap().timestamp().as_second();
    assert!((85..=92).contains(&(second(said) - second(answered))), "{said}, answered {answered}");
}

#[tokio::test]
async fn servers_fail_in_the_envelope_and_edges_outside_it() {
    for (fault, status) in [(Fault::internal_error(), 500), (Fault::unavailable(), 503)] {
        let answer = with(fault).await.get("/v2/users", &[]).await;
        assert_eq!(answer.refusal().0, status);
    }
    for status in [200, 502, 503, 504] {
        let response = with(Fault::edge_page(status)).await.request("GET", "/v2/users").send().await.unwrap();
        assert_eq!(response.status(), status);
        assert_eq!(response.headers()["content-type"], "text/html; charset=UTF-8");
        assert!(response.text().await.unwrap().starts_with("<html>"));
    }
}

#[tokio::test]
async fn a_truncated_body_ends_in_the_middle() {
    let gong = with(Fault::truncated_body()).await;
    let heard = listen(&gong.sandbox, "GET", "/v2/users", "").await;
    assert!(heard.text.starts_with("HTTP/1.1 200 OK\r\n"));
    assert_eq!(heard.body().len(), heard.announced() / 2);
    assert!(!heard.reset);

    let gong = with(Fault::truncated_body()).await;
    let response = gong.request("GET", "/v2/users").send().await.unwrap();
    assert_eq!(response.status(), 200);
    assert!(response.bytes().await.is_err());
    gong.get("/v2/users", &[]).await.ok();
}

#[tokio::test]
async fn a_content_length_may_be_too_long_or_too_short() {
    let long = listen(&with(Fault::content_length_too_long()).await.sandbox, "GET", "/v2/users", "").await;
    assert_eq!(long.announced(), long.body().len() + 16);
    let gong = with(Fault::content_length_too_short()).await;
    let short = listen(&gong.sandbox, "GET", "/v2/users", "").await;
    assert_eq!(short.announced(), short.body().len() - 16);
    gong.sandbox.inject(Fault::content_length_too_short());
    let response = gong.request("GET", "/v2/users").send().await.unwrap();
    assert!(serde_json::from_slice::<Value>(&response.bytes().await.unwrap()).is_err());
}

#[tokio::test]
async fn a_reset_leaves_no_answer_and_the_truth_tells_whether_the_work_was_done() {
    for (fault, name, read, done) in [
        (Fault::reset_before_reading(), "reset before reading", false, false),
        (Fault::reset_before_the_work(), "reset before the work", true, false),
        (Fault::reset_after_the_work(), "reset after the work", true, true),
    ] {
        let gong = with(fault).await;
        let company = gong.sandbox.company();
        let body = new_call(&company.owner().unwrap().id, "reset").to_string();
        let heard = listen(&gong.sandbox, "POST", "/v2/calls", &body).await;
        assert!(heard.reset && heard.text.is_empty(), "{name}");
        assert_eq!(has_call(&gong, company.registered_calls.len()), done, "{name}");
        let recorded = only_request(&gong);
        assert_eq!((recorded.fault, recorded.status), (Some(name), None));
        assert_eq!(recorded.body == body.as_bytes(), read, "{name}");
        assert_eq!(recorded.carried_out, done, "{name}");
        gong.get("/v2/users", &[]).await.ok();
    }
}

#[tokio::test]
async fn a_reset_before_reading_reaches_an_upload_under_way() {
    let gong = with(Fault::reset_before_reading()).await;
    let part = reqwest::multipart::Part::bytes(vec![0; 32 << 20]);
    let form = reqwest::multipart::Form::new().part("mediaFile", part);
    let sent = gong.request("PUT", "/v2/calls/1/media").multipart(form).send().await;
    assert!(sent.is_err());
    assert!(only_request(&gong).body.is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_slow_drip_takes_its_time_and_is_whole_in_the_end() {
    let gong = with(Fault::slow_drip(Duration::from_secs(60))).await;
    let start = Instant::now();
    let answer = gong.get("/v2/users", &[]).await.ok();
    assert_eq!(answer["users"].as_array().unwrap().len(), 100);
    assert!(start.elapsed() >= Duration::from_secs(7 * 60));
}

#[tokio::test]
async fn an_answer_may_be_altered_in_one_place() {
    let usual = Gong::new().await.get("/v2/calls", &[]).await.ok()["calls"].clone();
    let altered = async |fault| {
        let gong = with(fault).await;
        let response = gong.request("GET", "/v2/calls").send().await.unwrap();
        assert_eq!(response.status(), 200);
        response.text().await.unwrap()
    };
    let calls = |text: String| serde_json::from_str::<Value>(&text).unwrap()["calls"].clone();

    assert!(serde_json::from_str::<Value>(&altered(Fault::invalid_json()).await).is_err());
    let word = calls(altered(Fault::unknown_enum_value()).await);
    assert_eq!(word.to_string().matches("VALUE_OF_TOMORROW").count(), 1);
    assert_eq!(word[0]["direction"], "VALUE_OF_TOMORROW");
    let null = calls(altered(Fault::unexpected_null()).await);
    let nulls = |calls: &Value| calls[0].as_object().unwrap().values().filter(|value| value.is_null()).count();
    assert_eq!(nulls(&null), nulls(&usual) + 1);
    assert_eq!(null[1], usual[1]);
    let field = calls(altered(Fault::new_field()).await);
    assert!(field.as_array().unwrap().iter().all(|call| call["fieldOfTomorrow"].is_array()));
}

#[tokio::test]
async fn a_duplicate_page_waits_for_a_cursor_and_gives_the_same_one_back() {
    let gong = with(Fault::duplicate_page()).await;
    let first = gong.get("/v2/users", &[]).await.ok();
    let cursor = first["records"]["cursor"].as_str().unwrap();
    let again = gong.get("/v2/users", &[("cursor", cursor)]).await.ok();
    assert_eq!(again["users"], first["users"]);
    assert_eq!(again["records"], first["records"]);
    let second = gong.get("/v2/users", &[("cursor", cursor)]).await.ok();
    assert_eq!(second["records"]["currentPageNumber"], 1);
}

#[tokio::test]
async fn an_expired_cursor_stays_expired_in_a_post_as_in_a_get() {
    let gong = with(Fault::expired_cursor()).await;
    let first = gong.post("/v2/users/extensive", json!({"filter": {}})).await.ok();
    let body = json!({"filter": {}, "cursor": first["records"]["cursor"]});
    for _ in 0..2 {
        let late = gong.post("/v2/users/extensive", body.clone()).await;
        assert_eq!(late.refusal(), (400, "cursor has expired"));
    }
}

#[tokio::test]
async fn a_revoked_token_stays_revoked_and_keys_never_meet_that_fault() {
    let gong = with(Fault::revoked_token()).await;
    gong.get("/v2/users", &[]).await.ok();
    for _ in 0..2 {
        let asked = gong.bare("GET", "/v2/users").bearer_auth(gong.sandbox.access_token());
        assert_eq!(Gong::send(asked).await.refusal(), (401, "access token has been revoked"));
    }
}

#[tokio::test]
async fn the_record_tells_what_was_carried_out_and_what_was_answered() {
    let gong = with(Fault::internal_error().after_the_work()).await;
    let host = gong.sandbox.company().owner().unwrap().id.clone();
    let body = new_call(&host, "told");
    gong.post("/v2/calls", body.clone()).await;
    gong.post("/v2/calls", body).await;
    let truth: Vec<_> = gong.sandbox.requests().iter().map(|one| (one.carried_out, one.status, one.fault)).collect();
    assert_eq!(truth, [(true, Some(500), Some("500")), (false, Some(400), None)]);
}

#[tokio::test]
async fn a_fault_asked_for_comes_before_chaos() {
    let chaos = Chaos::mixed(1.0, 1).among([Fault::reset_before_reading()]);
    let gong = Gong::with(Sandbox::builder().chaos(chaos).fault(Fault::unavailable()).start().await.unwrap());
    assert_eq!(gong.get("/v2/users", &[]).await.status, 503);
    assert!(gong.request("GET", "/v2/users").send().await.is_err());
}

#[tokio::test(start_paused = true)]
async fn the_record_tells_when_a_request_arrived() {
    let gong = Gong::new().await;
    gong.get("/v2/users", &[]).await.ok();
    tokio::time::advance(Duration::from_secs(5)).await;
    gong.get("/v2/users", &[]).await.ok();
    let arrived: Vec<_> = gong.sandbox.requests().iter().map(|one| one.arrived.as_secs()).collect();
    assert_eq!(arrived, [0, 5]);
}

#[tokio::test]
async fn chaos_strikes_the_same_requests_for_the_same_seed() {
    let story = async |seed| {
        let sandbox = Sandbox::builder().chaos(Chaos::mixed(0.3, seed).among(Fault::in_the_answer()));
        let gong = Gong::with(sandbox.start().await.unwrap());
        for _ in 0..60 {
            let _ = gong.request("GET", "/v2/workspaces").send().await;
        }
        gong.sandbox.requests().iter().map(|one| one.fault).collect::<Vec<_>>()
    };
    let (one, same, other) = (story(1).await, story(1).await, story(2).await);
    assert_eq!(one, same);
    assert_ne!(one, other);
    let struck = one.iter().flatten().count();
    assert!((6..=30).contains(&struck), "{struck} of 60 at 30 %");
}

#[tokio::test(start_paused = true)]
async fn chaos_finds_a_use_for_every_kind() {
    let sandbox = Sandbox::builder().chaos(Chaos::mixed(1.0, 3)).start().await.unwrap();
    let client = reqwest::Client::new();
    let url = format!("{}/v2/users", sandbox.base_url());
    let mut cursor = String::new();
    for _ in 0..400 {
        let token = sandbox.issue_token(["api:users:read"]);
        let Ok(response) = client.get(&url).query(&[("cursor", &cursor)]).bearer_auth(token).send().await else {
            continue;
        };
        let Ok(page) = response.json::<Value>().await else {
            continue;
        };
        cursor = page["records"]["cursor"].as_str().unwrap_or_default().to_string();
    }
    let struck = sandbox.requests();
    assert!(struck.iter().all(|request| request.fault.is_some()));
    for fault in Fault::every() {
        let count = struck.iter().filter(|request| request.fault == Some(fault.name())).count();
        assert!(count > 0, "{}", fault.name());
    }
    sandbox.set_chaos(None);
    let token = sandbox.issue_token(["api:users:read"]);
    assert_eq!(client.get(&url).bearer_auth(token).send().await.unwrap().status(), 200);
}

#[tokio::test(start_paused = true)]
async fn a_write_that_is_repeated_with_its_key_is_carried_out_once_whatever_happens() {
    let sandbox = Sandbox::builder().chaos(Chaos::mixed(0.6, 9).among(Fault::on_the_way()));
    let gong = Gong::with(sandbox.start().await.unwrap());
    let before = gong.sandbox.company();
    let host = &before.owner().unwrap().id;
    for number in 0..40 {
        let body = new_call(host, &format!("call-{number}"));
        loop {
            let answer = gong.request("POST", "/v2/calls").json(&body).send().await;
            if answer.is_ok_and(|answer| [200, 400].contains(&answer.status().as_u16())) {
                break;
            }
        }
    }
    assert_eq!(gong.sandbox.company().registered_calls.len(), 40);
    let requests = gong.sandbox.requests();
    assert_eq!(requests.iter().filter(|request| request.carried_out).count(), 40);
    assert!(requests.len() > 60);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_record_keeps_to_the_truth_when_many_write_at_once() {
    let sandbox = Sandbox::builder().chaos(Chaos::mixed(0.5, 4)).start().await.unwrap();
    let gong = std::sync::Arc::new(Gong::with(sandbox));
    let before = gong.sandbox.company();
    let host = before.owner().unwrap().id.clone();
    let writers = (0..8).map(|writer| {
        let (gong, host) = (gong.clone(), host.clone());
        tokio::spawn(async move {
            for number in 0..25 {
                let body = new_call(&host, &format!("{writer}-{number}"));
                let _ = gong.request("POST", "/v2/calls").json(&body).send().await;
            }
        })
    });
    for writer in writers.collect::<Vec<_>>() {
        writer.await.unwrap();
    }
    let requests = gong.sandbox.requests();
    let done = requests.iter().filter(|request| request.carried_out).count();
    assert_eq!(gong.sandbox.company().registered_calls.len(), done);
    assert!(requests.len() >= 200 && (100..200).contains(&done), "{done} of {}", requests.len());
}
