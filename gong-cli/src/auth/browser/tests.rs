use super::*;

#[test]
fn the_browser_inherits_no_credential() {
    let mut command = Command::new("browser");
    let [key, secret] = environment::api_key();
    let inherited = ["HOME", environment::ACCESS_TOKEN, &key, &secret, "GONG_CLIENT_SECRET", "GONG_STORE_KEY"];
    without_ours(&mut command, inherited.into_iter().map(OsString::from));
    let removed: Vec<_> = command.get_envs().filter(|(_, value)| value.is_none()).map(|(name, _)| name).collect();
    assert_eq!(removed.len(), 5);
    assert!(!removed.contains(&"HOME".as_ref()), "{removed:?}");
}
