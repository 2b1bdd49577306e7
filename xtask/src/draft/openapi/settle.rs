//! Settles the types of a draft: those of one shape become one, those that the spec has already are taken from there,
//! none holds itself, and each gets a name that is free.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::known;
use super::made::{Field, Is, Kind, Type, fields, fields_mut, number_in, replaced};
use super::names::{can_be_written, type_name};
use super::told::Told;
use crate::draft::words;
use tool_spec::is_free;
use tool_spec::model::{self, Limits, Spec, Ty, TypeKind};
use tool_spec::names::{camel, field_ident};

/// Types that hold each other are compared anew as often as this.
const ROUNDS: usize = 16;

/// What goes in, what comes out, and how types are named that have no free name.
pub(super) struct Wanted<'a> {
    pub(super) spec: &'a Spec,
    pub(super) told: &'a Told,
    pub(super) params: Vec<&'a Ty>,
    pub(super) answer: &'a Ty,
    /// What a type begins with whose own name is taken.
    pub(super) prefix: &'a str,
}

/// What each type of the document is, and what those are called that the draft brings along.
pub(super) struct Settled {
    is: Vec<Is>,
    names: BTreeMap<usize, String>,
}

impl Settled {
    /// What the type of this number is called; nothing if the draft does without it.
    pub(super) fn name(&self, index: usize) -> Option<String> {
        match self.is.get(index)? {
            Is::Known(name) => Some(name.clone()),
            Is::Made(index) => self.names.get(index).cloned(),
        }
    }

    pub(super) fn ty(&self, ty: &Ty) -> Ty {
        replaced(ty, &|index| self.name(index).map_or(Ty::Json, Ty::Model))
    }
}

/// The types that the draft brings along, and what all are called.
pub(super) fn settle(mut made: Vec<Type>, wanted: &Wanted<'_>) -> (Settled, Vec<model::Type>) {
    let mut is: Vec<Is> = unite(&made).into_iter().map(Is::Made).collect();
    break_circles(&mut made, &is, wanted.told);
    let reached = Reached::of(&made, &is, wanted);
    for index in reached.all() {
        let (goes_in, comes_out) = (reached.goes_in.contains(&index), reached.comes_out.contains(&index));
        let Some(ty) = made.get(index) else { continue };
        let Some(name) = known::find(ty, &made, &is, wanted.spec, goes_in, comes_out) else { continue };
        let what = format!("taken for the spec's `{name}`, which has what it has");
        wanted.told.at(format!("the type `{}`", ty.name)).guessed(what);
        let all = is.iter_mut().filter(|other| **other == Is::Made(index));
        all.for_each(|other| *other = Is::Known(name.clone()));
    }
    let reached = Reached::of(&made, &is, wanted);
    let names = names(&made, &reached.all(), wanted);
    let settled = Settled { is, names };
    let top = number_in(wanted.answer);
    let types = settled.names.iter().filter_map(|(index, name)| {
        let (goes_in, top) = (reached.goes_in.contains(index), top == Some(*index));
        let comes_out = top || reached.comes_out.contains(index);
        let kind = match &made.get(*index)?.kind {
            Kind::Model(fields) => {
                let model = Model { index: *index, goes_in, comes_out, top, settled: &settled, told: wanted.told };
                TypeKind::Model(model.fields(fields))
            }
            Kind::Enum(values) => TypeKind::Enum(values.clone()),
        };
        let (about, source) = (words::sentence(name), String::new());
        Some(model::Type { name: name.clone(), about, source, goes_in, comes_out, kind })
    });
    let types = types.collect();
    (settled, types)
}

/// A model that the draft brings along, and which ways it goes.
struct Model<'a> {
    index: usize,
    goes_in: bool,
    comes_out: bool,
    /// It is the answer itself.
    top: bool,
    settled: &'a Settled,
    told: &'a Told,
}

impl Model<'_> {
    /// The fields that it can have: each with a name of its own, and none that never goes its way.
    fn fields(&self, fields: &[Field]) -> Vec<model::Field> {
        let mut taken: BTreeSet<String> = BTreeSet::new();
        let mut kept = Vec::new();
        for field in fields {
            let place = self.told.field(self.index, &field.name);
            let ident = field_ident(&field.name);
            if ident.is_empty() || taken.contains(&ident) || !can_be_written(&field.name) {
                place.left_out("the field, as Rust has no name for it that another has not");
            } else if !self.goes_in && field.write_only {
                place.left_out("the field, as it never comes back (`writeOnly`)");
            } else if !self.comes_out && field.read_only {
                place.left_out("the field, as it is never sent (`readOnly`)");
            } else {
                taken.insert(ident);
                kept.push(self.field(field));
            }
        }
        kept
    }

    fn field(&self, field: &Field) -> model::Field {
        let place = self.told.field(self.index, &field.name);
        let scalar = !matches!(field.ty, Ty::List(_) | Ty::Map(_) | Ty::Json | Ty::Csv(_));
        let promised = field.required && !field.nullable && !field.write_only && scalar;
        let always = self.comes_out && !self.top && promised;
        if always {
            place.guessed("`always` there, as the document requires it");
        }
        if self.goes_in && field.nullable {
            place.left_out("that it may be null, which is not sent");
        }
        let mut limits = field.facts.limits.clone();
        if !self.goes_in && limits != Limits::default() {
            place.left_out("its limits, as it only comes out");
            limits = Limits::default();
        }
        let required = field.required && self.goes_in && !field.read_only;
        let (name, about) = (field.name.clone(), field.facts.sentence(&field.name, &field.ty));
        model::Field { name, ty: self.settled.ty(&field.ty), about, always, required, limits, notice: None }
    }
}

/// For each type the first of its shape. Types of which one holds the other are found round by round.
fn unite(made: &[Type]) -> Vec<usize> {
    let mut same: Vec<usize> = (0..made.len()).collect();
    // One that the document has a name for is the one that stays.
    let mut order: Vec<(usize, &Type)> = made.iter().enumerate().collect();
    order.sort_by_key(|(_, made)| !made.named);
    for _ in 0..ROUNDS {
        let mut first: HashMap<String, usize> = HashMap::new();
        let to: BTreeMap<usize, usize> =
            order.iter().map(|(index, made)| (*index, *first.entry(shape(made, &same)).or_insert(*index))).collect();
        let next: Vec<usize> = to.into_values().collect();
        if next == same {
            break;
        }
        same = next;
    }
    same
}

fn shape(made: &Type, same: &[usize]) -> String {
    match &made.kind {
        Kind::Enum(values) => format!("enum {values:?}"),
        Kind::Model(fields) if fields.is_empty() => format!("empty {}", made.name),
        Kind::Model(fields) => {
            let first = |index: usize| Ty::Model(same.get(index).copied().unwrap_or_default().to_string());
            let alike = |field: &Field| format!("{:?}", Field { ty: replaced(&field.ty, &first), ..field.clone() });
            let mut fields: Vec<String> = fields.iter().map(alike).collect();
            fields.sort();
            fields.join("\n")
        }
    }
}

/// A model that holds itself other than in a list would never end: there it is any JSON.
fn break_circles(made: &mut [Type], is: &[Is], told: &Told) {
    let mut done = BTreeSet::new();
    for start in 0..made.len() {
        break_circle(start, &mut Vec::new(), &mut done, (made, is, told));
    }
}

/// Follows the fields of a model; `open` are those that it is within. No deeper than there are types.
fn break_circle(
    index: usize,
    open: &mut Vec<usize>,
    done: &mut BTreeSet<usize>,
    (made, is, told): (&mut [Type], &[Is], &Told),
) {
    if !done.insert(index) {
        return;
    }
    open.push(index);
    for at in 0..fields(made, index).len() {
        let Some(field) = fields_mut(made, index).get_mut(at) else { continue };
        let next = Some(&field.ty).filter(|ty| matches!(ty, Ty::Model(_))).and_then(number_in);
        let Some(Is::Made(next)) = next.and_then(|number| is.get(number)) else { continue };
        if open.contains(next) {
            told.field(index, &field.name).guessed("any JSON, as a model cannot hold itself");
            field.ty = Ty::Json;
        } else {
            break_circle(*next, open, done, (made, is, told));
        }
    }
    open.pop();
}

/// The types that parameters and those that the answer leads to.
struct Reached {
    goes_in: BTreeSet<usize>,
    comes_out: BTreeSet<usize>,
}

impl Reached {
    fn of(made: &[Type], is: &[Is], wanted: &Wanted<'_>) -> Self {
        let follow = |from: &[&Ty], goes: fn(&Field) -> bool| {
            let mut reached = BTreeSet::new();
            let mut left: Vec<usize> = from.iter().filter_map(|ty| number_in(ty)).collect();
            while let Some(number) = left.pop() {
                let Some(Is::Made(index)) = is.get(number) else { continue };
                if reached.insert(*index) {
                    let fields = fields(made, *index).iter().filter(|field| goes(field));
                    left.extend(fields.filter_map(|field| number_in(&field.ty)));
                }
            }
            reached
        };
        Reached {
            goes_in: follow(&wanted.params, |field| !field.read_only),
            comes_out: follow(&[wanted.answer], |field| !field.write_only),
        }
    }

    fn all(&self) -> BTreeSet<usize> {
        &self.goes_in | &self.comes_out
    }
}

/// Names that are free, those that the document gives first.
fn names(made: &[Type], reached: &BTreeSet<usize>, wanted: &Wanted<'_>) -> BTreeMap<usize, String> {
    let mut names: BTreeMap<usize, String> = BTreeMap::new();
    let mut taken: BTreeSet<String> = wanted.spec.types.iter().map(|ty| ty.name.clone()).collect();
    taken.extend(ids(made, wanted));
    let mut order: Vec<(usize, &Type)> = reached.iter().filter_map(|at| Some((*at, made.get(*at)?))).collect();
    order.sort_by_key(|(_, made)| !made.named);
    for (index, made) in order {
        let short = made.name.strip_prefix(wanted.prefix).filter(|rest| !rest.is_empty()).unwrap_or(&made.name);
        let longer = type_name(&format!("{} {short}", wanted.prefix));
        let numbered = (2..).map(|number| format!("{longer}{number}"));
        let mut all = [made.name.clone(), longer.clone()].into_iter().chain(numbered);
        let name = all.find(|name| !taken.contains(name) && is_free(name, wanted.spec)).unwrap_or(longer);
        taken.insert(name.clone());
        names.insert(index, name);
    }
    names
}

/// What the kinds of ids of a draft are called in Rust.
fn ids<'a>(made: &'a [Type], wanted: &Wanted<'a>) -> impl Iterator<Item = String> {
    let fields = (0..made.len()).flat_map(|index| fields(made, index)).map(|field| &field.ty);
    fields.chain(wanted.params.clone()).filter_map(|ty| match ty.innermost() {
        Ty::Id(kind) => Some(format!("{}Id", camel(kind))),
        _ => None,
    })
}
