//! From where parts of Gong may be shown inside of other systems.

use serde_json::{Value, json};

use crate::{
    input::{Fields, Input},
    ops::engagement::INTEGRATION_ID,
    refusal::Refusal,
    world::World,
};

const TYPES: [&str; 3] = ["EMAIL_COMPOSER", "ACCOUNT_PAGES", "DIALER"];

/// `POST /v2/integration-settings`. That the new list takes the place of the last one is a guess, as is what an origin
/// has to look like.
pub(crate) fn set(world: &mut World, input: &Input) -> Result<Value, Refusal> {
    let fields = input.fields()?;
    fields.demand(&["integrationTypeSettings"])?;
    let settings = fields.list("integrationTypeSettings")?.cloned().unwrap_or_default();
    if settings.is_empty() {
        return Err(Refusal::bad("integrationTypeSettings: must not be empty"));
    }
    for setting in &settings {
        let setting = Fields::of(setting)?;
        setting.demand(&["integrationType", "allowedOrigin"])?;
        setting.one_of("integrationType", &TYPES)?;
        let origin = setting.required_text("allowedOrigin")?;
        if !is_origin(&origin) {
            return Err(Refusal::bad(format!("allowedOrigin: {origin} is not a valid origin")));
        }
    }
    world.company.integration_settings = settings;
    Ok(json!({"integrationId": INTEGRATION_ID}))
}

/// A scheme and a host, with or without a port, and nothing after them.
fn is_origin(text: &str) -> bool {
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")).unwrap_or_default();
    !host.is_empty() && host.chars().all(|letter| letter.is_ascii_alphanumeric() || "-.:*".contains(letter))
}
