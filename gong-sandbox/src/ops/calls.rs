//! Calls: listing, reading one, registering one, transcripts.

use serde_json::{Value, json};

use super::{among, passes, recording::PROCESSING, within};
use crate::{
    clock::{Seconds, stamp},
    company::{Call, Company, DOMAIN, Party, user_party},
    input::{Fields, Input},
    prng::Prng,
    refusal::Refusal,
    world::World,
};

/// How long a recording is if nobody said, in seconds.
const USUAL_DURATION: i64 = 300;
const DIRECTIONS: [&str; 4] = ["Inbound", "Outbound", "Conference", "Unknown"];

/// `GET /v2/calls`
pub(crate) fn list(world: &mut World, input: &Input) -> Result<Value, Refusal> {
    let filter = CallFilter {
        from: input.instant_param("fromDateTime")?,
        to: input.instant_param("toDateTime")?,
        workspace_id: input.param("workspaceId").map(str::to_string),
        by_schedule: true,
        ..CallFilter::default()
    };
    world.pages.answer(input, "calls", filter.matching(&world.company)?, meta_data)
}

/// `GET /v2/calls/{id}`
pub(crate) fn get(world: &mut World, input: &Input) -> Result<Value, Refusal> {
    let id = input.captured_id()?;
    let call = world.company.call(id).ok_or_else(|| not_found(id))?;
    Ok(json!({"call": meta_data(call)}))
}

/// `POST /v2/calls/transcript`
pub(crate) fn transcripts(world: &mut World, input: &Input) -> Result<Value, Refusal> {
    let filter = CallFilter::read(input.filter()?)?;
    let company = &world.company;
    world.pages.answer(input, "callTranscripts", filter.matching(company)?, |call| transcript(company, call))
}

fn transcript(company: &Company, call: &Call) -> Value {
    let monologues: Vec<Value> = company
        .transcript(call)
        .into_iter()
        .map(|monologue| {
            let sentences: Vec<Value> = monologue
                .sentences
                .into_iter()
                .map(|one| json!({"start": one.start, "end": one.end, "text": one.text}))
                .collect();
            json!({
                "speakerId": monologue.speaker_id,
                "topic": monologue.topic,
                "sentences": sentences,
            })
        })
        .collect();
    json!({"callId": call.id, "transcript": monologues})
}

/// Which calls are asked for; every part narrows.
#[derive(Debug, Default)]
pub(super) struct CallFilter {
    from: Option<Seconds>,
    to: Option<Seconds>,
    workspace_id: Option<String>,
    /// Whether web conferences are taken by when they were scheduled.
    by_schedule: bool,
    call_ids: Option<Vec<String>>,
    primary_user_ids: Option<Vec<String>>,
}

impl CallFilter {
    pub(super) fn read(filter: Fields<'_>) -> Result<Self, Refusal> {
        let call_ids = filter.texts("callIds")?;
        if call_ids.as_ref().is_some_and(Vec::is_empty) {
            return Err(Refusal::bad("filter.callIds: must not be empty"));
        }
        Ok(Self {
            from: filter.instant("fromDateTime")?,
            to: filter.instant("toDateTime")?,
            workspace_id: filter.text("workspaceId")?,
            by_schedule: false,
            call_ids,
            primary_user_ids: filter.filter_texts("primaryUserIds")?,
        })
    }

    /// The calls that pass, oldest first; none at all is a 404 to Gong.
    pub(super) fn matching<'a>(&self, company: &'a Company) -> Result<Vec<&'a Call>, Refusal> {
        let taken_by = |call: &Call| {
            let scheduled = self.by_schedule && call.direction == "Conference";
            if scheduled { call.scheduled_at } else { call.started_at }
        };
        let calls = company
            .calls
            .iter()
            .filter(|call| within(self.from, self.to, taken_by(call)))
            .filter(|call| passes(self.workspace_id.as_deref(), &call.workspace_id))
            .filter(|call| among(self.call_ids.as_deref(), &call.id))
            .filter(|call| among(self.primary_user_ids.as_deref(), &call.primary_user_id))
            .collect();
        Refusal::if_none(calls, "No calls found corresponding to the provided filters")
    }
}

/// The basic record of a call.
pub(super) fn meta_data(call: &Call) -> Value {
    json!({
        "id": call.id,
        "url": call.url(),
        "title": call.title,
        "scheduled": stamp(call.scheduled_at),
        "started": call.started(),
        "duration": call.duration,
        "primaryUserId": call.primary_user_id,
        "direction": call.direction,
        "system": call.system,
        "scope": call.scope,
        "media": call.media,
        "language": "eng",
        "workspaceId": call.workspace_id,
        "sdrDisposition": call.disposition,
        "clientUniqueId": call.client_unique_id,
        "customData": call.custom_data,
        "purpose": call.purpose,
        "meetingUrl": call.meeting_url,
        "isPrivate": call.is_private,
        "calendarEventId": call.calendar_event_id(),
    })
}

pub(super) fn not_found(id: &str) -> Refusal {
    Refusal::not_found(format!("Call ID {id} was not found"))
}

/// `POST /v2/calls`
pub(crate) fn create(world: &mut World, input: &Input) -> Result<Value, Refusal> {
    let fields = input.fields()?;
    fields.demand(&["clientUniqueId", "actualStart", "parties", "direction", "primaryUser"])?;
    check_lengths(fields)?;
    let call = new_call(world, fields, input.now)?;
    let id = call.id.clone();
    world.company.registered_calls.push(call);
    Ok(json!({"callId": id}))
}

fn check_lengths(fields: Fields<'_>) -> Result<(), Refusal> {
    for (name, limit) in [("clientUniqueId", 2048), ("purpose", 255), ("disposition", 255)] {
        let text = fields.text(name)?.unwrap_or_default();
        if text.chars().count() > limit {
            return Err(Refusal::bad(format!("{name}: size must be between 0 and {limit}")));
        }
    }
    Ok(())
}

/// Which checks answer 400 and which 409 is known; the texts but for missing fields are guesses.
fn new_call(world: &mut World, fields: Fields<'_>, now: Seconds) -> Result<Call, Refusal> {
    let company = &world.company;
    let client_unique_id = fields.text("clientUniqueId")?;
    let started_at = fields.instant("actualStart")?.unwrap_or_default();
    let scheduled_at = fields.instant("scheduledStart")?.unwrap_or(started_at);
    fields.instant("scheduledEnd")?;
    let direction = fields.one_of("direction", &DIRECTIONS)?.unwrap_or("Unknown");
    let host = fields.required_text("primaryUser")?;
    let host = company.user(&host).ok_or_else(|| Refusal::bad(format!("primaryUser: user {host} was not found")))?;
    if !host.active {
        return Err(Refusal::new(409, "Recording is not enabled for the primary user"));
    }
    let known = |call: &&Call| call.client_unique_id == client_unique_id;
    if let Some(call) = company.calls.iter().chain(&company.registered_calls).find(known) {
        let key = client_unique_id.as_deref().unwrap_or_default();
        let text = format!("A call with clientUniqueId '{key}' has already been posted for the call {}", call.id);
        return Err(Refusal::bad(text));
    }
    let home = company.workspaces.first().map(|workspace| workspace.id.clone());
    let workspace_id = fields.text("workspaceId")?.or(home).unwrap_or_default();
    if !company.has_workspace(&workspace_id) {
        return Err(Refusal::bad(format!("workspaceId: workspace {workspace_id} was not found")));
    }
    let duration = fields.value("duration").and_then(Value::as_f64).map_or(USUAL_DURATION, |seconds| seconds as i64);
    let given = fields.list("parties")?.map(Vec::as_slice).unwrap_or_default();
    let parties = parties(company, &mut world.prng, given)?;
    if !parties.iter().any(|party| party.user_id.as_ref() == Some(&host.id)) {
        return Err(Refusal::bad("parties: the primary user must be one of the parties"));
    }
    let external = parties.iter().any(|party| party.affiliation != "Internal");
    Ok(Call {
        id: world.prng.id(),
        title: fields.text("title")?,
        primary_user_id: host.id.clone(),
        workspace_id,
        direction: direction.to_string(),
        system: fields.text("callProviderCode")?.unwrap_or_else(|| "API".to_string()),
        scope: if external { "External" } else { "Internal" },
        media: "Audio",
        duration,
        client_unique_id,
        custom_data: fields.text("customData")?,
        purpose: fields.text("purpose")?,
        disposition: fields.text("disposition")?,
        meeting_url: fields.text("meetingUrl")?.unwrap_or_default(),
        parties,
        given_context: context(fields)?,
        started_at,
        scheduled_at,
        processed_at: fields.value("downloadMediaUrl").map(|_| now + PROCESSING),
        ..Call::default()
    })
}

/// Parties are matched with users by id, then by e-mail; everybody else is a stranger.
fn parties(company: &Company, prng: &mut Prng, given: &[Value]) -> Result<Vec<Party>, Refusal> {
    if given.is_empty() {
        return Err(Refusal::bad("parties: must not be empty"));
    }
    let mut parties = Vec::with_capacity(given.len());
    for party in given {
        let fields = Fields::of(party)?;
        let email = fields.text("emailAddress")?;
        let by_id = fields.text("userId")?.and_then(|id| company.user(&id));
        let by_email = email.as_deref().and_then(|email| company.user_by_email(email));
        parties.push(match by_id.or(by_email) {
            Some(user) => Party {
                phone_number: fields.text("phoneNumber")?,
                given_context: context(fields)?,
                ..user_party(prng, user, true)
            },
            None => Party {
                id: prng.id(),
                name: fields.text("name")?,
                affiliation: affiliation(email.as_deref()),
                email,
                phone_number: fields.text("phoneNumber")?,
                speaker_id: Some(prng.id()),
                given_context: context(fields)?,
                ..Party::default()
            },
        });
    }
    Ok(parties)
}

fn context(fields: Fields<'_>) -> Result<Option<Value>, Refusal> {
    Ok(fields.list("context")?.cloned().map(Value::Array))
}

fn affiliation(email: Option<&str>) -> &'static str {
    match email.and_then(|email| email.rsplit_once('@')) {
        Some((_, domain)) if domain.eq_ignore_ascii_case(DOMAIN) => "Internal",
        Some(_) => "External",
        None => "Unknown",
    }
}
