//! The request bodies that Gong's operations document, field by field.

use crate::shape::Shape::{self, Any, Flag, List, Number, Object, Text};

const TEXTS: Shape = List(&Text);

const CONTEXT: Shape = List(&Object(&[
    ("system", Text),
    (
        "objects",
        List(&Object(&[
            ("objectType", Text),
            ("objectId", Text),
            ("fields", List(&Object(&[("name", Text), ("value", Any)]))),
        ])),
    ),
]));

pub(crate) const CREATE_CALL: Shape = Object(&[
    ("clientUniqueId", Text),
    ("title", Text),
    ("purpose", Text),
    ("scheduledStart", Text),
    ("scheduledEnd", Text),
    ("actualStart", Text),
    ("duration", Number),
    (
        "parties",
        List(&Object(&[
            ("phoneNumber", Text),
            ("emailAddress", Text),
            ("name", Text),
            ("partyId", Text),
            ("mediaChannelId", Number),
            ("context", CONTEXT),
            ("userId", Text),
        ])),
    ),
    ("direction", Text),
    ("disposition", Text),
    ("context", CONTEXT),
    ("customData", Text),
    (
        "speakersTimeline",
        Object(&[
            ("precise", Flag),
            ("speechSegments", List(&Object(&[("fromTime", Number), ("toTime", Number), ("partyIds", TEXTS)]))),
        ]),
    ),
    ("meetingUrl", Text),
    ("callProviderCode", Text),
    ("downloadMediaUrl", Text),
    ("workspaceId", Text),
    ("languageCode", Text),
    ("flowContext", Object(&[("taskId", Text)])),
    ("primaryUser", Text),
]);

pub(crate) const CALLS_EXTENSIVE: Shape = Object(&[
    ("cursor", Text),
    (
        "filter",
        Object(&[
            ("fromDateTime", Text),
            ("toDateTime", Text),
            ("workspaceId", Text),
            ("callIds", TEXTS),
            ("primaryUserIds", TEXTS),
        ]),
    ),
    (
        "contentSelector",
        Object(&[
            ("context", Text),
            ("contextTiming", TEXTS),
            (
                "exposedFields",
                Object(&[
                    ("parties", Flag),
                    (
                        "content",
                        Object(&[
                            ("structure", Flag),
                            ("topics", Flag),
                            ("trackers", Flag),
                            ("trackerOccurrences", Flag),
                            ("pointsOfInterest", Flag),
                            ("brief", Flag),
                            ("outline", Flag),
                            ("highlights", Flag),
                            ("callOutcome", Flag),
                            ("keyPoints", Flag),
                        ]),
                    ),
                    (
                        "interaction",
                        Object(&[
                            ("speakers", Flag),
                            ("video", Flag),
                            ("personInteractionStats", Flag),
                            ("questions", Flag),
                        ]),
                    ),
                    ("collaboration", Object(&[("publicComments", Flag)])),
                    ("media", Flag),
                ]),
            ),
        ]),
    ),
]);

pub(crate) const CALLS_TRANSCRIPT: Shape = Object(&[
    ("cursor", Text),
    ("filter", Object(&[("fromDateTime", Text), ("toDateTime", Text), ("workspaceId", Text), ("callIds", TEXTS)])),
]);

pub(crate) const USERS_EXTENSIVE: Shape = Object(&[
    ("cursor", Text),
    (
        "filter",
        Object(&[
            ("createdFromDateTime", Text),
            ("createdToDateTime", Text),
            ("includeAvatars", Flag),
            ("userIds", TEXTS),
        ]),
    ),
]);

pub(crate) const PERIOD_STATS: Shape = Object(&[
    ("cursor", Text),
    (
        "filter",
        Object(&[
            ("fromDate", Text),
            ("toDate", Text),
            ("createdFromDateTime", Text),
            ("createdToDateTime", Text),
            ("userIds", TEXTS),
        ]),
    ),
]);

pub(crate) const SCORECARD_STATS: Shape = Object(&[
    ("cursor", Text),
    (
        "filter",
        Object(&[
            ("callFromDate", Text),
            ("callToDate", Text),
            ("reviewFromDate", Text),
            ("reviewToDate", Text),
            ("reviewMethod", Text),
            ("reviewedUserIds", TEXTS),
            ("scorecardIds", TEXTS),
        ]),
    ),
]);

pub(crate) const ASSIGN: Shape = Object(&[
    ("crmProspectsIds", TEXTS),
    ("flowId", Text),
    ("flowInstanceOwnerEmail", Text),
    (
        "overrides",
        Object(&[
            ("steps", List(&Object(&[("number", Number), ("subject", Text), ("body", Text)]))),
            ("flowInstanceVariables", List(&Object(&[("name", Text), ("value", Text)]))),
            ("coolOffOverride", Flag),
        ]),
    ),
    ("flowInstanceDescription", Text),
]);

pub(crate) const BULK_ASSIGN: Shape = Object(&[
    ("flowInstanceOwnerEmail", Text),
    ("flowId", Text),
    (
        "prospects",
        List(&Object(&[
            ("firstName", Text),
            ("lastName", Text),
            ("email", Text),
            ("jobTitle", Text),
            ("linkedInUrl", Text),
            ("crmId", Text),
            ("accountCrmId", Text),
            ("companyName", Text),
        ])),
    ),
]);

pub(crate) const PROSPECTS_FLOWS: Shape = Object(&[("crmProspectsIds", TEXTS), ("flowInstanceIds", TEXTS)]);

pub(crate) const UNASSIGN_BY_CRM_ID: Shape =
    Object(&[("crmProspectId", Text), ("flowId", Text), ("unassignedByUserEmail", Text)]);

pub(crate) const UNASSIGN_BY_INSTANCE: Shape = Object(&[("flowInstanceIds", TEXTS), ("unassignedByUserEmail", Text)]);

pub(crate) const FLOW_STEPS: Shape = Object(&[("flowIds", TEXTS)]);

pub(crate) const LIST_TASKS: Shape = Object(&[(
    "filter",
    Object(&[("userId", Text), ("workspaceId", Text), ("types", TEXTS), ("taskAction", TEXTS), ("status", TEXTS)]),
)]);

pub(crate) const UPDATE_TASK: Shape =
    Object(&[("userId", Text), ("status", Text), ("dueDate", Text), ("priority", Text)]);

const CUSTOM_FIELDS: Shape = List(&Object(&[("name", Text), ("value", Text), ("dataType", Text)]));

const BUSINESS_CONTEXT: Shape = Object(&[("objectType", Text), ("objectId", Text), ("systemName", Text)]);

pub(crate) const DIGITAL_INTERACTION: Shape = Object(&[
    ("eventId", Text),
    ("timestamp", Text),
    ("eventType", Text),
    ("sourceSystemName", Text),
    ("sessionId", Text),
    ("device", Text),
    (
        "content",
        Object(&[
            ("contentId", Text),
            ("contentTitle", Text),
            ("contentLabel", TEXTS),
            ("contentUrl", Text),
            ("contentAdditionalInfoUrl", Text),
            (
                "numericContentDetails",
                Object(&[("value", Number), ("rangeFrom", Number), ("rangeTo", Number), ("numericType", Text)]),
            ),
            ("stepContentDetails", Object(&[("value", Text), ("availableSteps", TEXTS)])),
            (
                "searchObjectDetails",
                Object(&[("name", Text), ("objectType", Text), ("domain", Text), ("objectId", Text), ("url", Text)]),
            ),
            ("contentCustomFields", CUSTOM_FIELDS),
        ]),
    ),
    (
        "person",
        Object(&[
            ("name", Text),
            ("email", Text),
            ("phoneNumber", Text),
            ("personId", Text),
            ("personBusinessContext", BUSINESS_CONTEXT),
            ("location", Object(&[("country", Text), ("state", Text), ("region", Text), ("city", Text)])),
            (
                "company",
                Object(&[
                    ("companyId", Text),
                    ("name", Text),
                    ("domain", Text),
                    ("companyBusinessContexts", List(&BUSINESS_CONTEXT)),
                ]),
            ),
            ("personCustomFields", CUSTOM_FIELDS),
        ]),
    ),
    ("customFields", CUSTOM_FIELDS),
    ("trackingId", Text),
]);

const PARTICIPANT: Shape = Object(&[("email", Text), ("name", Text), ("title", Text), ("context", CONTEXT)]);

pub(crate) const ENGAGEMENT_ACTION: Shape = Object(&[
    ("reportingSystem", Text),
    ("eventTimestamp", Text),
    ("eventId", Text),
    ("contentId", Text),
    ("contentUrl", Text),
    ("contentTitle", Text),
    ("actionName", Text),
    ("eventInfoUrl", Text),
    ("actor", PARTICIPANT),
    ("crmContext", CONTEXT),
    ("contentProperties", CUSTOM_FIELDS),
    ("eventProperties", CUSTOM_FIELDS),
    ("userAgent", Text),
    ("mobileAppId", Text),
    ("agentPlatform", Text),
    ("workspaceId", Text),
    ("nonCompanyParticipants", List(&PARTICIPANT)),
    ("moreInfoUrl", Text),
    ("sharer", Object(&[("id", Text), ("email", Text), ("name", Text)])),
    ("sharingMessageSubject", Text),
    ("shareId", Text),
    ("trackingId", Text),
    ("sharingMessageBody", Text),
]);
