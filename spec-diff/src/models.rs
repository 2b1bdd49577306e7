//! Models: which there are, and the fields of those that parameters hold.

use std::collections::{BTreeMap, BTreeSet};

use super::finding::{Found, Spot};
use super::names::{self, Names, Paired, between, pair};
use super::rule::rules;
use super::{answers, enums, inputs, rust, texts};
use tool_spec::model::{Field, Spec, Ty, Type, TypeKind};

rules! { "Models":
    MODEL_REMOVED = "model-removed" [Breaking None None => Major]
        "A model that something still there could have used is gone."
        why "Rust callers who name it no longer compile. What it does to JSON is told where it was used."
        instead "Keep the model while anything of its shape is taken or answered.";
    MODEL_RENAMED = "model-renamed" [Breaking None None => Major]
        "A model has another name."
        why "Rust callers who name it no longer compile. In JSON nobody sees a model's name; what else is new about \
            it is told beside this."
        instead "Keep the name.";
    MODEL_KIND_CHANGED = "model-kind-changed" [Breaking Breaking Dangerous => Major]
        "A model with fields became one of some values, or the other way round."
        why "An object is where text was, or text where an object was."
        instead "Give the new thing a new name, beside the old one.";
    MODEL_FORM_CHANGED = "model-form-changed" [Breaking None None => Major]
        "A model goes another way than before: it is taken where it was answered, or the other way round."
        why "What is only taken has setters and dates to calculate with; what is answered has plain lists and times \
            as they came. Rust callers may no longer compile."
        instead "Make a model of its own for the other way.";
    INPUT_FIELD_ADDED = "input-field-added-optional" [Compatible Compatible Compatible => Minor]
        "A model that a parameter holds has a new field, which may be left out."
        why "Callers can say more than before.";
    INPUT_FIELD_ADDED_REQUIRED = "input-field-added-required" [Breaking Breaking Compatible => Major]
        "A model that a parameter holds has a new field, which must be given."
        why "Calls without the field are refused before anything is sent. No compiler says so."
        instead "Make it optional.";
    INPUT_FIELD_REMOVED = "input-field-removed" [Breaking Breaking Compatible => Major]
        "A field of a model that a parameter holds is gone."
        why "Its setter is no longer there, and calls by name that give it are refused as misspelt."
        instead "Keep it with a `notice` that says that it has no effect.";
    INPUT_FIELD_RENAMED = "input-field-renamed" [Breaking Breaking Dangerous => Major]
        "A field of a model that a parameter holds, described as before, has another name."
        why "A field carries the service's own name: callers have to give the new one, and the service gets another \
            field."
        instead "Check which name the service takes; if it takes both, add the new field beside the old one.";
    INPUT_FIELD_BECAME_REQUIRED = "input-field-became-required" [Breaking Breaking None => Major]
        "A field of a model that a parameter holds must be given."
        why "Calls that leave it out are refused before anything is sent. No compiler says so."
        instead "Leave it optional, unless the service refuses every call without it.";
    INPUT_FIELD_BECAME_OPTIONAL = "input-field-became-optional" [Compatible Compatible None => Minor]
        "A field of a model that a parameter holds may be left out."
        why "Calls that give it go on as they were.";
}

/// New names of models by old ones: of what is gone, each is paired with what is new and of the same shape; else with
/// what is much alike, and took its place somewhere if there is one that did. A model may be renamed with those around
/// it, so each new name lets others be found.
pub(super) fn renames(base: &Spec, head: &Spec) -> BTreeMap<String, String> {
    let mut gone: Vec<&Type> = base.types.iter().filter(|model| head.declared(&model.name).is_none()).collect();
    let mut new: Vec<&Type> = head.types.iter().filter(|model| base.declared(&model.name).is_none()).collect();
    let mut names = Names::default();
    loop {
        let uses = (uses(base, &names), self::uses(head, &Names::default()));
        let in_place = |old: &Type, new: &Type| {
            let places = |uses: &Uses, name: &str| uses.get(name).cloned().unwrap_or_default();
            !places(&uses.0, &old.name).is_disjoint(&places(&uses.1, &new.name))
        };
        let same_shape = |old: &Type, new: &Type| shape(old) == shape(new);
        let pairs = pair(gone, new, &[&same_shape, &|old, new| in_place(old, new) && alike(old, new), &alike]);
        if pairs.both.is_empty() {
            return names.types;
        }
        names.types.extend(pairs.both.into_iter().map(|(old, new)| (old.name.clone(), new.name.clone())));
        (gone, new) = (pairs.gone, pairs.new);
    }
}

/// Where each model is used, by its name: at tools, and in fields of models by the names that these have in the head.
type Uses = BTreeMap<String, BTreeSet<String>>;

fn uses(spec: &Spec, names: &Names) -> Uses {
    let mut uses = Uses::new();
    let mut add = |ty: &Ty, place: String| {
        if let Some(name) = ty.declared() {
            uses.entry(name.to_owned()).or_default().insert(place);
        }
    };
    for (_, tool) in spec.tools() {
        add(&Ty::Model(tool.answer.clone()), format!("{}()", tool.name));
        tool.params.iter().for_each(|param| add(&param.ty, format!("{}({})", tool.name, param.name)));
    }
    for model in &spec.types {
        if let TypeKind::Model(fields) = &model.kind {
            let owner = names.model(&model.name);
            fields.iter().for_each(|field| add(&field.ty, format!("{owner}.{}", field.name)));
        }
    }
    uses
}

/// The names of a model's fields, or of an enum's values.
fn parts(model: &Type) -> BTreeSet<&str> {
    match &model.kind {
        TypeKind::Model(fields) => fields.iter().map(|field| field.name.as_str()).collect(),
        TypeKind::Enum(values) => values.iter().map(|value| value.name.as_str()).collect(),
    }
}

/// Whether two models of the same kind have half of their parts in common.
fn alike(old: &Type, new: &Type) -> bool {
    let same_kind = matches!(old.kind, TypeKind::Model(_)) == matches!(new.kind, TypeKind::Model(_));
    let (old, new) = (parts(old), parts(new));
    same_kind && old.intersection(&new).count() * 2 >= old.len().max(new.len()).max(1)
}

/// What a model is made of, in words; a model within itself is just that.
fn shape(model: &Type) -> Vec<String> {
    match &model.kind {
        TypeKind::Model(fields) => {
            let field = |field: &Field| {
                let ty = field.ty.to_string().replace(&model.name, "itself");
                format!("{} {ty} {} {}", field.name, field.always, field.required)
            };
            fields.iter().map(field).collect()
        }
        TypeKind::Enum(values) => values.iter().map(|value| format!("= {} {:?}", value.name, value.sends)).collect(),
    }
}

pub(super) fn compare(found: &mut Found<'_>, names: &Names) {
    let (base, head) = (&found.base.spec, &found.head.spec);
    for model in &base.types {
        let spot = Spot::renamed(&model.name, names.model(&model.name));
        match head.declared(names.model(&model.name)) {
            Some(other) => one(found, &spot, model, other, names),
            None => found.unset(&MODEL_REMOVED, &spot, format!("the model `{}` is gone", model.name), &model.name),
        }
    }
}

fn one(found: &mut Found<'_>, spot: &Spot, base: &Type, head: &Type, names: &Names) {
    found.differs(&MODEL_RENAMED, spot, (&base.name, &head.name), |was, is| {
        format!("the model `{was}` is called `{is}` now")
    });
    texts::about(found, &texts::MODEL, spot, &head.name, (&base.about, &head.about));
    match (&base.kind, &head.kind) {
        (TypeKind::Model(was), TypeKind::Model(is)) => {
            form(found, spot, (base, was), (head, is));
            if base.goes_in && head.goes_in {
                inputs_of(found, spot, was, is, names);
            }
            if base.comes_out && head.comes_out {
                answers::fields(found, spot, was, is, names);
            }
            descriptions(found, spot, was, is);
        }
        (TypeKind::Enum(was), TypeKind::Enum(is)) => enums::compare(found, spot, (base, was), (head, is)),
        (TypeKind::Model(_), TypeKind::Enum(_)) | (TypeKind::Enum(_), TypeKind::Model(_)) => {
            found.add(&MODEL_KIND_CHANGED, spot, format!("`{}` is another kind of model", head.name));
        }
    }
}

/// Whether a model's fields read differently in Rust because of the way it goes.
fn form(found: &mut Found<'_>, spot: &Spot, (base, was): (&Type, &[Field]), (head, is): (&Type, &[Field])) {
    let (before, after) = (rust::Way::of(base), rust::Way::of(head));
    let reads_differently = was.iter().any(|field| {
        let same = is.iter().find(|other| other.name == field.name && other.ty == field.ty);
        same.is_some_and(|other| rust::field(field, before) != rust::field(other, after) && before != after)
    });
    let lost = (base.goes_in && !head.goes_in) || (base.comes_out && !head.comes_out);
    if lost || reads_differently {
        let message = format!("`{}` is {} and was {}", head.name, way(head), way(base));
        found.changed(&MODEL_FORM_CHANGED, spot, message, way(base), way(head));
    }
}

fn way(model: &Type) -> &'static str {
    match (model.goes_in, model.comes_out) {
        (true, true) => "taken and answered",
        (true, false) => "taken",
        _ => "answered",
    }
}

fn inputs_of(found: &mut Found<'_>, spot: &Spot, base: &[Field], head: &[Field], names: &Names) {
    let Paired { both, gone, new } = names::fields(base, head, names);
    for field in gone {
        let spot = between(spot, field, field);
        found.unset(&INPUT_FIELD_REMOVED, &spot, format!("`{}` is gone", field.name), &field.name);
    }
    for (field, other) in both {
        input(found, &between(spot, field, other), field, other, names);
    }
    for field in new {
        let (rule, how) = match field.required {
            true => (&INPUT_FIELD_ADDED_REQUIRED, " and must be given"),
            false => (&INPUT_FIELD_ADDED, ", and may be left out"),
        };
        let message = format!("`{}` is new{how}", field.name);
        found.set(rule, &between(spot, field, field), message, field.ty.to_string());
    }
}

fn input(found: &mut Found<'_>, spot: &Spot, base: &Field, head: &Field, names: &Names) {
    let name = &head.name;
    found.differs(&INPUT_FIELD_RENAMED, spot, (&base.name, name), |was, is| format!("`{was}` is called `{is}` now"));
    inputs::required(
        found,
        spot,
        name,
        (base.required, head.required),
        [&INPUT_FIELD_BECAME_REQUIRED, &INPUT_FIELD_BECAME_OPTIONAL],
    );
    inputs::ty(found, spot, name, (&base.ty, &head.ty), names);
    inputs::held(found, spot, name, (&base.limits, &head.limits), (&base.notice, &head.notice));
}

fn descriptions(found: &mut Found<'_>, spot: &Spot, base: &[Field], head: &[Field]) {
    for field in base {
        if let Some(other) = head.iter().find(|other| other.name == field.name) {
            let spot = spot.at(&format!("fields.{}", field.name));
            texts::about(found, &texts::FIELD, &spot, &field.name, (&field.about, &other.about));
        }
    }
}
