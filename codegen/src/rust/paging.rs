//! The paging envelope of an answer: where it says that there is another page, and what is put into one that is made
//! here.

use proc_macro2::TokenStream;
use quote::quote;

use super::reshape::Found;
use super::scope::Scope;
use super::types::{self, field_name, is_plain_field};
use tool_spec::model::{Field, Spec, Type};

/// The paging envelope of an answer and its cursor.
pub(super) struct Envelope<'a> {
    pub(super) page: &'a Type,
    pub(super) field: &'a Field,
    pub(super) model: &'a Type,
    pub(super) cursor: &'a Field,
}

/// The paging envelope of a model, if it has one.
pub(super) fn envelope<'a>(spec: &'a Spec, page: &str) -> Option<Envelope<'a>> {
    let page = spec.declared(page)?;
    let field = spec.fields(&page.name).iter().find(|field| field.name == spec.service.paging_envelope)?;
    let model = types::declared(spec, &field.ty)?;
    let cursor = spec.fields(&model.name).iter().find(|field| field.name == spec.service.paging_cursor)?;
    Some(Envelope { page, field, model, cursor })
}

/// Where an answer says that there is another page, and how to ask for it.
pub(super) fn cursor(scope: &Scope<'_>) -> Option<(TokenStream, TokenStream)> {
    let param = field_name(scope.tool.pages_of_items()?);
    let Envelope { field, cursor, .. } = envelope(scope.spec, &scope.tool.answer)?;
    let (envelope, name) = (&field.name, &cursor.name);
    let asks = quote! {
        fn begins_at(&self) -> rt::Option<&str> { self.#param.as_deref() }
        fn set_cursor(&mut self, cursor: rt::String) { self.#param = Some(cursor); }
    };
    Some((quote!(.cursor(&[#envelope, #name])), asks))
}

/// The statements that put the cursor and the total of a page that is made here into the answer's paging envelope.
pub(super) fn paged(scope: &Scope<'_>, answer: TokenStream, is_new: bool) -> (TokenStream, TokenStream) {
    let spec = scope.spec;
    let Some(Envelope { page, field, model, cursor }) = envelope(spec, &scope.tool.answer) else {
        return (quote!(), answer);
    };
    let fields = spec.fields(&model.name);
    let total = fields.iter().find(|field| field.name == spec.service.paging_total);
    let next = Found { expr: quote!(page.next), plain: false }.fit(is_plain_field(model, cursor));
    let cursor = field_name(&cursor.name);
    let total = total.map(|total| {
        let value = Found { expr: quote!(page.total), plain: true }.fit(is_plain_field(model, total));
        let name = field_name(&total.name);
        quote!(#name: #value,)
    });
    let given = 1 + usize::from(total.is_some());
    let rest = (given < fields.len()).then(|| quote!(..rt::Default::default()));
    let name = types::model(&model.name);
    let records = Found { expr: quote!(#name { #cursor: #next, #total #rest }), plain: true };
    let records = records.fit(is_plain_field(page, field));
    let slot = field_name(&field.name);
    let renewed = is_new.then(|| quote!(let mut answer = #answer;));
    (quote!(#renewed answer.#slot = #records;), quote!(answer))
}
