//! E-mails that Gong imported from the mailboxes of users. Only who looks up or erases a person's data hears of them.

use super::{Company, calls::Call};
use crate::{
    clock::{DAY, HOUR, Seconds, stamp},
    prng::Prng,
};

const ALPHANUMERIC: &[u8] = b"abcdefghijklmnopqrstuvwxyz0123456789";

/// An e-mail that Gong imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedEmail {
    /// The id, 32 letters and digits.
    pub id: String,
    /// Who sent it.
    pub from: String,
    /// Who got it.
    pub to: String,
    /// The user's address in whose mailbox it was found.
    pub mailbox: String,
    /// A hash of the message.
    pub message_hash: String,
    pub(crate) sent_at: Seconds,
}

impl ImportedEmail {
    /// When it was sent, as the answers write it.
    pub fn sent(&self) -> String {
        stamp(self.sent_at)
    }
}

/// Before every third meeting the host writes to the first guest, who answers.
pub(super) fn emails(company: &Company) -> Vec<ImportedEmail> {
    let mut prng = company.prng("e-mails");
    let mut emails = Vec::new();
    for call in company.calls.iter().step_by(3) {
        let Some((host, guest)) = correspondents(company, call) else {
            continue;
        };
        let sent_at = call.started_at - DAY;
        emails.push(email(&mut prng, host, guest, host, sent_at));
        emails.push(email(&mut prng, guest, host, host, sent_at + HOUR));
    }
    emails
}

fn correspondents<'a>(company: &'a Company, call: &'a Call) -> Option<(&'a str, &'a str)> {
    let host = company.user(&call.primary_user_id)?;
    let guest = call.parties.iter().find(|party| party.user_id.is_none())?;
    Some((host.email.as_str(), guest.email.as_deref()?))
}

fn email(prng: &mut Prng, from: &str, to: &str, mailbox: &str, sent_at: Seconds) -> ImportedEmail {
    ImportedEmail {
        id: prng.letters(ALPHANUMERIC, 32),
        from: from.to_string(),
        to: to.to_string(),
        mailbox: mailbox.to_string(),
        message_hash: prng.letters(ALPHANUMERIC, 32),
        sent_at,
    }
}
