//! The table of operations: which method and path ask for which scope and are answered by whom.

use percent_encoding::percent_decode_str;
use serde_json::Value;

use crate::{
    access::MEDIA_SCOPE,
    input::Input,
    lines::CheckLine,
    ops::{
        self, activity, assign, bulk, call_access, calls, coaching, engagement, extensive, flows, library, logs,
        recording, settings, stats, tasks, users,
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

const fn get(path: &'static str, scope: &'static str, query: &'static [&'static str], handler: Handler) -> Operation {
    Operation { method: "GET", path, scope, query, body: Body::None, success: 200, handler }
}

const fn post(path: &'static str, scope: &'static str, handler: Handler) -> Operation {
    Operation { method: "POST", path, scope, query: &[], body: Body::Json, success: 200, handler }
}

const MEETING: &str = "/v2/meetings/{meetingId}";
const ASK_ENTITY: &[&str] =
    &["workspaceId", "crmEntityType", "crmEntityId", "timePeriod", "fromDateTime", "toDateTime", "question"];
const GET_BRIEF: &[&str] =
    &["workspaceId", "briefName", "crmEntityType", "crmEntityId", "timePeriod", "fromDateTime", "toDateTime"];
const CRM_REQUEST: &[&str] = &["integrationId", "clientRequestId"];

pub(crate) static OPERATIONS: &[Operation] = &[
    // Calls
    get("/v2/calls", "api:calls:read:basic", &["cursor", "fromDateTime", "toDateTime", "workspaceId"], calls::list),
    post("/v2/calls", "api:calls:create", calls::create),
    post("/v2/calls/extensive", "api:calls:read:extensive", extensive::list),
    post("/v2/calls/transcript", "api:calls:read:transcript", calls::transcripts),
    get("/v2/calls/{id}", "api:calls:read:basic", &[], calls::get),
    Operation {
        method: "PUT",
        body: Body::Multipart { part: "mediaFile", check_line: None },
        success: 201,
        ..get("/v2/calls/{id}/media", "api:calls:create", &[], recording::upload)
    },
    post("/v2/calls/users-access", "api:call-user-access:read", call_access::list),
    Operation { method: "PUT", ..post("/v2/calls/users-access", "api:call-user-access:write", call_access::give) },
    Operation { method: "DELETE", ..post("/v2/calls/users-access", "api:call-user-access:write", call_access::take) },
    get("/v2/call-outcomes", "api:call-outcomes:read", &[], settings::call_outcomes),
    // People
    get("/v2/users", "api:users:read", &["cursor", "includeAvatars"], users::list),
    post("/v2/users/extensive", "api:users:read", users::list_extensive),
    get("/v2/users/{id}", "api:users:read", &[], users::get),
    get("/v2/users/{id}/settings-history", "api:users:read", &[], users::settings_history),
    get("/v2/workspaces", "api:workspaces:read", &[], settings::workspaces),
    get("/v2/coaching", "api:coaching:read", &["workspace-id", "manager-id", "from", "to"], coaching::metrics),
    // Stats
    post("/v2/stats/interaction", "api:stats:interaction", stats::interaction),
    post("/v2/stats/activity/aggregate", "api:stats:user-actions", activity::aggregate),
    post("/v2/stats/activity/aggregate-by-period", "api:stats:user-actions", activity::by_period),
    post("/v2/stats/activity/day-by-day", "api:stats:user-actions:detailed", activity::day_by_day),
    post("/v2/stats/activity/scorecards", "api:stats:scorecards", stats::scorecards),
    get("/v2/logs", "api:logs:read", &["logType", "fromDateTime", "toDateTime", "cursor"], logs::list),
    // A CRM without a connector
    get("/v2/crm/integrations", "api:crm:integrations:read", &[], ops::crm::integrations),
    Operation { method: "PUT", ..post("/v2/crm/integrations", "api:crm:integration:register", ops::crm::register) },
    Operation {
        method: "DELETE",
        success: 201,
        ..get("/v2/crm/integrations", "api:crm:integration:delete", CRM_REQUEST, ops::crm::delete)
    },
    get("/v2/crm/entity-schema", "api:crm:schema", &["integrationId", "objectType"], ops::crm::schema::list),
    Operation {
        query: &["integrationId", "objectType"],
        success: 201,
        ..post("/v2/crm/entity-schema", "api:crm:schema", ops::crm::schema::upload)
    },
    Operation {
        method: "GET",
        query: &["integrationId", "objectType"],
        ..post("/v2/crm/entities", "api:crm:get-objects", ops::crm::entities::list)
    },
    Operation {
        query: &["integrationId", "objectType", "clientRequestId"],
        body: Body::Multipart { part: "dataFile", check_line: Some(ops::crm::record::check_line) },
        success: 201,
        ..post("/v2/crm/entities", "api:crm:upload", ops::crm::entities::upload)
    },
    get("/v2/crm/request-status", "api:crm:upload", CRM_REQUEST, ops::crm::request_status),
    // Permissions
    get("/v2/all-permission-profiles", "api:permission-profile:read", &["workspaceId"], ops::permissions::list),
    get("/v2/permission-profile", "api:permission-profile:read", &["profileId"], ops::permissions::get),
    Operation {
        query: &["workspaceId"],
        ..post("/v2/permission-profile", "api:permission-profile:write", ops::permissions::create)
    },
    Operation {
        method: "PUT",
        query: &["profileId"],
        ..post("/v2/permission-profile", "api:permission-profile:write", ops::permissions::update)
    },
    get("/v2/permission-profile/users", "api:users:read", &["profileId"], ops::permissions::users),
    // Data privacy
    get(
        "/v2/data-privacy/data-for-email-address",
        "api:data-privacy:read",
        &["emailAddress"],
        ops::privacy::look_up_email,
    ),
    get(
        "/v2/data-privacy/data-for-phone-number",
        "api:data-privacy:read",
        &["phoneNumber"],
        ops::privacy::look_up_phone,
    ),
    Operation {
        method: "POST",
        ..get(
            "/v2/data-privacy/erase-data-for-email-address",
            "api:data-privacy:delete",
            &["emailAddress"],
            ops::privacy::erase_email,
        )
    },
    Operation {
        method: "POST",
        ..get(
            "/v2/data-privacy/erase-data-for-phone-number",
            "api:data-privacy:delete",
            &["phoneNumber"],
            ops::privacy::erase_phone,
        )
    },
    // Settings and library
    get("/v2/settings/scorecards", "api:settings:scorecards:read", &[], settings::scorecards),
    get("/v2/settings/trackers", "api:settings:trackers:read", &["workspaceId"], settings::trackers),
    get("/v2/library/folders", "api:library:read", &["workspaceId"], library::folders),
    get("/v2/library/folder-content", "api:library:read", &["folderId"], library::folder_content),
    // Engage
    get(
        "/v2/flows",
        "api:flows:read",
        &["flowOwnerEmail", "cursor", "workspaceId", "folderId", "mostRecentlyAssigned"],
        flows::list,
    ),
    get(
        "/v2/flows/folders",
        "api:flows:read",
        &["flowFolderOwnerEmail", "cursor", "parentId", "workspaceId"],
        flows::folders,
    ),
    post("/v2/flows/steps", "api:flows:read", flows::steps),
    post("/v2/flows/prospects", "api:flows:read", flows::of_prospects),
    post("/v2/flows/prospects/assign", "api:flows:write", assign::assign),
    post("/v2/flows/prospects/assign/cool-off-override", "api:flows:write", assign::assign_despite_cool_off),
    Operation { success: 202, ..post("/v2/flows/prospects/bulk-assignments", "api:flows:write", bulk::submit) },
    get("/v2/flows/prospects/bulk-assignments/{id}", "api:flows:read", &[], bulk::status),
    post("/v2/flows/prospects/unassign-flows-by-crm-id", "api:flows:write", assign::unassign_by_crm_id),
    post("/v2/flows/prospects/unassign-flows-by-instance-id", "api:flows:write", assign::unassign_by_instance),
    post("/v2/tasks", "api:tasks:read", tasks::list),
    Operation { method: "PATCH", ..post("/v2/tasks/{taskId}", "api:tasks:write", tasks::update) },
    // Events
    post("/v2/digital-interaction", "api:digital-interactions:write", engagement::digital_interaction),
    Operation {
        method: "PUT",
        ..post("/v2/customer-engagement/action", "api:engagement-data:write", ops::content_events::action)
    },
    Operation {
        method: "PUT",
        ..post("/v2/customer-engagement/content/shared", "api:engagement-data:write", ops::content_events::shared)
    },
    Operation {
        method: "PUT",
        ..post("/v2/customer-engagement/content/viewed", "api:engagement-data:write", ops::content_events::viewed)
    },
    // Meetings
    post("/v2/meetings", "api:meetings:user:create", ops::meetings::create),
    post("/v2/meetings/integration/status", "api:meetings:integration:status", ops::meetings::integration_status),
    Operation { method: "PUT", ..post(MEETING, "api:meetings:user:update", ops::meetings::update) },
    Operation { method: "DELETE", ..post(MEETING, "api:meetings:user:delete", ops::meetings::delete) },
    // AI
    get("/v2/entities/ask-entity", "api:ai-ask:read", ASK_ENTITY, ops::entities::ask),
    get("/v2/entities/get-brief", "api:ai-briefer:read", GET_BRIEF, ops::entities::brief),
    get("/v2/settings/briefs", "api:ai-briefer:read", &["workspaceId"], ops::entities::briefs),
    // Targets, for which no scope is known
    get("/v2/targets", "", &[], ops::targets::list),
    Operation {
        method: "POST",
        body: Body::Multipart { part: "file", check_line: Some(ops::targets::check_line) },
        ..get("/v2/targets/{targetId}/assignments", "", &[], ops::targets::assign)
    },
    // Gong inside of other systems
    post("/v2/integration-settings", "api:integration-settings:write", ops::integration_settings::set),
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
