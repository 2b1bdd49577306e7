//! A walk through a model that changes one value of it, and by the same number changes it back. A field that is new in
//! the model does not compile here until it is walked too.

use std::any::Any;
use std::collections::BTreeSet;

use tool_spec::model::{self, Effect, Filter, IdForm, Json, Ty, Verb};

/// Which value is changed.
#[derive(Default)]
pub(crate) struct Walk {
    /// Values to go by before that one.
    left: usize,
    /// The field of the value that was changed, such as `Tool.title`.
    pub(crate) field: Option<&'static str>,
    /// The fields that hold others, as far as the walk went.
    pub(crate) parts: BTreeSet<&'static str>,
    /// What was there.
    before: Option<Box<dyn Any>>,
}

impl Walk {
    /// Changes the value of this number, if there are as many.
    pub(crate) fn change(spec: &mut model::Spec, number: usize) -> Self {
        let mut walk = Walk { left: number, ..Walk::default() };
        spec.values("", &mut walk);
        walk
    }

    /// Changes it back.
    pub(crate) fn restore(self, spec: &mut model::Spec, number: usize) {
        let mut walk = Walk { left: number, before: self.before, ..Walk::default() };
        spec.values("", &mut walk);
    }

    /// Puts another value in the place of the one that it is about, or the old one back.
    fn change_to<T: 'static>(&mut self, value: &mut T, field: &'static str, other: impl FnOnce(&mut T) -> T) {
        if self.field.is_some() {
        } else if self.left > 0 {
            self.left -= 1;
        } else {
            let new = match self.before.take() {
                Some(before) => *before.downcast::<T>().unwrap(),
                None => other(value),
            };
            self.before = Some(Box::new(std::mem::replace(value, new)));
            self.field = Some(field);
        }
    }
}

/// What has values.
pub(crate) trait Values {
    /// Goes through the values; `field` is where they stand.
    fn values(&mut self, field: &'static str, walk: &mut Walk);
}

/// Values that are changed as a whole.
macro_rules! whole {
    ($($ty:ty: $other:expr;)*) => {$(
        impl Values for $ty {
            fn values(&mut self, field: &'static str, walk: &mut Walk) {
                walk.change_to(self, field, $other);
            }
        }
    )*};
}

whole! {
    String: |value| format!("{value} or other");
    bool: |value| !*value;
    u16: |value| *value + 1;
    u32: |value| *value + 1;
    usize: |value| *value + 1;
    u64: |value| *value + 1;
    i64: |value| *value + 1;
    Json: |value| Json::Array(vec![value.clone()]);
    Ty: |value| Ty::Map(Box::new(value.clone()));
    Effect: |value| match value {
        Effect::Read | Effect::Destructive => Effect::Write,
        Effect::Write => Effect::Destructive,
    };
    IdForm: |value| match value {
        IdForm::Digits => IdForm::Word,
        IdForm::Word => IdForm::Digits,
    };
    Verb: |value| match value {
        Verb::Post => Verb::Put,
        Verb::Get | Verb::Put | Verb::Patch | Verb::Delete => Verb::Post,
    };
    Filter: |value| match value {
        Filter::Date | Filter::UntilToday => Filter::EndDate,
        Filter::EndDate => Filter::Date,
    };
}

impl<T: Values + 'static> Values for Option<T> {
    fn values(&mut self, field: &'static str, walk: &mut Walk) {
        // Where there is none this changes nothing, but the numbers of the others stay.
        walk.change_to(self, field, |_| None);
        if let Some(value) = self {
            value.values(field, walk);
        }
    }
}

impl<T: Values + 'static> Values for Vec<T> {
    fn values(&mut self, field: &'static str, walk: &mut Walk) {
        walk.change_to(self, field, |_| Vec::new());
        self.iter_mut().for_each(|value| value.values(field, walk));
    }
}

impl<T: Values> Values for Box<T> {
    fn values(&mut self, field: &'static str, walk: &mut Walk) {
        (**self).values(field, walk);
    }
}

impl<A: Values, B: Values> Values for (A, B) {
    fn values(&mut self, field: &'static str, walk: &mut Walk) {
        self.0.values(field, walk);
        self.1.values(field, walk);
    }
}

impl Values for model::Text {
    fn values(&mut self, field: &'static str, walk: &mut Walk) {
        walk.parts.insert(field);
        self.0.values("Text", walk);
    }
}

/// The fields of structures and of variants, all of them: the patterns leave none out.
macro_rules! fields {
    (
        $(struct $name:ident { $($field:ident),* $(,)? })*
        $(enum $of:ident { $($variant:ident $(($($inner:ident),*))? $({ $($part:ident),* })?),* $(,)? })*
    ) => {
        $(impl Values for model::$name {
            fn values(&mut self, field: &'static str, walk: &mut Walk) {
                walk.parts.insert(field);
                let model::$name { $($field),* } = self;
                $($field.values(concat!(stringify!($name), ".", stringify!($field)), walk);)*
            }
        })*
        $(impl Values for model::$of {
            fn values(&mut self, field: &'static str, walk: &mut Walk) {
                walk.parts.insert(field);
                match self {
                    $(model::$of::$variant $(($($inner),*))? $({ $($part),* })? => {
                        $($($inner.values(concat!(stringify!($of), "::", stringify!($variant)), walk);)*)?
                        $($($part.values(
                            concat!(stringify!($of), "::", stringify!($variant), ".", stringify!($part)),
                            walk,
                        );)*)?
                    })*
                }
            }
        })*
        /// The names of all fields.
        pub(crate) const FIELDS: &[&str] = &[
            $($(concat!(stringify!($name), ".", stringify!($field)),)*)*
            $($(
                $($({ let _ = stringify!($inner); concat!(stringify!($of), "::", stringify!($variant)) },)*)?
                $($(concat!(stringify!($of), "::", stringify!($variant), ".", stringify!($part)),)*)?
            )*)*
        ];
    };
}

fields! {
    struct Spec { service, groups, types }
    struct Service {
        name, title, source, about, base_url, domains, api_key_username, api_key_password, authorize_url, token_url,
        base_url_field,
        oauth_spent, per_second, per_day, error_request_id, error_messages, error_details, paging_envelope, paging_cursor,
        paging_total, paging_expired, nothing_found_status,
        nothing_found_message, ids, scopes,
    }
    struct Named { name, about }
    struct IdKind { name, about, form, integer, address }
    struct Group { name, about, source, tools }
    struct Tool {
        name, method, title, about, effect, confirm, extra, credits, scopes, params, values, rules, plan, answer, items,
        paging, newest_first, wait, keep, expects,
        notices, notes, deprecated, example,
    }
    struct Items { field, model }
    struct Timeline { from, to, time }
    struct Wait { until, done, failed }
    struct Param { name, ty, about, required, extra, default, limits, notice }
    struct Limits { min, max, min_length, max_length, min_items, max_items, unique, max_bytes, formats }
    struct Type { name, about, source, goes_in, comes_out, kind }
    struct Field { name, ty, about, always, required, limits, notice }
    struct EnumValue { name, sends, about }
    struct Value { name, ty, given, source }
    struct Ask { tool, field, which }
    struct Case { when, request }
    struct Step { request, take, missing, failed }
    struct Take { name, ty, path }
    struct Hop { of, field, ty, always }
    struct Request {
        verb, path, segments, scopes, query, body, multipart, answer, nothing_found, repeatable, repeat_key,
        repeated, fan, reshape,
    }
    struct Repeated { status, message }
    struct Outcomes { into, item, error }
    struct Entry { key, always, value }
    struct Hole { root, path, filters, ty }
    struct Expected { param, path }
    struct Keep { field, test }
    enum TypeKind { Model(fields), Enum(values) }
    enum Source { Constant(json), FreshUuid, Hash(names), First { param, field }, SameAs(name), DaysAgo(days),
        Ask(ask) }
    enum Which { Match { fields, missing }, Only { missing, several }, Every }
    enum Rule { Need { any_of, when, because }, Exclude { of, because }, Order { first, second, when } }
    enum Plan { Cases(cases), Steps(steps) }
    enum Condition { Given(param), Is(param, value) }
    enum Fan { Chunk { of, size }, Each { of, element, alias, per_page, outcomes } }
    enum Template { Constant(json), Hole(hole), Has { param, value, then }, When { when, then }, Object(entries),
        List(items), For { over, element } }
    enum Root { Param(name), Value(name), Element(name), Item, Key, Answer }
    enum KeepTest { Is(value), Between { from, to } }
    enum TextPart { Words(words), Hole(root) }
}
