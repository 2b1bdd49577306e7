//! The models: what parameters and answers hold.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::quote;

use super::check::blank_is_absent;
use super::docs::Doc;
use super::file::File;
use super::tool::take;
use super::types::{Form, argument, field_name, ident, is_many, is_plain_field, rust_type};
use super::words::{Names, Words};
use super::{check, notice, run};
use crate::Output;
use tool_spec::model::{EnumValue, Field, Spec, Ty, Type, TypeKind};
use tool_spec::names::{setter_ident, variant_ident};

/// The types by the stem of the file that declares them, in the order of the names.
pub(super) fn stems(spec: &Spec) -> Vec<(String, Vec<&Type>)> {
    let mut stems: BTreeMap<String, Vec<&Type>> = BTreeMap::new();
    for declared in &spec.types {
        let file = declared.source.rsplit('/').next().unwrap_or_default();
        let stem = file.split('.').next().unwrap_or_default();
        stems.entry(tool_spec::names::field_ident(stem)).or_default().push(declared);
    }
    stems.into_iter().collect()
}

/// One file a file of the spec.
pub(super) fn emit(spec: &Spec, names: &Names<'_>) -> Vec<Output> {
    let joined: BTreeSet<&str> = spec.tools().flat_map(|(_, tool)| run::joined(tool)).collect();
    stems(spec).iter().map(|(stem, types)| of_stem(spec, names, stem, types, &joined)).collect()
}

fn of_stem(spec: &Spec, names: &Names<'_>, stem: &str, types: &[&Type], joined: &BTreeSet<&str>) -> Output {
    let source = types.first().map_or("spec/types", |first| first.source.as_str());
    let mut file = File::new(spec, &format!("models/{stem}.rs"), source, "Models of what tools take and answer.");
    for declared in types {
        match &declared.kind {
            TypeKind::Model(fields) => model(spec, Words::new(names), &mut file, declared, fields, joined),
            TypeKind::Enum(values) => file.text(open_enum(declared, values)),
        }
    }
    file.finish()
}

fn model(spec: &Spec, words: Words<'_>, file: &mut File, model: &Type, fields: &[Field], joined: &BTreeSet<&str>) {
    file.tokens(structure(words, model, fields));
    if model.comes_out {
        file.text(record(spec, model, fields));
        if joined.contains(model.name.as_str()) {
            file.tokens(join(model, fields));
        }
    }
    if model.goes_in {
        file.tokens(setters(words, model, fields));
        file.tokens(nested(spec, model, fields));
        file.text(format!("rt::nested! {{ {} }}\n", model.name));
    }
}

fn structure(words: Words<'_>, model: &Type, fields: &[Field]) -> TokenStream {
    let doc = Doc::of(&model.about).outer();
    let name = ident(&model.name);
    let fields = fields.iter().map(|field| {
        let doc = Doc::linked(&field.about, words).outer();
        let name = field_name(&field.name);
        let ty = rust_type(&field.ty, Form::of(model));
        let ty = if is_plain_field(model, field) { ty } else { quote!(rt::Option<#ty>) };
        quote!(#doc pub #name: #ty)
    });
    quote! {
        #doc
        #[derive(Clone, Debug, Default, PartialEq)]
        #[non_exhaustive]
        pub struct #name {
            #(#fields),*
        }
    }
}

/// How a model is read from and written as JSON. What an answer always has bears a number, and an object without it is
/// refused; a list or a map that is not there is an empty one.
fn record(spec: &Spec, model: &Type, fields: &[Field]) -> String {
    /// As many as the runtime can tell apart; no model has nearly as many.
    const NUMBERS: usize = 64;
    let mut numbers = 0..NUMBERS;
    let mut mark = |field: &Field| {
        let from_service = field.always && !is_many(&field.ty) && !run::fills(spec, model, field);
        let number = if from_service { numbers.next() } else { None };
        number.map(|number| format!(" always {number}")).unwrap_or_default()
    };
    let fields: String = fields
        .iter()
        .map(|field| format!("        {}: {:?}{},\n", field_name(&field.name), field.name, mark(field)))
        .collect();
    format!("rt::record! {{\n    {} {{\n{fields}    }}\n}}\n", model.name)
}

fn open_enum(declared: &Type, values: &[EnumValue]) -> String {
    let about = Doc::of(&declared.about).text("    ");
    let values: String = values
        .iter()
        .map(|value| {
            let about = Doc::of(&value.about).text("        ");
            let sends = value.sends.as_ref().map(|sends| format!(" => {sends:?}")).unwrap_or_default();
            format!("{about}        {} = {:?}{sends},\n", variant_ident(&value.name), value.name)
        })
        .collect();
    format!("rt::open_enum! {{\n{about}    pub enum {} {{\n{values}    }}\n}}\n", declared.name)
}

/// `new`, and a setter for every field that is sent.
fn setters(words: Words<'_>, model: &Type, fields: &[Field]) -> TokenStream {
    let name = ident(&model.name);
    let setters = fields.iter().filter(|field| field.is_sent()).map(|field| setter(words, model, field));
    quote! {
        impl #name {
            /// One with nothing in it.
            #[must_use]
            pub fn new() -> Self { rt::Default::default() }
            #(#setters)*
        }
    }
}

fn setter(words: Words<'_>, model: &Type, field: &Field) -> TokenStream {
    let about = Doc::linked(&field.about, words);
    let doc = if field.required { about.markdown("Required.") } else { about }.outer();
    let (name, setter) = (field_name(&field.name), ident(&setter_ident(&field.name)));
    let argument_name = argument_name(&field.ty);
    let ty = argument(&field.ty, Form::of(model), &argument_name).ty;
    let value = given(model, field, &argument_name);
    quote! {
        #doc
        #[must_use]
        pub fn #setter(mut self, #argument_name: #ty) -> Self {
            self.#name = #value;
            self
        }
    }
}

/// What a setter calls its argument.
pub(super) fn argument_name(ty: &Ty) -> proc_macro2::Ident {
    ident(if is_many(ty) { "values" } else { "value" })
}

fn given(model: &Type, field: &Field, name: &proc_macro2::Ident) -> TokenStream {
    let argument = argument(&field.ty, Form::of(model), name);
    if is_plain_field(model, field) { argument.plain } else { argument.optional }
}

/// How a model is read by name, held to its limits and sent.
fn nested(spec: &Spec, model: &Type, fields: &[Field]) -> TokenStream {
    let name = ident(&model.name);
    let reads = fields.iter().map(|field| {
        let (wire, name) = (&field.name, field_name(&field.name));
        let take = take(spec, &field.ty);
        quote!(input.#take(#wire, &mut self.#name);)
    });
    let writes = fields.iter().filter(|field| field.is_sent()).map(|field| {
        let (wire, name) = (&field.name, field_name(&field.name));
        if is_plain_field(model, field) && is_many(&field.ty) {
            quote!(.put(#wire, &(!self.#name.is_empty()).then_some(&self.#name)))
        } else if !is_plain_field(model, field) && blank_is_absent(&field.ty, &field.limits, field.required) {
            quote!(.put(#wire, &rt::unless_blank(&self.#name)))
        } else {
            quote!(.put(#wire, &self.#name))
        }
    });
    let reads = quote!(#(#reads)*);
    let reads = if reads.is_empty() { quote!(let _ = input;) } else { reads };
    let checks = check::of_model(spec, model, fields);
    let notices = notice::of_model(spec, model, fields);
    let notices = (!notices.is_empty()).then(|| {
        quote! {
            fn notices(&self, run: &mut rt::Run<'_>) { #notices }
        }
    });
    quote! {
        impl rt::Nested for #name {
            fn read<'p>(&'p mut self, input: &mut rt::Input<'p>) { #reads }
            fn check(&self, check: &mut rt::Check<'_>) { #checks }
            fn write(&self, body: rt::Body) -> rt::Body { body #(#writes)* }
            #notices
        }
    }
}

/// How the answers of one request each become one.
fn join(model: &Type, fields: &[Field]) -> TokenStream {
    let name = ident(&model.name);
    let fields = fields.iter().map(|field| {
        let name = field_name(&field.name);
        if is_many(&field.ty) {
            quote!(self.#name.extend(next.#name);)
        } else if is_plain_field(model, field) {
            quote!(if rt::is_default(&self.#name) { self.#name = next.#name; })
        } else {
            quote!(self.#name = self.#name.take().or(next.#name);)
        }
    });
    let fields = quote!(#(#fields)*);
    let fields = if fields.is_empty() { quote!(let _ = next;) } else { fields };
    quote! {
        impl rt::Join for #name {
            fn join(&mut self, next: Self) { #fields }
        }
    }
}
