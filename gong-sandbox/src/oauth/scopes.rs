//! What each scope lets an app do, in words for the person who is asked.

/// A scope, whether it lets an app change things, and what it stands for.
#[derive(Debug)]
pub(super) struct Scope {
    pub(super) name: &'static str,
    pub(super) changes: bool,
    pub(super) words: &'static str,
}

const fn reads(name: &'static str, words: &'static str) -> Scope {
    Scope { name, changes: false, words }
}

const fn changes(name: &'static str, words: &'static str) -> Scope {
    Scope { name, changes: true, words }
}

/// The scope with this name, if Gong has it.
pub(super) fn find(name: &str) -> Option<&'static Scope> {
    SCOPES.iter().find(|scope| scope.name == name)
}

/// Whether a name is written as Gong writes its scopes, such as `api:calls:read:basic`.
pub(super) fn looks_like_one(name: &str) -> bool {
    let word = |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c == '-');
    name.strip_prefix("api:").is_some_and(|rest| rest.split(':').all(word))
}

/// The scopes seen at Gong, those that no operation of the sandbox asks for included.
static SCOPES: &[Scope] = &[
    reads("api:calls:read:basic", "See the list of calls: when, how long, who hosted"),
    reads("api:calls:read:extensive", "See who took part in calls and what they were about"),
    reads("api:calls:read:transcript", "Read what was said in calls"),
    reads("api:calls:read:media-url", "Listen to calls and watch their video"),
    changes("api:calls:create", "Add calls and their recordings"),
    reads("api:call-user-access:read", "See who was given access to a call"),
    changes("api:call-user-access:write", "Give people access to calls and take it away"),
    reads("api:call-outcomes:read", "See the call outcomes your company works with"),
    reads("api:users:read", "See the people in your company: names, e-mail addresses, settings"),
    reads("api:workspaces:read", "See your workspaces"),
    reads("api:permission-profile:read", "See permission profiles and who has them"),
    changes("api:permission-profile:write", "Create and change permission profiles"),
    reads("api:provisioning:read", "See how people are provisioned"),
    changes("api:provisioning:read-write", "Provision people and change their accounts"),
    reads("api:stats:user-actions", "See how active people are, summed up"),
    reads("api:stats:user-actions:detailed", "See how active people are, day by day"),
    reads("api:stats:interaction", "See how people speak in calls: talk ratio, patience, monologues"),
    reads("api:stats:scorecards", "See scorecards that were filled in"),
    reads("api:settings:scorecards:read", "See the scorecards your company uses"),
    reads("api:settings:trackers:read", "See the trackers your company set up"),
    changes("api:integration-settings:write", "Change the settings of this integration"),
    reads("api:library:read", "See the folders of the library and the calls in them"),
    reads("api:coaching:read", "See how managers coach their teams"),
    reads("api:flows:read", "See flows, their folders and the prospects in them"),
    changes("api:flows:write", "Put prospects into flows and take them out"),
    reads("api:tasks:read", "See people's tasks"),
    changes("api:tasks:write", "Complete, skip and change people's tasks"),
    changes("api:digital-interactions:write", "Report what customers do on websites and in documents"),
    changes("api:engagement-data:write", "Report how customers deal with your content"),
    reads("api:crm:integrations:read", "See how your CRM is connected"),
    changes("api:crm:integration:register", "Connect a CRM"),
    changes("api:crm:integration:delete", "Disconnect a CRM and delete what came from it"),
    changes("api:crm:schema", "Say which fields your CRM has"),
    reads("api:crm:get-objects", "See the CRM's accounts, deals, contacts and leads"),
    changes("api:crm:upload", "Upload accounts, deals, contacts and leads"),
    reads("api:crm-calls:manual-association:read", "See which CRM records calls were linked to by hand"),
    reads("api:data-privacy:read", "Look up everything kept about an e-mail address or phone number"),
    changes("api:data-privacy:delete", "Erase everything kept about a person"),
    reads("api:logs:read", "Read the audit logs of your company"),
    changes("api:meetings:user:create", "Create meetings for people"),
    changes("api:meetings:user:update", "Change people's meetings"),
    changes("api:meetings:user:delete", "Delete people's meetings"),
    reads("api:meetings:integration:status", "See whether the meetings integration works for a person"),
    reads("api:ai-ask:read", "Ask the AI about accounts, deals and calls"),
    reads("api:ai-briefer:read", "Have the AI write briefs"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::routes::every_scope;

    #[test]
    fn every_scope_an_operation_asks_for_has_words() {
        let unknown: Vec<String> = every_scope().into_iter().filter(|scope| find(scope).is_none()).collect();
        assert!(unknown.is_empty(), "{unknown:?}");
    }
}
