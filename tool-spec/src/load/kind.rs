//! What a declaration of the language is made of: kinds of things that stand at a key, and maps with keys of their own.
//! The derives of `tool-spec-derive` make the maps of structs and enums, with the table that [`crate::language`] is.

use super::entries::{Entries, What};
use crate::fault::Sink;
use crate::load::shape::{Holds, Part, Shape};
use crate::source::At;
use crate::syntax::Node;

/// Around what is read: how to call it, and where to report.
#[derive(Clone, Copy)]
pub(crate) struct Cx<'a> {
    /// What a report calls it.
    pub(crate) what: What<'a>,
    /// What a report calls an element of it, if not the same.
    pub(crate) each: Option<&'static str>,
    /// The name of the author's that it stands under, if it stands under one.
    pub(crate) name: Option<&'a At<String>>,
    pub(crate) sink: &'a Sink,
}

impl<'a> Cx<'a> {
    /// Around an element of what is read.
    pub(crate) fn element(self) -> Self {
        Cx { what: self.each.map_or(self.what, What::Is), each: None, name: None, ..self }
    }
}

/// A kind of thing that may stand at a key.
pub(crate) trait Kind {
    /// What it becomes.
    type Value;
    /// What the table says of it.
    const HOLDS: Holds;
    /// Reads it. Whatever is wrong is reported; nothing comes of what cannot be read.
    fn read(node: &Node, cx: Cx<'_>) -> Option<Self::Value>;
}

/// Keys of a map, all or some.
pub(crate) trait Keys: Sized {
    /// The table of them, in the order in which they are written.
    const PARTS: &'static [Part];
    /// Takes them out of a map. Nothing comes of it where one is not there without which the rest means nothing.
    fn take(map: &mut Entries<'_>, sink: &Sink) -> Option<Self>;
}

/// A map that has these keys and no others.
pub(crate) trait Shaped: Keys {
    /// Its place in the table.
    const SHAPE: &'static Shape;
    /// Told when all of it is read, and whether something was reported.
    fn done(&mut self, _partial: bool) {}
}

impl<T: Shaped> Kind for T {
    type Value = T;
    const HOLDS: Holds = Holds::Shape(T::SHAPE);

    fn read(node: &Node, cx: Cx<'_>) -> Option<T> {
        let before = cx.sink.count();
        let what = T::SHAPE.what.map_or(cx.what, What::Is);
        let mut map = Entries::whatever(node, what, cx.name, cx.sink);
        let read = T::take(&mut map, cx.sink);
        // Only now is told which keys nothing took.
        map.finish(cx.sink);
        let mut read = read?;
        read.done(cx.sink.count() > before);
        Some(read)
    }
}

impl<T: Keys> Keys for Option<T> {
    const PARTS: &'static [Part] = T::PARTS;

    fn take(map: &mut Entries<'_>, sink: &Sink) -> Option<Self> {
        Some(T::take(map, sink))
    }
}

impl<T: Keys> Keys for At<T> {
    const PARTS: &'static [Part] = T::PARTS;

    fn take(map: &mut Entries<'_>, sink: &Sink) -> Option<Self> {
        T::take(map, sink).map(|keys| At::new(keys, map.place))
    }
}

/// What was found at a key.
pub(crate) struct Read<V> {
    /// Whether something is there, readable or not.
    pub(crate) there: bool,
    pub(crate) value: Option<V>,
}

/// What a field of a declaration makes of what was found at its key. One that gives nothing is one without which the
/// rest of the map means nothing.
pub(crate) trait Field<V>: Sized {
    fn of(read: Read<V>) -> Option<Self>;
}

impl<V> Field<V> for Option<V> {
    fn of(read: Read<V>) -> Option<Self> {
        Some(read.value)
    }
}

/// Something is there, which could perhaps not be read.
impl<V> Field<V> for Option<Option<V>> {
    fn of(read: Read<V>) -> Option<Self> {
        Some(read.there.then_some(read.value))
    }
}

impl<T> Field<At<T>> for Option<T> {
    fn of(read: Read<At<T>>) -> Option<Self> {
        Some(read.value.map(|at| at.value))
    }
}

impl<T> Field<Vec<T>> for Vec<T> {
    fn of(read: Read<Vec<T>>) -> Option<Self> {
        Some(read.value.unwrap_or_default())
    }
}

impl<T> Field<Vec<At<T>>> for Vec<T> {
    fn of(read: Read<Vec<At<T>>>) -> Option<Self> {
        Some(read.value.unwrap_or_default().into_iter().map(|at| at.value).collect())
    }
}

impl Field<At<bool>> for bool {
    fn of(read: Read<At<bool>>) -> Option<Self> {
        Some(read.value.is_some_and(|at| at.value))
    }
}

impl<T> Field<At<T>> for At<T> {
    fn of(read: Read<At<T>>) -> Option<Self> {
        read.value
    }
}

impl<T: Shaped> Field<T> for T {
    fn of(read: Read<T>) -> Option<Self> {
        read.value
    }
}

impl<T, const N: usize> Field<[T; N]> for [T; N] {
    fn of(read: Read<[T; N]>) -> Option<Self> {
        read.value
    }
}
