//! What Gong holds about a person, by e-mail address or phone number, and how it is erased.
//!
//! A person is found in the contacts and leads of the CRM, in calls, e-mails, meetings and reported events. With every
//! seed `jo.hale@amber.example` is a contact with the phone number `+1 555 0100`, and the first of
//! [`Company::prospects`] has the phone number `+1 602 555-0100`. With the default seed there are calls and e-mails of
//! `bianca.jansen.4@basaltlabs.example`, whose phone number is `+1 605 555-0152`.

use serde_json::{Map, Value};

use super::{Company, calls::Call, crm::Prospect, emails::ImportedEmail, meetings::Meeting};
use crate::clock::{HOUR, Seconds};

/// How long Gong takes to erase, in seconds; its document says that it may be several hours.
const ERASING: Seconds = 2 * HOUR;

/// Whose data it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// That of whoever has this e-mail address.
    EmailAddress(String),
    /// That of the contacts and leads with this phone number.
    PhoneNumber(String),
}

/// An erasure that was asked for over the API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Erasure {
    /// Whose data is erased.
    pub subject: Subject,
    /// Whether Gong has done it.
    pub done: bool,
    due_at: Seconds,
}

/// By what a person is known.
#[derive(Debug, Default)]
pub(crate) struct Person {
    pub(crate) emails: Vec<String>,
    /// The digits of the phone numbers.
    numbers: Vec<String>,
    /// The ids of contacts and leads.
    crm_ids: Vec<String>,
}

/// All that stands between the digits of a phone number makes no difference.
pub(crate) fn digits(number: &str) -> String {
    number.chars().filter(char::is_ascii_digit).collect()
}

impl Person {
    fn has_email(&self, email: &str) -> bool {
        self.emails.iter().any(|own| own.eq_ignore_ascii_case(email))
    }

    pub(crate) fn has_number(&self, number: &str) -> bool {
        let number = digits(number);
        self.numbers.contains(&number)
    }

    fn is_record(&self, crm_id: &str) -> bool {
        self.crm_ids.iter().any(|own| own == crm_id)
    }

    fn took_part(&self, call: &Call) -> bool {
        call.parties.iter().any(|party| {
            party.email.as_deref().is_some_and(|email| self.has_email(email))
                || party.phone_number.as_deref().is_some_and(|number| self.has_number(number))
                || party.crm_id.as_deref().is_some_and(|id| self.is_record(id))
        })
    }

    fn wrote_or_got(&self, email: &ImportedEmail) -> bool {
        self.has_email(&email.from) || self.has_email(&email.to)
    }

    fn is_invited(&self, meeting: &Meeting) -> bool {
        meeting.invitees.iter().any(|invitee| invitee["email"].as_str().is_some_and(|email| self.has_email(email)))
    }

    fn is_uploaded(&self, record: &Map<String, Value>) -> bool {
        record.get("objectId").and_then(Value::as_str).is_some_and(|id| self.is_record(id))
    }

    /// Whether an event names the person, wherever it does.
    fn is_named_in(&self, event: &Value) -> bool {
        match event {
            Value::String(text) => self.has_email(text) || (text.starts_with('+') && self.has_number(text)),
            Value::Array(values) => values.iter().any(|value| self.is_named_in(value)),
            Value::Object(members) => members.values().any(|value| self.is_named_in(value)),
            _ => false,
        }
    }
}

impl Company {
    /// Who is meant: with a phone number, the contacts and leads with it, and their e-mail addresses.
    pub(crate) fn person(&self, subject: &Subject) -> Person {
        let mut person = Person::default();
        match subject {
            Subject::EmailAddress(email) => person.emails.push(email.clone()),
            Subject::PhoneNumber(number) => person.numbers.push(digits(number)),
        }
        let uploaded = self.uploaded_people(|_| true).into_iter();
        let text =
            |record: &Map<String, Value>, name: &str| record.get(name).and_then(Value::as_str).map(str::to_string);
        let uploaded =
            uploaded.map(|(_, one)| (text(one, "objectId"), text(one, "emailAddress"), text(one, "phoneNumber")));
        let prospects = self.prospects.iter();
        let prospects =
            prospects.map(|one| (Some(one.crm_id.clone()), Some(one.email.clone()), one.phone_number.clone()));
        for (id, email, number) in prospects.chain(uploaded) {
            let is_meant = match subject {
                Subject::EmailAddress(_) => email.as_deref().is_some_and(|email| person.has_email(email)),
                Subject::PhoneNumber(_) => number.as_deref().is_some_and(|number| person.has_number(number)),
            };
            if is_meant {
                person.crm_ids.extend(id);
                person.emails.extend(email.filter(|email| !email.is_empty() && !person.has_email(email)));
            }
        }
        person
    }

    pub(crate) fn calls_with(&self, person: &Person) -> Vec<&Call> {
        self.calls.iter().filter(|call| person.took_part(call)).collect()
    }

    pub(crate) fn emails_with(&self, person: &Person) -> Vec<&ImportedEmail> {
        self.emails.iter().filter(|email| person.wrote_or_got(email)).collect()
    }

    pub(crate) fn meetings_with(&self, person: &Person) -> Vec<&Meeting> {
        self.meetings.iter().filter(|meeting| person.is_invited(meeting)).collect()
    }

    /// The contacts and leads of Salesforce.
    pub(crate) fn prospects_of(&self, person: &Person) -> Vec<&Prospect> {
        self.prospects.iter().filter(|prospect| person.is_record(&prospect.crm_id)).collect()
    }

    /// The contacts and leads that were uploaded, with their kinds.
    pub(crate) fn uploads_of(&self, person: &Person) -> Vec<(&'static str, &Map<String, Value>)> {
        self.uploaded_people(|record| person.is_uploaded(record))
    }

    /// The events that were reported of the person, each with what Gong calls its kind.
    pub(crate) fn events_of(&self, person: &Person) -> Vec<(&'static str, &Value)> {
        let events = [
            ("digitalInteraction", &self.digital_interactions),
            ("customEvent", &self.engagement_actions),
            ("contentShared", &self.content_shares),
            ("contentViewed", &self.content_views),
        ];
        let events = events.into_iter().flat_map(|(kind, events)| events.iter().map(move |event| (kind, event)));
        events.filter(|(_, event)| person.is_named_in(event)).collect()
    }

    /// Takes in that somebody's data is to be erased.
    pub(crate) fn ask_for_erasure(&mut self, subject: Subject) {
        self.erasures.push(Erasure { subject, done: false, due_at: self.now_at + ERASING });
    }

    /// Erases what is due.
    pub(super) fn carry_out_erasures(&mut self) {
        let now = self.now_at;
        let due = self.erasures.iter_mut().filter(|erasure| !erasure.done && erasure.due_at <= now);
        let subjects: Vec<Subject> = due
            .map(|erasure| {
                erasure.done = true;
                erasure.subject.clone()
            })
            .collect();
        for subject in subjects {
            let person = self.person(&subject);
            self.erase(&person);
        }
    }

    /// With a call goes what hangs on it, with a contact or lead the way through flows and the calls to be made.
    fn erase(&mut self, person: &Person) {
        self.calls.retain(|call| !person.took_part(call));
        self.registered_calls.retain(|call| !person.took_part(call));
        let is_left = |id: &str| self.calls.iter().any(|call| call.id == id);
        self.answered_scorecards.retain(|card| is_left(&card.call_id));
        for folder in &mut self.library_folders {
            folder.items.retain(|item| self.calls.iter().any(|call| call.id == item.call_id));
        }
        self.prospects.retain(|prospect| !person.is_record(&prospect.crm_id));
        self.flow_instances.retain(|instance| !person.is_record(&instance.crm_prospect_id));
        self.tasks.retain(|task| !person.is_record(&task.crm_prospect_id));
        self.erase_uploaded_people(|record| person.is_uploaded(record));
        self.emails.retain(|email| !person.wrote_or_got(email));
        self.meetings.retain(|meeting| !person.is_invited(meeting));
        for events in [
            &mut self.digital_interactions,
            &mut self.engagement_actions,
            &mut self.content_shares,
            &mut self.content_views,
        ] {
            events.retain(|event| !person.is_named_in(event));
        }
    }
}
