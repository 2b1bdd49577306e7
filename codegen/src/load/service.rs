//! `gong.yaml`: the service.

use super::decl::{NamedDecl, ServiceDecl};
use super::entries::{Entries, count, pairs, sentence, text, texts};
use crate::fault::{Fault, FaultKind, Sink};
use crate::model::Service;
use crate::source::{At, Span};
use crate::syntax::{Node, NodeKind};

pub(crate) fn service(root: &Node, at: Span, sink: &Sink) -> Option<ServiceDecl> {
    let mut map = Entries::of(root, "`gong.yaml`", at, sink)?;
    let ids = map.need("ids", sink).map(|node| named(node, "`ids`", sink)).unwrap_or_default();
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
    let [authorize_url, token_url, base_url_field] = auth(map, sink);
    let (per_second, per_day) = limits(map, sink).unzip();
    let [request_id, messages] = words(map, "errors", ["request_id", "messages"], sink);
    let ([envelope, cursor, total], expired) = paging(map, sink);
    let (status, message) = nothing_found(map, sink).unzip();
    Some(Service {
        name: name?,
        about: about?.value,
        base_url: base_url?,
        authorize_url: authorize_url?,
        token_url: token_url?,
        base_url_field: base_url_field?,
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

/// How a client signs in. Access keys are sent as Basic credentials, which the entry says for its readers.
fn auth(map: &mut Entries<'_>, sink: &Sink) -> [Option<String>; 3] {
    let inner = map.need("auth", sink).and_then(|node| Entries::of(node, "`auth`", node.head(), sink));
    let Some(mut inner) = inner else { return [None, None, None] };
    words(&mut inner, "api_key", ["scheme", "username", "password"], sink);
    let oauth2 = inner.need("oauth2", sink).and_then(|node| Entries::of(node, "`oauth2`", node.head(), sink));
    inner.finish(sink);
    let Some(mut oauth2) = oauth2 else { return [None, None, None] };
    let authorize_url = address(&mut oauth2, "authorize_url", sink);
    let token_url = address(&mut oauth2, "token_url", sink);
    let base_url_field = word(&mut oauth2, "base_url_field", sink);
    oauth2.finish(sink);
    [authorize_url, token_url, base_url_field]
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
    let pairs = pairs(node, what, sink).unwrap_or_default();
    if matches!(&node.kind, NodeKind::Map(pairs) if pairs.is_empty()) {
        sink.report(Fault::new(FaultKind::Missing, node.span, format!("{what} is empty")));
    }
    let mut named: Vec<NamedDecl> = pairs
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
