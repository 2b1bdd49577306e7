//! Users: the plain list, the filtered one, a single user, and the history of their settings.

use serde_json::{Value, json};

use super::{among, within};
use crate::{
    company::{Company, User},
    input::Input,
    refusal::Refusal,
    world::World,
};

/// `GET /v2/users`
pub(crate) fn list(world: &mut World, input: &Input) -> Result<Value, Refusal> {
    let avatars = input.flag_param("includeAvatars")?;
    let company = &world.company;
    let users: Vec<&User> = company.users.iter().filter(|user| avatars || !user.avatar).collect();
    world.pages.answer(input, "users", users, |user| record(company, user))
}

/// `POST /v2/users/extensive`
pub(crate) fn list_extensive(world: &mut World, input: &Input) -> Result<Value, Refusal> {
    let filter = input.filter()?;
    let avatars = filter.flag("includeAvatars")?;
    let from = filter.instant("createdFromDateTime")?;
    let to = filter.instant("createdToDateTime")?;
    let ids = filter.filter_texts("userIds")?;
    let company = &world.company;
    let users = company
        .users
        .iter()
        .filter(|user| avatars || !user.avatar)
        .filter(|user| among(ids.as_deref(), &user.id))
        .filter(|user| within(from, to, user.created_at))
        .collect();
    // The text is that of Gong's document; nobody has recorded the one on the wire.
    let users = Refusal::if_none(users, "No users found corresponding to the provided filters")?;
    world.pages.answer(input, "users", users, |user| record(company, user))
}

/// `GET /v2/users/{id}`
pub(crate) fn get(world: &mut World, input: &Input) -> Result<Value, Refusal> {
    let company = &world.company;
    let user = of_path(company, input)?;
    Ok(json!({"user": record(company, user)}))
}

/// `GET /v2/users/{id}/settings-history`: all of it, for it has no pages. That it is told oldest first is a guess.
pub(crate) fn settings_history(world: &mut World, input: &Input) -> Result<Value, Refusal> {
    let company = &world.company;
    let changes = company.settings_history(of_path(company, input)?);
    let changes: Vec<Value> = changes
        .iter()
        .map(|change| json!({"setting": change.setting, "value": change.value, "time": change.time()}))
        .collect();
    Ok(json!({"userSettingsHistory": changes}))
}

fn of_path<'a>(company: &'a Company, input: &Input) -> Result<&'a User, Refusal> {
    company.user(input.captured_id()?).ok_or_else(|| Refusal::not_found("User not found"))
}

/// A user as answered. Much of it is null for many, as it is in real companies.
fn record(company: &Company, user: &User) -> Value {
    let mut prng = company.prng(&user.id);
    let phone = prng.chance(60).then(|| format!("+1 555 01{}", prng.between(10, 99)));
    let alias = format!("{}@{}", user.first_name.to_lowercase(), user.email.rsplit('@').next().unwrap_or_default());
    let aliases: Vec<String> = prng.chance(15).then_some(alias).into_iter().collect();
    let history = company.settings_history(user);
    // The history calls some by other names.
    let is_on = |setting| history.iter().rfind(|change| change.setting == setting).is_some_and(|change| change.value);
    let providers = prng.chance(40).then(|| json!([{"provider": "ZOOM", "isDefault": true}]));
    let extension = phone.as_ref().filter(|_| prng.chance(30)).map(|_| prng.between(100, 999).to_string());
    let trusted = prng.chance(10).then_some(&user.email);
    let consent_page = prng.chance(50).then(|| format!("https://join.larkspur.example/{}", user.id));
    json!({
        "id": user.id,
        "emailAddress": user.email,
        "created": user.created(),
        "active": user.active,
        "emailAliases": aliases,
        "trustedEmailAddress": trusted,
        "firstName": user.first_name,
        "lastName": user.last_name,
        "title": user.title,
        "phoneNumber": phone,
        "extension": extension,
        "personalMeetingUrls": [],
        "settings": {
            "webConferencesRecorded": is_on("webConferencesRecorded"),
            "preventWebConferenceRecording": is_on("preventWebConferenceRecording"),
            "telephonyCallsImported": is_on("callsImported"),
            "emailsImported": is_on("emailsImported"),
            "preventEmailImport": is_on("preventEmailImport"),
            "nonRecordedMeetingsImported": is_on("nonRecordedMeetingsImported"),
            "gongConnectEnabled": is_on("gongConnectEnabled"),
        },
        "managerId": user.manager_id,
        "meetingConsentPageUrl": consent_page,
        "conferencingProviders": providers,
        "spokenLanguages": [{"language": "en-US", "primary": true}],
    })
}
