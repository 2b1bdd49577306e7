//! Tests of `open_enum`.

use super::*;
use crate::input::json::{FromJson, ToJson};
use serde_json::json;

open_enum! {
    /// What happened.
    enum Event {
        /// It was opened.
        Opened = "EMAIL_OPENED" => "email opened",
        /// It came back.
        Bounced = "EMAIL_BOUNCED",
    }
}

#[test]
fn the_unknown_is_kept_as_it_came() {
    let event: Event = serde_json::from_value(json!("EMAIL_LOST")).unwrap();
    assert_eq!(event.as_str(), "EMAIL_LOST");
    assert_eq!(serde_json::to_value(&event).unwrap(), json!("EMAIL_LOST"));
    assert_eq!(serde_json::from_value::<Event>(json!("EMAIL_OPENED")).unwrap(), Event::Opened);
}

#[test]
fn a_request_may_send_another_name() {
    assert_eq!(Event::Opened.to_json(), Some(json!("email opened")));
    assert_eq!(Event::Bounced.to_json(), Some(json!("EMAIL_BOUNCED")));
    assert_eq!(Event::default().to_json(), None);
}

#[test]
fn callers_must_know_the_value() {
    let mut faults = Faults::default();
    assert_eq!(Event::from_json(&json!("EMAIL_OPENED"), &mut faults), Some(Event::Opened));
    assert_eq!(Event::from_json(&json!("email_opened"), &mut faults), None);
    let told = faults.into_list()[0].to_string();
    assert_eq!(told, "must be one of EMAIL_OPENED, EMAIL_BOUNCED, not \"email_opened\"; did you mean `EMAIL_OPENED`?");
}
