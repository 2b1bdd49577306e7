//! What a tool sends.

use super::{Holds, Key, Shape, may, need};

pub(super) static REQUEST: Shape =
    Shape { name: "request", what: "a request", about: "A request.", keys: &[SENT], one_of: VERBS };

pub(super) static CASE: Shape = Shape {
    name: "case",
    what: "a request",
    about: "A request that is sent if a condition holds.",
    keys: &[
        &[may(
            "when",
            Holds::Condition,
            "`$param`: it was given; `$param = value`: it has this value. The last request has none.",
        )],
        SENT,
    ],
    one_of: VERBS,
};

pub(super) static STEP: Shape = Shape {
    name: "step",
    what: "a step",
    about: "A request that is sent after others.",
    keys: &[
        SENT,
        &[
            may("take", Holds::Map(&Holds::Text), "Values for the steps after it, each a `$path` into its answer."),
            may("missing", Holds::Sentence, "What to say where there is nothing to take."),
            may(
                "failed",
                Holds::Sentence,
                "What the error says beside what went wrong; `{name}` is a parameter or a value.",
            ),
        ],
    ],
    one_of: VERBS,
};

const VERBS: &[&str] = &["get", "post", "put", "patch", "delete"];

/// The keys of every request.
const SENT: &[Key] = &[
    may("chunk", Holds::Shape(&CHUNK), "Sends several requests, each with a part of a list."),
    may("each", Holds::Shape(&EACH), "Sends one request for each element of a list."),
    may(
        "outcomes",
        Holds::Shape(&OUTCOMES),
        "With `each`: what became of each element, rather than the first failure.",
    ),
    may("get", Holds::Path, "Gets from this path; `{name}` in it is a required parameter."),
    may("post", Holds::Path, "Posts to this path; `{name}` in it is a required parameter."),
    may("put", Holds::Path, "Puts to this path; `{name}` in it is a required parameter."),
    may("patch", Holds::Path, "Patches at this path; `{name}` in it is a required parameter."),
    may("delete", Holds::Path, "Deletes at this path; `{name}` in it is a required parameter."),
    need("scope", Holds::OneOrMore(&Holds::Text), "The scope that a token needs, or a list of them."),
    may("nothing_found", Holds::OneOrMore(&Holds::Text), "More texts of a 404 that mean an empty answer."),
    may(
        "repeat_key",
        Holds::Hole,
        "What the service knows a repetition by: a request with it is sent again when its answer is lost.",
    ),
    may("repeated", Holds::Shape(&REPEATED), "How the service refuses a repetition, if not with status 409."),
    may("query", Holds::Map(&Holds::Template), "The query, by the service's names."),
    may(
        "body",
        Holds::Template,
        "The JSON that is sent, with holes such as `$name`, `$name | date` and `$list has value`.",
    ),
    may("answer", Holds::Name, "The model of this request's answer, if it is not the tool's."),
    may(
        "reshape",
        Holds::Template,
        "How this answer becomes the tool's: a template whose holes are fields of the answer.",
    ),
];

static REPEATED: Shape = Shape {
    name: "repeated",
    what: "`repeated`",
    about: "The error that says that the service has what the request would add already.",
    keys: &[&[
        need("status", Holds::Count(400), "The status."),
        need("message", Holds::Text, "Words of the message; `{field}` in them is a field of the answer."),
    ]],
    one_of: &[],
};

static CHUNK: Shape = Shape {
    name: "chunk",
    what: "`chunk`",
    about: "A list that goes in parts; the answers' lists are joined.",
    keys: &[&[
        need("of", Holds::Hole, "The list."),
        need("size", Holds::Count(1), "How many elements a request takes."),
    ]],
    one_of: &[],
};

static EACH: Shape = Shape {
    name: "each",
    what: "`each`",
    about: "A list that goes element by element.",
    keys: &[&[
        need("of", Holds::Hole, "The list."),
        need("as", Holds::Name, "What the template calls the element."),
        may("per_page", Holds::Count(1), "Makes pages of so many elements."),
    ]],
    one_of: &[],
};

static OUTCOMES: Shape = Shape {
    name: "outcomes",
    what: "`outcomes`",
    about: "What became of each element.",
    keys: &[&[
        need("into", Holds::Name, "The list of the tool's answer that the outcomes go into."),
        need("item", Holds::Name, "The field of an outcome for the element."),
        need("error", Holds::Name, "The field of an outcome for what went wrong."),
    ]],
    one_of: &[],
};
