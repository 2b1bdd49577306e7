//! Workspaces and users: who works at the company and who reports to whom.

use super::{
    Company,
    words::{FIRST_NAMES, LAST_NAMES, REP_TITLES},
};
use crate::{
    clock::{DAY, Seconds, stamp_with_fraction},
    prng::Prng,
};

/// The e-mail address of a seller who is there for every seed: active, hosts calls in every week,
/// owns a personal flow and has open tasks.
pub const OWNER_EMAIL: &str = "sam.rivers@larkspur.example";

/// The e-mail address of [`OWNER_EMAIL`]'s manager, who is there for every seed too.
pub const MANAGER_EMAIL: &str = "robin.vale@larkspur.example";

pub(crate) const COMPANY_NAME: &str = "Larkspur";

pub(crate) const DOMAIN: &str = "larkspur.example";

const USERS: usize = 250;
const AVATARS: usize = 4;
pub(super) const DIRECTORS: std::ops::Range<usize> = 1..6;
pub(super) const MANAGERS: std::ops::Range<usize> = 6..26;
/// Sits among the reps of the first manager.
const OWNER: usize = 26;

/// A workspace of the company.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Workspace {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it is for; not every workspace says.
    pub description: Option<&'static str>,
}

/// Somebody with a Gong account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// The id, digits in a string.
    pub id: String,
    /// The e-mail address.
    pub email: String,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// Job title; not everybody has one.
    pub title: Option<String>,
    /// False for those who left.
    pub active: bool,
    /// True for synthetic users, which lists leave out unless `includeAvatars` asks for them.
    pub avatar: bool,
    /// The id of the manager; nobody manages the head of the company.
    pub manager_id: Option<String>,
    pub(crate) created_at: Seconds,
}

impl User {
    /// First and last name.
    pub fn full_name(&self) -> String {
        format!("{} {}", self.first_name, self.last_name)
    }

    /// When the account was made, as the answers write it.
    pub fn created(&self) -> String {
        // Written with a fraction, yet whole: users are filtered by this instant.
        stamp_with_fraction(self.created_at, "000")
    }
}

pub(super) fn workspaces(company: &Company, count: usize) -> Vec<Workspace> {
    let mut prng = company.prng("workspaces");
    let known = ["New business", "Customer success", "Partners"];
    (0..count.max(1))
        .map(|at| Workspace {
            id: prng.id(),
            description: (at == 0).then_some("Everything up to the first contract."),
            name: known.get(at).map_or_else(|| format!("Region {at}"), ToString::to_string),
        })
        .collect()
}

/// Every user, oldest account first: the head, directors, managers, then those who sell.
pub(super) fn users(company: &Company) -> Vec<User> {
    let mut prng = company.prng("users");
    let (mut first_names, mut last_names) = (FIRST_NAMES.clone(), LAST_NAMES.clone());
    prng.shuffle(&mut first_names);
    prng.shuffle(&mut last_names);

    let mut users: Vec<User> = Vec::with_capacity(USERS + AVATARS);
    for at in 0..USERS + AVATARS {
        let (first_name, last_name) = name_of(at, &first_names, &last_names);
        let manager_id = manager_of(at).and_then(|manager| users.get(manager)).map(|manager| manager.id.clone());
        let avatar = at >= USERS;
        users.push(User {
            id: prng.id(),
            email: format!("{first_name}.{last_name}@{DOMAIN}").to_lowercase(),
            title: (!avatar && at != 40).then(|| title_of(at, &mut prng).to_string()),
            first_name,
            last_name,
            active: at <= OWNER || prng.chance(92),
            avatar,
            manager_id: if avatar { None } else { manager_id },
            created_at: company.now_at - (USERS + AVATARS - at) as i64 * 3 * DAY - prng.between(0, DAY),
        });
    }
    users
}

/// Pairs the names so that no two users share both.
fn name_of(at: usize, first_names: &[&str], last_names: &[&str]) -> (String, String) {
    let (first, last) = match at {
        OWNER => ("Sam", "Rivers"),
        6 => ("Robin", "Vale"),
        _ => {
            let round = at / first_names.len().max(1);
            let first = first_names.get(at % first_names.len().max(1));
            let last = last_names.get((at + round) % last_names.len().max(1));
            (first.copied().unwrap_or("Alex"), last.copied().unwrap_or("Doe"))
        }
    };
    (first.to_string(), last.to_string())
}

fn manager_of(at: usize) -> Option<usize> {
    if at == 0 {
        None
    } else if DIRECTORS.contains(&at) {
        Some(0)
    } else if MANAGERS.contains(&at) {
        Some(DIRECTORS.start + (at - MANAGERS.start) % DIRECTORS.len())
    } else {
        Some(MANAGERS.start + (at - MANAGERS.end) % MANAGERS.len())
    }
}

fn title_of(at: usize, prng: &mut Prng) -> &'static str {
    match at {
        0 => "Chief Executive Officer",
        OWNER => "Account Executive",
        at if DIRECTORS.contains(&at) => "Sales Director",
        at if MANAGERS.contains(&at) => "Sales Manager",
        _ => prng.word(&REP_TITLES),
    }
}
