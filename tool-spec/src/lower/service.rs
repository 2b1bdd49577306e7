//! The service, and the names that it declares.

use crate::load::decl::{Declared, IdDecl, NamedDecl};
use crate::model::{IdKind, Named, Service};
use crate::source::At;

/// The service, if all of it could be read.
pub(super) fn of(declared: &Declared) -> Option<Service> {
    let decl = declared.service.as_ref()?;
    let (api_key, oauth2) = decl.auth.as_ref().map(|auth| (&auth.api_key, &auth.oauth2))?;
    let (limits, errors) = (decl.limits.as_ref()?, decl.errors.as_ref()?);
    let (paging, nothing_found) = (decl.paging.as_ref()?, decl.nothing_found.as_ref()?);
    let name = decl.name.as_ref()?;
    let base_url = decl.base_url.clone()?;
    let mut ids = decl.ids.iter().map(id).collect::<Option<Vec<_>>>()?;
    ids.sort_by(|a, b| a.name.cmp(&b.name));
    let mut scopes = decl.scopes.iter().map(named).collect::<Option<Vec<_>>>()?;
    scopes.sort_by(|a, b| a.name.cmp(&b.name));
    let text = |at: &At<String>| at.value.clone();
    Some(Service {
        title: decl.title.clone().unwrap_or_else(|| capitalised(name)),
        name: name.clone(),
        source: declared.service_file.clone()?,
        about: decl.about.clone()?,
        domains: match &decl.domains {
            Some(domains) => domains.iter().map(text).collect(),
            None => vec![host_of(&base_url).to_owned()],
        },
        base_url,
        api_key_username: text(&api_key.username),
        api_key_password: text(&api_key.password),
        authorize_url: text(&oauth2.authorize_url),
        token_url: text(&oauth2.token_url),
        base_url_field: text(&oauth2.base_url_field),
        oauth_spent: oauth2.spent.clone(),
        per_second: limits.per_second.value,
        per_day: limits.per_day.value,
        error_request_id: text(&errors.request_id),
        error_messages: text(&errors.messages),
        error_details: errors.details.iter().map(text).collect(),
        paging_envelope: text(&paging.envelope),
        paging_cursor: text(&paging.cursor),
        paging_total: text(&paging.total),
        paging_expired: paging.expired.clone(),
        nothing_found_status: nothing_found.status.value,
        nothing_found_message: text(&nothing_found.message),
        ids,
        scopes,
    })
}

fn named(decl: &NamedDecl) -> Option<Named> {
    Some(Named { name: decl.name.value.clone(), about: decl.about.clone()? })
}

fn id(decl: &IdDecl) -> Option<IdKind> {
    let address = decl.address.as_ref().map(|path| path.value.clone());
    Some(IdKind {
        name: decl.name.value.clone(),
        about: decl.about.clone()?,
        form: decl.form,
        integer: decl.json.is_some(),
        address,
    })
}

/// The name with a capital letter and without what joins its words.
fn capitalised(name: &str) -> String {
    let mut rest = name.chars();
    let first = rest.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(rest).map(|c| if matches!(c, '_' | '-') { ' ' } else { c }).collect()
}

/// The host of an address.
fn host_of(address: &str) -> &str {
    let rest = address.strip_prefix("https://").unwrap_or(address);
    rest.split(['/', ':']).next().unwrap_or(rest)
}
