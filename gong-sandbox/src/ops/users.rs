//! Users: the plain list, the filtered one, and a single user.

use serde_json::{Value, json};

use super::{among, within};
use crate::{company::User, input::Input, prng::Prng, refusal::Refusal, world::World};

/// `GET /v2/users`
pub(crate) fn list(world: &mut World, input: &Input) -> Result<Value, Refusal> {
    let avatars = input.flag_param("includeAvatars")?;
    let now = world.now();
    let company = &world.company;
    let users = company.users.iter().filter(|user| avatars || !user.avatar).collect();
    let page = world.pages.cut(input, now, users)?;
    let users: Vec<Value> = page.items.into_iter().map(|user| record(company.seed, user)).collect();
    Ok(json!({"records": page.records, "users": users}))
}

/// `POST /v2/users/extensive`
pub(crate) fn list_extensive(world: &mut World, input: &Input) -> Result<Value, Refusal> {
    let filter = input.filter()?;
    let avatars = filter.flag("includeAvatars")?;
    let from = filter.instant("createdFromDateTime")?;
    let to = filter.instant("createdToDateTime")?;
    let ids = filter.texts("userIds")?.filter(|ids| !ids.is_empty());
    let now = world.now();
    let company = &world.company;
    let users: Vec<&User> = company
        .users
        .iter()
        .filter(|user| avatars || !user.avatar)
        .filter(|user| among(ids.as_deref(), &user.id))
        .filter(|user| within(from, to, user.created_at))
        .collect();
    if users.is_empty() {
        // Gong's document has this text here, calls and all; nobody has recorded the one on the wire.
        return Err(Refusal::not_found("No users found corresponding to the provided filters"));
    }
    let page = world.pages.cut(input, now, users)?;
    let users: Vec<Value> = page.items.into_iter().map(|user| record(company.seed, user)).collect();
    Ok(json!({"records": page.records, "users": users}))
}

/// `GET /v2/users/{id}`
pub(crate) fn get(world: &mut World, input: &Input) -> Result<Value, Refusal> {
    let company = &world.company;
    let user = company.user(&input.captured);
    let user = user.ok_or_else(|| Refusal::not_found("User not found"))?;
    Ok(json!({"user": record(company.seed, user)}))
}

/// A user as answered. Much of it is null for many, as it is in real companies.
fn record(seed: u64, user: &User) -> Value {
    let mut prng = Prng::new(seed, &user.id);
    let phone = prng.chance(60).then(|| format!("+1 555 01{}", prng.between(10, 99)));
    let alias = format!("{}@{}", user.first_name.to_lowercase(), user.email.rsplit('@').next().unwrap_or_default());
    let aliases: Vec<String> = prng.chance(15).then_some(alias).into_iter().collect();
    let providers = prng.chance(40).then(|| json!([{"provider": "ZOOM", "isDefault": true}]));
    json!({
        "id": user.id,
        "emailAddress": user.email,
        "created": user.created(),
        "active": user.active,
        "emailAliases": aliases,
        "trustedEmailAddress": null,
        "firstName": user.first_name,
        "lastName": user.last_name,
        "title": user.title,
        "phoneNumber": phone,
        "extension": null,
        "personalMeetingUrls": [],
        "settings": {
            "webConferencesRecorded": user.active,
            "preventWebConferenceRecording": false,
            "telephonyCallsImported": user.active,
            "emailsImported": user.active,
            "preventEmailImport": false,
            "nonRecordedMeetingsImported": prng.chance(50),
            "gongConnectEnabled": user.active,
        },
        "managerId": user.manager_id,
        "meetingConsentPageUrl": null,
        "conferencingProviders": providers,
        "spokenLanguages": [{"language": "en-US", "primary": true}],
    })
}
