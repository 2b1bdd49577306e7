//! What an answer says of parameters that the service has no field for.

use proc_macro2::TokenStream;
use quote::quote;

use super::check::blank_is_absent;
use super::types::{declared, field_name, is_plain_field};
use tool_spec::model::{Field, Spec, Tool, Ty, Type, TypeKind};

/// The statements of a tool's `run`. What every answer of the tool says, the runtime takes from the catalog.
pub(super) fn of_tool(spec: &Spec, tool: &Tool) -> TokenStream {
    let params = tool.params.iter().map(|param| {
        let name = field_name(&param.name);
        let own = param.notice.as_ref().map(|notice| quote!(run.notice_when(self.#name.is_some(), #notice);));
        let inner = inner(spec, &param.ty, &quote!(self.#name), false);
        quote!(#own #inner)
    });
    quote!(#(#params)*)
}

/// The statements of a model's `notices`; none if nothing in it has a notice.
pub(super) fn of_model(spec: &Spec, model: &Type, fields: &[Field]) -> TokenStream {
    let fields = fields.iter().map(|field| {
        let name = field_name(&field.name);
        let plain = is_plain_field(model, field);
        let given = match plain {
            true => quote!(!rt::is_default(&self.#name)),
            false if blank_is_absent(&field.ty, &field.limits, field.required) => {
                quote!(rt::unless_blank(&self.#name).is_some())
            }
            false => quote!(self.#name.is_some()),
        };
        let own = field.notice.as_ref().map(|notice| quote!(run.notice_when(#given, #notice);));
        let inner = inner(spec, &field.ty, &quote!(self.#name), plain);
        quote!(#own #inner)
    });
    quote!(#(#fields)*)
}

/// The notices of the models that a value holds.
fn inner(spec: &Spec, ty: &Ty, slot: &TokenStream, plain: bool) -> TokenStream {
    match ty {
        Ty::Model(_) if has_notices(spec, ty) && plain => quote!(rt::Nested::notices(&#slot, run);),
        Ty::Model(_) if has_notices(spec, ty) => quote!(if let Some(item) = &#slot { rt::Nested::notices(item, run); }),
        Ty::List(of) if has_notices(spec, of) => {
            let items = if plain { quote!(&#slot) } else { quote!(#slot.iter().flatten()) };
            quote!(for item in #items { rt::Nested::notices(item, run); })
        }
        Ty::Map(of) if has_notices(spec, of) => {
            let entries =
                if plain { quote!(#slot.values()) } else { quote!(#slot.iter().flat_map(rt::BTreeMap::values)) };
            quote!(for item in #entries { rt::Nested::notices(item, run); })
        }
        _ => quote!(),
    }
}

/// Whether a field somewhere in this model has a notice.
fn has_notices(spec: &Spec, ty: &Ty) -> bool {
    fn search<'a>(spec: &'a Spec, ty: &'a Ty, seen: &mut Vec<&'a str>) -> bool {
        let Some(Type { name, kind: TypeKind::Model(fields), .. }) = declared(spec, ty) else { return false };
        if seen.contains(&name.as_str()) {
            return false;
        }
        seen.push(name);
        fields.iter().any(|field| match &field.ty {
            _ if field.notice.is_some() => true,
            Ty::List(of) | Ty::Map(of) => search(spec, of, seen),
            ty => search(spec, ty, seen),
        })
    }
    search(spec, ty, &mut Vec::new())
}
