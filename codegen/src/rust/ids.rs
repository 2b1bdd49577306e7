//! The kinds of ids.

use super::docs::Doc;
use super::file::File;
use super::types::{id_name, type_name};
use crate::Output;
use tool_spec::model::{IdForm, Spec};

/// `ids.rs`.
pub(super) fn emit(spec: &Spec) -> Output {
    let mut file = File::new(spec, "ids.rs", &spec.service.source, "Ids, a type for each kind of thing.");
    let kinds: String = spec
        .service
        .ids
        .iter()
        .map(|kind| {
            let about = Doc::of(&kind.about).text("    ");
            let form = kind.form.map_or("Any", |form| match form {
                IdForm::Digits => "Digits",
                IdForm::Word => "Word",
            });
            let (id, name, address) = (id_name(&kind.name), type_name(&kind.name), &kind.address);
            format!("{about}    {id}, kind {name} = {:?}, {form}, {address:?};\n", kind.name)
        })
        .collect();
    file.text(format!("rt::id_kinds! {{\n{kinds}}}\n"));
    file.finish()
}
