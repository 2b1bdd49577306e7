//! Settles the types of a draft: those of one shape become one, those that the spec has already are taken from there,
//! none holds itself, and each gets a name that is free.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::known;
use super::told::{Place, Told};
use super::types::{Made, MadeField, MadeKind, type_name};
use crate::author::{DraftField, DraftKind, DraftType, DraftValue, Facts};
use tool_spec::is_free;
use tool_spec::model::{Limits, Spec, Ty};
use tool_spec::names::camel;

/// Types that hold each other are compared anew as often as this.
const ROUNDS: usize = 16;

/// What a type of the document is in the spec.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Is {
    /// The same as the type of this number.
    Made(usize),
    /// The spec's own.
    Known(String),
}

/// The types of a draft.
pub(super) struct Settled {
    is: Vec<Is>,
    names: BTreeMap<usize, String>,
    pub(super) types: Vec<DraftType>,
}

impl Settled {
    /// What the type of this number is called; nothing if the draft does without it.
    pub(super) fn name(&self, index: usize) -> Option<String> {
        match self.is.get(index)? {
            Is::Known(name) => Some(name.clone()),
            Is::Made(index) => self.names.get(index).cloned(),
        }
    }

    /// A type expression.
    pub(super) fn written(&self, ty: &Ty) -> String {
        match ty {
            Ty::List(of) => format!("list<{}>", self.written(of)),
            Ty::Csv(of) => format!("csv<{}>", self.written(of)),
            Ty::Map(of) => format!("map<{}>", self.written(of)),
            Ty::Model(number) => {
                number_of(number).and_then(|index| self.name(index)).unwrap_or_else(|| "json".to_owned())
            }
            other => other.to_string(),
        }
    }
}

/// What goes in, what comes out, and how types are named that have no free name.
pub(super) struct Wanted<'a> {
    pub(super) spec: &'a Spec,
    pub(super) told: &'a Told,
    pub(super) params: Vec<&'a Ty>,
    pub(super) answer: &'a Ty,
    /// What a type begins with whose own name is taken.
    pub(super) prefix: &'a str,
}

pub(super) fn settle(mut made: Vec<Made>, wanted: &Wanted<'_>) -> Settled {
    let mut is: Vec<Is> = unite(&made).into_iter().map(Is::Made).collect();
    break_circles(&mut made, &is, wanted.told);
    let (goes_in, comes_out) = reached(&made, &is, wanted);
    for index in 0..made.len() {
        if is.get(index) != Some(&Is::Made(index)) || !(goes_in.contains(&index) || comes_out.contains(&index)) {
            continue;
        }
        let known = known::Known { spec: wanted.spec, made: &made, is: &is };
        let Some(name) = known.find(index, goes_in.contains(&index), comes_out.contains(&index)) else { continue };
        let hint = made.get(index).map(|made| made.hint.clone()).unwrap_or_default();
        let what = format!("taken for the spec's `{name}`, which has what it has");
        wanted.told.guessed(what, &Place::words(format!("the type `{hint}`")));
        let all = is.iter_mut().filter(|other| **other == Is::Made(index));
        all.for_each(|other| *other = Is::Known(name.clone()));
    }
    let (goes_in, comes_out) = reached(&made, &is, wanted);
    let reached: BTreeSet<usize> = goes_in.union(&comes_out).copied().collect();
    let names = names(&made, &reached, wanted);
    let mut settled = Settled { is, names, types: Vec::new() };
    let top = number_in(wanted.answer);
    settled.types = reached
        .iter()
        .filter_map(|index| {
            let name = settled.names.get(index)?.clone();
            let goes_in = goes_in.contains(index);
            let comes_out = comes_out.contains(index) && top != Some(*index);
            let kind = match &made.get(*index)?.kind {
                MadeKind::Enum(values) => DraftKind::Enum(
                    values
                        .iter()
                        .map(|value| DraftValue { name: value.name.clone(), sends: value.sends.clone() })
                        .collect(),
                ),
                MadeKind::Model(fields) => {
                    let draft = |field| draft_field(field, *index, goes_in, comes_out, &settled, wanted.told);
                    DraftKind::Model(
                        fields_of(fields, *index, goes_in, comes_out || top == Some(*index), wanted.told)
                            .map(draft)
                            .collect(),
                    )
                }
            };
            Some(DraftType { name, kind })
        })
        .collect();
    settled
}

/// The fields that a model can have: each with a name of its own, and none that never goes its way.
fn fields_of<'m>(
    fields: &'m [MadeField],
    index: usize,
    goes_in: bool,
    comes_out: bool,
    told: &'m Told,
) -> impl Iterator<Item = &'m MadeField> {
    let mut taken: BTreeSet<String> = BTreeSet::new();
    fields.iter().filter(move |field| {
        let place = Place::Field(index, field.name.clone());
        let ident = tool_spec::names::field_ident(&field.name);
        let untaken = !ident.is_empty() && !taken.contains(&ident);
        if !untaken || !super::params::can_be_written(&field.name) {
            told.left_out("the field, as Rust has no name for it that another has not", &place);
        } else if !goes_in && field.write_only {
            told.left_out("the field, as it never comes back (`writeOnly`)", &place);
        } else if !comes_out && field.read_only {
            told.left_out("the field, as it is never sent (`readOnly`)", &place);
        } else {
            taken.insert(ident);
            return true;
        }
        false
    })
}

fn draft_field(
    field: &MadeField,
    index: usize,
    goes_in: bool,
    comes_out: bool,
    settled: &Settled,
    told: &Told,
) -> DraftField {
    let place = Place::Field(index, field.name.clone());
    let scalar = !matches!(field.ty, Ty::List(_) | Ty::Map(_) | Ty::Json | Ty::Csv(_));
    let always = comes_out && field.required && !field.nullable && !field.write_only && scalar;
    if always {
        told.guessed("`always` there, as the document requires it", &place);
    }
    if goes_in && field.nullable {
        told.left_out("that it may be null, which is not sent", &place);
    }
    if !goes_in && field.facts.limits != Limits::default() {
        told.left_out("its limits, as it only comes out", &place);
    }
    DraftField {
        name: field.name.clone(),
        ty: settled.written(&field.ty),
        required: goes_in && field.required && !field.read_only,
        always,
        facts: if goes_in { field.facts.clone() } else { Facts { limits: Limits::default(), ..field.facts.clone() } },
    }
}

/// For each type the first of its shape. Types of which one holds the other are found round by round.
fn unite(made: &[Made]) -> Vec<usize> {
    let mut same: Vec<usize> = (0..made.len()).collect();
    for _ in 0..ROUNDS {
        let mut first: HashMap<String, usize> = HashMap::new();
        let mut next = same.clone();
        // One that the document has a name for is the one that stays.
        let mut order: Vec<usize> = (0..made.len()).collect();
        order.sort_by_key(|index| !made.get(*index).is_some_and(|made| made.named));
        for index in order {
            let Some(one) = made.get(index) else { continue };
            let shape = shape(one, &same);
            let to = *first.entry(shape).or_insert(index);
            if let Some(next) = next.get_mut(index) {
                *next = to;
            }
        }
        if next == same {
            break;
        }
        same = next;
    }
    same
}

fn shape(made: &Made, same: &[usize]) -> String {
    match &made.kind {
        MadeKind::Enum(values) => format!("enum {values:?}"),
        MadeKind::Model(fields) if fields.is_empty() => format!("empty {}", made.hint),
        MadeKind::Model(fields) => {
            let mut fields: Vec<String> = fields
                .iter()
                .map(|field| {
                    let MadeField { name, ty, required, nullable, facts, read_only, write_only } = field;
                    let ty = shown(ty, same);
                    format!("{name:?} {ty} {required} {nullable} {facts:?} {read_only} {write_only}")
                })
                .collect();
            fields.sort();
            fields.join("\n")
        }
    }
}

fn shown(ty: &Ty, same: &[usize]) -> String {
    match ty {
        Ty::List(of) => format!("list<{}>", shown(of, same)),
        Ty::Map(of) => format!("map<{}>", shown(of, same)),
        Ty::Csv(of) => format!("csv<{}>", shown(of, same)),
        Ty::Model(number) => {
            format!("#{}", number_of(number).and_then(|index| same.get(index)).copied().unwrap_or_default())
        }
        other => other.to_string(),
    }
}

/// A model that holds itself other than in a list would never end: there it is any JSON.
fn break_circles(made: &mut [Made], is: &[Is], told: &Told) {
    // 0: not seen; 1: being followed; 2: done.
    let mut state: Vec<u8> = vec![0; made.len()];
    let is_model = |made: &Made| matches!(made.kind, MadeKind::Model(_));
    let models: BTreeSet<usize> =
        made.iter().enumerate().filter(|(_, made)| is_model(made)).map(|(index, _)| index).collect();
    for start in 0..made.len() {
        let mut path: Vec<(usize, usize)> = vec![(start, 0)];
        if state.get(start) != Some(&0) {
            continue;
        }
        if let Some(state) = state.get_mut(start) {
            *state = 1;
        }
        while let Some((index, at)) = path.pop() {
            let Some(Made { kind: MadeKind::Model(fields), .. }) = made.get_mut(index) else { continue };
            let Some(field) = fields.get_mut(at) else {
                if let Some(state) = state.get_mut(index) {
                    *state = 2;
                }
                continue;
            };
            path.push((index, at + 1));
            let Ty::Model(number) = &field.ty else { continue };
            let Some(Is::Made(next)) = number_of(number).and_then(|number| is.get(number)) else { continue };
            if !models.contains(next) {
                continue;
            }
            match state.get_mut(*next) {
                Some(1) => {
                    told.guessed("any JSON, as a model cannot hold itself", &Place::Field(index, field.name.clone()));
                    field.ty = Ty::Json;
                }
                Some(state @ 0) => {
                    *state = 1;
                    path.push((*next, 0));
                }
                _ => {}
            }
        }
    }
}

/// The types that parameters and those that the answer leads to.
fn reached(made: &[Made], is: &[Is], wanted: &Wanted<'_>) -> (BTreeSet<usize>, BTreeSet<usize>) {
    let follow = |from: Vec<&Ty>, goes_in: bool| {
        let mut reached = BTreeSet::new();
        let mut left: Vec<usize> = from.into_iter().filter_map(number_in).collect();
        while let Some(number) = left.pop() {
            let Some(Is::Made(index)) = is.get(number) else { continue };
            if !reached.insert(*index) {
                continue;
            }
            if let Some(Made { kind: MadeKind::Model(fields), .. }) = made.get(*index) {
                let goes = |field: &&MadeField| if goes_in { !field.read_only } else { !field.write_only };
                left.extend(fields.iter().filter(goes).filter_map(|field| number_in(&field.ty)));
            }
        }
        reached
    };
    (follow(wanted.params.clone(), true), follow(vec![wanted.answer], false))
}

/// Names that are free, those that the document gives first.
fn names(made: &[Made], reached: &BTreeSet<usize>, wanted: &Wanted<'_>) -> BTreeMap<usize, String> {
    let mut names: BTreeMap<usize, String> = BTreeMap::new();
    let mut taken: BTreeSet<String> = wanted.spec.types.iter().map(|ty| ty.name.clone()).collect();
    let ids = ids(made, wanted);
    let mut order: Vec<usize> = reached.iter().copied().collect();
    order.sort_by_key(|index| !made.get(*index).is_some_and(|made| made.named));
    for index in order {
        let Some(made) = made.get(index) else { continue };
        let short = made.hint.strip_prefix(wanted.prefix).filter(|rest| !rest.is_empty()).unwrap_or(&made.hint);
        let longer = type_name(&format!("{} {short}", wanted.prefix));
        let numbered = (2..).map(|number| format!("{longer}{number}"));
        let mut all = [made.hint.clone(), longer.clone()].into_iter().chain(numbered);
        let name = all.find(|name| !taken.contains(name) && !ids.contains(name) && is_free(name, wanted.spec));
        let name = name.unwrap_or(longer);
        taken.insert(name.clone());
        names.insert(index, name);
    }
    names
}

/// What the kinds of ids of a draft are called in Rust.
fn ids(made: &[Made], wanted: &Wanted<'_>) -> BTreeSet<String> {
    let fields = made.iter().flat_map(|made| match &made.kind {
        MadeKind::Model(fields) => fields.as_slice(),
        MadeKind::Enum(_) => &[],
    });
    let types = fields.map(|field| &field.ty).chain(wanted.params.iter().copied());
    types.filter_map(kind_in).map(|kind| format!("{}Id", camel(kind))).collect()
}

fn kind_in(ty: &Ty) -> Option<&str> {
    match ty {
        Ty::List(of) | Ty::Csv(of) | Ty::Map(of) => kind_in(of),
        Ty::Id(kind) => Some(kind),
        _ => None,
    }
}

/// The number by which a [`Ty`] names a type that is not settled.
pub(super) fn number_of(number: &str) -> Option<usize> {
    number.parse().ok()
}

/// The number of the type that an expression leads to.
pub(super) fn number_in(ty: &Ty) -> Option<usize> {
    match ty {
        Ty::List(of) | Ty::Csv(of) | Ty::Map(of) => number_in(of),
        Ty::Model(number) => number_of(number),
        _ => None,
    }
}
