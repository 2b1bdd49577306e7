//! Objects within parameters: read, checked and written field by field like the parameters themselves.

use super::body::Body;
use super::check::Check;
use super::input::Input;
use super::run::Run;

/// An object that a parameter holds.
pub trait Nested {
    /// Takes its fields out of JSON.
    fn read(&mut self, input: &mut Input<'_>);

    /// Checks its limits.
    fn check(&self, check: &mut Check<'_>);

    /// Writes its fields.
    fn write(&self, body: Body) -> Body;

    /// Says which of its fields Gong has no place for.
    fn notices(&self, run: &mut Run<'_>) {
        let _ = run;
    }
}

/// Implements `FromJson` and `ToJson` by way of [`Nested`].
macro_rules! nested {
    ($name:ident) => {
        impl $crate::runtime::json::FromJson for $name {
            fn from_json(json: &serde_json::Value, faults: &mut $crate::violation::Faults) -> Option<Self> {
                $crate::runtime::nested::read(json, faults)
            }
        }

        impl $crate::runtime::json::ToJson for $name {
            fn to_json(&self) -> Option<serde_json::Value> {
                Some($crate::runtime::nested::write(self))
            }
        }
    };
}
pub(crate) use nested;

pub(crate) fn read<T: Nested + Default>(json: &serde_json::Value, faults: &mut crate::violation::Faults) -> Option<T> {
    let object = super::json::object(json, faults)?;
    let mut value = T::default();
    let mut input = Input::new(&object, faults);
    value.read(&mut input);
    input.finish();
    Some(value)
}

pub(crate) fn write<T: Nested>(value: &T) -> serde_json::Value {
    value.write(Body::object()).into_json()
}
