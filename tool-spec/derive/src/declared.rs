//! A struct whose fields are the keys of a map.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::{
    Attribute, DataStruct, DeriveInput, Error, Expr, ExprLit, Field, Lit, LitStr, Meta, Path, Result, Token, Type,
};

/// What stands between the brackets of `need`, `may` and `first`.
pub(crate) struct Said {
    kind: Type,
    key: Option<LitStr>,
    what: Option<LitStr>,
    each: Option<LitStr>,
}

impl Parse for Said {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let mut said = Said { kind: input.parse()?, key: None, what: None, each: None };
        while !input.is_empty() {
            input.parse::<Token![,]>()?;
            let (name, text) = named(input)?;
            match name.to_string().as_str() {
                "key" => said.key = Some(text),
                "what" => said.what = Some(text),
                "each" => said.each = Some(text),
                _ => return Err(Error::new_spanned(name, "this is `key`, `what` or `each`")),
            }
        }
        Ok(said)
    }
}

/// `name = "text"`.
pub(crate) fn named(input: ParseStream<'_>) -> Result<(Ident, LitStr)> {
    let name = input.parse()?;
    input.parse::<Token![=]>()?;
    Ok((name, input.parse()?))
}

/// A key, with what is said of it.
pub(crate) struct Key {
    pub(crate) name: String,
    /// A variant of `Role`.
    role: Ident,
    said: Said,
    about: String,
}

impl Key {
    /// The key that one of these attributes declares, if one is there; it is called as what carries the attribute,
    /// unless it says otherwise.
    pub(crate) fn of(attrs: &[Attribute], called: &str, spot: &impl ToTokens) -> Result<Option<Self>> {
        for (word, role) in [("need", "Need"), ("may", "May"), ("first", "First")] {
            let Some(attribute) = attrs.iter().find(|attribute| attribute.path().is_ident(word)) else { continue };
            let said: Said = attribute.parse_args()?;
            let name = said.key.as_ref().map_or_else(|| called.to_owned(), LitStr::value);
            let role =
                Ident::new(role, attribute.path().get_ident().map_or_else(proc_macro2::Span::call_site, Ident::span));
            return Ok(Some(Key { name, role, said, about: about(attrs, spot)? }));
        }
        Ok(None)
    }

    /// The key in the table. In an alternative no key must be there whatever else is.
    pub(crate) fn part(&self, alternative: bool) -> TokenStream {
        let Key { name, role, said: Said { kind, .. }, about } = self;
        let role = if alternative && role == "Need" { quote!(May) } else { quote!(#role) };
        quote! {
            crate::load::shape::Part::Key(crate::load::shape::Key {
                name: #name,
                role: crate::load::shape::Role::#role,
                holds: <#kind as crate::load::kind::Kind>::HOLDS,
                about: #about,
            })
        }
    }

    /// What a field of this type makes of what is read at the key.
    pub(crate) fn field(&self, ty: &Type) -> TokenStream {
        let read = self.read();
        // What an alternative is known by is all of it, so it is lost with that, unless the field can do without.
        let optional =
            matches!(ty, Type::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == "Option"));
        if self.role == "First" && !optional {
            return quote!(Some(#read).filter(|read| read.value.is_some()).and_then(crate::load::kind::Field::of));
        }
        quote!(crate::load::kind::Field::of(#read))
    }

    /// What is read at the key.
    pub(crate) fn read(&self) -> TokenStream {
        let Key { name, role, said: Said { kind, what, each, .. }, .. } = self;
        let option = |text: &Option<LitStr>| text.as_ref().map_or_else(|| quote!(None), |text| quote!(Some(#text)));
        let (what, each) = (option(what), option(each));
        quote!(map.read::<#kind>(#name, crate::load::shape::Role::#role, #what, #each, sink))
    }
}

pub(crate) fn of(input: &DeriveInput, data: &DataStruct) -> Result<TokenStream> {
    let (mut parts, mut reads) = (Vec::new(), Vec::new());
    for field in &data.fields {
        let (stands, read) = field_of(field)?;
        parts.extend(match stands {
            Stands::Key(key) => Some(key.part(false)),
            Stands::Keys(part) => Some(part),
            Stands::Aside => None,
        });
        reads.push(read);
    }
    let rule = match input.attrs.iter().find(|attribute| attribute.path().is_ident("rule")) {
        Some(attribute) => {
            let rule: Path = attribute.parse_args()?;
            quote!(#rule(&mut this, map, sink);)
        }
        None => TokenStream::new(),
    };
    let mutable = (!rule.is_empty()).then(|| quote!(mut));
    let fields: Vec<_> = data.fields.iter().map(|field| &field.ident).collect();
    let ident = &input.ident;
    Ok(quote! {
        impl crate::load::kind::Keys for #ident {
            const PARTS: &'static [crate::load::shape::Part] = &[#(#parts),*];
            fn take(map: &mut crate::load::entries::Entries<'_>, sink: &crate::fault::Sink) -> Option<Self> {
                #(#reads)*
                let #mutable this = Self { #(#fields: #fields?),* };
                #rule
                Some(this)
            }
        }
    })
}

/// What a field is to the table.
pub(crate) enum Stands {
    Key(Box<Key>),
    /// The keys of another declaration.
    Keys(TokenStream),
    /// No key.
    Aside,
}

/// What a field is, and the statement that reads it into a variable of its name.
pub(crate) fn field_of(field: &Field) -> Result<(Stands, TokenStream)> {
    let (Some(ident), ty) = (&field.ident, &field.ty) else {
        return Err(Error::new_spanned(field, "a key's field has a name"));
    };
    let keys = quote!(<#ty as crate::load::kind::Keys>);
    let (stands, read) = if let Some(key) = Key::of(&field.attrs, &ident.unraw().to_string(), ident)? {
        let read = key.field(ty);
        (Stands::Key(Box::new(key)), read)
    } else if has(&field.attrs, "keys") {
        (Stands::Keys(quote!(crate::load::shape::Part::Keys(#keys::PARTS))), quote!(#keys::take(map, sink)))
    } else if has(&field.attrs, "name") {
        (Stands::Aside, quote!(map.name.cloned()))
    } else if has(&field.attrs, "place") {
        (Stands::Aside, quote!(Some(map.place)))
    } else if let Some(attribute) = field.attrs.iter().find(|attribute| attribute.path().is_ident("at")) {
        let key: LitStr = attribute.parse_args()?;
        (Stands::Aside, quote!(Some(map.key_span(#key))))
    } else {
        (Stands::Aside, quote!(Some(Default::default())))
    };
    Ok((stands, quote!(let #ident: Option<#ty> = #read;)))
}

/// Whether an attribute of this name is there.
pub(crate) fn has(attrs: &[Attribute], name: &str) -> bool {
    attrs.iter().any(|attribute| attribute.path().is_ident(name))
}

/// The doc comment as one line. What the docs say is told for everything, in sentences.
pub(crate) fn about(attrs: &[Attribute], spot: &impl ToTokens) -> Result<String> {
    let mut lines = Vec::new();
    for attribute in attrs.iter().filter(|attribute| attribute.path().is_ident("doc")) {
        if let Meta::NameValue(doc) = &attribute.meta
            && let Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) = &doc.value
        {
            lines.push(text.value().trim().to_owned());
        }
    }
    let about = lines.join(" ");
    if about.ends_with('.') {
        return Ok(about);
    }
    Err(Error::new_spanned(spot, "the docs say what this is by its doc comment: a sentence, with a full stop"))
}
