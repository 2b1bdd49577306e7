//! Constants: JSON of which every part knows where it is written.

use crate::fault::{Fault, FaultKind, Sink};
use crate::model::Json;
use crate::source::{At, Span};
use crate::syntax::{Node, NodeKind};

/// A constant.
#[derive(Clone, Debug)]
pub(crate) struct Constant {
    /// What a report about it points at.
    pub(crate) span: Span,
    pub(crate) kind: ConstantKind,
}

#[derive(Clone, Debug)]
pub(crate) enum ConstantKind {
    /// What is written, and whether it stands without quotes, so that it may be more than text.
    Scalar {
        text: String,
        plain: bool,
    },
    List(Vec<Constant>),
    Object(Vec<(At<String>, Constant)>),
}

impl Constant {
    pub(crate) fn of(node: &Node) -> Self {
        let kind = match &node.kind {
            NodeKind::Scalar { text, plain } => ConstantKind::Scalar { text: text.clone(), plain: *plain },
            NodeKind::List(items) => ConstantKind::List(items.iter().map(Constant::of).collect()),
            NodeKind::Map(pairs) => {
                let member = |(key, value): &(Node, Node)| match &key.kind {
                    NodeKind::Scalar { text, .. } => Some((At::new(text.clone(), key.span), Constant::of(value))),
                    _ => None,
                };
                ConstantKind::Object(pairs.iter().filter_map(member).collect())
            }
        };
        Constant { span: node.head(), kind }
    }

    /// Text, which without quotes may be more than that.
    pub(crate) fn scalar(text: impl Into<String>, plain: bool, span: Span) -> Self {
        Constant { span, kind: ConstantKind::Scalar { text: text.into(), plain } }
    }

    /// The JSON that YAML's core schema makes of it.
    pub(crate) fn json(&self) -> Json {
        match &self.kind {
            ConstantKind::Scalar { text, plain: true } => plain_json(text),
            ConstantKind::Scalar { text, plain: false } => Json::String(text.clone()),
            ConstantKind::List(items) => Json::Array(items.iter().map(Constant::json).collect()),
            ConstantKind::Object(members) => {
                Json::Object(members.iter().map(|(key, value)| (key.value.clone(), value.json())).collect())
            }
        }
    }

    /// The JSON of it where no type says what it should be. What other readers of YAML take for something else than
    /// text is reported, and so is a value that was left out.
    pub(crate) fn untyped(&self, sink: &Sink) -> Option<Json> {
        let ConstantKind::Scalar { text, plain: true } = &self.kind else { return Some(self.json()) };
        let fault = match meant(text) {
            Some(meant) => {
                let fault = Fault::new(FaultKind::Syntax, self.span, format!("`{text}` would be sent as text"));
                fault.help(format!("write `{meant}`, or \"{text}\" in quotes if it is text"))
            }
            None if text.is_empty() => {
                let fault = Fault::new(FaultKind::Missing, self.span, "there is no value here");
                fault.help("write `null` if that is meant")
            }
            None => return Some(self.json()),
        };
        sink.refuse(fault)
    }
}

/// What a word without quotes probably means: a truth value, nothing, or a number in a form that JSON does not have.
fn meant(text: &str) -> Option<String> {
    match text {
        "True" | "TRUE" | "yes" | "Yes" | "YES" | "on" | "On" | "ON" => return Some("true".to_owned()),
        "False" | "FALSE" | "no" | "No" | "NO" | "off" | "Off" | "OFF" => return Some("false".to_owned()),
        "Null" | "NULL" => return Some("null".to_owned()),
        _ => {}
    }
    let unsigned = text.trim_start_matches(['+', '-']);
    let radix = [("0x", 16), ("0X", 16), ("0o", 8), ("0b", 2)].into_iter().find_map(|(prefix, radix)| {
        let digits =
            unsigned.strip_prefix(prefix).filter(|digits| digits.starts_with(|c: char| c.is_ascii_hexdigit()))?;
        i64::from_str_radix(&digits.replace('_', ""), radix).ok()
    });
    if let Some(number) = radix {
        return Some(number.to_string());
    }
    let number = |c: char| c.is_ascii_digit() || "_.eE+-".contains(c);
    let digits = unsigned.starts_with(|c: char| c.is_ascii_digit() || c == '.') && unsigned.chars().all(number);
    if !digits || serde_json::from_str::<serde_json::Number>(text).is_ok() {
        return None;
    }
    let float: f64 = text.replace('_', "").parse().ok().filter(|number: &f64| number.is_finite())?;
    Some(float.to_string())
}

/// The JSON of a scalar without quotes.
pub(crate) fn plain_json(text: &str) -> Json {
    match text {
        "" | "~" | "null" => Json::Null,
        "true" => Json::Bool(true),
        "false" => Json::Bool(false),
        _ => match serde_json::from_str(text) {
            Ok(Json::Number(number)) => Json::Number(number),
            _ => Json::String(text.to_owned()),
        },
    }
}
