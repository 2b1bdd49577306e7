//! The kinds of ids.

use quote::quote;

use super::docs::Doc;
use super::file::File;
use super::types::{id_name, type_name};
use crate::emit::{EmitError, Output};
use crate::model::Spec;

/// `ids.rs`.
pub(super) fn emit(spec: &Spec) -> Result<Output, EmitError> {
    let mut file = File::new("ids.rs", "spec/gong.yaml", "Ids, a type for each kind of thing.");
    file.tokens(quote!(
        use crate::runtime::prelude::*;
    ));
    let kinds: String = spec
        .service
        .ids
        .iter()
        .map(|kind| {
            let about = Doc::of(&kind.about).text("    ");
            format!("{about}    {}, kind {} = {:?};\n", id_name(&kind.name), type_name(&kind.name), kind.name)
        })
        .collect();
    file.text(format!("id_kinds! {{\n{kinds}}}\n"));
    file.finish()
}
