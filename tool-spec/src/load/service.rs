//! What stands in the service's file beside plain words: addresses, domains, and the kinds of ids.

use super::decl::{ErrorsDecl, IdDecl, NamedDecl};
use super::entries::{Entries, What, sentence, text};
use super::kind::{Cx, Kind};
use super::kinds::{Count, Plain, Sentence, Words};
use crate::fault::{Fault, FaultKind, Sink};
use crate::load::shape::Holds;
use crate::model::IdForm;
use crate::source::At;
use crate::syntax::Node;

/// The version of the language. Which one it is was looked at before; here only whether it is one.
pub(crate) enum Version {}

impl Kind for Version {
    type Value = At<u64>;
    const HOLDS: Holds = Holds::Version;

    fn read(node: &Node, cx: Cx<'_>) -> Option<At<u64>> {
        Count::<1, u64>::read(node, cx)
    }
}

/// What the service is called, also as a part of names in code.
pub(crate) enum ServiceName {}

impl Kind for ServiceName {
    type Value = At<String>;
    const HOLDS: Holds = Holds::Text;

    fn read(node: &Node, cx: Cx<'_>) -> Option<At<String>> {
        let name = text(node, cx.what, cx.sink)?;
        let fine = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'_' | b'-');
        if !name.value.starts_with(|c: char| c.is_ascii_lowercase()) || !name.value.bytes().all(fine) {
            let message = format!("{} is a name of lowercase letters, digits, `_` and `-`, a letter first", cx.what);
            let fault = Fault::new(FaultKind::Syntax, name.span, message);
            cx.sink.report(fault.help("what sentences call it, such as its name with capitals, is `title`"));
        }
        Some(name)
    }
}

/// An address to which a secret may go, so it is `https`.
pub(crate) enum Address {}

impl Kind for Address {
    type Value = At<String>;
    const HOLDS: Holds = Holds::Address;

    fn read(node: &Node, cx: Cx<'_>) -> Option<At<String>> {
        let is_address = |text: &str| text.starts_with("https://") && !text.ends_with('/');
        checked(node, cx, is_address, "begins with `https://` and ends without a `/`")
    }
}

/// A domain of the service's hosts: a name without anything around it.
pub(crate) enum Domain {}

impl Kind for Domain {
    type Value = At<String>;
    const HOLDS: Holds = Holds::Text;

    fn read(node: &Node, cx: Cx<'_>) -> Option<At<String>> {
        let example = "is written bare, in lowercase and with a dot, such as `example.com`; what lies below it is \
                       meant too";
        checked(node, cx, is_domain, example)
    }
}

fn is_domain(text: &str) -> bool {
    let is_label = |label: &&str| {
        let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        !label.is_empty() && !label.starts_with('-') && label.bytes().all(is_plain)
    };
    let labels: Vec<&str> = text.split('.').collect();
    let is_number = labels.last().is_some_and(|last| last.bytes().all(|byte| byte.is_ascii_digit()));
    labels.len() > 1 && !is_number && labels.iter().all(is_label)
}

/// What half of an access key is called.
pub(crate) enum KeyName {}

impl Kind for KeyName {
    type Value = At<String>;
    const HOLDS: Holds = Holds::Text;

    fn read(node: &Node, cx: Cx<'_>) -> Option<At<String>> {
        let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
        let is_name = |text: &str| text.bytes().all(is_plain);
        checked(node, cx, is_name, "is a name of lowercase letters, digits and `_`, such as `access_key`")
    }
}

/// Text of which it is told, where it isn't so, how it is written.
fn checked(node: &Node, cx: Cx<'_>, is_so: impl Fn(&str) -> bool, how: &str) -> Option<At<String>> {
    let written = text(node, cx.what, cx.sink)?;
    if !is_so(&written.value) {
        cx.sink.report(Fault::new(FaultKind::Syntax, written.span, format!("{} {how}", cx.what)));
    }
    Some(written)
}

/// The only scheme that a client knows.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Basic;

impl Words for Basic {
    const MEAN: &'static [Basic] = &[Basic];
    const WORDS: &'static [&'static str] = &["basic"];
}

/// What an id may be called by the contract, if not text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Integer;

impl Words for Integer {
    const MEAN: &'static [Integer] = &[Integer];
    const WORDS: &'static [&'static str] = &["integer"];
}

impl Words for IdForm {
    const MEAN: &'static [IdForm] = &[IdForm::Digits, IdForm::Word];
    const WORDS: &'static [&'static str] = &[IdForm::Digits.as_str(), IdForm::Word.as_str()];
}

impl Plain for IdDecl {
    type Kind = Sentence;
    const DOES: &'static str = STANDS_FOR;

    fn plain(name: At<String>, about: Option<At<String>>) -> Self {
        IdDecl { name, form: None, address: None, json: None, about: about.map(|about| about.value) }
    }
}

impl Kind for NamedDecl {
    type Value = NamedDecl;
    const HOLDS: Holds = Holds::Sentence;

    fn read(node: &Node, cx: Cx<'_>) -> Option<NamedDecl> {
        let name = cx.name?.clone();
        let about = sentence(node, What::Of(&name.value, STANDS_FOR), cx.sink).map(|about| about.value);
        Some(NamedDecl { name, about })
    }
}

const STANDS_FOR: &str = "stands for";

/// A field of an error is kept once.
pub(crate) fn further_details(errors: &mut ErrorsDecl, _: &mut Entries<'_>, sink: &Sink) {
    let mut kept = vec![&errors.request_id.value, &errors.messages.value];
    for detail in &errors.details {
        if kept.contains(&&detail.value) {
            let message = format!("`{}` of an error is kept already", detail.value);
            sink.report(Fault::new(FaultKind::Clash, detail.span, message).help("name it once"));
        }
        kept.push(&detail.value);
    }
}

/// An address is told from an id by the form of the ids, and is the path of a page. A number has digits.
pub(crate) fn forms_of_ids(id: &mut IdDecl, map: &mut Entries<'_>, sink: &Sink) {
    let is_digits = matches!(id.form, Some(IdForm::Digits));
    if let Some(span) = map.key_span("json").filter(|_| !is_digits && (id.form.is_some() || !map.has("form"))) {
        let message = "an id that is an integer is written in digits";
        sink.report(Fault::new(FaultKind::Contradiction, span, message).help("say so: `form: digits`"));
    }
    let Some(path) = &id.address else { return };
    if !path.value.starts_with('/') {
        let fault = Fault::new(FaultKind::Syntax, path.span, "`address` is the path of a page and begins with a `/`");
        sink.report(fault.help(format!("write `/{}`", path.value)));
    }
    if !map.has("form") {
        let message = "an `address` without a `form`: nothing tells an address from an id";
        let fault = Fault::new(FaultKind::Missing, path.span, message);
        sink.report(fault.help("say how the ids are written: `form: digits`"));
    }
}
