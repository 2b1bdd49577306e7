//! What the runtime must know of the service.

use quote::quote;

use super::docs::Doc;
use super::file::File;
use crate::Output;
use tool_spec::model::Spec;

/// `service.rs`.
pub(super) fn emit(spec: &Spec) -> Output {
    let service = &spec.service;
    let mut file = File::new(spec, "service.rs", &spec.service.source, "The service that every tool talks to.");
    file.tokens(quote!(
        use crate::base::service::Service;
    ));
    let doc = Doc::of(&service.about).outer();
    let (name, title) = (&service.name, &service.title);
    let base_url = &service.base_url;
    let domains = &service.domains;
    let (username, password) = (&service.api_key_username, &service.api_key_password);
    let authorize_url = &service.authorize_url;
    let token_url = &service.token_url;
    let base_url_field = &service.base_url_field;
    let oauth_spent = &service.oauth_spent;
    let per_second = proc_macro2::Literal::u32_unsuffixed(service.per_second);
    let per_day = proc_macro2::Literal::u32_unsuffixed(service.per_day);
    let error_request_id = &service.error_request_id;
    let error_messages = &service.error_messages;
    let error_details = &service.error_details;
    let status = proc_macro2::Literal::u16_unsuffixed(service.nothing_found_status);
    let message = &service.nothing_found_message;
    let expired = &service.paging_expired;
    file.tokens(quote! {
        #doc
        pub(crate) static SERVICE: Service = Service {
            name: #name,
            title: #title,
            base_url: #base_url,
            domains: &[#(#domains),*],
            api_key_username: #username,
            api_key_password: #password,
            authorize_url: #authorize_url,
            token_url: #token_url,
            base_url_field: #base_url_field,
            oauth_spent: &[#(#oauth_spent),*],
            per_second: #per_second,
            per_day: #per_day,
            error_request_id: #error_request_id,
            error_messages: #error_messages,
            error_details: &[#(#error_details),*],
            nothing_found_status: #status,
            nothing_found_message: #message,
            expired_cursor: &[#(#expired),*],
        };
    });
    file.finish()
}
