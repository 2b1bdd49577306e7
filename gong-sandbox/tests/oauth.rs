//! The OAuth server: asking, consenting, tokens and their end.
// A helper may fail a test as a test may.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod common;

use std::time::Duration;

use common::{Answer, Gong};
use gong_sandbox::{Builder, Fault, Sandbox};
use reqwest::{Response, Url};
use serde_json::Value;

const HOME: &str = "http://127.0.0.1:9/callback";
/// The pair from RFC 7636, appendix B.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

/// An app that goes through the dance.
struct App {
    gong: Gong,
    client_id: String,
    client_secret: String,
}

impl App {
    async fn new() -> Self {
        Self::with(Sandbox::builder()).await
    }

    async fn with(builder: Builder) -> Self {
        let sandbox = builder.start().await.unwrap();
        let (client_id, client_secret) = (sandbox.client_id().to_string(), sandbox.client_secret().to_string());
        Self { gong: Gong::with(sandbox), client_id, client_secret }
    }

    fn sandbox(&self) -> &Sandbox {
        &self.gong.sandbox
    }

    /// The authorization link, with some of its parameters replaced.
    fn link(&self, changes: &[(&str, &str)]) -> String {
        let mut pairs = vec![
            ("client_id", self.client_id.as_str()),
            ("response_type", "code"),
            ("scope", "api:users:read api:calls:create"),
            ("redirect_uri", HOME),
            ("state", "st&te"),
        ];
        pairs.retain(|(name, _)| !changes.iter().any(|(changed, _)| changed == name));
        pairs.extend(changes.iter().filter(|(_, value)| !value.is_empty()));
        let base = format!("{}/oauth2/authorize", self.sandbox().base_url());
        Url::parse_with_params(&base, pairs).unwrap().to_string()
    }

    async fn open(&self, link: &str) -> Response {
        let path = link.strip_prefix(self.sandbox().base_url()).unwrap();
        self.gong.bare("GET", path).send().await.unwrap()
    }

    /// Presses a button of the consent page.
    async fn press(&self, once: &str, decision: &str) -> Response {
        let form = format!("once={once}&decision={decision}");
        let request = self.gong.bare("POST", "/oauth2/authorize").body(form);
        request.header("content-type", "application/x-www-form-urlencoded").send().await.unwrap()
    }

    /// Opens the link and presses a button; gives what comes back to the app.
    async fn decide(&self, link: &str, decision: &str) -> Vec<(String, String)> {
        let page = self.open(link).await.text().await.unwrap();
        let answer = self.press(once(&page), decision).await;
        assert_eq!(answer.status(), 303);
        let location = answer.headers()["location"].to_str().unwrap();
        assert!(location.starts_with(HOME), "{location}");
        Url::parse(location).unwrap().query_pairs().into_owned().collect()
    }

    /// A code, by the short way.
    fn code(&self, changes: &[(&str, &str)]) -> String {
        let location = self.sandbox().allow(&self.link(changes)).unwrap();
        let location = Url::parse(&location).unwrap();
        location.query_pairs().find(|(name, _)| name == "code").unwrap().1.into_owned()
    }

    async fn token(&self, pairs: &[(&str, &str)]) -> Answer {
        let request = self.gong.bare("POST", "/oauth2/generate-customer-token").query(pairs);
        Gong::send(request.basic_auth(&self.client_id, Some(&self.client_secret))).await
    }

    async fn redeem(&self, code: &str) -> Answer {
        self.token(&[("grant_type", "authorization_code"), ("code", code), ("redirect_uri", HOME)]).await
    }

    async fn refresh(&self, token: &Value) -> Answer {
        self.token(&[("grant_type", "refresh_token"), ("refresh_token", text(token))]).await
    }

    /// Goes all the way.
    async fn connect(&self) -> Value {
        self.redeem(&self.code(&[])).await.ok()
    }

    async fn users(&self, base_url: &str, tokens: &Value) -> Answer {
        let url = format!("{base_url}/v2/users");
        Gong::send(reqwest::Client::new().get(url).bearer_auth(text(&tokens["access_token"]))).await
    }
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a string")
}

fn once(page: &str) -> &str {
    let (_, rest) = page.split_once("name=\"once\" value=\"").expect("a form");
    rest.split_once('"').unwrap().0
}

/// Status and error code of a token answer that did not go well.
fn error(answer: &Answer) -> (u16, &str) {
    assert!(answer.body["error_description"].is_string(), "{}", answer.body);
    (answer.status, text(&answer.body["error"]))
}

#[tokio::test]
async fn the_consent_page_names_app_company_and_every_scope() {
    let app = App::new().await;
    let response = app.open(&app.link(&[])).await;
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["content-type"], "text/html; charset=utf-8");
    assert!(response.headers()["content-security-policy"].to_str().unwrap().contains("frame-ancestors 'none'"));
    let page = response.text().await.unwrap();
    for part in [
        "Sandbox App",
        "Larkspur",
        "See the people in your company",
        "api:users:read",
        "Add calls and their recordings",
        "http://127.0.0.1:9",
        ">Allow</button>",
        ">Deny</button>",
    ] {
        assert!(page.contains(part), "{part}");
    }
    assert!(!page.contains("http://127.0.0.1:9/callback?"), "nothing in the page is a way around the question");
}

#[tokio::test]
async fn allow_brings_a_code_and_the_state_back_and_deny_an_error() {
    let app = App::new().await;
    let allowed = app.decide(&app.link(&[]), "allow").await;
    assert_eq!(allowed[0].0, "code");
    assert_eq!(allowed[1], ("state".to_string(), "st&te".to_string()));
    app.redeem(&allowed[0].1).await.ok();
    let denied = app.decide(&app.link(&[]), "deny").await;
    assert_eq!(denied[0], ("error".to_string(), "access_denied".to_string()));
    assert!(denied.contains(&allowed[1]));
}

#[tokio::test]
async fn a_page_takes_one_answer_and_not_for_ever() {
    let app = App::new().await;
    let page = app.open(&app.link(&[])).await.text().await.unwrap();
    assert_eq!(app.press(once(&page), "allow").await.status(), 303);
    assert_eq!(app.press(once(&page), "allow").await.status(), 400);
    assert_eq!(app.press("made-up", "allow").await.status(), 400);
    let page = app.open(&app.link(&[])).await.text().await.unwrap();
    app.sandbox().advance(Duration::from_secs(11 * 60));
    assert_eq!(app.press(once(&page), "allow").await.status(), 400);
}

#[tokio::test]
async fn a_wrong_link_is_told_to_the_person_and_redirects_nowhere() {
    let app = App::new().await;
    for change in [
        ("client_id", "stranger"),
        ("client_id", ""),
        ("redirect_uri", "https://evil.example/callback"),
        ("redirect_uri", "http://127.0.0.1:80@evil.example/"),
        ("redirect_uri", ""),
        ("response_type", "token"),
        ("scope", "api:users:read everything"),
        ("scope", ""),
    ] {
        let link = app.link(&[change]);
        let response = app.open(&link).await;
        assert_eq!(response.status(), 400, "{change:?}");
        assert!(response.headers().get("location").is_none());
        let page = response.text().await.unwrap();
        assert!(page.contains("role=\"alert\"") && !page.contains("<form"), "{change:?}");
        assert!(app.sandbox().allow(&link).is_err());
    }
    let plain = app.link(&[("code_challenge", VERIFIER), ("code_challenge_method", "plain")]);
    assert_eq!(app.open(&plain).await.status(), 400);
}

#[tokio::test]
async fn the_sandbox_s_own_app_may_ask_for_scopes_that_only_gong_knows() {
    let app = App::new().await;
    let link = app.link(&[("scope", "api:users:read api:brand-new:read")]);
    let page = app.open(&link).await.text().await.unwrap();
    assert!(page.contains("api:brand-new:read") && page.contains("no words for"), "{page}");
    assert!(app.sandbox().allow(&link).is_ok());
}

#[tokio::test]
async fn a_registered_app_has_its_own_addresses_and_scopes() {
    let builder = Sandbox::builder().app("larch", "s3cret", [HOME], ["api:users:read"]);
    let mut app = App::with(builder).await;
    app.client_id = "larch".to_string();
    app.client_secret = "s3cret".to_string();
    let narrow = ("scope", "api:users:read");
    assert!(app.open(&app.link(&[narrow])).await.text().await.unwrap().contains("<b>larch</b>"));
    let tokens = app.redeem(&app.code(&[narrow])).await.ok();
    assert_eq!(tokens["scope"], "api:users:read");
    let unregistered = app.link(&[narrow, ("redirect_uri", "http://127.0.0.1:9/callback/")]);
    assert_eq!(app.open(&unregistered).await.status(), 400);
    assert_eq!(app.open(&app.link(&[])).await.status(), 400, "a scope it did not register");
}

#[tokio::test]
async fn a_code_becomes_tokens_that_open_what_was_allowed() {
    let app = App::new().await;
    let tokens = app.connect().await;
    assert_eq!(tokens["token_type"], "bearer");
    assert_eq!(tokens["expires_in"], 86_400);
    assert_eq!(tokens["scope"], "api:users:read api:calls:create");
    assert_eq!(tokens["api_base_url_for_customer"], app.sandbox().base_url());
    let base_url = app.sandbox().base_url();
    assert_eq!(app.users(base_url, &tokens).await.status, 200);
    let beyond = app.gong.bare("GET", "/v2/workspaces").bearer_auth(text(&tokens["access_token"]));
    let refused = "You don't have permission to use 'api:workspaces:read' in your app.";
    assert_eq!(Gong::send(beyond).await.refusal(), (401, refused));
}

#[tokio::test]
async fn parameters_may_stand_in_the_query_or_in_a_form() {
    let app = App::new().await;
    let form = format!(
        "grant_type=authorization_code&code={}&redirect_uri=http%3A%2F%2F127.0.0.1%3A9%2Fcallback",
        app.code(&[])
    );
    let request = app.gong.bare("POST", "/oauth2/generate-customer-token").body(form);
    let request = request.header("content-type", "application/x-www-form-urlencoded");
    Gong::send(request.basic_auth(&app.client_id, Some(&app.client_secret))).await.ok();
    let seen = app.sandbox().token_requests();
    assert_eq!(seen[0].parameter("grant_type").as_deref(), Some("authorization_code"));
    assert!(seen[0].query.is_empty() && seen[0].carried_out);
}

#[tokio::test]
async fn only_the_app_itself_gets_tokens() {
    let mut app = App::with(Sandbox::builder().app("other", "theirs", [HOME], ["api:users:read"])).await;
    let code = app.code(&[]);
    let pairs = [("grant_type", "authorization_code"), ("code", &code), ("redirect_uri", HOME)];
    let bare = || app.gong.bare("POST", "/oauth2/generate-customer-token").query(&pairs);
    assert_eq!(error(&Gong::send(bare()).await), (401, "invalid_client"));
    let wrong = bare().basic_auth(&app.client_id, Some("guess"));
    assert_eq!(error(&Gong::send(wrong).await), (401, "invalid_client"));
    let own = (app.client_id.clone(), app.client_secret.clone());
    (app.client_id, app.client_secret) = ("other".to_string(), "theirs".to_string());
    assert_eq!(error(&app.redeem(&code).await), (400, "invalid_grant"));
    (app.client_id, app.client_secret) = own;
    app.redeem(&code).await.ok();
}

#[tokio::test]
async fn a_code_is_good_for_ten_minutes_and_for_its_own_address() {
    let app = App::new().await;
    let code = app.code(&[]);
    let elsewhere = [("grant_type", "authorization_code"), ("code", &code), ("redirect_uri", "http://127.0.0.1:9/")];
    assert_eq!(error(&app.token(&elsewhere).await), (400, "invalid_grant"));
    app.sandbox().advance(Duration::from_secs(600));
    app.redeem(&code).await.ok();
    let late = app.code(&[]);
    app.sandbox().advance(Duration::from_secs(601));
    assert_eq!(error(&app.redeem(&late).await), (400, "invalid_grant"));
}

#[tokio::test]
async fn a_code_that_comes_twice_takes_its_tokens_along() {
    let app = App::new().await;
    let code = app.code(&[]);
    let tokens = app.redeem(&code).await.ok();
    assert_eq!(error(&app.redeem(&code).await), (400, "invalid_grant"));
    let asked = app.users(app.sandbox().base_url(), &tokens).await;
    assert_eq!(asked.refusal(), (401, "access token has been revoked"));
    assert_eq!(error(&app.refresh(&tokens["refresh_token"]).await), (400, "invalid_grant"));
}

#[tokio::test]
async fn a_challenge_has_to_be_met() {
    let app = App::new().await;
    let challenge = [("code_challenge", CHALLENGE), ("code_challenge_method", "S256")];
    let code = app.code(&challenge);
    let with = |verifier| {
        [("grant_type", "authorization_code"), ("code", &*code), ("redirect_uri", HOME), ("code_verifier", verifier)]
    };
    assert_eq!(error(&app.redeem(&code).await), (400, "invalid_grant"));
    assert_eq!(error(&app.token(&with("guess")).await), (400, "invalid_grant"));
    app.token(&with(VERIFIER)).await.ok();
}

#[tokio::test]
async fn a_refresh_token_works_once_and_its_reuse_revokes_the_family() {
    let app = App::new().await;
    let first = app.connect().await;
    let second = app.refresh(&first["refresh_token"]).await.ok();
    assert_ne!(first["refresh_token"], second["refresh_token"]);
    let base_url = app.sandbox().base_url();
    assert_eq!(app.users(base_url, &second).await.status, 200);
    assert_eq!(app.sandbox().refreshes(), 1);

    assert_eq!(error(&app.refresh(&first["refresh_token"]).await), (400, "invalid_grant"));
    assert_eq!(app.users(base_url, &second).await.refusal(), (401, "access token has been revoked"));
    assert_eq!(error(&app.refresh(&second["refresh_token"]).await), (400, "invalid_grant"));
    assert_eq!(app.sandbox().refreshes(), 1);
    let truth: Vec<_> = app.sandbox().token_requests().iter().map(|one| one.carried_out).collect();
    assert_eq!(truth, [true, true, false, false]);
}

#[tokio::test]
async fn an_access_token_expires_on_the_companys_clock() {
    let app = App::with(Sandbox::builder().token_lifetime(Duration::from_secs(3600))).await;
    let tokens = app.connect().await;
    assert_eq!(tokens["expires_in"], 3600);
    app.sandbox().advance(Duration::from_secs(3599));
    let base_url = app.sandbox().base_url();
    assert_eq!(app.users(base_url, &tokens).await.status, 200);
    app.sandbox().advance(Duration::from_secs(1));
    assert_eq!(app.users(base_url, &tokens).await.refusal(), (401, "access token has expired"));
    let pairs = [
        ("grant_type", "refresh_token"),
        ("refresh_token", text(&tokens["refresh_token"])),
        ("validity_duration", "60"),
    ];
    let fresh = app.token(&pairs).await.ok();
    assert_eq!(fresh["expires_in"], 60);
    assert_eq!(app.users(base_url, &fresh).await.status, 200);
}

#[tokio::test]
async fn the_token_endpoint_says_what_it_does_not_take() {
    let app = App::new().await;
    assert_eq!(error(&app.token(&[]).await), (400, "invalid_request"));
    let password = [("grant_type", "client_credentials")];
    assert_eq!(error(&app.token(&password).await), (400, "unsupported_grant_type"));
    let no_code = [("grant_type", "authorization_code"), ("redirect_uri", HOME)];
    assert_eq!(error(&app.token(&no_code).await), (400, "invalid_request"));
    assert_eq!(Gong::send(app.gong.bare("GET", "/oauth2/generate-customer-token")).await.refusal().0, 405);
}

#[tokio::test]
async fn errors_are_worded_as_oauth_does_or_in_the_envelope_of_the_api() {
    for in_envelope in [false, true] {
        let app = App::with(Sandbox::builder().token_errors_in_envelope(in_envelope)).await;
        let spent = app.connect().await;
        let refresh = [("grant_type", "refresh_token"), ("refresh_token", text(&spent["refresh_token"]))];
        app.token(&refresh).await.ok();
        let again = app.token(&refresh).await;
        if in_envelope {
            assert_eq!(again.refusal(), (400, "Refresh token code is invalid"));
            assert!(again.body["requestId"].is_string() && again.body.get("error").is_none());
        } else {
            assert_eq!(error(&again), (400, "invalid_grant"));
        }
    }
}

#[tokio::test]
async fn a_customer_with_a_host_of_its_own_is_served_only_there() {
    let app = App::with(Sandbox::builder().customer_host(true)).await;
    let tokens = app.connect().await;
    let (front, home) = (app.sandbox().base_url(), app.sandbox().customer_base_url());
    assert_ne!(front, home);
    assert_eq!(tokens["api_base_url_for_customer"], home);
    assert_eq!(app.users(home, &tokens).await.status, 200);
    assert_eq!(app.users(front, &tokens).await.refusal(), (401, "access token has been revoked"));
    assert_eq!(app.gong.get("/v2/users", &[]).await.status, 200, "keys count at the front");
    let sign_in = reqwest::Client::new().get(format!("{home}/oauth2/authorize"));
    let sign_in = sign_in.basic_auth(app.sandbox().access_key(), Some(app.sandbox().access_key_secret()));
    assert_eq!(sign_in.send().await.unwrap().status(), 404, "the sign-in is not the customer's");
}

#[tokio::test]
async fn a_token_may_outlive_its_sandbox() {
    let before = App::new().await;
    let tokens = before.connect().await;
    let after = App::new().await;
    let url = after.sandbox().base_url();
    assert_eq!(after.users(url, &tokens).await.refusal(), (401, "access token has been revoked"));
    after.sandbox().admit_token(text(&tokens["access_token"]), ["api:users:read"]);
    after.users(url, &tokens).await.ok();
}

#[tokio::test]
async fn an_administrator_may_take_everything_back() {
    let app = App::new().await;
    let tokens = app.connect().await;
    app.sandbox().revoke_grants();
    let asked = app.users(app.sandbox().base_url(), &tokens).await;
    assert_eq!(asked.refusal(), (401, "access token has been revoked"));
    assert_eq!(error(&app.refresh(&tokens["refresh_token"]).await), (400, "invalid_grant"));
}

#[tokio::test]
async fn the_answer_to_a_refresh_may_be_lost() {
    let app = App::new().await;
    let tokens = app.connect().await;
    app.sandbox().inject(Fault::reset_after_the_work().on("POST", "/oauth2/generate-customer-token"));
    let pairs = [("grant_type", "refresh_token"), ("refresh_token", text(&tokens["refresh_token"]))];
    let request = app.gong.bare("POST", "/oauth2/generate-customer-token").query(&pairs);
    assert!(request.basic_auth(&app.client_id, Some(&app.client_secret)).send().await.is_err());
    assert_eq!(app.sandbox().refreshes(), 1);
    assert_eq!(error(&app.refresh(&tokens["refresh_token"]).await), (400, "invalid_grant"));
}

#[tokio::test]
async fn the_truth_about_tokens_is_told_but_never_in_debug() {
    let app = App::new().await;
    let code = app.code(&[]);
    let tokens = app.redeem(&code).await.ok();
    let issued = app.sandbox().issued_tokens();
    assert_eq!(issued.len(), 1);
    assert_eq!(issued[0].access_token, text(&tokens["access_token"]));
    assert_eq!(issued[0].refresh_token, text(&tokens["refresh_token"]));
    assert!(app.sandbox().requests().is_empty(), "only requests to the API count there");
    let debug = format!("{issued:?} {:?} {:?}", app.sandbox().token_requests(), app.sandbox());
    for secret in [&code, &issued[0].access_token, &issued[0].refresh_token, &app.client_secret] {
        assert!(!debug.contains(secret.as_str()), "{debug}");
    }
}
