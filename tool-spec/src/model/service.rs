//! The service that all tools talk to.

/// The service that all tools talk to.
#[derive(Clone, Debug)]
pub struct Service {
    /// Its name in code, such as `acme`.
    pub name: String,
    /// Its name in sentences, such as `Acme`.
    pub title: String,
    /// The spec file it came from, such as `spec/acme.yaml`.
    pub source: String,
    /// What it is.
    pub about: String,
    /// The host that a client talks to unless it is told another.
    pub base_url: String,
    /// The domains that an account's own host lies in.
    pub domains: Vec<String>,
    /// What the first half of an API key is called, and the second.
    pub api_key_username: String,
    /// See [`Service::api_key_username`].
    pub api_key_password: String,
    /// Where a person grants access.
    pub authorize_url: String,
    /// Where a code or a refresh token becomes an access token.
    pub token_url: String,
    /// The field of the token answer that names the account's own host.
    pub base_url_field: String,
    /// Parts of the texts of an error that says "this code or refresh token is no good any more".
    pub oauth_spent: Vec<String>,
    /// Requests a second that a company is allowed.
    pub per_second: u32,
    /// Requests a day that a company is allowed.
    pub per_day: u32,
    /// Fields of the error envelope.
    pub error_request_id: String,
    /// See [`Service::error_request_id`].
    pub error_messages: String,
    /// Further fields of it that an error keeps.
    pub error_details: Vec<String>,
    /// Field of a page that holds the paging envelope, and in it the fields of the next cursor and of the total.
    pub paging_envelope: String,
    /// See [`Service::paging_envelope`].
    pub paging_cursor: String,
    /// See [`Service::paging_envelope`].
    pub paging_total: String,
    /// Parts of the texts of an error that says "this cursor is no good any more".
    pub paging_expired: Vec<String>,
    /// The status and the text of an error that says "nothing matched".
    pub nothing_found_status: u16,
    /// See [`Service::nothing_found_status`].
    pub nothing_found_message: String,
    /// Kinds of ids, by name.
    pub ids: Vec<IdKind>,
    /// Scopes, by name.
    pub scopes: Vec<Named>,
}

/// A kind of ids.
#[derive(Clone, Debug)]
pub struct IdKind {
    /// Its name.
    pub name: String,
    /// What such an id is of.
    pub about: String,
    /// How such an id is written; any text will do where it is not said.
    pub form: Option<IdForm>,
    /// Whether the published contract calls such an id an integer.
    pub integer: bool,
    /// The path of the pages whose address has such an id as `id` in its query.
    pub address: Option<String>,
}

/// How an id is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdForm {
    /// One to twenty digits.
    Digits,
    /// Anything without spaces and commas.
    Word,
}

impl IdForm {
    /// The word in the spec.
    pub const fn as_str(self) -> &'static str {
        match self {
            IdForm::Digits => "digits",
            IdForm::Word => "word",
        }
    }
}

/// A name and what it stands for.
#[derive(Clone, Debug)]
pub struct Named {
    /// The name.
    pub name: String,
    /// What it stands for.
    pub about: String,
}
