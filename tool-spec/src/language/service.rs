//! `gong.yaml`.

use super::{Holds, Key, Shape, may, need};

pub(crate) static SERVICE: Shape = Shape {
    name: "service",
    what: "`gong.yaml`",
    about: "The service: what holds for every tool.",
    keys: &[KEYS],
    one_of: &[],
};

const KEYS: &[Key] = &[
    may(
        "language",
        Holds::Version,
        "The version of the spec language that the files are written in; 1 if it is left out.",
    ),
    need("service", Holds::Text, "The service's name."),
    need("about", Holds::Sentence, "What the service is."),
    need("base_url", Holds::Address, "The host that a client talks to, unless it is told another."),
    may(
        "domains",
        Holds::OneOrMore(&Holds::Text),
        "The domains that an account's own host must lie in, as it gets the account's tokens; the host of `base_url` if it \
         is left out.",
    ),
    need("auth", Holds::Shape(&AUTH), "How a client signs in."),
    need("limits", Holds::Shape(&LIMITS), "What a company may send, over all its integrations together."),
    need("errors", Holds::Shape(&ERRORS), "The fields of an answer that reports an error."),
    need("paging", Holds::Shape(&PAGING), "The fields of an answer that is a page."),
    need(
        "nothing_found",
        Holds::Shape(&NOTHING_FOUND),
        "An error that means an empty answer, where the answer has a list.",
    ),
    need("ids", Holds::Map(&KIND), "The kinds of ids: each name becomes the type `id<name>`."),
    need("scopes", Holds::Map(&Holds::Sentence), "What a token can be allowed to do, by the scope's name."),
];

static KIND: Holds = Holds::Or(&ID, &Holds::Sentence);

static ID: Shape = Shape {
    name: "id_kind",
    what: "a kind of ids",
    about: "A kind of ids, with how they are written.",
    keys: &[&[
        may(
            "form",
            Holds::Word(&["digits", "word"]),
            "How such an id is written: in digits, or without spaces and commas (`word`). Other text is refused.",
        ),
        may("address", Holds::Text, "The path of the pages whose address has such an id as `id` in its query."),
        need("about", Holds::Sentence, "What such an id is of."),
    ]],
    one_of: &[],
};

static AUTH: Shape = Shape {
    name: "auth",
    what: "`auth`",
    about: "How a client signs in.",
    keys: &[&[
        need("api_key", Holds::Shape(&API_KEY), "Access keys."),
        need("oauth2", Holds::Shape(&OAUTH2), "OAuth 2 with an authorization code."),
    ]],
    one_of: &[],
};

static API_KEY: Shape = Shape {
    name: "api_key",
    what: "`api_key`",
    about: "How access keys are sent.",
    keys: &[&[
        need("scheme", Holds::Word(&["basic"]), "The scheme of the Authorization header."),
        need(
            "username",
            Holds::Text,
            "What the half in the user name's place is called. `access_key` is asked for as \"Access key\" at a shell, and \
             read from the environment's `GONG_ACCESS_KEY`.",
        ),
        need("password", Holds::Text, "What the half in the password's place is called, likewise."),
    ]],
    one_of: &[],
};

static OAUTH2: Shape = Shape {
    name: "oauth2",
    what: "`oauth2`",
    about: "Where OAuth 2 takes place.",
    keys: &[&[
        need("authorize_url", Holds::Address, "Where a person grants access."),
        need("token_url", Holds::Address, "Where a code or a refresh token becomes an access token."),
        need("base_url_field", Holds::Text, "The field of the token answer that names the account's own host."),
        may(
            "spent",
            Holds::OneOrMore(&Holds::Text),
            "Parts of the texts of an error that says that a code or a refresh token is no good any more, besides OAuth's \
             `invalid_grant`.",
        ),
    ]],
    one_of: &[],
};

static LIMITS: Shape = Shape {
    name: "limits",
    what: "`limits`",
    about: "How much a company may send.",
    keys: &[&[
        need("per_second", Holds::Count(1), "Requests a second."),
        need("per_day", Holds::Count(1), "Requests a day."),
    ]],
    one_of: &[],
};

static ERRORS: Shape = Shape {
    name: "errors",
    what: "errors",
    about: "Where an error's parts stand.",
    keys: &[&[
        need("request_id", Holds::Text, "The field with the service's name for the request."),
        need("messages", Holds::Text, "The field with the messages."),
    ]],
    one_of: &[],
};

static PAGING: Shape = Shape {
    name: "paging",
    what: "paging",
    about: "Where a page's parts stand.",
    keys: &[&[
        need("envelope", Holds::Text, "The field of the answer that tells where the page stands."),
        need("cursor", Holds::Text, "The field in it with the next page's cursor."),
        need("total", Holds::Text, "The field in it with the number of all records."),
        may(
            "expired",
            Holds::OneOrMore(&Holds::Text),
            "Parts of the texts of an error that says that a cursor is no good any more.",
        ),
    ]],
    one_of: &[],
};

static NOTHING_FOUND: Shape = Shape {
    name: "nothing_found",
    what: "`nothing_found`",
    about: "How the service says that nothing matches.",
    keys: &[&[need("status", Holds::Count(100), "The status."), need("message", Holds::Text, "Words of the message.")]],
    one_of: &[],
};
