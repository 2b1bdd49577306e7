//! `gong.yaml`: the service.

use super::decl::{IdDecl, NamedDecl, ServiceDecl};
use super::entries::{Entries, count, one_of, pairs, sentence, text, texts};
use crate::fault::{Fault, FaultKind, Sink};
use crate::model::{IdForm, Service};
use crate::source::{At, Span};
use crate::syntax::{Node, NodeKind};

pub(crate) fn service(root: &Node, at: Span, sink: &Sink) -> Option<ServiceDecl> {
    let mut map = Entries::of(root, "`gong.yaml`", at, sink)?;
    let ids = map.need("ids", sink).map(|node| ids(node, sink)).unwrap_or_default();
    let scopes = map.need("scopes", sink).map(|node| named(node, "`scopes`", sink)).unwrap_or_default();
    let service = rest(&mut map, sink);
    map.finish(sink);
    Some(ServiceDecl { service, ids, scopes })
}

/// Everything but ids and scopes, which the declaration keeps by themselves because other files name them.
fn rest(map: &mut Entries<'_>, sink: &Sink) -> Option<Service> {
    // Which version it is was looked at before; here only whether it is one.
    let _: Option<At<u64>> = map.take("language", sink).and_then(|node| count(node, 1, "`language`", sink));
    let name = word(map, "service", sink);
    let about = map.need("about", sink).and_then(|node| sentence(node, "`about`", sink));
    let base_url = address(map, "base_url", sink);
    let domains = map.take("domains", sink).map(|node| domains(node, sink));
    let auth = auth(map, sink);
    let (per_second, per_day) = limits(map, sink).unzip();
    let [request_id, messages] = words(map, "errors", ["request_id", "messages"], sink);
    let ([envelope, cursor, total], expired) = paging(map, sink);
    let (status, message) = nothing_found(map, sink).unzip();
    let (base_url, auth) = (base_url?, auth?);
    Some(Service {
        name: name?,
        about: about?.value,
        domains: domains.unwrap_or_else(|| vec![host_of(&base_url).to_owned()]),
        base_url,
        api_key_username: auth.username,
        api_key_password: auth.password,
        authorize_url: auth.authorize_url,
        token_url: auth.token_url,
        base_url_field: auth.base_url_field,
        oauth_spent: auth.spent,
        per_second: per_second?,
        per_day: per_day?,
        error_request_id: request_id?,
        error_messages: messages?,
        paging_envelope: envelope?,
        paging_cursor: cursor?,
        paging_total: total?,
        paging_expired: expired,
        nothing_found_status: status?,
        nothing_found_message: message?,
        ids: Vec::new(),
        scopes: Vec::new(),
    })
}

/// How a client signs in.
struct Auth {
    username: String,
    password: String,
    authorize_url: String,
    token_url: String,
    base_url_field: String,
    spent: Vec<String>,
}

fn auth(map: &mut Entries<'_>, sink: &Sink) -> Option<Auth> {
    let node = map.need("auth", sink)?;
    let mut inner = Entries::of(node, "`auth`", node.head(), sink)?;
    let names = inner.need("api_key", sink).and_then(|node| api_key(node, sink));
    let oauth2 = inner.need("oauth2", sink).and_then(|node| Entries::of(node, "`oauth2`", node.head(), sink));
    inner.finish(sink);
    let mut oauth2 = oauth2?;
    let authorize_url = address(&mut oauth2, "authorize_url", sink);
    let token_url = address(&mut oauth2, "token_url", sink);
    let base_url_field = word(&mut oauth2, "base_url_field", sink);
    let spent = oauth2.take("spent", sink).map(|node| texts(node, "a part of an error's text", sink));
    oauth2.finish(sink);
    let (username, password) = names?;
    Some(Auth {
        username,
        password,
        authorize_url: authorize_url?,
        token_url: token_url?,
        base_url_field: base_url_field?,
        spent: spent.unwrap_or_default().into_iter().map(|text| text.value).collect(),
    })
}

/// What the two halves of an access key are called. The client sends them as Basic credentials and knows no other way.
fn api_key(node: &Node, sink: &Sink) -> Option<(String, String)> {
    let mut inner = Entries::of(node, "`api_key`", node.head(), sink)?;
    inner.need("scheme", sink).and_then(|node| one_of(node, "`scheme`", &[("basic", ())], sink));
    let names = ["username", "password"].map(|key| {
        let node = inner.need(key, sink)?;
        let name = text(node, &format!("`{key}`"), sink)?;
        if !name.value.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_') {
            let message = format!("`{key}` is a name of lowercase letters, digits and `_`, such as `access_key`");
            sink.report(Fault::new(FaultKind::Syntax, name.span, message));
        }
        Some(name.value)
    });
    inner.finish(sink);
    let [username, password] = names;
    username.zip(password)
}

/// The domains of the service's hosts, each as a name without anything around it.
fn domains(node: &Node, sink: &Sink) -> Vec<String> {
    let domains = texts(node, "a domain", sink);
    for domain in &domains {
        let is_label = |label: &str| {
            !label.is_empty()
                && !label.starts_with('-')
                && label.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        };
        let labels: Vec<&str> = domain.value.split('.').collect();
        let is_number = labels.last().is_some_and(|last| last.bytes().all(|byte| byte.is_ascii_digit()));
        if labels.len() < 2 || is_number || !labels.iter().all(|label| is_label(label)) {
            let message = "a domain is written bare, in lowercase and with a dot, such as `gong.io`; what lies below it is meant too";
            sink.report(Fault::new(FaultKind::Syntax, domain.span, message));
        }
    }
    domains.into_iter().map(|domain| domain.value).collect()
}

/// The host of an address.
fn host_of(address: &str) -> &str {
    let rest = address.strip_prefix("https://").unwrap_or(address);
    rest.split(['/', ':']).next().unwrap_or(rest)
}

fn word(map: &mut Entries<'_>, key: &'static str, sink: &Sink) -> Option<String> {
    let node = map.need(key, sink)?;
    text(node, &format!("`{key}`"), sink).map(|text| text.value)
}

/// An address to which a secret may go, so it is `https`.
fn address(map: &mut Entries<'_>, key: &'static str, sink: &Sink) -> Option<String> {
    let node = map.need(key, sink)?;
    let address = text(node, &format!("`{key}`"), sink)?;
    if !address.value.starts_with("https://") || address.value.ends_with('/') {
        let message = format!("`{key}` begins with `https://` and ends without a `/`");
        sink.report(Fault::new(FaultKind::Syntax, address.span, message));
    }
    Some(address.value)
}

/// The words of a map in which each of these keys must be.
fn words<const N: usize>(
    map: &mut Entries<'_>,
    key: &'static str,
    keys: [&'static str; N],
    sink: &Sink,
) -> [Option<String>; N] {
    let inner = map.need(key, sink).and_then(|node| Entries::of(node, key, node.head(), sink));
    let Some(mut inner) = inner else { return keys.map(|_| None) };
    let words = keys.map(|key| word(&mut inner, key, sink));
    inner.finish(sink);
    words
}

/// The fields of the paging envelope, and how an error says that a cursor is no good any more.
fn paging(map: &mut Entries<'_>, sink: &Sink) -> ([Option<String>; 3], Vec<String>) {
    let inner = map.need("paging", sink).and_then(|node| Entries::of(node, "paging", node.head(), sink));
    let Some(mut inner) = inner else { return ([None, None, None], Vec::new()) };
    let words = ["envelope", "cursor", "total"].map(|key| word(&mut inner, key, sink));
    let expired = inner.take("expired", sink).map(|node| texts(node, "a part of an error's text", sink));
    inner.finish(sink);
    (words, expired.unwrap_or_default().into_iter().map(|text| text.value).collect())
}

fn limits(map: &mut Entries<'_>, sink: &Sink) -> Option<(u32, u32)> {
    let node = map.need("limits", sink)?;
    let mut inner = Entries::of(node, "`limits`", node.head(), sink)?;
    let per_second = inner.need("per_second", sink).and_then(|node| count(node, 1, "`per_second`", sink));
    let per_day = inner.need("per_day", sink).and_then(|node| count(node, 1, "`per_day`", sink));
    inner.finish(sink);
    Some((per_second?.value, per_day?.value))
}

fn nothing_found(map: &mut Entries<'_>, sink: &Sink) -> Option<(u16, String)> {
    let node = map.need("nothing_found", sink)?;
    let mut inner = Entries::of(node, "`nothing_found`", node.head(), sink)?;
    let status = inner.need("status", sink).and_then(|node| count(node, 100, "`status`", sink));
    let message = word(&mut inner, "message", sink);
    inner.finish(sink);
    Some((status?.value, message?))
}

/// Names and what they stand for, in the order of the names.
fn named(node: &Node, what: &str, sink: &Sink) -> Vec<NamedDecl> {
    let mut named: Vec<NamedDecl> = some(node, what, sink)
        .iter()
        .filter_map(|(key, about)| {
            let name: At<String> = text(key, "a name", sink)?;
            let about = sentence(about, &format!("what `{}` stands for", name.value), sink);
            Some(NamedDecl { name, about: about.map(|about| about.value) })
        })
        .collect();
    named.sort_by(|a, b| a.name.value.cmp(&b.name.value));
    named
}

/// The pairs of a map that has some.
fn some<'n>(node: &'n Node, what: &str, sink: &Sink) -> &'n [(Node, Node)] {
    if matches!(&node.kind, NodeKind::Map(pairs) if pairs.is_empty()) {
        sink.report(Fault::new(FaultKind::Missing, node.span, format!("{what} is empty")));
    }
    pairs(node, what, sink).unwrap_or_default()
}

fn ids(node: &Node, sink: &Sink) -> Vec<IdDecl> {
    let mut ids: Vec<IdDecl> = some(node, "`ids`", sink).iter().filter_map(|(key, node)| id(key, node, sink)).collect();
    ids.sort_by(|a, b| a.name.value.cmp(&b.name.value));
    ids
}

/// A kind of ids: a sentence, or a map that says more.
fn id(key: &Node, node: &Node, sink: &Sink) -> Option<IdDecl> {
    let name = text(key, "a name", sink)?;
    let NodeKind::Map(_) = &node.kind else {
        let about = sentence(node, &format!("what `{}` stands for", name.value), sink).map(|about| about.value);
        return Some(IdDecl { name, about, form: None, address: None });
    };
    let mut map = Entries::of(node, "a kind of ids", key.span, sink)?;
    let form = map.take("form", sink).and_then(|node| one_of(node, "`form`", &IdForm::WORDS, sink));
    let address = map.take("address", sink).and_then(|node| text(node, "`address`", sink));
    if let Some(path) = address.as_ref().filter(|path| !path.value.starts_with('/')) {
        let fault = Fault::new(FaultKind::Syntax, path.span, "`address` is the path of a page and begins with a `/`");
        sink.report(fault.help(format!("write `/{}`", path.value)));
    }
    if let (Some(path), None) = (&address, form.or(map.has("form").then_some(IdForm::Word))) {
        let message = "an `address` without a `form`: nothing tells an address from an id";
        sink.report(
            Fault::new(FaultKind::Missing, path.span, message).help("say how the ids are written: `form: digits`"),
        );
    }
    let about = map.need("about", sink).and_then(|node| sentence(node, "`about`", sink)).map(|about| about.value);
    map.finish(sink);
    Some(IdDecl { name, about, form, address: address.map(|path| path.value) })
}
