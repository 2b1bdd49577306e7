use super::*;

#[test]
fn what_was_written_is_read() {
    let settings = Settings {
        usual: Some(Who::new("a \"quoted\" one", "me")),
        sandboxes: [("sandbox".to_owned(), u64::MAX)].into(),
    };
    let read = |text: &str| serde_json::from_str::<Settings>(text).ok();
    assert_eq!(read(&serde_json::to_string_pretty(&settings).unwrap()), Some(settings));
    let by_hand = r#"{"use": {"connection": "gong", "as": "me"}, "of a later version": true}"#;
    assert_eq!(read(by_hand), Some(Settings { usual: Some(Who::new("gong", "me")), ..Settings::default() }));
    assert_eq!(read("{}"), Some(Settings::default()));
    assert_eq!(read("{"), None);
}
