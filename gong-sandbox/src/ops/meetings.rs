//! Meetings: made, moved and called off, and whether users can make any.
//!
//! Texts are Gong's where a user or a meeting is not found; the others are guesses, as are the addresses of remedies.

use serde_json::{Value, json};

use crate::{
    company::{Company, Meeting},
    input::{Fields, Input, check_long},
    refusal::Refusal,
    world::World,
};

const MOST_EMAILS: usize = 100;
const NO_SUCH_MEETING: &str = "The given meeting ID was not found.";
const NO_SUCH_USER: &str = "No Gong user found corresponding to the provided organizer email";
const NOT_CONNECTED: &str = "No calendar is connected for this user. Connect one in your settings.";
const FIX_URL: &str = "https://app.gong.io/settings/calendar";
const HELP_URL: &str = "https://help.gong.io/docs/connect-your-calendar";

const REMEDY: [(&str, &str); 3] = [("userFacingError", NOT_CONNECTED), ("fixUrl", FIX_URL), ("helpUrl", HELP_URL)];

/// `POST /v2/meetings`
pub(crate) fn create(world: &mut World, input: &Input) -> Result<Value, Refusal> {
    let mut meeting = read(&world.company, input)?;
    let (id, token) = (world.prng.id(), world.prng.next());
    meeting.id.clone_from(&id);
    let user = meeting.organizer_email.split('@').next().unwrap_or_default();
    let url = format!("https://join.gong.io/larkspur/{user}?tkn={token:016x}");
    world.company.meetings.push(meeting);
    let assistant = json!({"displayName": "Gong Assistant", "email": "assistant@gong.io"});
    Ok(json!({"meetingId": id, "meetingUrl": url, "additionalInvitees": [assistant]}))
}

/// `PUT /v2/meetings/{meetingId}`. What is left out stays as it is, which is a guess.
pub(crate) fn update(world: &mut World, input: &Input) -> Result<Value, Refusal> {
    check_long("meetingId", &input.captured)?;
    let given = read(&world.company, input)?;
    let meeting = find(&mut world.company, &input.captured, Some(&given.organizer_email))?;
    *meeting = Meeting {
        id: meeting.id.clone(),
        title: given.title.or(meeting.title.take()),
        external_id: given.external_id.or(meeting.external_id.take()),
        provider: given.provider.or(meeting.provider.take()),
        ..given
    };
    Ok(json!({"meetingId": meeting.id}))
}

/// `DELETE /v2/meetings/{meetingId}`
pub(crate) fn delete(world: &mut World, input: &Input) -> Result<Value, Refusal> {
    check_long("meetingId", &input.captured)?;
    let organizer_email = input.fields()?.text("organizerEmail")?;
    let meeting = find(&mut world.company, &input.captured, organizer_email.as_deref())?;
    let id = meeting.id.clone();
    world.company.meetings.retain(|known| known.id != id);
    Ok(json!({"organizerEmail": organizer_email}))
}

/// `POST /v2/meetings/integration/status`
pub(crate) fn integration_status(world: &mut World, input: &Input) -> Result<Value, Refusal> {
    let emails = input.fields()?.texts("emails")?.unwrap_or_default();
    if emails.len() > MOST_EMAILS {
        return Err(Refusal::bad(format!("emails: size must be between 0 and {MOST_EMAILS}")));
    }
    let users: Vec<Value> = emails.iter().map(|email| status(&world.company, email)).collect();
    Ok(json!({"users": users}))
}

fn status(company: &Company, email: &str) -> Value {
    let exists = company.user_by_email(email).is_some();
    let valid = company.can_make_meetings(email);
    let (error, fix_url, help_url) = match (exists, valid) {
        (_, true) => (None, None, None),
        (true, false) => (Some(NOT_CONNECTED), Some(FIX_URL), Some(HELP_URL)),
        (false, false) => (Some(NO_SUCH_USER), None, Some(HELP_URL)),
    };
    json!({
        "email": email, "exists": exists, "valid": valid,
        "userFacingError": error, "fixUrl": fix_url, "helpUrl": help_url,
    })
}

/// A meeting of an organizer; that others' are answered as if they were not there is a guess.
fn find<'a>(company: &'a mut Company, id: &str, organizer: Option<&str>) -> Result<&'a mut Meeting, Refusal> {
    let mut meetings = company.meetings.iter_mut();
    meetings
        .find(|meeting| {
            meeting.id == id && organizer.is_none_or(|email| email.eq_ignore_ascii_case(&meeting.organizer_email))
        })
        .ok_or_else(|| Refusal::not_found(NO_SUCH_MEETING))
}

/// What a body says of a meeting, which has no id yet.
fn read(company: &Company, input: &Input) -> Result<Meeting, Refusal> {
    let fields = input.fields()?;
    fields.demand(&["startTime", "endTime", "invitees", "organizerEmail"])?;
    let (starts_at, ends_at) = (fields.instant("startTime")?, fields.instant("endTime")?);
    let invitees = fields.list("invitees")?.cloned().unwrap_or_default();
    for invitee in &invitees {
        let invitee = Fields::of(invitee)?;
        for name in ["email", "displayName", "firstName", "lastName"] {
            invitee.text(name)?;
        }
    }
    if ends_at <= starts_at {
        return Err(Refusal::bad("endTime: must be after startTime"));
    }
    let organizer_email = fields.required_text("organizerEmail")?;
    let organizer = company.user_by_email(&organizer_email).ok_or_else(|| Refusal::not_found(NO_SUCH_USER))?;
    if !company.can_make_meetings(&organizer.email) {
        return Err(Refusal::new(409, NOT_CONNECTED).with_details(&REMEDY));
    }
    Ok(Meeting {
        id: String::new(),
        organizer_email: organizer.email.clone(),
        title: fields.text("title")?,
        invitees,
        external_id: fields.text("externalId")?,
        provider: fields.text("provider")?,
        starts_at: starts_at.unwrap_or_default(),
        ends_at: ends_at.unwrap_or_default(),
    })
}
