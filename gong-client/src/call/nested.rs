//! Objects within parameters: read, checked and written field by field like the parameters themselves.

use serde_json::Value;

use crate::base::violation::Faults;
use crate::call::run::Run;
use crate::input::body::Body;
use crate::input::check::Check;
use crate::input::json::object_of;
use crate::input::object::Input;

/// An object that a parameter holds.
pub(crate) trait Nested {
    /// Says which of its fields takes which member of the caller's object.
    fn read<'p>(&'p mut self, input: &mut Input<'p>);

    /// Checks its limits.
    fn check(&self, check: &mut Check<'_>);

    /// Writes its fields.
    fn write(&self, body: Body) -> Body;

    /// Says which of its fields Gong has no place for.
    fn notices(&self, _: &mut Run<'_>) {}
}

impl Check<'_> {
    /// What an object's own limits say.
    pub(crate) fn nested(&mut self, name: &str, value: &Option<impl Nested>) {
        if let Some(value) = value {
            self.faults.field(name, |faults| value.check(&mut Check::new(faults)));
        }
    }

    /// What the limits of a list's objects say.
    pub(crate) fn nested_list<T: Nested>(&mut self, name: &str, values: &Option<Vec<T>>) {
        self.faults.field(name, |faults| {
            for (index, value) in values.iter().flatten().enumerate() {
                faults.element(index, |faults| value.check(&mut Check::new(faults)));
            }
        });
    }

    /// What the limits of a map's objects say.
    pub(crate) fn nested_map<T: Nested>(&mut self, name: &str, values: &Option<std::collections::BTreeMap<String, T>>) {
        self.faults.field(name, |faults| {
            for (key, value) in values.iter().flatten() {
                faults.field(key, |faults| value.check(&mut Check::new(faults)));
            }
        });
    }
}

/// Implements `FromJson` and `ToJson` by way of [`Nested`].
macro_rules! nested {
    ($name:ident) => {
        impl $crate::input::json::FromJson for $name {
            fn from_json(
                given: &::serde_json::Value,
                faults: &mut $crate::base::violation::Faults,
            ) -> ::std::option::Option<Self> {
                let mut value = <Self as ::std::default::Default>::default();
                $crate::call::nested::read(&mut value, given, faults)?;
                Some(value)
            }
        }

        impl $crate::input::json::ToJson for $name {
            fn to_json(&self) -> ::std::option::Option<::serde_json::Value> {
                $crate::call::nested::write(self)
            }
        }
    };
}
pub(crate) use nested;

pub(crate) fn read(value: &mut dyn Nested, given: &Value, faults: &mut Faults) -> Option<()> {
    let object = object_of(given, faults)?;
    let mut input = Input::new();
    value.read(&mut input);
    input.read(&object, faults);
    Some(())
}

pub(crate) fn write<T: Nested>(value: &T) -> Option<Value> {
    value.write(Body::object()).into_json()
}
