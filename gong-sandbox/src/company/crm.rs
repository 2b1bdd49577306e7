//! The CRM beside the company: accounts and the people there who can be enrolled in flows.

use super::{
    Company,
    words::{ACCOUNT_FIRST, ACCOUNT_SECOND, BUYER_TITLES, FIRST_NAMES, INDUSTRIES, LAST_NAMES},
};
use crate::{
    clock::{DAY, Seconds},
    prng::Prng,
};

const ALPHANUMERIC: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const PROSPECTS_PER_ACCOUNT: usize = 6;

/// A company that is sold to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its id in the CRM.
    pub crm_id: String,
    /// The id of its open opportunity in the CRM.
    pub opportunity_crm_id: String,
    /// Its name.
    pub name: String,
    /// The domain of its e-mail addresses.
    pub domain: String,
    /// Its industry.
    pub industry: String,
}

/// A contact or lead of an account.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Prospect {
    /// The id in the CRM.
    pub crm_id: String,
    /// `CONTACT` or `LEAD`.
    pub kind: &'static str,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// E-mail address.
    pub email: String,
    /// Phone number, if the CRM knows it.
    pub phone_number: Option<String>,
    /// Job title.
    pub title: String,
    /// The account's id in the CRM, if it has one.
    pub account_crm_id: Option<String>,
    /// The name of the account.
    pub company_name: String,
    /// True if the CRM record was created by a bulk assignment.
    pub created_by_api: bool,
    pub(crate) cools_off_until: Option<Seconds>,
}

impl Prospect {
    pub(crate) fn cools_off(&self, now: Seconds) -> bool {
        self.cools_off_until.is_some_and(|until| until > now)
    }
}

/// An 18 character id such as Salesforce gives out; the prefix tells the kind of record.
pub(crate) fn crm_id(prng: &mut Prng, prefix: &str) -> String {
    format!("{prefix}Lk00000{}", prng.letters(ALPHANUMERIC, 8))
}

pub(super) fn accounts(company: &Company) -> Vec<Account> {
    let mut prng = company.prng("accounts");
    let mut accounts = Vec::new();
    for first in ACCOUNT_FIRST.iter() {
        for second in ACCOUNT_SECOND.iter() {
            accounts.push(Account {
                crm_id: crm_id(&mut prng, "001"),
                opportunity_crm_id: crm_id(&mut prng, "006"),
                name: format!("{first} {second}"),
                domain: format!("{first}{second}.example").to_lowercase(),
                industry: prng.word(&INDUSTRIES).to_string(),
            });
        }
    }
    prng.shuffle(&mut accounts);
    accounts
}

/// A few prospects for each account; one in ten left a flow a short while ago and cools off.
pub(super) fn prospects(company: &Company) -> Vec<Prospect> {
    let mut prng = company.prng("prospects");
    let mut prospects = Vec::new();
    for account in &company.accounts {
        for at in 0..PROSPECTS_PER_ACCOUNT {
            let contact = at % 3 != 2;
            let first_name = prng.word(&FIRST_NAMES).to_string();
            let last_name = prng.word(&LAST_NAMES).to_string();
            prospects.push(Prospect {
                crm_id: crm_id(&mut prng, if contact { "003" } else { "00Q" }),
                kind: if contact { "CONTACT" } else { "LEAD" },
                email: format!("{first_name}.{last_name}.{at}@{}", account.domain).to_lowercase(),
                first_name,
                last_name,
                phone_number: Some(phone_number(prospects.len())),
                title: prng.word(&BUYER_TITLES).to_string(),
                account_crm_id: Some(account.crm_id.clone()),
                company_name: account.name.clone(),
                created_by_api: false,
                cools_off_until: prng.chance(10).then(|| company.now_at + 10 * DAY),
            });
        }
    }
    prospects
}

/// One that nobody has, each time another one.
fn phone_number(at: usize) -> String {
    format!("+1 {} 555-01{:02}", 602 + at / 100, at % 100)
}
