//! The service that all tools talk to.

use super::finding::{Found, Spot};
use super::rule::{Rule, rules};
use super::texts;
use tool_spec::model::{IdKind, Service};

rules! { "The service":
    HOST_CHANGED = "base-url-changed" [Dangerous Dangerous Breaking => Minor]
        "Requests go to another host unless the client is told one."
        why "Credentials and data go somewhere else; firewalls and proxies may know only the old host."
        instead "Say so in the changelog, and keep the old host reachable by `base_url`.";
    SIGN_IN_CHANGED = "sign-in-changed" [Dangerous Dangerous Breaking => Minor]
        "Access is granted or tokens are fetched in another place."
        why "Applications registered with the old place may have to be registered anew, and stored tokens may not be \
            refreshed."
        instead "Sign in once with the new place, and refresh an old token, before this is released.";
    DOMAINS_CHANGED = "domains-changed" [Dangerous Dangerous Dangerous => Minor]
        "The hosts of accounts may lie in other domains."
        why "Tokens go to hosts where they did not go before, or accounts in a domain that is gone can no longer be \
            connected."
        instead "Name only domains that belong to the service, and keep each in which accounts are.";
    KEY_NAMES_CHANGED = "api-key-names-changed" [None Dangerous None => Minor]
        "The halves of an API key have other names."
        why "Who has a key in the environment for the command line has it under the old names, which are read no more."
        instead "Keep the names.";
    SPENT_CHANGED = "spent-token-changed" [Dangerous Dangerous None => Minor]
        "Another error counts as \"this code or refresh token is no good any more\"."
        why "Accounts may be told to authorize again because of any other error, or be tried for ever."
        instead "Try it on a recorded error of either sort.";
    RATE_CHANGED = "rate-limit-changed" [Compatible Compatible Dangerous => Patch]
        "The client sends more or fewer requests in a given time."
        why "With more than the service allows, requests are turned away; with fewer, long jobs take longer."
        instead "Follow the service's own limits.";
    ERRORS_CHANGED = "error-envelope-changed" [Dangerous Dangerous None => Minor]
        "Errors are read from other fields."
        why "If the service did not change too, its messages, request ids or further details no longer reach the \
            caller."
        instead "Try it on a recorded error.";
    PAGING_CHANGED = "paging-envelope-changed" [Dangerous Dangerous None => Minor]
        "Pages are found by other fields."
        why "If the service did not change too, lists end after their first page."
        instead "Try it on a recorded page.";
    NOTHING_FOUND_CHANGED = "nothing-found-changed" [Dangerous Dangerous None => Minor]
        "Another error counts as \"nothing matched\"."
        why "Calls that gave an empty answer may fail, and failures may be taken for empty answers."
        instead "Try it on a recorded error of either sort.";
    EXPIRED_CHANGED = "expired-cursor-changed" [Dangerous Dangerous None => Minor]
        "Another error counts as \"this cursor is no good any more\"."
        why "Callers who begin anew when a cursor expired may no longer do so, or do so after any other error."
        instead "Try it on a recorded error of either sort.";
    NAME_CHANGED = "service-name-changed" [Compatible Dangerous None => Minor]
        "The service has another name."
        why "JSON Schemas have other ids: who keeps them by their id no longer finds them."
        instead "Keep the name.";
    ID_KIND_ADDED = "id-kind-added" [Compatible None None => Minor]
        "A kind of ids is new."
        why "Rust callers get a type for it.";
    ID_KIND_REMOVED = "id-kind-removed" [Breaking None None => Major]
        "A kind of ids is gone."
        why "Its Rust type is gone with it. In JSON an id is text, whatever its kind."
        instead "Keep the kind while anything has such an id.";
    ID_FORM_CHANGED = "id-form-changed" [Dangerous Breaking None => Major]
        "Other texts are taken as ids of a kind."
        why "A call with an id that is written otherwise is refused before it is sent, or no longer refused; without \
            a form a list of such ids cannot be given as text with commas."
        instead "Ask for no more than what all ids of the kind have.";
    ID_JSON_CHANGED = "id-json-changed" [None Compatible None => Minor]
        "The published contract calls ids of a kind integers, or text."
        why "The schemas say so. Both are taken from callers as before."
        instead "Nothing, if it is what the contract says.";
}

pub(super) fn compare(found: &mut Found<'_>) {
    let (base, head) = (&found.base.spec.service, &found.head.spec.service);
    let service = Spot::new("service");
    let mut one = |rule: &'static Rule, at: &str, what: &str, text: fn(&Service) -> String| {
        found.differs(rule, &service.at(at), (text(base), text(head)), |was, is| {
            format!("{what} was `{was}` and is `{is}`")
        });
    };
    one(&HOST_CHANGED, "base_url", "the host", |service| service.base_url.clone());
    one(&SIGN_IN_CHANGED, "auth.oauth2.authorize_url", "where access is granted", |service| {
        service.authorize_url.clone()
    });
    one(&SIGN_IN_CHANGED, "auth.oauth2.token_url", "where tokens are fetched", |service| service.token_url.clone());
    one(&SIGN_IN_CHANGED, "auth.oauth2.base_url_field", "the field with the account's host", |service| {
        service.base_url_field.clone()
    });
    one(&DOMAINS_CHANGED, "domains", "the domain of accounts' hosts", |service| service.domains.join(", "));
    one(&KEY_NAMES_CHANGED, "auth.api_key", "the pair of names of an API key", |service| {
        format!("{}, {}", service.api_key_username, service.api_key_password)
    });
    one(&SPENT_CHANGED, "auth.oauth2.spent", "what says that a code or a refresh token is spent", |service| {
        service.oauth_spent.join(", ")
    });
    one(&RATE_CHANGED, "limits.per_second", "the requests a second", |service| service.per_second.to_string());
    one(&RATE_CHANGED, "limits.per_day", "the requests a day", |service| service.per_day.to_string());
    one(&ERRORS_CHANGED, "errors", "the fields of an error", |service| {
        let details = service.error_details.iter().map(String::as_str);
        let fields = [service.error_request_id.as_str(), &service.error_messages].into_iter().chain(details);
        fields.collect::<Vec<_>>().join(", ")
    });
    one(&PAGING_CHANGED, "paging", "the fields of a page", |service| {
        format!("{}, {}, {}", service.paging_envelope, service.paging_cursor, service.paging_total)
    });
    one(&NOTHING_FOUND_CHANGED, "nothing_found", "what says that nothing matched", |service| {
        format!("{} {}", service.nothing_found_status, service.nothing_found_message)
    });
    one(&EXPIRED_CHANGED, "paging.expired", "what says that a cursor expired", |service| {
        service.paging_expired.join(", ")
    });
    one(&NAME_CHANGED, "service", "the service's name", |service| service.name.clone());
    let kinds = |ids: &[IdKind]| -> Vec<String> { ids.iter().map(|id| id.name.clone()).collect() };
    found.names(
        |kind| Spot::new(format!("service.ids.{kind}")),
        (&kinds(&base.ids), &kinds(&head.ids)),
        (&ID_KIND_ADDED, |kind| format!("there are ids of the kind `{kind}` now")),
        (&ID_KIND_REMOVED, |kind| format!("there are no ids of the kind `{kind}` any more")),
    );
    for kind in &base.ids {
        let Some(other) = head.ids.iter().find(|other| other.name == kind.name) else { continue };
        let spot = Spot::new(format!("service.ids.{}", kind.name));
        let form = |kind: &IdKind| match (kind.form, &kind.address) {
            (None, _) => "any".to_owned(),
            (Some(form), None) => form.as_str().to_owned(),
            (Some(form), Some(path)) => format!("{}, {path}", form.as_str()),
        };
        found.differs(&ID_FORM_CHANGED, &spot.at("form"), (form(kind), form(other)), |was, is| {
            format!("the form of `{}` ids was `{was}` and is `{is}`", kind.name)
        });
        let json = |kind: &IdKind| if kind.integer { "integer" } else { "string" };
        found.differs(&ID_JSON_CHANGED, &spot.at("json"), (json(kind), json(other)), |was, is| {
            format!("ids of the kind `{}` are called `{is}` and were `{was}`", kind.name)
        });
        texts::about(found, &texts::ID_KIND, &spot, &kind.name, (&kind.about, &other.about));
    }
    for scope in &base.scopes {
        if let Some(other) = head.scopes.iter().find(|other| other.name == scope.name) {
            let spot = Spot::new(format!("service.scopes.{}", scope.name));
            texts::about(found, &texts::SCOPE, &spot, &scope.name, (&scope.about, &other.about));
        }
    }
    texts::about(found, &texts::SERVICE, &service, &head.name, (&base.about, &head.about));
}
