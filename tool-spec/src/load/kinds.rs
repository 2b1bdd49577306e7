//! The kinds of things that stand at keys, and what is made of other kinds: lists, maps, words of a few.

use std::marker::PhantomData;

use super::constant::plain_json;
use super::entries::{What, is_name, json, list, pairs, sentence, text, wrong};
use super::kind::{Cx, Kind, Shaped};
use super::shared::SHARED;
use crate::fault::{Fault, FaultKind, Sink, listed};
use crate::load::shape::Holds;
use crate::model::Json;
use crate::source::At;
use crate::syntax::{Node, NodeKind};

/// A few words.
pub(crate) enum Text {}

impl Kind for Text {
    type Value = At<String>;
    const HOLDS: Holds = Holds::Text;

    fn read(node: &Node, cx: Cx<'_>) -> Option<At<String>> {
        text(node, cx.what, cx.sink)
    }
}

/// A sentence or more.
pub(crate) enum Sentence {}

impl Kind for Sentence {
    type Value = At<String>;
    const HOLDS: Holds = Holds::Sentence;

    fn read(node: &Node, cx: Cx<'_>) -> Option<At<String>> {
        sentence(node, cx.what, cx.sink)
    }
}

/// A bare name, where a `$` is not wanted.
pub(crate) enum Name {}

impl Kind for Name {
    type Value = At<String>;
    const HOLDS: Holds = Holds::Name;

    fn read(node: &Node, Cx { what, sink, .. }: Cx<'_>) -> Option<At<String>> {
        let written = text(node, what, sink)?;
        if let Some(name) = written.value.strip_prefix('$') {
            let message = format!("{what} is named without the `$` here");
            return sink.refuse(Fault::new(FaultKind::Syntax, node.span, message).help(format!("write `{name}`")));
        }
        Some(written)
    }
}

/// A parameter or a value: its name without the `$` that it is written with.
pub(crate) enum Hole {}

impl Kind for Hole {
    type Value = At<String>;
    const HOLDS: Holds = Holds::Hole;

    fn read(node: &Node, Cx { what, sink, .. }: Cx<'_>) -> Option<At<String>> {
        let written = text(node, what, sink)?;
        match written.value.strip_prefix('$') {
            Some(name) if is_name(name) => Some(At::new(name.to_owned(), node.span)),
            _ => {
                let fault = Fault::new(FaultKind::Syntax, node.span, format!("{what} is written `$name`"));
                let bare = is_name(&written.value);
                sink.refuse(if bare { fault.help(format!("write `${}`", written.value)) } else { fault })
            }
        }
    }
}

/// `true` or `false`.
pub(crate) enum Flag {}

impl Kind for Flag {
    type Value = At<bool>;
    const HOLDS: Holds = Holds::Flag;

    fn read(node: &Node, cx: Cx<'_>) -> Option<At<bool>> {
        match json(node) {
            Json::Bool(value) => Some(At::new(value, node.span)),
            _ => wrong_in_quotes(node, &format!("{} is `true` or `false`", cx.what), Json::is_boolean, cx.sink),
        }
    }
}

/// A whole number.
pub(crate) enum Whole {}

impl Kind for Whole {
    type Value = At<i64>;
    const HOLDS: Holds = Holds::Whole;

    fn read(node: &Node, cx: Cx<'_>) -> Option<At<i64>> {
        match json(node).as_i64() {
            Some(value) => Some(At::new(value, node.span)),
            None => wrong_in_quotes(node, &format!("{} is a whole number", cx.what), Json::is_i64, cx.sink),
        }
    }
}

/// A whole number from this one up.
pub(crate) struct Count<const LEAST: u32, N>(PhantomData<N>);

impl<const LEAST: u32, N: TryFrom<i64>> Kind for Count<LEAST, N> {
    type Value = At<N>;
    const HOLDS: Holds = Holds::Count(LEAST);

    fn read(node: &Node, cx: Cx<'_>) -> Option<At<N>> {
        let number = Whole::read(node, cx)?;
        match N::try_from(number.value) {
            Ok(value) if number.value >= i64::from(LEAST) => Some(At::new(value, number.span)),
            _ => {
                let message = format!("{} is {LEAST} or more, and this is {}", cx.what, number.value);
                cx.sink.refuse(Fault::new(FaultKind::Type, node.span, message))
            }
        }
    }
}

/// Whatever it is, to be looked at by who knows what it should be.
pub(crate) enum Anything {}

impl Kind for Anything {
    type Value = Node;
    const HOLDS: Holds = Holds::Constant;

    fn read(node: &Node, _: Cx<'_>) -> Option<Node> {
        Some(node.clone())
    }
}

/// Words of which one is written, each with what it means.
pub(crate) trait Words: Copy + 'static {
    const WORDS: &'static [&'static str];
    const MEAN: &'static [Self];
}

/// One word of a few.
pub(crate) struct Word<T>(PhantomData<T>);

impl<T: Words> Kind for Word<T> {
    type Value = At<T>;
    const HOLDS: Holds = Holds::Word(T::WORDS);

    fn read(node: &Node, Cx { what, sink, .. }: Cx<'_>) -> Option<At<T>> {
        let written = text(node, what, sink)?;
        if let Some((_, value)) = T::WORDS.iter().zip(T::MEAN).find(|(word, _)| **word == written.value) {
            return Some(At::new(*value, node.span));
        }
        let one_of = if T::WORDS.len() == 1 { "" } else { "one of " };
        let message = format!("{what} is {one_of}{}, not `{}`", listed(T::WORDS), written.value);
        sink.refuse(Fault::new(FaultKind::Syntax, node.span, message).perhaps(&written.value, T::WORDS))
    }
}

/// A list.
pub(crate) struct List<K>(PhantomData<K>);

impl<K: Kind> Kind for List<K> {
    type Value = Vec<K::Value>;
    const HOLDS: Holds = Holds::List(&K::HOLDS);

    fn read(node: &Node, cx: Cx<'_>) -> Option<Vec<K::Value>> {
        let items = list(node, cx.what, cx.sink)?;
        Some(items.iter().filter_map(|item| K::read(item, cx.element())).collect())
    }
}

/// A list or a map that is not empty.
pub(crate) struct NotEmpty<K>(PhantomData<K>);

impl<K: Kind> Kind for NotEmpty<K> {
    type Value = K::Value;
    const HOLDS: Holds = K::HOLDS;

    fn read(node: &Node, cx: Cx<'_>) -> Option<K::Value> {
        let read = K::read(node, cx)?;
        if node.items().is_empty() && node.pairs().is_empty() {
            let fault = Fault::new(FaultKind::Missing, node.span, format!("{} is empty", cx.what));
            cx.sink.report(fault.help("it has one element at least"));
        }
        Some(read)
    }
}

/// A list that has something.
pub(crate) type Filled<K> = NotEmpty<List<K>>;
/// A map of the author's names that has something.
pub(crate) type NamedFilled<K> = NotEmpty<Named<K>>;

/// One thing alone, or a list of such.
pub(crate) struct OneOrMore<K>(PhantomData<K>);

impl<K: Kind> Kind for OneOrMore<K> {
    type Value = Vec<K::Value>;
    const HOLDS: Holds = Holds::OneOrMore(&K::HOLDS);

    fn read(node: &Node, cx: Cx<'_>) -> Option<Vec<K::Value>> {
        match &node.kind {
            NodeKind::List(items) => Some(items.iter().filter_map(|item| K::read(item, cx.element())).collect()),
            _ => K::read(node, cx.element()).map(|one| vec![one]),
        }
    }
}

/// A map whose keys are names of the author's, in the author's order.
pub(crate) struct Named<K>(PhantomData<K>);

impl<K: Kind> Kind for Named<K> {
    type Value = Vec<K::Value>;
    const HOLDS: Holds = Holds::Map(&K::HOLDS);

    fn read(node: &Node, cx: Cx<'_>) -> Option<Vec<K::Value>> {
        let pairs = pairs(node, cx.what, cx.sink)?;
        let read = |(key, node): &(Node, Node)| {
            let name = text(key, What::Is(cx.each.unwrap_or("a name")), cx.sink)?;
            K::read(node, Cx { what: What::At(&name.value), each: None, name: Some(&name), sink: cx.sink })
        };
        Some(pairs.iter().filter_map(read).collect())
    }
}

/// What stands under a name of the author's, with the name.
pub(crate) struct Under<K>(PhantomData<K>);

impl<K: Kind> Kind for Under<K> {
    type Value = (At<String>, K::Value);
    const HOLDS: Holds = K::HOLDS;

    fn read(node: &Node, cx: Cx<'_>) -> Option<Self::Value> {
        let name = cx.name?;
        let value = K::read(node, Cx { what: What::Of(&name.value, "stands for"), ..cx })?;
        Some((name.clone(), value))
    }
}

/// A map with keys of its own, where something plain may say all there is to say.
pub(crate) trait Plain: Shaped {
    type Kind: Kind;
    /// What the plain thing says of the name that it stands under, such as what it "means".
    const DOES: &'static str;
    fn plain(name: At<String>, value: Option<<Self::Kind as Kind>::Value>) -> Self;
}

/// Such a map, or something plain.
pub(crate) struct OrPlain<T>(PhantomData<T>);

impl<T: Plain> Kind for OrPlain<T> {
    type Value = T;
    const HOLDS: Holds = Holds::Or(T::SHAPE, &T::Kind::HOLDS);

    fn read(node: &Node, cx: Cx<'_>) -> Option<T> {
        let name = cx.name?;
        if matches!(node.kind, NodeKind::Map(_)) {
            return T::read(node, cx);
        }
        let value = T::Kind::read(node, Cx { what: What::Of(&name.value, T::DOES), ..cx });
        Some(T::plain(name.clone(), value))
    }
}

/// A map with keys of its own, or the word that says that it is shared, which was filled in before.
pub(crate) struct OrShared<T>(PhantomData<T>);

impl<T: Shaped> Kind for OrShared<T> {
    type Value = T;
    const HOLDS: Holds = Holds::Or(T::SHAPE, &Holds::Word(&[SHARED]));

    fn read(node: &Node, cx: Cx<'_>) -> Option<T> {
        T::read(node, cx)
    }
}

/// Reports what is no text: in quotes it would be, whatever it says.
fn wrong_in_quotes<T>(node: &Node, wanted: &str, is_it: impl Fn(&Json) -> bool, sink: &Sink) -> Option<T> {
    match &node.kind {
        NodeKind::Scalar { text, plain: false } if is_it(&plain_json(text)) => {
            let message = format!("{wanted}, and this is text, as it stands in quotes");
            sink.refuse(Fault::new(FaultKind::Type, node.span, message).help(format!("write `{text}` without them")))
        }
        _ => wrong(node, wanted, sink),
    }
}
