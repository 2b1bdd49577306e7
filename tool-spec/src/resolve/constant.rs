//! Constants of the spec (defaults, examples, `keep`) held against the type that they are to have.

use super::parts::all;
use super::types::Types;
use crate::fault::{Fault, FaultKind, Sink};
use crate::load::constant::{Constant, ConstantKind};
use crate::model::{Json, Limits, Ty};
use crate::source::{At, Span};

/// The constant as JSON of this type. Every part that is no value of it or breaks a limit is reported.
pub(crate) fn value(constant: &Constant, ty: &Ty, limits: &Limits, types: &Types<'_>, sink: &Sink) -> Option<Json> {
    let none = Limits::default();
    let value = match (ty, &constant.kind) {
        (Ty::List(of), ConstantKind::List(items)) => {
            Json::Array(all(items.iter().map(|item| value(item, of, &none, types, sink)))?)
        }
        (Ty::Map(of), ConstantKind::Object(members)) => {
            let member =
                |(key, member): &(At<String>, _)| Some((key.value.clone(), value(member, of, &none, types, sink)?));
            Json::Object(all(members.iter().map(member))?)
        }
        (Ty::Model(name), ConstantKind::Object(members)) => model(name, constant.span, members, types, sink)?,
        (Ty::Csv(of), ConstantKind::Scalar { text, .. }) => {
            for part in text.split(',') {
                let plain = matches!(**of, Ty::Integer | Ty::Number | Ty::Boolean);
                value(&Constant::scalar(part.trim(), plain, constant.span), of, &none, types, sink)?;
            }
            Json::String(text.clone())
        }
        (Ty::Enum(name), ConstantKind::Scalar { text, .. }) => {
            types.need_value(name, text, constant.span, sink)?;
            Json::String(text.clone())
        }
        (Ty::Json, ConstantKind::Scalar { .. }) => constant.untyped(sink)?,
        (ty, _) => {
            let json = constant.json();
            if !is_a(&json, ty) {
                wrong(constant.span, &json, ty, sink);
                return None;
            }
            json
        }
    };
    check_limits(&value, limits, ty, constant.span, sink).then_some(value)
}

fn wrong(span: Span, json: &Json, ty: &Ty, sink: &Sink) {
    let fault = Fault::new(FaultKind::Type, span, format!("this is no `{ty}`"));
    let number = matches!(json, Json::Number(_) | Json::Bool(_));
    sink.report(match ty {
        Ty::String if number => fault.help("put it in quotes"),
        Ty::DateTime => fault.help("a date-time has an offset: \"2026-11-16T00:00:00Z\""),
        Ty::Date => fault.help("a date is written \"2026-11-23\""),
        Ty::Csv(_) => fault.help("it is text in which commas stand between the values"),
        Ty::File => fault.help("an example of a file is its name, such as `call.mp3`"),
        _ => fault,
    });
}

fn model(name: &str, span: Span, given: &[(At<String>, Constant)], types: &Types<'_>, sink: &Sink) -> Option<Json> {
    let fields = types.fields(name)?;
    let mut members = Vec::new();
    for (key, member) in given {
        let found = types.need_field(name, key.as_str(), key.span, sink);
        let value = found.and_then(|field| value(member, field.ty.as_ref()?, &field.decl.limits.limits, types, sink));
        members.push(value.map(|value| (key.value.clone(), value)));
    }
    for field in fields.iter().filter(|field| field.required) {
        if !given.iter().any(|(key, _)| key.value == field.name) {
            let message = format!("`{name}` requires the field `{}`", field.name);
            sink.report(Fault::new(FaultKind::Missing, span, message));
            members.push(None);
        }
    }
    members.into_iter().collect::<Option<_>>().map(Json::Object)
}

/// Whether JSON is of this type, roughly: the client that reads it for good is stricter.
fn is_a(json: &Json, ty: &Ty) -> bool {
    let text = json.as_str();
    match ty {
        Ty::Json => true,
        Ty::String | Ty::Csv(_) => text.is_some(),
        Ty::File => text.is_some_and(|text| !text.trim().is_empty()),
        Ty::Id(_) => text.map_or(json.is_u64(), |text| !text.trim().is_empty()),
        Ty::Integer => json.is_i64(),
        Ty::Number => json.is_number(),
        Ty::Boolean => json.is_boolean(),
        Ty::DateTime => text.is_some_and(is_date_time),
        Ty::Date => text.is_some_and(is_date),
        Ty::Email => text.is_some_and(is_email),
        Ty::Url => text.is_some_and(is_url),
        Ty::Enum(_) | Ty::List(_) | Ty::Map(_) | Ty::Model(_) => false,
    }
}

fn is_email(text: &str) -> bool {
    let strange = |c: char| c.is_whitespace() || "<>(),;\"".contains(c);
    let parts = |host: &str| host.contains('.') && host.split('.').all(|part| !part.is_empty());
    !text.contains(strange)
        && text.split_once('@').is_some_and(|(name, host)| !name.is_empty() && !host.contains('@') && parts(host))
}

fn is_url(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")).unwrap_or_default();
    !text.contains(char::is_whitespace) && rest.starts_with(|c: char| c.is_alphanumeric() || c == '[')
}

/// Whether every character is the one of the pattern, in which `0` stands for any digit.
fn like(text: &str, pattern: &str) -> bool {
    text.len() == pattern.len()
        && text.bytes().zip(pattern.bytes()).all(|(c, p)| if p == b'0' { c.is_ascii_digit() } else { c == p })
}

/// Whether the text is a day of the calendar, such as `2026-11-23`.
#[must_use]
pub fn is_date(text: &str) -> bool {
    let number = |from: usize, to: usize| text.get(from..to).and_then(|digits| digits.parse::<u32>().ok());
    let (Some(year), Some(month), Some(day)) = (number(0, 4), number(5, 7), number(8, 10)) else { return false };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    like(text, "0000-00-00") && (1..=12).contains(&month) && (1..=days).contains(&day)
}

#[must_use]
/// Whether the text is an instant as RFC 3339 writes it.
pub fn is_date_time(text: &str) -> bool {
    let (Some(start), Some(rest)) = (text.get(..19), text.get(19..)) else { return false };
    let offset = rest.trim_start_matches(|c: char| c == '.' || c.is_ascii_digit());
    let below = |from: usize, most: &str| text.get(from..from + 2).is_some_and(|digits| digits < most);
    let is_time = like(start, "0000-00-00T00:00:00") && below(11, "24") && below(14, "60") && below(17, "60");
    let is_offset = |sign: &str| {
        like(offset, &format!("{sign}00:00"))
            && offset.get(1..3).is_some_and(|hours| hours < "24")
            && offset.get(4..).is_some_and(|minutes| minutes < "60")
    };
    is_time && text.get(..10).is_some_and(is_date) && (offset == "Z" || is_offset("+") || is_offset("-"))
}

/// Reports every limit that a constant breaks. Tells whether it keeps them all.
fn check_limits(json: &Json, limits: &Limits, ty: &Ty, span: Span, sink: &Sink) -> bool {
    let length = json.as_str().map(|text| text.chars().count());
    let items = match (json, ty) {
        (Json::Array(items), _) => Some(items.len()),
        (Json::Object(members), Ty::Map(_)) => Some(members.len()),
        (Json::String(text), Ty::Csv(_)) => Some(text.split(',').count()),
        _ => None,
    };
    let number = json.as_f64();
    let out = |value: Option<usize>, least: Option<usize>, most: Option<usize>| {
        value.is_some_and(|value| least.is_some_and(|least| value < least) || most.is_some_and(|most| value > most))
    };
    #[allow(clippy::cast_precision_loss, reason = "a limit is a small number")]
    let number_out = number.is_some_and(|number| {
        limits.min.is_some_and(|min| number < min as f64) || limits.max.is_some_and(|max| number > max as f64)
    });
    let twice = limits.unique
        && json.as_array().is_some_and(|items| {
            items.iter().enumerate().any(|(index, item)| items.iter().take(index).any(|other| other == item))
        });
    let format = |text: &str| {
        let end = text.rsplit_once('.').map(|(_, end)| end.to_ascii_lowercase());
        end.is_some_and(|end| limits.formats.contains(&end))
    };
    let other_format = !limits.formats.is_empty() && !json.as_str().is_some_and(format);
    let broken = [
        (number_out, "`min` or `max`"),
        (out(length, limits.min_length, limits.max_length), "`min_length` or `max_length`"),
        (out(items, limits.min_items, limits.max_items), "`min_items` or `max_items`"),
        (twice, "`unique`"),
        (other_format, "`formats`"),
    ];
    for (_, limit) in broken.iter().filter(|(broken, _)| *broken) {
        sink.report(Fault::new(FaultKind::Type, span, format!("this breaks its own limit {limit}")));
    }
    !broken.iter().any(|(broken, _)| *broken)
}
