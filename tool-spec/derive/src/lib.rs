//! Derives for the declarations of the spec language: the struct of a map, or the enum of its alternatives, says which
//! keys there are, and the reader, the schema, the order and the docs are made of that. What is made belongs to
//! `tool-spec`.
//!
//! A key is a field with `#[need(Kind)]` or `#[may(Kind)]`; its doc comment is what the docs and editors say of it.
//! After the kind may come `key = "…"` where the field is called otherwise, `what = "…"` for what a report calls the
//! value, and `each = "…"` for what it calls an element. Other fields are
//!
//! * `#[keys]`: the keys of another declaration, spliced in here;
//! * `#[name]`: the author's name that the map stands under; `#[place]`: where the map is; `#[at("key")]`: where that
//!   key is;
//! * `#[partial]`: whether something in the map was reported;
//! * without any of these: its default, to be filled in by who asked.
//!
//! An enum's variant is an alternative, known by the key that `#[first(Kind)]` declares: the variant's name, unless a
//! `key = "…"` says otherwise. Its first field holds that key's value, and the others are keys beside it.
//! `#[rule(function)]` on a struct names what looks at the keys together, and `#[help("…")]` on an enum what is said
//! where none of its keys is.

mod alternatives;
mod declared;

use proc_macro::TokenStream;
use quote::quote;
use syn::{Data, DeriveInput, Error, LitStr, Result, Token, parse_macro_input};

/// `Keys`: which keys there are, and how they are taken out of a map.
#[proc_macro_derive(Keys, attributes(need, may, first, keys, name, place, at, partial, rule, help))]
pub fn keys(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    let made = match &input.data {
        Data::Struct(data) => declared::of(&input, data),
        Data::Enum(data) => alternatives::of(&input, data),
        Data::Union(_) => Err(Error::new_spanned(&input.ident, "a map is a struct or an enum")),
    };
    made.unwrap_or_else(Error::into_compile_error).into()
}

/// `Shaped`: a map with a name of its own, `#[shape("name")]`, and `what = "…"` if a report calls it otherwise than
/// what it stands at. The doc comment says what it is.
#[proc_macro_derive(Shape, attributes(shape))]
pub fn shape(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    shaped(&input).unwrap_or_else(Error::into_compile_error).into()
}

fn shaped(input: &DeriveInput) -> Result<proc_macro2::TokenStream> {
    let Some(attribute) = input.attrs.iter().find(|attribute| attribute.path().is_ident("shape")) else {
        return Err(Error::new_spanned(&input.ident, "a shape needs its name: `#[shape(\"name\")]`"));
    };
    let (name, what) = attribute.parse_args_with(|input: syn::parse::ParseStream<'_>| {
        let name: LitStr = input.parse()?;
        if input.is_empty() {
            return Ok((name, quote!(None)));
        }
        input.parse::<Token![,]>()?;
        let (said, what) = declared::named(input)?;
        match said.to_string().as_str() {
            "what" => Ok((name, quote!(Some(#what)))),
            _ => Err(Error::new_spanned(said, "a shape has `what` beside its name")),
        }
    })?;
    let about = declared::about(&input.attrs, &input.ident)?;
    let partial = match &input.data {
        Data::Struct(data) => data.fields.iter().find(|field| declared::has(&field.attrs, "partial")),
        _ => None,
    };
    let done = partial.map(|field| {
        let field = &field.ident;
        quote! {
            fn done(&mut self, partial: bool) {
                self.#field = partial;
            }
        }
    });
    let ident = &input.ident;
    Ok(quote! {
        impl crate::load::kind::Shaped for #ident {
            const SHAPE: &'static crate::load::shape::Shape = &crate::load::shape::Shape {
                name: #name,
                what: #what,
                about: #about,
                parts: <Self as crate::load::kind::Keys>::PARTS,
            };
            #done
        }
    })
}
