//! An enum whose variants are alternatives, each known by its first key.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{DataEnum, DeriveInput, Error, Fields, LitStr, Result, Variant};

use crate::declared::{Key, Stands, field_of};

/// What a variant gives.
struct Alternative {
    first: Key,
    /// Keys beside the first.
    beside: Vec<Key>,
    /// Reads the variant.
    read: TokenStream,
}

pub(crate) fn of(input: &DeriveInput, data: &DataEnum) -> Result<TokenStream> {
    let mut alternatives = Vec::new();
    for variant in &data.variants {
        alternatives.extend(alternative(variant)?);
    }
    // The order is that of the keys in a file: what an alternative is known by comes first.
    let mut parts: Vec<TokenStream> = alternatives.iter().map(|alternative| alternative.first.part(true)).collect();
    let mut names: Vec<&str> = Vec::new();
    for key in alternatives.iter().flat_map(|alternative| &alternative.beside) {
        if !names.contains(&key.name.as_str()) {
            names.push(&key.name);
            parts.push(key.part(true));
        }
    }
    let listed = alternatives.iter().map(|Alternative { first, beside, .. }| {
        let (first, beside) = (&first.name, beside.iter().map(|key| &key.name));
        quote!((#first, &[#(#beside),*]))
    });
    let reads = alternatives.iter().map(|Alternative { first, read, .. }| {
        let first = &first.name;
        quote!(#first => #read)
    });
    let help = match input.attrs.iter().find(|attribute| attribute.path().is_ident("help")) {
        Some(attribute) => {
            let help: LitStr = attribute.parse_args()?;
            quote!(Some(#help))
        }
        None => quote!(None),
    };
    let ident = &input.ident;
    Ok(quote! {
        impl crate::load::kind::Keys for #ident {
            const PARTS: &'static [crate::load::shape::Part] = &[#(#parts),*];
            fn take(map: &mut crate::load::entries::Entries<'_>, sink: &crate::fault::Sink) -> Option<Self> {
                const ALTERNATIVES: &[(&str, &[&str])] = &[#(#listed),*];
                match map.alternative(ALTERNATIVES, #help, sink)? {
                    #(#reads)*
                    _ => None,
                }
            }
        }
    })
}

/// A variant with a first key; one without is no alternative of the map's.
fn alternative(variant: &Variant) -> Result<Option<Alternative>> {
    let ident = &variant.ident;
    let Some(first) = Key::of(&variant.attrs, &snake(&ident.to_string()), ident)? else { return Ok(None) };
    let mut beside = Vec::new();
    let read = match &variant.fields {
        Fields::Unit => {
            let read = first.read();
            quote!(#read.value.map(|_| Self::#ident),)
        }
        Fields::Unnamed(fields) => {
            let mut unnamed = fields.unnamed.iter();
            let (Some(field), None) = (unnamed.next(), unnamed.next()) else {
                return Err(Error::new_spanned(fields, "fields beside the first have names"));
            };
            let value = first.field(&field.ty);
            quote!(#value.map(Self::#ident),)
        }
        Fields::Named(fields) => {
            let mut reads = Vec::new();
            for (index, field) in fields.named.iter().enumerate() {
                let (name, ty) = (&field.ident, &field.ty);
                if index == 0 {
                    let value = first.field(ty);
                    reads.push(quote!(let #name: Option<#ty> = #value;));
                    continue;
                }
                let (stands, read) = field_of(field)?;
                let Stands::Key(key) = stands else {
                    return Err(Error::new_spanned(field, "beside the first key of an alternative stand keys"));
                };
                beside.push(*key);
                reads.push(read);
            }
            let names: Vec<_> = fields.named.iter().map(|field| &field.ident).collect();
            quote!({
                #(#reads)*
                Some(Self::#ident { #(#names: #names?),* })
            })
        }
    };
    Ok(Some(Alternative { first, beside, read }))
}

/// A variant's name as a key.
fn snake(name: &str) -> String {
    let mut snake = String::new();
    for c in name.chars() {
        if c.is_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.extend(c.to_lowercase());
    }
    snake
}
