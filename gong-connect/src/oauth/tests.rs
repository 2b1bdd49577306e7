use super::*;

fn app() -> OAuthApp {
    let connection = crate::Connection::oauth("gong", "id", "visible-secret", "https://platform.example/cb?a=1");
    connection.app().unwrap().clone()
}

#[test]
fn parameters_are_in_the_url() {
    let (code, proof) = (Secret::new("c/d"), Secret::new("proof"));
    let with_code = url(&app(), &Show::Code { code: &code, proof: Some(&proof) });
    let expected = "https://app.gong.io/oauth2/generate-customer-token?grant_type=authorization_code&code=c%2Fd\
                    &client_id=id&redirect_uri=https%3A%2F%2Fplatform.example%2Fcb%3Fa%3D1&code_verifier=proof";
    assert_eq!(with_code.reveal(), expected);
    let with_token = url(&app(), &Show::Refresh(&Secret::new("r")));
    assert!(with_token.reveal().ends_with("?grant_type=refresh_token&refresh_token=r"), "{}", with_token.reveal());
}

#[test]
fn the_header_has_no_line_break_however_long_the_secret() {
    let mut app = app();
    app.client_secret = Secret::new("x".repeat(300));
    assert!(basic(&app).reveal().bytes().skip(6).all(|byte| byte.is_ascii_graphic()));
}

fn read(app: &OAuthApp, body: &str) -> Result<Grant> {
    super::read(app, &Domains::with(Vec::new()).unwrap(), &TokenAnswer::new(200, body.as_bytes().to_vec()))
}

#[test]
fn an_answer_is_read_leniently() {
    let grant = read(&app(), r#"{"access_token":"a","expires_in":"60","extra":[1]}"#).unwrap();
    assert_eq!(grant.lifetime, Duration::from_secs(60));
    assert!(grant.refresh.is_none() && grant.scopes.is_none());
    let odd = r#"{"access_token":"a","expires_in":1.5,"scope":["x"],"api_base_url_for_customer":7}"#;
    let grant = read(&app(), odd).unwrap();
    assert!(grant.lifetime == USUAL_LIFETIME && grant.scopes.is_none() && matches!(grant.base_url, Host::Untold));
}

#[test]
fn a_new_account_at_an_unsafe_host_is_refused_and_a_refreshed_one_stays_where_it_is() {
    for host in ["http://evil.example", "https://evil.example", "https://10.0.0.1", "https://us-1.api.gong.io/v2"] {
        let answer = format!(r#"{{"access_token":"visible","api_base_url_for_customer":"{host}"}}"#);
        let error = read(&app(), &answer).unwrap().into_account(&app(), SystemTime::UNIX_EPOCH).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::TokenEndpoint, "{host}");
        assert!(!format!("{error} {error:?}").contains("visible"));
        let untold = read(&app(), r#"{"access_token":"old"}"#).unwrap();
        let old = untold.into_account(&app(), SystemTime::UNIX_EPOCH).unwrap();
        let new = read(&app(), &answer).unwrap().renew(&old, SystemTime::UNIX_EPOCH);
        let Credential::Tokens { access, base_url, .. } = &new.credential else { panic!("{new:?}") };
        assert_eq!((access.reveal(), base_url.as_str()), ("visible", "https://api.gong.io"), "{host}");
    }
}

#[test]
fn a_spent_token_is_told_in_either_form_and_with_either_text() {
    for (status, body) in [
        (400, r#"{"error":"invalid_grant"}"#),
        (401, r#"{"error":"invalid_grant"}"#),
        (400, r#"{"requestId":"r","errors":["Refresh token code is invalid"]}"#),
        (401, r#"{"requestId":"r","errors":["Refresh token code is invalid."]}"#),
        (400, r#"{"requestId":"r","errors":["Authorization code is invalid"]}"#),
        (400, r#"{"requestId":"r","errors":["invalid_grant"]}"#),
        (400, r#"{"error":"bad_request","error_description":"Refresh token code is invalid"}"#),
        (400, r#"{"errors":"Refresh token code is invalid"}"#),
    ] {
        let answer = TokenAnswer::new(status, body.as_bytes().to_vec());
        let refusal = refused(&app(), &Show::Refresh(&Secret::new("visible-r")), &answer);
        let Refusal::Spent(said) = refusal else { panic!("{status} {body}: {refusal:?}") };
        assert!(said.contains("is invalid") || said.contains("invalid_grant"), "{said}");
    }
    for (status, body, kind) in [
        (401, r#"{"error":"invalid_client"}"#, ErrorKind::ClientRefused),
        (401, "<html>", ErrorKind::ClientRefused),
        (400, r#"{"requestId":"r","errors":["scope: must not be null"]}"#, ErrorKind::TokenEndpoint),
        (503, r#"{"errors":["Refresh token code is invalid"]}"#, ErrorKind::TokenEndpoint),
    ] {
        let answer = TokenAnswer::new(status, body.as_bytes().to_vec());
        let refusal = refused(&app(), &Show::Refresh(&Secret::new("visible-r")), &answer);
        let Refusal::Failed(error) = refusal else { panic!("{status} {body}: {refusal:?}") };
        assert_eq!(error.kind(), kind, "{error}");
        assert!(!body.contains("scope:") || error.to_string().contains("scope: must not be null"), "{error}");
    }
}

#[test]
fn words_of_others_are_shown_without_secrets() {
    let (code, proof) = (Secret::new("visible-code/1"), Secret::new("visible-proof"));
    let show = Show::Code { code: &code, proof: Some(&proof) };
    let repeats = [
        "visible-code/1".to_owned(),
        "visible-code%2F1 and visible%2Dcode%2f1".to_owned(),
        "visible-proof visible-secret".to_owned(),
        format!("Basic {}", STANDARD.encode("id:visible-secret")),
    ];
    for repeated in repeats {
        let body = serde_json::json!({"error": "oh", "error_description": format!("no: {repeated}\u{1b}[2J\u{202e}.")});
        let answer = TokenAnswer::new(500, body.to_string().into_bytes());
        let Refusal::Failed(error) = refused(&app(), &show, &answer) else { panic!("{repeated}") };
        let said = error.to_string();
        assert!(said.contains("oh, no:"), "{said}");
        let hidden = ["visible", &STANDARD.encode("id:visible-secret"), "\u{1b}", "\u{202e}"];
        assert!(hidden.iter().all(|hidden| !said.contains(hidden)), "{said}");
    }
}
