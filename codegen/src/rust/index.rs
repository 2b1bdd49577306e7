//! The modules of the generated code.

use quote::quote;

use super::file::File;
use super::models;
use super::types::{field_name, ident};
use crate::Output;
use tool_spec::model::Spec;

/// `mod.rs` and `models/mod.rs`.
pub(super) fn emit(spec: &Spec) -> Vec<Output> {
    vec![root(spec).finish(), of_models(spec).finish()]
}

fn root(spec: &Spec) -> File {
    let mut file = File::new(spec, "mod.rs", "spec", "Everything that mentions a tool.");
    let groups: Vec<_> = spec.groups.iter().map(|group| field_name(&group.name)).collect();
    file.tokens(quote!(#(pub mod #groups;)*));
    file.tokens(quote! {
        pub(crate) mod catalog;
        pub mod ids;
        pub mod models;
    });
    file
}

fn of_models(spec: &Spec) -> File {
    let mut file = File::new(spec, "models/mod.rs", "spec/types", "What tools take and answer.");
    let stems: Vec<_> = models::stems(spec).iter().map(|(stem, _)| ident(stem)).collect();
    file.tokens(quote!(#(mod #stems;)*));
    file.tokens(quote!(#(pub use self::#stems::*;)*));
    file
}
