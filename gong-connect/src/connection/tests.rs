use super::*;

fn oauth() -> Connection {
    Connection::oauth("gong", "id", "visible-secret", "https://platform.example/cb").scopes(["api:users:read"])
}

#[test]
fn every_fault_is_told_at_once() {
    let mut broken = Connection::oauth("", "", "", "not a url").authorize_at("http://gong.example");
    let fault = broken.check().unwrap_err().to_string();
    for part in ["name is empty", "client id", "client secret", "redirect URI", "no scope", "https://"] {
        assert!(fault.contains(part), "{part}: {fault}");
    }
    assert!(oauth().check().is_ok());
}

#[test]
fn a_setting_of_the_other_kind_is_refused() {
    assert!(Connection::api_key("keys").pkce(true).check().is_err());
    assert!(oauth().base_url("https://api.gong.io").check().is_err());
}

#[test]
fn its_secret_is_not_shown() {
    assert!(!format!("{:?}", oauth()).contains("visible"));
}
