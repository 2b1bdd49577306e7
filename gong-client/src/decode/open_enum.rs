//! Enums that stay readable when Gong adds a value: what is not known is kept as it came.

use std::fmt;

use serde_json::Value;

use crate::base::violation::{Faults, did_you_mean};

/// A value that this version does not know, as Gong wrote it. Only an answer can hold one.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Other(String);

impl Other {
    pub(crate) fn new(text: &str) -> Self {
        Other(text.to_owned())
    }

    /// What stands for a value that only this tool's answer would tell.
    pub(crate) fn in_place_of(tool: &str) -> Self {
        Other(format!("<value from {tool}>"))
    }

    /// The value as it came.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Other {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An enum made by `open_enum!`.
pub(crate) trait OpenEnum: Sized {
    /// The values there are, by name.
    const NAMES: &'static [&'static str];

    /// The value of this name, if this version knows it.
    fn known(name: &str) -> Option<Self>;

    /// The value of this name, known or not.
    fn named(name: &str) -> Self;

    /// The value by name.
    fn name(&self) -> &str;
}

/// Reads a value by name; one that is not known is a fault.
pub(crate) fn read<T: OpenEnum>(given: &Value, faults: &mut Faults) -> Option<T> {
    if let Value::String(name) = given
        && let Some(value) = T::known(name)
    {
        return Some(value);
    }
    refuse(given, T::NAMES, faults);
    None
}

#[cold]
fn refuse(given: &Value, names: &[&str], faults: &mut Faults) {
    let meant = given.as_str().and_then(|given| did_you_mean(given, names.iter().copied()));
    faults.push("enum", Some(given.to_string()), format!("must be one of {}", names.join(", ")), meant);
}

/// Declares an enum; see the module.
macro_rules! open_enum {
    (
        $(#[$about:meta])*
        $visibility:vis enum $name:ident {
            $($(#[$value_about:meta])* $value:ident = $text:literal $(=> $sends:literal)?),* $(,)?
        }
    ) => {
        $(#[$about])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        $visibility enum $name {
            $($(#[$value_about])* $value,)*
            /// A value that this version does not know, as it came.
            Other($crate::decode::open_enum::Other),
        }

        impl $name {
            /// The value by name.
            #[must_use]
            $visibility fn as_str(&self) -> &str {
                match self {
                    $(Self::$value => $text,)*
                    Self::Other(other) => other.as_str(),
                }
            }
        }

        impl $crate::decode::open_enum::OpenEnum for $name {
            const NAMES: &'static [&'static str] = &[$($text),*];

            fn known(name: &str) -> ::std::option::Option<Self> {
                match name {
                    $($text => Some(Self::$value),)*
                    _ => None,
                }
            }

            fn named(name: &str) -> Self {
                match Self::known(name) {
                    Some(value) => value,
                    None => Self::Other($crate::decode::open_enum::Other::new(name)),
                }
            }

            fn name(&self) -> &str {
                self.as_str()
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl ::std::default::Default for $name {
            /// The empty text, which no request sends.
            fn default() -> Self {
                Self::Other($crate::decode::open_enum::Other::default())
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> ::std::result::Result<Self, D::Error> {
                let name = <::std::string::String as ::serde::Deserialize>::deserialize(deserializer)?;
                Ok($crate::decode::open_enum::OpenEnum::named(&name))
            }
        }

        impl $crate::decode::slot::Slot for $name {
            fn expects(&self) -> &'static $crate::decode::slot::Expects {
                &const { $crate::decode::slot::Expects::text("text") }
            }

            fn put(&mut self, scalar: $crate::decode::slot::Scalar<'_>) -> bool {
                let name = $crate::decode::slot::as_text(scalar);
                if let Some(name) = &name {
                    *self = $crate::decode::open_enum::OpenEnum::named(name);
                }
                name.is_some()
            }

            fn show(&self) -> $crate::decode::slot::Shown<'_> {
                $crate::decode::slot::Shown::Text(self.as_str())
            }
        }

        impl $crate::input::json::FromJson for $name {
            fn from_json(
                given: &::serde_json::Value,
                faults: &mut $crate::base::violation::Faults,
            ) -> ::std::option::Option<Self> {
                $crate::decode::open_enum::read(given, faults)
            }
        }

        impl $crate::input::json::ToJson for $name {
            fn to_json(&self) -> ::std::option::Option<::serde_json::Value> {
                self.as_text().map(::serde_json::Value::from)
            }

            fn as_text(&self) -> ::std::option::Option<&str> {
                let text = match self {
                    $(Self::$value => $crate::decode::open_enum::open_enum!(@sends $text $(, $sends)?),)*
                    Self::Other(other) => other.as_str(),
                };
                (!text.is_empty()).then_some(text)
            }
        }

        impl $crate::input::json::Placeholder for $name {
            fn placeholder(from: &str) -> Self {
                Self::Other($crate::decode::open_enum::Other::in_place_of(from))
            }
        }
    };
    (@sends $text:literal) => { $text };
    (@sends $text:literal, $sends:literal) => { $sends };
}
pub(crate) use open_enum;

#[cfg(test)]
mod tests;
