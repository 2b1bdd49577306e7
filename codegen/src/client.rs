//! What the client of a service is called: all by the service's name.

use tool_spec::model::{Service, Spec};
use tool_spec::names::field_ident;

/// The crate, as code names it: `acme_client`.
pub(crate) fn krate(spec: &Spec) -> String {
    format!("{}_client", variable(&spec.service))
}

/// A client in an example: `acme`.
pub(crate) fn variable(service: &Service) -> String {
    field_ident(&service.name)
}

/// The path of a file of the generated code, which is a part of the client's crate: `acme-client/src/generated/ids.rs`.
pub(crate) fn generated(spec: &Spec, file: &str) -> String {
    format!("{}-client/src/generated/{file}", spec.service.name)
}
