//! The kinds of ids.

use super::docs::Doc;
use super::file::File;
use super::types::{id_name, type_name};
use crate::emit::Output;
use crate::model::Spec;

/// `ids.rs`.
pub(super) fn emit(spec: &Spec) -> Output {
    let mut file = File::new("ids.rs", "spec/gong.yaml", "Ids, a type for each kind of thing.");
    let kinds: String = spec
        .service
        .ids
        .iter()
        .map(|kind| {
            let about = Doc::of(&kind.about).text("    ");
            format!("{about}    {}, kind {} = {:?};\n", id_name(&kind.name), type_name(&kind.name), kind.name)
        })
        .collect();
    file.text(format!("rt::id_kinds! {{\n{kinds}}}\n"));
    file.finish()
}
