//! The pages of the declared types: the fields of each model, the values of each enum.

use std::collections::BTreeMap;

use super::markdown::{prose, table};
use super::types::{Types, stem};
use crate::words;
use tool_spec::display::joined;
use tool_spec::model::{EnumValue, Field, Spec, Type, TypeKind};

/// The types by the name of their page and the spec file that it comes from.
pub(super) fn files(spec: &Spec) -> BTreeMap<(&str, &str), Vec<&Type>> {
    let mut files: BTreeMap<(&str, &str), Vec<&Type>> = BTreeMap::new();
    for declared in &spec.types {
        files.entry((stem(&declared.source), declared.source.as_str())).or_default().push(declared);
    }
    files
}

/// The page of one spec file.
pub(super) fn page(spec: &Spec, stem: &str, declared: &[&Type]) -> String {
    let types = Types { spec, models: "" };
    let sections = joined(declared.iter().map(|declared| section(types, declared)), "\n\n");
    format!("# Models: {}\n\n{sections}", words::title(stem).to_lowercase())
}

fn section(types: Types<'_>, declared: &Type) -> String {
    let part_of = match (declared.goes_in, declared.comes_out) {
        (true, true) => "Part of parameters and answers.",
        (true, false) => "Part of parameters.",
        _ => "Part of answers.",
    };
    let title = &types.spec.service.title;
    let table = match &declared.kind {
        TypeKind::Model(fields) => self::fields(types, declared, fields),
        TypeKind::Enum(values) => self::values(values, title),
    };
    let open = match &declared.kind {
        TypeKind::Enum(_) if declared.comes_out => {
            format!(" {title} may answer with other values; they are kept as they come.")
        }
        _ => String::new(),
    };
    format!("## {}\n\n{} {part_of}{open}\n\n{table}", declared.name, prose(&declared.about))
}

fn fields(types: Types<'_>, declared: &Type, fields: &[Field]) -> String {
    let row = |field: &Field| [format!("`{}`", field.name), types.one(&field.ty), describe(declared, field)];
    table(&["Field", "Type", "Description"], fields.iter().map(row))
}

fn describe(declared: &Type, field: &Field) -> String {
    let mut sentences = vec![prose(&field.about)];
    if declared.goes_in {
        sentences.extend(field.required.then(|| "Required.".to_owned()));
        sentences.extend(words::limits(&field.limits).iter().map(|phrase| words::sentence(phrase)));
        sentences.extend(field.notice.as_ref().map(|notice| words::noticed(notice)).map(|text| prose(&text)));
    }
    if declared.comes_out && field.always {
        sentences.push("Always there.".to_owned());
    }
    sentences.join(" ")
}

fn values(values: &[EnumValue], title: &str) -> String {
    let renamed = values.iter().any(|value| value.sends.is_some());
    let row = |value: &EnumValue| {
        let sent = renamed.then(|| format!("`{}`", value.sent()));
        [format!("`{}`", value.name), prose(&value.about)].into_iter().chain(sent)
    };
    let sent = format!("Sent to {title} as");
    let head: &[&str] = if renamed { &["Value", "Meaning", &sent] } else { &["Value", "Meaning"] };
    table(head, values.iter().map(row))
}
