//! Random tools: of each word of the language some, most of them where they fit.

use crate::names;
use crate::pick::Pick;
use crate::templates::{Known, body, field, holes, is_word, plain, query, reshape};
use crate::types::{OUTCOMES, Shared, Ty, World};

/// A tool that others can ask.
pub(crate) struct Asked {
    pub(crate) tool: String,
    pub(crate) item: usize,
}

/// The parameter that takes the cursor, by a name that the language does not know.
const CURSOR: &str = "go_on_at";

struct Param {
    name: String,
    ty: Ty,
    text: String,
}

impl Param {
    fn known(&self) -> Known {
        Known { name: self.name.clone(), ty: self.ty.clone(), param: true, required: self.is_required() }
    }

    fn is_required(&self) -> bool {
        self.text.contains("required: true")
    }
}

/// A tool's entry. One that can be asked is added to those that can.
pub(crate) fn tool(pick: &mut Pick, world: &World, group: &str, asked: &mut Vec<Asked>) -> String {
    let name = format!("{group}_{}", names::small(pick));
    let last = world.models.len() - 1;
    let answer = if pick.once_in(8) { last } else { pick.below(world.models.len()) };
    let items = world.models[answer].fields.iter().find_map(|field| match &field.ty {
        Ty::List(of) => match **of {
            Ty::Model(item) => Some((field.name.clone(), item)),
            _ => None,
        },
        _ => None,
    });
    let paged = world.models[answer].fields.iter().any(|field| field.name == "records");
    let params = params(pick, world, paged, asked);
    let mut known: Vec<Known> = params.iter().map(Param::known).collect();
    let values = values(pick, world, &mut known, asked);
    let mut text = format!(
        "  {name}:\n    method: {}\n    title: A tool\n    about: Does something with {{braces}} and <angles>.\n    \
         effect: {}\n",
        names::callable(pick),
        pick.one(&["read", "write", "destructive"])
    );
    if let (true, Some(param)) =
        (text.contains("effect: destructive"), params.iter().find(|param| param.is_required() && is_word(&param.ty)))
    {
        text += &format!("    confirm: ${}\n", param.name);
    }
    if !params.is_empty() {
        text += &format!("    params:\n{}", params.iter().map(|param| param.text.as_str()).collect::<String>());
    }
    text += &values;
    let given: Vec<&Param> = params.iter().filter(|param| param.is_required() || pick.once_in(3)).collect();
    text += &rules(pick, world, &params, &given);
    text += &plan(pick, world, answer, &known, paged);
    text += &format!("    answer: {}\n", world.models[answer].name);
    if paged {
        text += &format!("    paging: ${CURSOR}\n");
    } else if let Some(field) = world.models[answer].fields.iter().find(|field| field.ty == Ty::String)
        && !text.contains("chunk:")
        && !text.contains("each:")
        && text.contains("effect: read")
    {
        text += &format!("    wait: {{until: \"{}\", done: DONE, failed: [FAILED, \"no use\"]}}\n", field.name);
    }
    if let Some((field, item)) = items.filter(|_| paged || !pick.once_in(4)) {
        text += &format!("    items: {field}\n");
        text += &of_items(pick, world, item, &params, paged);
        // One that requires something cannot be asked.
        if params.iter().all(|param| !param.is_required()) {
            asked.push(Asked { tool: name, item });
        }
    }
    if pick.once_in(4) {
        text += "    notes:\n      - Something to know, with a `code` and [brackets].\n    deprecated: Use another.\n";
    }
    let example: Vec<String> =
        given.iter().map(|param| format!("{}: {}", param.name, world.value(&param.ty))).collect();
    text + &format!("    example: {{{}}}\n", example.join(", "))
}

fn params(pick: &mut Pick, world: &World, paged: bool, asked: &[Asked]) -> Vec<Param> {
    let mut params: Vec<Param> = Vec::new();
    for _ in 0..pick.between(0, 6) {
        let name = names::small(pick);
        if params.iter().any(|param| param.name == name) {
            continue;
        }
        let (ty, more) = match pick.below(4) {
            0 => (world.ty(pick, 2), ", required: true".to_owned()),
            1 => {
                let known: Vec<Known> = params.iter().map(Param::known).collect();
                match source(pick, world, &known, asked) {
                    Some((ty, source)) => (ty, format!(", default: {source}")),
                    None => (world.ty(pick, 2), String::new()),
                }
            }
            _ => (world.ty(pick, 2), String::new()),
        };
        let limit = match (&ty, pick.below(3)) {
            (Ty::Integer | Ty::Number, 0) => ", min: 0, max: 100",
            (Ty::String | Ty::Url, 0) => ", min_length: 1",
            (Ty::List(_), 0) => ", min_items: 1, unique: true",
            (Ty::Map(_), 0) => ", max_items: 5",
            _ => "",
        };
        let text = format!("      {name}: {{type: {}{more}{limit}, about: A parameter.}}\n", world.written(&ty));
        params.push(Param { name, ty, text });
    }
    if let Some(Shared { name, ty, .. }) = pick.from(&world.shared).filter(|_| pick.once_in(2)) {
        let text = if pick.once_in(2) { "shared".to_owned() } else { format!("{{shared: {name}, extra: true}}") };
        params.retain(|param| param.name != *name);
        params.push(Param { name: name.clone(), ty: ty.clone(), text: format!("      {name}: {text}\n") });
    }
    if pick.once_in(3) {
        for name in ["since", "until"] {
            let text = format!("      {name}: {{type: date-time, about: A bound.}}\n");
            params.push(Param { name: name.to_owned(), ty: Ty::DateTime, text });
        }
    }
    if paged {
        let text = format!("      {CURSOR}: {{type: string, about: Where the page begins.}}\n");
        params.retain(|param| param.name != CURSOR);
        params.push(Param { name: CURSOR.to_owned(), ty: Ty::String, text });
    }
    params
}

/// A source, and a type that it might be for.
fn source(pick: &mut Pick, world: &World, known: &[Known], asked: &[Asked]) -> Option<(Ty, String)> {
    let text_or_json = |pick: &mut Pick| match pick.below(4) {
        0 => Ty::Json,
        1 => Ty::Id(world.ids[0].clone()),
        _ => Ty::String,
    };
    Some(match pick.below(8) {
        0 => (text_or_json(pick), "{fresh: uuid}".to_owned()),
        1 => (text_or_json(pick), format!("{{hash: [{}]}}", pick.from(known)?.name)),
        2 => (if pick.once_in(3) { Ty::String } else { Ty::DateTime }, "{days_ago: 3}".to_owned()),
        3 => {
            let other = pick.from(known)?;
            (perhaps_other(pick, world, &other.ty), format!("{{same_as: ${}}}", other.name))
        }
        4 => {
            let list = known.iter().find_map(|known| match &known.ty {
                Ty::List(of) => match **of {
                    Ty::Model(model) => Some((known, model)),
                    _ => None,
                },
                _ => None,
            });
            let (list, model) = list?;
            let field = pick.from(&world.models[model].fields)?;
            (perhaps_other(pick, world, &field.ty), format!("{{first: {}.{}}}", list.name, field.name))
        }
        5 | 6 => {
            let other = pick.from(asked)?;
            let field = pick.from(&world.models[other.item].fields)?;
            let (tool, from) = (&other.tool, &field.name);
            let hole = pick.from(known).map_or(String::new(), |known| format!(" {{{}}}", known.name));
            match pick.below(3) {
                0 => {
                    let fields = &world.models[other.item].fields;
                    let pairs: Vec<_> = fields.iter().flat_map(|by| known.iter().map(move |with| (by, with))).collect();
                    let same = pairs.iter().find(|(by, with)| is_word(&by.ty) && by.ty == with.ty);
                    let (by, with) = same.or(pick.from(&pairs)).copied()?;
                    let (by, with) = (&by.name, &with.name);
                    let source =
                        format!("{{find: {from}, in: {tool}, where: {{{by}: ${with}}}, missing: \"None{hole}.\"}}");
                    (perhaps_other(pick, world, &field.ty), source)
                }
                1 => {
                    let source = format!("{{only: {from}, in: {tool}, missing: \"None{hole}.\", several: Several.}}");
                    (perhaps_other(pick, world, &field.ty), source)
                }
                _ => {
                    let of = perhaps_other(pick, world, &field.ty);
                    (Ty::List(Box::new(of)), format!("{{every: {from}, in: {tool}}}"))
                }
            }
        }
        _ => {
            let ty = world.ty(pick, 1);
            let value = world.value(&ty);
            if value.starts_with('{') { (Ty::Integer, "5".to_owned()) } else { (ty, value) }
        }
    })
}

fn perhaps_other(pick: &mut Pick, world: &World, ty: &Ty) -> Ty {
    match pick.below(6) {
        0 => Ty::Json,
        1 => Ty::String,
        2 => world.ty(pick, 1),
        _ => ty.clone(),
    }
}

fn values(pick: &mut Pick, world: &World, known: &mut Vec<Known>, asked: &[Asked]) -> String {
    let mut text = String::new();
    for _ in 0..pick.below(3) {
        let name = names::small(pick);
        let Some((ty, source)) =
            source(pick, world, known, asked).filter(|_| known.iter().all(|known| known.name != name))
        else {
            continue;
        };
        // What such a value is follows from the source, which the check knows; a wrong guess here is a wrong spec.
        let given = known
            .iter()
            .find(|known| known.param && known.ty == ty && source.starts_with('{') && !source.starts_with("{a:"));
        let given = given.filter(|_| pick.once_in(2)).map(|known| format!("{{given: ${}, ", known.name));
        let source = given.map_or(source.clone(), |given| source.replacen('{', &given, 1));
        text += &format!("      {name}: {source}\n");
        known.push(Known { name, ty, param: false, required: false });
    }
    if text.is_empty() { text } else { format!("    values:\n{text}") }
}

/// Rules that the example keeps.
fn rules(pick: &mut Pick, world: &World, params: &[Param], given: &[&Param]) -> String {
    let optional: Vec<&Param> = params.iter().filter(|param| !param.is_required()).collect();
    let day =
        |ty: &Ty| params.iter().filter(|param| param.ty == *ty).map(|param| param.name.as_str()).collect::<Vec<_>>();
    let mut rules = String::new();
    if let (true, Some(param)) = (pick.once_in(5), optional.iter().find(|param| param.text.contains("default:"))) {
        rules += &format!("      - {{need: [{}], because: It is needed.}}\n", param.name);
    }
    let free: Vec<&Param> = optional.iter().copied().filter(|param| !param.text.contains("default:")).collect();
    let is_given = |param: &Param| given.iter().any(|given| given.name == param.name);
    let when = free.first().copied().filter(|_| pick.once_in(2));
    let condition = when.map(|param| match &param.ty {
        Ty::Enum(at) if pick.once_in(2) => {
            format!("when: ${} = {}", param.name, world.enums[*at].values[0].trim_matches('"'))
        }
        _ => format!("when: ${}", param.name),
    });
    match (free.as_slice(), &condition) {
        ([first, one, other, ..], Some(when)) if is_given(one) || !is_given(first) => {
            rules += &format!("      - {{need: [{}, {}], {when}, because: Both.}}\n", one.name, other.name);
        }
        ([.., one, other], _) if !(is_given(one) && is_given(other)) && pick.once_in(2) => {
            rules += &format!("      - {{exclude: [{}, {}], because: One alone.}}\n", one.name, other.name);
        }
        _ => {}
    }
    for ty in [Ty::DateTime, Ty::Date] {
        if let [first, second, ..] = day(&ty).as_slice() {
            let apart = when.is_some_and(|param| [first, second].iter().all(|end| **end != param.name));
            let when = condition.as_ref().filter(|_| apart).map(|when| format!("\n        {when}"));
            rules += &format!("      - order: [{first}, {second}]{}\n", when.unwrap_or_default());
        }
    }
    if rules.is_empty() { rules } else { format!("    rules:\n{rules}") }
}

fn of_items(pick: &mut Pick, world: &World, item: usize, params: &[Param], paged: bool) -> String {
    let instant = world.models[item].fields.iter().find(|field| field.ty == Ty::DateTime);
    let Some(field) = instant.or(pick.from(&world.models[item].fields)) else { return String::new() };
    let of_type = |ty: Ty| params.iter().filter(move |param| param.ty == ty).map(|param| param.name.as_str());
    let instants: Vec<&str> = of_type(Ty::DateTime).collect();
    match (&field.ty, instants.as_slice()) {
        (Ty::DateTime, [from, to, ..]) if paged => {
            return format!("    newest_first: {{from: {from}, to: {to}, time: {}}}\n", field.name);
        }
        _ if !pick.once_in(3) => {}
        (Ty::Date | Ty::DateTime, _) => {
            if let Some(day) = of_type(Ty::Date).next() {
                return format!("    keep:\n      {}: {{from: ${day}}}\n", field.name);
            }
        }
        _ => return format!("    keep:\n      {}: {}\n", field.name, world.value(&field.ty)),
    }
    String::new()
}

fn plan(pick: &mut Pick, world: &World, answer: usize, known: &[Known], paged: bool) -> String {
    let whole =
        |pick: &mut Pick| request(pick, world, answer, known, paged).replace('\n', "\n      ").trim_end().to_owned();
    match pick.below(5) {
        0 => {
            let when = known.iter().find(|known| known.param).map(|known| match &known.ty {
                Ty::Enum(at) => format!("${} = {}", known.name, world.enums[*at].values[0].trim_matches('"')),
                _ => format!("${}", known.name),
            });
            match when {
                Some(when) => {
                    let (first, last) = (whole(pick), whole(pick));
                    let nest = |text: &str| text.replace("\n      ", "\n        ");
                    format!(
                        "    requests:\n      - when: {when}\n        {}\n      - else: true\n        {}\n",
                        nest(&first),
                        nest(&last)
                    )
                }
                None => format!("    request:\n      {}\n", whole(pick)),
            }
        }
        1 => {
            let other = pick.below(world.models.len());
            let model = &world.models[other];
            let fields = model.fields.iter().filter(|field| can_be_taken(&field.ty) && plain(&field.name));
            let takes: Vec<(String, &crate::types::Field)> =
                fields.take(2).map(|field| (names::small(pick), field)).collect();
            let mut after = known.to_vec();
            let mut text =
                format!("    steps:\n      - get: /v2/first\n        scope: one\n        answer: {}\n", model.name);
            if !takes.is_empty() {
                text += "        take:\n";
                for (name, field) in takes.iter().filter(|(name, _)| known.iter().all(|known| known.name != *name)) {
                    text += &format!("          {name}: .{}\n", field.name);
                    let ty = if let Ty::List(of) = &field.ty { (**of).clone() } else { field.ty.clone() };
                    after.push(Known { name: name.clone(), ty, param: false, required: false });
                }
                let hole = known.first().map_or(String::new(), |known| format!(" {{{}}}", known.name));
                text += &format!("        missing: \"Nothing{hole}.\"\n");
            }
            let last = request(pick, world, answer, &after, paged).replace('\n', "\n        ");
            text + &format!("      - {}\n        failed: It failed.\n", last.trim_end())
        }
        _ => format!("    request:\n      {}\n", whole(pick)),
    }
}

fn can_be_taken(ty: &Ty) -> bool {
    is_word(ty) || matches!(ty, Ty::List(of) if is_word(of))
}

/// A request that uses everything that is known, without indentation.
fn request(pick: &mut Pick, world: &World, answer: usize, known: &[Known], paged: bool) -> String {
    let mut text = String::new();
    let mut known = known.to_vec();
    let mut element = None;
    if let Some(list) = known.iter().find(|known| matches!(known.ty, Ty::List(_) | Ty::Csv(_))).cloned() {
        match pick.below(5) {
            0 if list.param => text += &format!("chunk: {{of: ${}, size: 3}}\n", list.name),
            1 | 2 => {
                if world.models[answer].fields[..].iter().any(|field| field.name == OUTCOMES) {
                    text += "outcomes: {into: outcomes, item: for, error: error}\n";
                }
                let per_page = if paged && pick.once_in(2) { ", per_page: 5" } else { "" };
                let alias = names::small(pick);
                text += &format!("each: {{of: ${}, as: {alias}{per_page}}}\n", list.name);
                let (Ty::List(of) | Ty::Csv(of)) = list.ty else { return text };
                let one = Known { name: alias, ty: *of, param: false, required: false };
                element = Some(one.clone());
                known.push(one);
            }
            _ => {}
        }
    }
    let in_path = known.iter().find(|known| known.required && is_word(&known.ty)).filter(|_| pick.once_in(2));
    let mut path = in_path.map_or(String::new(), |known| format!("/{{{}}}", known.name));
    let model = known.iter().find(|known| known.required && matches!(known.ty, Ty::Model(_)));
    let inside = model.and_then(|known| field(pick, world, &known.name, &known.ty)).filter(|(_, ty)| is_word(ty));
    path += &inside.filter(|_| pick.once_in(3)).map_or(String::new(), |(inside, _)| format!("/{{{inside}}}"));
    let element = element.filter(|known| is_word(&known.ty) && pick.once_in(2));
    path += &element.map_or(String::new(), |known| format!("/{{{}}}", known.name));
    let queried = query(pick, world, &known);
    let templated = body(pick, world, &known, &holes(&format!("{queried}{path}")));
    let verb = if templated.is_empty() { "get" } else { pick.one(&["post", "put", "patch", "delete"]) };
    text += &format!("{verb}: /v2/things{path}\nscope: {}\n", pick.one(&["one", "two", "[]"]));
    text += &queried;
    text += &templated;
    if pick.once_in(20) {
        text += "nothing_found: [Nothing at all]\n";
    }
    if verb != "get" && pick.once_in(8) {
        text += "repeatable: true\n";
    } else if let (true, Some(key)) = (pick.once_in(6), known.iter().find(|known| known.ty == Ty::String)) {
        text += &format!("repeat_key: ${}\n", key.name);
    }
    if pick.once_in(3) {
        text += &reshape(pick, world, answer);
    }
    text
}
