//! The spec's types as Rust types, and values of theirs as arguments.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use tool_spec::model::{Field, Spec, Ty, Type};
use tool_spec::names::{camel, field_ident, id_ident, params_ident};

/// Which way a value travels.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// From the caller to the service.
    In,
    /// From the service to the caller, or both ways.
    Out,
}

impl Form {
    /// The form of a model's fields.
    pub(super) fn of(model: &Type) -> Self {
        if model.comes_out { Form::Out } else { Form::In }
    }
}

/// A name that the check found fit for Rust. One that is not becomes `_`, which no item can have, so that the file does
/// not parse and the fault is reported.
pub(super) fn ident(name: &str) -> Ident {
    syn::parse_str(name).unwrap_or_else(|_| Ident::new("_", Span::call_site()))
}

/// The Rust name of a field, a parameter or a method.
pub(super) fn field_name(name: &str) -> Ident {
    ident(&field_ident(name))
}

/// The Rust name of a type.
pub(super) fn type_name(name: &str) -> Ident {
    ident(&camel(name))
}

/// The Rust name of a kind of ids: `crm_object` is `CrmObjectId`.
pub(super) fn id_name(kind: &str) -> Ident {
    ident(&id_ident(kind))
}

/// A model or an enum, by the module it lies in: what else is called so does not hide it.
pub(super) fn model(name: &str) -> TokenStream {
    let name = ident(name);
    quote!(models::#name)
}

/// The Rust type.
pub(super) fn rust_type(ty: &Ty, form: Form) -> TokenStream {
    match ty {
        Ty::String | Ty::Email | Ty::Url => quote!(rt::String),
        Ty::Integer => quote!(i64),
        Ty::Number => quote!(f64),
        Ty::Boolean => quote!(bool),
        Ty::DateTime if form == Form::In => quote!(rt::DateTime),
        Ty::DateTime => quote!(rt::Timestamp),
        Ty::Date => quote!(rt::Date),
        Ty::Json => quote!(rt::Json),
        Ty::File => quote!(rt::Upload),
        Ty::Id(kind) => {
            let name = id_name(kind);
            quote!(ids::#name)
        }
        Ty::Model(name) | Ty::Enum(name) => {
            let name = model(name);
            quote!(#name)
        }
        Ty::List(of) | Ty::Csv(of) => {
            let of = rust_type(of, form);
            quote!(rt::Vec<#of>)
        }
        Ty::Map(of) => {
            let of = rust_type(of, form);
            quote!(rt::BTreeMap<rt::String, #of>)
        }
    }
}

/// Whether a field is a plain value rather than an `Option`. In a model that only goes in, none is: an empty list is
/// not the same as none. Nor is a date, of which there is none that could stand for no date.
pub(super) fn is_plain(form: Form, ty: &Ty, always: bool) -> bool {
    form == Form::Out && (is_many(ty) || always && *ty != Ty::Date)
}

/// Whether a field of this model is a plain value.
pub(super) fn is_plain_field(model: &Type, field: &Field) -> bool {
    is_plain(Form::of(model), &field.ty, field.always)
}

/// Whether the type is a list or a map.
pub(super) fn is_many(ty: &Ty) -> bool {
    matches!(ty, Ty::List(_) | Ty::Csv(_) | Ty::Map(_))
}

/// The type of the elements of a list or a map; a type that is neither is its own.
pub(super) fn element(ty: &Ty) -> &Ty {
    match ty {
        Ty::List(of) | Ty::Csv(of) | Ty::Map(of) => of,
        other => other,
    }
}

/// Whether a value is copied rather than cloned.
pub(super) fn is_copy(ty: &Ty, form: Form) -> bool {
    matches!(ty, Ty::Integer | Ty::Number | Ty::Boolean | Ty::Date) || (form == Form::In && *ty == Ty::DateTime)
}

/// A declared type by its name.
pub(super) fn declared<'a>(spec: &'a Spec, ty: &Ty) -> Option<&'a Type> {
    match ty {
        Ty::Model(name) | Ty::Enum(name) => spec.declared(name),
        _ => None,
    }
}

/// How a caller gives a value.
pub(super) struct Argument {
    /// The type of the argument.
    pub(super) ty: TokenStream,
    /// The value as an `Option`.
    pub(super) optional: TokenStream,
    /// The value as it is.
    pub(super) plain: TokenStream,
}

/// How a caller gives a value of this type in an argument of this name.
pub(super) fn argument(ty: &Ty, form: Form, name: &Ident) -> Argument {
    let rust = rust_type(ty, form);
    match ty {
        Ty::Integer | Ty::Number | Ty::Boolean | Ty::Model(_) | Ty::Enum(_) => {
            Argument { ty: rust, optional: quote!(Some(#name)), plain: quote!(#name) }
        }
        Ty::List(of) | Ty::Csv(of) => {
            let of = rust_type(of, form);
            Argument {
                ty: quote!(impl rt::IntoIterator<Item = impl rt::Into<#of>>),
                optional: quote!(rt::list_of(#name)),
                plain: quote!(#name.into_iter().map(rt::Into::into).collect()),
            }
        }
        Ty::Map(of) => {
            let of = rust_type(of, form);
            Argument {
                ty: quote!(impl rt::IntoIterator<Item = (impl rt::Into<rt::String>, impl rt::Into<#of>)>),
                optional: quote!(rt::map_of(#name)),
                plain: quote!(rt::map_of(#name).unwrap_or_default()),
            }
        }
        _ => Argument {
            ty: quote!(impl rt::Into<#rust>),
            optional: quote!(Some(#name.into())),
            plain: quote!(#name.into()),
        },
    }
}

/// The parameter structure of a tool.
pub(super) fn params_name(method: &str) -> Ident {
    ident(&params_ident(method))
}

/// Text as a literal, raw if that spares it backslashes.
pub(super) fn text_literal(text: &str) -> TokenStream {
    let raw = (text.contains('"') && !text.contains("\"#")).then(|| format!("r#\"{text}\"#").parse().ok());
    raw.flatten().unwrap_or_else(|| quote!(#text))
}
