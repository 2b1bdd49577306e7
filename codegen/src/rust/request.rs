//! One request, as a chain on the runtime's `Request`.

use proc_macro2::TokenStream;
use quote::quote;

use super::scope::Scope;
use super::template;
use super::types::ident;
use tool_spec::model::{Request, Template, Ty};

/// The expression that builds it.
pub(super) fn build(scope: &Scope<'_>, request: &Request) -> TokenStream {
    let verb = ident(&request.verb.as_str().to_lowercase());
    let (path, scopes) = (&request.path, &request.scopes);
    let holes = request.segments.iter().map(|hole| {
        let (name, value) = (hole.name(), scope.hole(hole));
        quote!(.path(#name, #value))
    });
    let query = request.query.iter().map(|(key, value)| {
        let value = template::query(scope, value);
        quote!(.query(#key, #value))
    });
    let parts = request.multipart.iter().map(|(name, part)| {
        let value = template::query(scope, part);
        match part {
            Template::Hole(hole) if hole.ty == Ty::File => quote!(.file(#name, #value)),
            _ => quote!(.part(#name, #value)),
        }
    });
    let may_be_nothing = scope.tool.items.is_some() || !request.nothing_found.is_empty();
    let nothing_found = may_be_nothing.then(|| {
        let texts = &request.nothing_found;
        quote!(.nothing_found(&[#(#texts),*]))
    });
    let repeatable = request.repeatable.then(|| quote!(.repeatable()));
    let repeat_key = request.repeat_key.as_ref().map(|name| {
        let value = scope.name(name).borrowed();
        quote!(.repeat_key(#value))
    });
    let repeated = request.repeated.as_ref().map(|repeated| {
        let (status, message) = (repeated.status, &repeated.message);
        quote!(.repeated(#status, #message))
    });
    let body = request.body.as_ref().map(|body| {
        let body = template::body(scope, body);
        quote!(.body(#body))
    });
    quote! {
        rt::Request::#verb(#path) #(.scope(#scopes))* #nothing_found #repeatable #repeat_key #repeated
            #(#holes)* #(#query)* #body #(#parts)*
    }
}
