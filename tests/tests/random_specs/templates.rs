//! Random templates: what is sent, and what becomes of an answer.

use crate::pick::Pick;
use crate::types::{Ty, World};

/// A parameter, a value or an element.
#[derive(Clone)]
pub(crate) struct Known {
    pub(crate) name: String,
    pub(crate) ty: Ty,
    pub(crate) param: bool,
    pub(crate) required: bool,
}

/// What a `for` around a template is over: an item, and for a map its key.
#[derive(Clone)]
struct Around {
    item: Ty,
    key: bool,
}

/// The names of the holes in a text.
pub(crate) fn holes(text: &str) -> Vec<String> {
    let word = |rest: &str| rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
    text.split(['$', '{']).skip(1).map(word).collect()
}

pub(crate) fn is_word(ty: &Ty) -> bool {
    !matches!(ty, Ty::Json | Ty::List(_) | Ty::Csv(_) | Ty::Map(_) | Ty::Model(_))
}

fn hole(pick: &mut Pick, name: &str, ty: &Ty) -> String {
    match (ty, pick.below(4)) {
        (Ty::DateTime, 0) => format!("${name} | date"),
        (Ty::DateTime, 1) => format!("${name} | end_date | until_today"),
        (Ty::Date, 0) => format!("${name} | until_today"),
        _ => format!("${name}"),
    }
}

/// Whether a hole's path may have this name in it.
pub(crate) fn plain(name: &str) -> bool {
    name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// A field of a model by its path from this name on.
pub(crate) fn field(pick: &mut Pick, world: &World, name: &str, ty: &Ty) -> Option<(String, Ty)> {
    let Ty::Model(at) = ty else { return None };
    let field = pick.from(&world.models[*at].fields).filter(|field| plain(&field.name))?;
    Some((format!("{name}.{}", field.name), field.ty.clone()))
}

/// The query, of some of what is known.
pub(crate) fn query(pick: &mut Pick, world: &World, known: &[Known]) -> String {
    let mut text = String::new();
    for (at, one) in known.iter().enumerate() {
        let flat = is_word(&one.ty) || matches!(&one.ty, Ty::List(of) | Ty::Csv(of) if is_word(of));
        match (&one.ty, flat && pick.once_in(2)) {
            (Ty::List(of), true) if matches!(**of, Ty::Enum(_)) && one.param => {
                text += &format!("  q{at}: {}\n", has(pick, world, &one.name, of));
            }
            (Ty::Model(_), _) => {
                let word = field(pick, world, &one.name, &one.ty).filter(|(_, ty)| is_word(ty));
                if let Some((path, ty)) = word.filter(|_| pick.once_in(3)) {
                    text += &format!("  q{at}: {}\n", hole(pick, &path, &ty));
                }
            }
            (_, true) => {
                let sent = hole(pick, &one.name, &one.ty);
                text += &format!("  q{at}: {}\n", perhaps_when(pick, known, sent));
            }
            _ => {}
        }
    }
    if pick.once_in(4) {
        text +=
            &format!("  constant: {}\n", pick.one(&["1", "true", "text", "\"costs $$5\"", "..csv", "0.5", "\"True\""]));
    }
    if text.is_empty() { text } else { format!("query:\n{text}") }
}

fn has(pick: &mut Pick, world: &World, name: &str, of: &Ty) -> String {
    let Ty::Enum(at) = of else { return format!("${name}") };
    let value = world.enums[*at].values[0].trim_matches('"');
    let then = pick.one(&["", " then Some words", " then 5", " then \"True\""]);
    format!("${name} has {value}{then}")
}

/// What is sent always, or if a parameter is given.
fn perhaps_when(pick: &mut Pick, known: &[Known], sent: String) -> String {
    match known.iter().find(|known| known.param && !known.required).filter(|_| pick.once_in(8)) {
        Some(param) => format!("{{when: ${}, then: {sent}}}", param.name),
        None => sent,
    }
}

/// The body, of everything that is known and not used elsewhere; empty if there is nothing.
pub(crate) fn body(pick: &mut Pick, world: &World, known: &[Known], used: &[String]) -> String {
    let rest: Vec<&Known> = known.iter().filter(|known| !used.contains(&known.name)).collect();
    if rest.is_empty() && !pick.once_in(4) {
        return String::new();
    }
    if let ([only], true) = (rest.as_slice(), pick.once_in(3)) {
        let whole = value(pick, world, &only.name, &only.ty, 2);
        return format!("body: {}\n", if is_word(&only.ty) { format!("[{whole}]") } else { whole });
    }
    let mut text = "body:\n".to_owned();
    for (at, one) in rest.iter().enumerate() {
        let sent = value(pick, world, &one.name, &one.ty, 2);
        text += &format!("  m{at}: {}\n", perhaps_when(pick, known, sent));
    }
    if rest.is_empty() || pick.once_in(4) {
        let sent = if pick.once_in(2) { around(pick, world, known, 2) } else { constant(pick) };
        text += &format!("  more: [{}]\n", perhaps_when(pick, known, sent));
    }
    text
}

/// A template that has this value in it.
fn value(pick: &mut Pick, world: &World, name: &str, ty: &Ty, deep: usize) -> String {
    let plain = hole(pick, name, ty);
    if deep == 0 {
        return plain;
    }
    if let Some((path, ty)) = field(pick, world, name, ty).filter(|_| pick.once_in(2)) {
        return value(pick, world, &path, &ty, deep - 1);
    }
    match (ty, pick.below(6)) {
        (Ty::List(of) | Ty::Csv(of), 0 | 1) => {
            let inside = Around { item: (**of).clone(), key: false };
            format!("{{for: ${name}, as: {}}}", element(pick, world, &inside, deep - 1))
        }
        (Ty::Map(of), 0 | 1) => {
            let inside = Around { item: (**of).clone(), key: true };
            format!("{{for: ${name}, as: {}}}", element(pick, world, &inside, deep - 1))
        }
        (_, 2) => format!("[{}, {plain}]", constant(pick)),
        (_, 3) => format!("{{in: {plain}, constant: {}}}", constant(pick)),
        (_, 4) => format!("{{in!: {{deep: {plain}}}}}"),
        (_, 5) => format!("[[{plain}], {{x: {plain}}}]"),
        _ => plain,
    }
}

fn element(pick: &mut Pick, world: &World, around: &Around, deep: usize) -> String {
    let item = value(pick, world, "item", &around.item, deep);
    match pick.below(4) {
        0 => item,
        1 if around.key => format!("{{name: $key, value: {item}}}"),
        2 => format!("[{item}]"),
        _ => format!("{{id: {item}}}"),
    }
}

fn around(pick: &mut Pick, world: &World, known: &[Known], deep: usize) -> String {
    match pick.from(known) {
        Some(one) => value(pick, world, &one.name, &one.ty, deep),
        None => constant(pick),
    }
}

fn constant(pick: &mut Pick) -> String {
    pick.one(&[
        "1",
        "-2.5",
        "true",
        "null",
        "text",
        "\"a $$ b\"",
        "{}",
        "[]",
        "{a: [1, {b: c}]}",
        "\"yes\"",
        "2026-11-23",
    ])
    .to_owned()
}

/// The answer of another model, and how it becomes this one.
pub(crate) fn reshape(pick: &mut Pick, world: &World, answer: usize) -> String {
    let got = pick.below(world.models.len());
    let mut text = String::new();
    for field in &world.models[answer].fields {
        if let Some(value) = reshaped(pick, world, got, &field.ty).filter(|_| !pick.once_in(5)) {
            text += &format!("  {}: {value}\n", field.name);
        }
    }
    if text.is_empty() {
        return text;
    }
    format!("answer: {}\nreshape:\n{text}", world.models[got].name)
}

fn reshaped(pick: &mut Pick, world: &World, got: usize, into: &Ty) -> Option<String> {
    let fields = &world.models[got].fields;
    let fits = |from: &Ty| {
        from == into || *into == Ty::Json || (*into == Ty::String && is_word(from)) || pick_number(from, into)
    };
    let same = fields.iter().filter(|field| plain(&field.name));
    match pick.below(4) {
        0 if !matches!(into, Ty::List(_) | Ty::Map(_) | Ty::Model(_) | Ty::Json) => Some(world.value(into)),
        1 => {
            let field = pick.from(fields).filter(|field| plain(&field.name))?;
            Some(format!(".{}", field.name))
        }
        2 if matches!(into, Ty::List(_)) => {
            let Ty::List(wanted) = into else { return None };
            let list = same.clone().find(|field| matches!(field.ty, Ty::List(_)))?;
            let Ty::List(of) = &list.ty else { return None };
            let inside = match (&**of, &**wanted) {
                (Ty::Model(from), Ty::Model(into)) if from != into => {
                    let members = world.models[*into].fields.iter().filter_map(|field| {
                        let other = world.models[*from]
                            .fields
                            .iter()
                            .find(|other| other.ty == field.ty && plain(&other.name))?;
                        Some(format!("{}: $item.{}", field.name, other.name))
                    });
                    format!("{{{}}}", members.collect::<Vec<_>>().join(", "))
                }
                _ => "$item".to_owned(),
            };
            Some(format!("{{for: .{}, as: {inside}}}", list.name))
        }
        _ => same.clone().find(|field| fits(&field.ty)).map(|field| format!(".{}", field.name)),
    }
}

fn pick_number(from: &Ty, into: &Ty) -> bool {
    *from == Ty::Integer && *into == Ty::Number
}
