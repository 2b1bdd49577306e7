//! What the spec says of the service as a whole.

/// Generated of the spec. It stands here and not with the other generated files, as everything may name the service.
#[path = "../generated/service.rs"]
#[rustfmt::skip]
mod generated;

pub(crate) use generated::SERVICE;

/// What sentences call the service.
pub(crate) const TITLE: &str = SERVICE.title;

/// The service that all tools talk to.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Service {
    /// Its name.
    pub name: &'static str,
    /// Its name as sentences write it.
    pub title: &'static str,
    /// The host that a client talks to unless another is set.
    pub base_url: &'static str,
    /// The domains that an account's own host lies in.
    pub domains: &'static [&'static str],
    /// What the first half of an API key is called, such as `access_key`.
    pub api_key_username: &'static str,
    /// What its second half is called.
    pub api_key_password: &'static str,
    /// Where a person grants access.
    pub authorize_url: &'static str,
    /// Where a code or a refresh token becomes an access token.
    pub token_url: &'static str,
    /// The field of the token answer that names the account's own host.
    pub base_url_field: &'static str,
    /// Parts of the texts of an error that says "this code or refresh token is no good any more".
    pub oauth_spent: &'static [&'static str],
    /// Requests a second that a company is allowed.
    pub per_second: u32,
    /// Requests a day that a company is allowed.
    pub per_day: u32,
    /// The field of an answer that holds the request's id.
    pub error_request_id: &'static str,
    /// The field of an error answer that holds its messages.
    pub error_messages: &'static str,
    /// Further fields of an error answer that an error keeps.
    pub error_details: &'static [&'static str],
    /// The status of an answer that says "nothing matched".
    pub nothing_found_status: u16,
    /// A part of its text.
    pub nothing_found_message: &'static str,
    /// Parts of the texts of an error that says "this cursor is no good any more".
    pub expired_cursor: &'static [&'static str],
}
