//! The table of operations: which method and path ask for which scope and are answered by whom.

use percent_encoding::percent_decode_str;
use serde_json::Value;

use crate::{
    access::MEDIA_SCOPE,
    input::Input,
    lines::CheckLine,
    ops::{
        activity, assign, bulk, call_access, calls, coaching, content_events, crm, engagement, entities, extensive,
        flows, integration_settings, library, logs, meetings, permissions, privacy, recording, settings, stats,
        targets, tasks, users,
    },
    refusal::Refusal,
    world::World,
};

/// Turns a request that got through into the payload of its answer.
pub(crate) type Handler = fn(&mut World, &Input) -> Result<Value, Refusal>;

/// What an operation takes as its body.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Body {
    None,
    /// See [`crate::bodies`].
    Json,
    /// A form with a file, see [`crate::multipart`].
    Multipart {
        /// The field that is the file.
        part: &'static str,
        /// For a file that is read line by line.
        check_line: Option<CheckLine>,
    },
}

impl Body {
    /// What a request has to declare; nothing where there is no body.
    pub(crate) fn media_type(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Json => "application/json",
            Self::Multipart { .. } => "multipart/form-data",
        }
    }
}

#[derive(Debug)]
pub(crate) struct Operation {
    pub(crate) method: &'static str,
    /// The path; at most one segment is a `{placeholder}`.
    pub(crate) path: &'static str,
    /// The scope that a bearer token needs; empty where none is known.
    pub(crate) scope: &'static str,
    /// The query parameters it knows.
    pub(crate) query: &'static [&'static str],
    pub(crate) body: Body,
    /// The status of an answer that went well.
    pub(crate) success: u16,
    pub(crate) handler: Handler,
}

/// An operation without a body.
const fn get(path: &'static str, scope: &'static str, handler: Handler) -> Operation {
    Operation { method: "GET", path, scope, query: &[], body: Body::None, success: 200, handler }
}

/// An operation with a JSON body.
const fn send(method: &'static str, path: &'static str, scope: &'static str, handler: Handler) -> Operation {
    Operation { method, body: Body::Json, ..get(path, scope, handler) }
}

impl Operation {
    const fn query(self, query: &'static [&'static str]) -> Self {
        Self { query, ..self }
    }

    const fn takes(self, body: Body) -> Self {
        Self { body, ..self }
    }

    const fn file(self, part: &'static str, check_line: Option<CheckLine>) -> Self {
        self.takes(Body::Multipart { part, check_line })
    }

    const fn answers(self, success: u16) -> Self {
        Self { success, ..self }
    }
}

const MEETING: &str = "/v2/meetings/{meetingId}";
const ASK_ENTITY: &[&str] =
    &["workspaceId", "crmEntityType", "crmEntityId", "timePeriod", "fromDateTime", "toDateTime", "question"];
const GET_BRIEF: &[&str] =
    &["workspaceId", "briefName", "crmEntityType", "crmEntityId", "timePeriod", "fromDateTime", "toDateTime"];
const CRM_REQUEST: &[&str] = &["integrationId", "clientRequestId"];
const CRM_OBJECTS: &[&str] = &["integrationId", "objectType"];
const CRM_UPLOAD: &[&str] = &["integrationId", "objectType", "clientRequestId"];
const FLOWS: &[&str] = &["flowOwnerEmail", "cursor", "workspaceId", "folderId", "mostRecentlyAssigned"];
const FLOW_FOLDERS: &[&str] = &["flowFolderOwnerEmail", "cursor", "parentId", "workspaceId"];

pub(crate) static OPERATIONS: &[Operation] = &[
    // Calls
    get("/v2/calls", "api:calls:read:basic", calls::list).query(&[
        "cursor",
        "fromDateTime",
        "toDateTime",
        "workspaceId",
    ]),
    send("POST", "/v2/calls", "api:calls:create", calls::create),
    send("POST", "/v2/calls/extensive", "api:calls:read:extensive", extensive::list),
    send("POST", "/v2/calls/transcript", "api:calls:read:transcript", calls::transcripts),
    get("/v2/calls/{id}", "api:calls:read:basic", calls::get),
    send("PUT", "/v2/calls/{id}/media", "api:calls:create", recording::upload).file("mediaFile", None).answers(201),
    send("POST", "/v2/calls/users-access", "api:call-user-access:read", call_access::list),
    send("PUT", "/v2/calls/users-access", "api:call-user-access:write", call_access::give),
    send("DELETE", "/v2/calls/users-access", "api:call-user-access:write", call_access::take),
    get("/v2/call-outcomes", "api:call-outcomes:read", settings::call_outcomes),
    // People
    get("/v2/users", "api:users:read", users::list).query(&["cursor", "includeAvatars"]),
    send("POST", "/v2/users/extensive", "api:users:read", users::list_extensive),
    get("/v2/users/{id}", "api:users:read", users::get),
    get("/v2/users/{id}/settings-history", "api:users:read", users::settings_history),
    get("/v2/workspaces", "api:workspaces:read", settings::workspaces),
    get("/v2/coaching", "api:coaching:read", coaching::metrics).query(&["workspace-id", "manager-id", "from", "to"]),
    // Stats
    send("POST", "/v2/stats/interaction", "api:stats:interaction", stats::interaction),
    send("POST", "/v2/stats/activity/aggregate", "api:stats:user-actions", activity::aggregate),
    send("POST", "/v2/stats/activity/aggregate-by-period", "api:stats:user-actions", activity::by_period),
    send("POST", "/v2/stats/activity/day-by-day", "api:stats:user-actions:detailed", activity::day_by_day),
    send("POST", "/v2/stats/activity/scorecards", "api:stats:scorecards", stats::scorecards),
    get("/v2/logs", "api:logs:read", logs::list).query(&["logType", "fromDateTime", "toDateTime", "cursor"]),
    // A CRM without a connector
    get("/v2/crm/integrations", "api:crm:integrations:read", crm::integrations),
    send("PUT", "/v2/crm/integrations", "api:crm:integration:register", crm::register),
    send("DELETE", "/v2/crm/integrations", "api:crm:integration:delete", crm::delete)
        .query(CRM_REQUEST)
        .takes(Body::None)
        .answers(201),
    get("/v2/crm/entity-schema", "api:crm:schema", crm::schema::list).query(CRM_OBJECTS),
    send("POST", "/v2/crm/entity-schema", "api:crm:schema", crm::schema::upload).query(CRM_OBJECTS).answers(201),
    send("GET", "/v2/crm/entities", "api:crm:get-objects", crm::entities::list).query(CRM_OBJECTS),
    send("POST", "/v2/crm/entities", "api:crm:upload", crm::entities::upload)
        .query(CRM_UPLOAD)
        .file("dataFile", Some(crm::record::check_line))
        .answers(201),
    get("/v2/crm/request-status", "api:crm:upload", crm::request_status).query(CRM_REQUEST),
    // Permissions
    get("/v2/all-permission-profiles", "api:permission-profile:read", permissions::list).query(&["workspaceId"]),
    get("/v2/permission-profile", "api:permission-profile:read", permissions::get).query(&["profileId"]),
    send("POST", "/v2/permission-profile", "api:permission-profile:write", permissions::create).query(&["workspaceId"]),
    send("PUT", "/v2/permission-profile", "api:permission-profile:write", permissions::update).query(&["profileId"]),
    get("/v2/permission-profile/users", "api:users:read", permissions::users).query(&["profileId"]),
    // Data privacy
    get("/v2/data-privacy/data-for-email-address", "api:data-privacy:read", privacy::look_up_email)
        .query(&["emailAddress"]),
    get("/v2/data-privacy/data-for-phone-number", "api:data-privacy:read", privacy::look_up_phone)
        .query(&["phoneNumber"]),
    send("POST", "/v2/data-privacy/erase-data-for-email-address", "api:data-privacy:delete", privacy::erase_email)
        .query(&["emailAddress"])
        .takes(Body::None),
    send("POST", "/v2/data-privacy/erase-data-for-phone-number", "api:data-privacy:delete", privacy::erase_phone)
        .query(&["phoneNumber"])
        .takes(Body::None),
    // Settings and library
    get("/v2/settings/scorecards", "api:settings:scorecards:read", settings::scorecards),
    get("/v2/settings/trackers", "api:settings:trackers:read", settings::trackers).query(&["workspaceId"]),
    get("/v2/library/folders", "api:library:read", library::folders).query(&["workspaceId"]),
    get("/v2/library/folder-content", "api:library:read", library::folder_content).query(&["folderId"]),
    // Engage
    get("/v2/flows", "api:flows:read", flows::list).query(FLOWS),
    get("/v2/flows/folders", "api:flows:read", flows::folders).query(FLOW_FOLDERS),
    send("POST", "/v2/flows/steps", "api:flows:read", flows::steps),
    send("POST", "/v2/flows/prospects", "api:flows:read", flows::of_prospects),
    send("POST", "/v2/flows/prospects/assign", "api:flows:write", assign::assign),
    send("POST", "/v2/flows/prospects/assign/cool-off-override", "api:flows:write", assign::assign_despite_cool_off),
    send("POST", "/v2/flows/prospects/bulk-assignments", "api:flows:write", bulk::submit).answers(202),
    get("/v2/flows/prospects/bulk-assignments/{id}", "api:flows:read", bulk::status),
    send("POST", "/v2/flows/prospects/unassign-flows-by-crm-id", "api:flows:write", assign::unassign_by_crm_id),
    send("POST", "/v2/flows/prospects/unassign-flows-by-instance-id", "api:flows:write", assign::unassign_by_instance),
    send("POST", "/v2/tasks", "api:tasks:read", tasks::list),
    send("PATCH", "/v2/tasks/{taskId}", "api:tasks:write", tasks::update),
    // Events
    send("POST", "/v2/digital-interaction", "api:digital-interactions:write", engagement::digital_interaction),
    send("PUT", "/v2/customer-engagement/action", "api:engagement-data:write", content_events::action),
    send("PUT", "/v2/customer-engagement/content/shared", "api:engagement-data:write", content_events::shared),
    send("PUT", "/v2/customer-engagement/content/viewed", "api:engagement-data:write", content_events::viewed),
    // Meetings
    send("POST", "/v2/meetings", "api:meetings:user:create", meetings::create),
    send("POST", "/v2/meetings/integration/status", "api:meetings:integration:status", meetings::integration_status),
    send("PUT", MEETING, "api:meetings:user:update", meetings::update),
    send("DELETE", MEETING, "api:meetings:user:delete", meetings::delete),
    // AI
    get("/v2/entities/ask-entity", "api:ai-ask:read", entities::ask).query(ASK_ENTITY),
    get("/v2/entities/get-brief", "api:ai-briefer:read", entities::brief).query(GET_BRIEF),
    get("/v2/settings/briefs", "api:ai-briefer:read", entities::briefs).query(&["workspaceId"]),
    // Targets, for which no scope is known
    get("/v2/targets", "", targets::list),
    send("POST", "/v2/targets/{targetId}/assignments", "", targets::assign).file("file", Some(targets::check_line)),
    // Gong inside of other systems
    send("POST", "/v2/integration-settings", "api:integration-settings:write", integration_settings::set),
];

/// Every scope that some operation asks for.
pub(crate) fn every_scope() -> Vec<String> {
    let mut scopes: Vec<String> = OPERATIONS.iter().map(|operation| operation.scope.to_string()).collect();
    scopes.retain(|scope| !scope.is_empty());
    scopes.push(MEDIA_SCOPE.to_string());
    scopes.sort();
    scopes.dedup();
    scopes
}

/// An operation and what stood in the place of its placeholder.
#[derive(Debug)]
pub(crate) struct Route {
    pub(crate) operation: &'static Operation,
    pub(crate) captured: String,
}

/// Finds the operation for a request line: 405 if none of those with this very path take the method. An operation that
/// is not here is 501, for Gong may have it, now or tomorrow, and a 404 would read as if it had nothing to give.
pub(crate) fn find(method: &str, path: &str) -> Result<Route, Refusal> {
    let mut known = false;
    for operation in OPERATIONS {
        let Some(captured) = capture(operation.path, path) else {
            continue;
        };
        // What a placeholder stands for may be the path of another operation.
        known |= operation.path == path;
        if operation.method == method {
            return Ok(Route { operation, captured });
        }
    }
    Err(match path.starts_with("/v2/") {
        _ if known => Refusal::new(405, "Method Not Allowed"),
        true => Refusal::lacking(method, path),
        false => Refusal::not_found("Not Found"),
    })
}

/// Matches a path segment by segment and gives what the placeholder stands for, decoded.
pub(crate) fn capture(template: &str, path: &str) -> Option<String> {
    let (mut wanted, mut given) = (template.split('/'), path.split('/'));
    let mut captured = String::new();
    loop {
        match (wanted.next(), given.next()) {
            (None, None) => return Some(captured),
            (Some(name), Some(segment)) if name.starts_with('{') && !segment.is_empty() => {
                captured = percent_decode_str(segment).decode_utf8_lossy().into_owned();
            }
            (Some(name), Some(segment)) if name == segment => {}
            _ => return None,
        }
    }
}

#[cfg(test)]
mod tests;
