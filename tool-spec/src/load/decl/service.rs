//! The service: what holds for every tool.

use tool_spec_derive::{Keys, Shape};

use super::{FieldDecl, ParamDecl};
use crate::load::kinds::{Count, Named, NamedFilled, OneOrMore, OrPlain, Sentence, Text, Word};
use crate::load::service::{
    Address, Basic, Domain, Integer, KeyName, ServiceName, Version, forms_of_ids, further_details,
};
use crate::model::IdForm;
use crate::source::At;

/// The service: what holds for every tool.
#[derive(Debug, Keys, Shape)]
#[shape("service", what = "the service")]
pub(crate) struct ServiceDecl {
    /// The version of the spec language that the files are written in; 1 if it is left out.
    #[may(Version)]
    #[expect(dead_code, reason = "it was looked at before anything else")]
    language: Option<u64>,
    /// The service's name, in lowercase: the client's crate, its variables in examples and the command are called by
    /// it.
    #[need(ServiceName, key = "service")]
    pub(crate) name: Option<String>,
    /// The service's name as sentences write it; `service` with a capital letter if it is left out.
    #[may(Text)]
    pub(crate) title: Option<String>,
    /// What the service is.
    #[need(Sentence)]
    pub(crate) about: Option<String>,
    /// The host that a client talks to, unless it is told another.
    #[need(Address)]
    pub(crate) base_url: Option<String>,
    /// The domains that an account's own host must lie in, as it gets the account's tokens; the host of `base_url` if
    /// it is left out.
    #[may(OneOrMore<Domain>, each = "a domain")]
    pub(crate) domains: Option<Vec<At<String>>>,
    /// How a client signs in.
    #[need(AuthDecl)]
    pub(crate) auth: Option<AuthDecl>,
    /// What a company may send, over all its integrations together.
    #[need(QuotaDecl)]
    pub(crate) limits: Option<QuotaDecl>,
    /// The fields of an answer that reports an error.
    #[need(ErrorsDecl)]
    pub(crate) errors: Option<ErrorsDecl>,
    /// The fields of an answer that is a page.
    #[need(PagingDecl)]
    pub(crate) paging: Option<PagingDecl>,
    /// An error that means an empty answer, where the answer has a list.
    #[need(NothingFoundDecl)]
    pub(crate) nothing_found: Option<NothingFoundDecl>,
    /// Parameters that tools share: they are used as `name: shared`, or as `{shared: name}` with what is other there.
    #[may(Named<ParamDecl>)]
    #[expect(dead_code, reason = "who uses one has it filled in")]
    params: Vec<ParamDecl>,
    /// Fields that models share, likewise.
    #[may(Named<FieldDecl>)]
    #[expect(dead_code, reason = "who uses one has it filled in")]
    fields: Vec<FieldDecl>,
    /// The kinds of ids: each name becomes the type `id<name>`.
    #[need(NamedFilled<OrPlain<IdDecl>>)]
    pub(crate) ids: Vec<IdDecl>,
    /// What a token can be allowed to do, by the scope's name.
    #[need(NamedFilled<NamedDecl>)]
    pub(crate) scopes: Vec<NamedDecl>,
}

/// How a client signs in.
#[derive(Debug, Keys, Shape)]
#[shape("auth")]
pub(crate) struct AuthDecl {
    /// Access keys.
    #[need(ApiKeyDecl)]
    pub(crate) api_key: ApiKeyDecl,
    /// OAuth 2 with an authorization code.
    #[need(OAuthDecl)]
    pub(crate) oauth2: OAuthDecl,
}

/// How access keys are sent: as Basic credentials; the client knows no other way.
#[derive(Debug, Keys, Shape)]
#[shape("api_key")]
pub(crate) struct ApiKeyDecl {
    /// The scheme of the Authorization header.
    #[need(Word<Basic>)]
    #[expect(dead_code, reason = "there is only one")]
    scheme: Option<Basic>,
    /// What the half in the user name's place is called. `access_key` is asked for as "Access key" at a shell, and read
    /// from the environment's `SERVICE_ACCESS_KEY`.
    #[need(KeyName)]
    pub(crate) username: At<String>,
    /// What the half in the password's place is called, likewise.
    #[need(KeyName)]
    pub(crate) password: At<String>,
}

/// Where OAuth 2 takes place.
#[derive(Debug, Keys, Shape)]
#[shape("oauth2")]
pub(crate) struct OAuthDecl {
    /// Where a person grants access.
    #[need(Address)]
    pub(crate) authorize_url: At<String>,
    /// Where a code or a refresh token becomes an access token.
    #[need(Address)]
    pub(crate) token_url: At<String>,
    /// The field of the token answer that names the account's own host.
    #[need(Text)]
    pub(crate) base_url_field: At<String>,
    /// Parts of the texts of an error that says that a code or a refresh token is no good any more, besides OAuth's
    /// `invalid_grant`.
    #[may(OneOrMore<Text>, each = "a part of an error's text")]
    pub(crate) spent: Vec<String>,
}

/// How much a company may send.
#[derive(Debug, Keys, Shape)]
#[shape("limits")]
pub(crate) struct QuotaDecl {
    /// Requests a second.
    #[need(Count<1, u32>)]
    pub(crate) per_second: At<u32>,
    /// Requests a day.
    #[need(Count<1, u32>)]
    pub(crate) per_day: At<u32>,
}

/// Where an error's parts stand.
#[derive(Debug, Keys, Shape)]
#[shape("errors")]
#[rule(further_details)]
pub(crate) struct ErrorsDecl {
    /// The field with the service's name for the request.
    #[need(Text)]
    pub(crate) request_id: At<String>,
    /// The field with the messages.
    #[need(Text)]
    pub(crate) messages: At<String>,
    /// Further fields, such as the address of a page that helps: an error keeps them, and shows them.
    #[may(OneOrMore<Text>, each = "a further field")]
    pub(crate) details: Vec<At<String>>,
}

/// Where a page's parts stand.
#[derive(Debug, Keys, Shape)]
#[shape("paging")]
pub(crate) struct PagingDecl {
    /// The field of the answer that tells where the page stands.
    #[need(Text)]
    pub(crate) envelope: At<String>,
    /// The field in it with the next page's cursor.
    #[need(Text)]
    pub(crate) cursor: At<String>,
    /// The field in it with the number of all records.
    #[need(Text)]
    pub(crate) total: At<String>,
    /// Parts of the texts of an error that says that a cursor is no good any more.
    #[may(OneOrMore<Text>, each = "a part of an error's text")]
    pub(crate) expired: Vec<String>,
}

/// How the service says that nothing matches.
#[derive(Debug, Keys, Shape)]
#[shape("nothing_found")]
pub(crate) struct NothingFoundDecl {
    /// The status.
    #[need(Count<100, u16>)]
    pub(crate) status: At<u16>,
    /// Words of the message.
    #[need(Text)]
    pub(crate) message: At<String>,
}

/// A kind of ids, with how they are written.
#[derive(Debug, Keys, Shape)]
#[shape("id_kind", what = "a kind of ids")]
#[rule(forms_of_ids)]
pub(crate) struct IdDecl {
    #[name]
    pub(crate) name: At<String>,
    /// How such an id is written: in digits (one to twenty), or without spaces and commas (`word`). Other text is
    /// refused.
    #[may(Word<IdForm>)]
    pub(crate) form: Option<IdForm>,
    /// The path of the pages whose address has such an id as `id` in its query.
    #[may(Text)]
    pub(crate) address: Option<At<String>>,
    /// The published contract calls such an id an `integer`. It is an id all the same, as its digits may be more than a
    /// number holds: callers by name give a number or its digits as text.
    // `Some(None)`: there is something else.
    #[may(Word<Integer>)]
    pub(crate) json: Option<Option<At<Integer>>>,
    /// What such an id is of.
    #[need(Sentence)]
    pub(crate) about: Option<String>,
}

/// A name and what it stands for.
#[derive(Debug)]
pub(crate) struct NamedDecl {
    pub(crate) name: At<String>,
    pub(crate) about: Option<String>,
}
