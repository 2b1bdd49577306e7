//! What was uploaded from a CRM that Gong has no connector for: the integration, its records with the fields that were
//! declared for them, and the requests that Gong works on by and by.
//!
//! With every seed there is the integration `7234509817264530981` of [`MANAGER_EMAIL`] with the account `acc-amber`,
//! the contact `con-jo` (`jo.hale@amber.example`), the deal `deal-amber-1`, the lead `lead-lee`
//! (`lee.moss@birch.example`), the business user `usr-sam` and the stage `discovery`. Accounts have the fields
//! `segment` and `renewalDate` beside Gong's own. The request `seed-accounts` is done, `seed-contacts` failed at its
//! line 2.

use std::{collections::BTreeMap, sync::Arc};

use serde_json::{Map, Value};

use super::{Company, MANAGER_EMAIL, given, given_list};
use crate::{clock::Seconds, lines::Lines, multipart::UploadedPart};

/// The integration that there is from the beginning: a number beyond 2^53.
const INTEGRATION_ID: i64 = 7_234_509_817_264_530_981;
/// How long a request waits, and when Gong has done it, in seconds after it was taken.
const PENDING: Seconds = 30;
const DONE: Seconds = 120;

/// The connection to a CRM that is told of over the API. A company has one at most.
#[derive(Debug, Clone)]
pub struct CrmIntegration {
    /// The id.
    pub id: i64,
    /// The name.
    pub name: String,
    /// Whom to ask about it.
    pub owner_email: String,
    /// The fields that were declared, by kind of record, as they were given.
    pub fields: BTreeMap<&'static str, Vec<Value>>,
    /// The records by kind, such as `ACCOUNT`, and by their ids in the CRM.
    pub records: BTreeMap<&'static str, BTreeMap<String, Map<String, Value>>>,
}

/// Something that Gong was asked to do with an integration and does later.
#[derive(Debug, Clone)]
pub struct CrmRequest {
    /// The integration.
    pub integration_id: i64,
    /// The id that the caller gave it.
    pub client_request_id: String,
    /// The kind of records that were uploaded; `None` for the request to delete the integration.
    pub object_type: Option<&'static str>,
    /// The file that was uploaded.
    pub file: Option<UploadedPart>,
    pub(crate) lines: Arc<Lines>,
    pub(crate) taken_at: Seconds,
    /// Whether Gong has done what it was asked for.
    pub(crate) worked: bool,
}

impl CrmRequest {
    pub(crate) fn status(&self, now: Seconds) -> &'static str {
        match now - self.taken_at {
            age if age < PENDING => "PENDING",
            age if age < DONE => "IN_PROGRESS",
            _ if self.faults().is_empty() => "DONE",
            _ => "FAILED",
        }
    }

    /// What is wrong with the file, by line; line 0 is the file itself.
    pub(crate) fn faults(&self) -> Vec<(u64, &str)> {
        if self.object_type.is_some() && self.lines.right + self.lines.wrong == 0 {
            return vec![(0, "The file is empty")];
        }
        self.lines.faults.iter().map(|(line, fault)| (*line, fault.as_str())).collect()
    }

    fn is_due(&self, now: Seconds) -> bool {
        !self.worked && now - self.taken_at >= DONE
    }
}

impl CrmIntegration {
    pub(crate) fn new(id: i64, name: String, owner_email: String) -> Self {
        Self { id, name, owner_email, fields: BTreeMap::new(), records: BTreeMap::new() }
    }

    /// Inserts, replaces or removes a record. That an update replaces the whole record is a guess.
    fn take(&mut self, object_type: &'static str, record: &Value) {
        let (Some(id), Some(record)) = (record["objectId"].as_str(), record.as_object()) else { return };
        let records = self.records.entry(object_type).or_default();
        if record.get("isDeleted") == Some(&Value::Bool(true)) {
            records.remove(id);
        } else {
            records.insert(id.to_string(), record.clone());
        }
    }
}

impl Company {
    /// The integration with this id.
    pub(crate) fn crm_integration(&self, id: i64) -> Option<&CrmIntegration> {
        self.crm_integrations.iter().find(|known| known.id == id)
    }

    /// Does what uploads and deletions asked for, once their time has come, in the order in which they came.
    pub(super) fn work_on_crm_requests(&mut self) {
        let (now, integrations) = (self.now_at, &mut self.crm_integrations);
        for request in self.crm_requests.iter_mut().filter(|request| request.is_due(now)) {
            request.worked = true;
            let Some(object_type) = request.object_type else {
                integrations.retain(|known| known.id != request.integration_id);
                continue;
            };
            for integration in integrations.iter_mut().filter(|known| known.id == request.integration_id) {
                request.lines.kept.iter().for_each(|record| integration.take(object_type, record));
            }
        }
    }

    /// The uploaded contacts and leads that are meant: their kinds and records.
    pub(crate) fn uploaded_people(
        &self,
        is_meant: impl Fn(&Map<String, Value>) -> bool,
    ) -> Vec<(&'static str, &Map<String, Value>)> {
        let records = self.crm_integrations.iter().flat_map(|integration| &integration.records);
        let people = records.filter(|(kind, _)| is_person(kind)).flat_map(|(kind, records)| {
            let records = records.values().filter(|record| is_meant(record));
            records.map(|record| (*kind, record))
        });
        people.collect()
    }

    /// Forgets these people, those of uploads under way included.
    pub(crate) fn erase_uploaded_people(&mut self, is_meant: impl Fn(&Map<String, Value>) -> bool) {
        for integration in &mut self.crm_integrations {
            let people = integration.records.iter_mut().filter(|(kind, _)| is_person(kind));
            people.for_each(|(_, records)| records.retain(|_, record| !is_meant(record)));
        }
        for request in self.crm_requests.iter_mut().filter(|request| request.object_type.is_some_and(is_person)) {
            let mut lines = (*request.lines).clone();
            lines.kept.retain(|record| record.as_object().is_none_or(|record| !is_meant(record)));
            request.lines = Arc::new(lines);
        }
    }
}

fn is_person(kind: &str) -> bool {
    matches!(kind, "CONTACT" | "LEAD")
}

/// The integration of every company, see above.
pub(super) fn integration() -> CrmIntegration {
    let mut integration = CrmIntegration::new(INTEGRATION_ID, "Larkspur CRM".to_string(), MANAGER_EMAIL.to_string());
    integration.fields.insert("ACCOUNT", given_list("account_fields"));
    for (kind, record) in given("uploaded_records").as_object().into_iter().flatten() {
        integration.take(kind, record);
    }
    integration
}

/// The requests of every company, both long worked on.
pub(super) fn requests(now: Seconds) -> Vec<CrmRequest> {
    let fault = (2, "Mandatory field [objectId] is missing or empty".to_string());
    let request = |name: &str, kind, lines| CrmRequest {
        integration_id: INTEGRATION_ID,
        client_request_id: name.to_string(),
        object_type: Some(kind),
        file: None,
        lines: Arc::new(lines),
        taken_at: now - 2 * DONE,
        worked: true,
    };
    vec![
        request("seed-accounts", "ACCOUNT", Lines::counted(1, Vec::new())),
        request("seed-contacts", "CONTACT", Lines::counted(1, vec![fault])),
    ]
}
