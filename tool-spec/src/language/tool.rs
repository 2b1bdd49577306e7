//! `tools/GROUP.yaml`: everything but requests.

use super::request::{CASE, REQUEST, STEP};
use super::types::{LIMITS, NOTICE, TYPE};
use super::{Holds, Key, Shape, may, need};

pub(crate) static GROUP: Shape = Shape {
    name: "group",
    what: "a group of tools",
    about: "A group of tools; the file's name is the group's.",
    keys: &[&[
        need("about", Holds::Sentence, "What the group is about."),
        need("tools", Holds::Map(&Holds::Shape(&TOOL)), "The tools, by name."),
    ]],
    one_of: &[],
};

static TOOL: Shape = Shape {
    name: "tool",
    what: "a tool",
    about: "A tool: what it takes, what is sent and what comes back.",
    keys: &[&[
        need("method", Holds::Text, "The Rust method, on the group's accessor."),
        need("title", Holds::Text, "A few words for menus and agents."),
        need("about", Holds::Sentence, "What the tool does, for its caller."),
        need(
            "effect",
            Holds::Word(&["read", "write", "destructive"]),
            "Whether it reads, adds or changes (`write`), or removes (`destructive`); retry and agent hints follow from it.",
        ),
        may("extra", Holds::Flag, "The published contract lacks the tool, with all its parameters."),
        may("params", Holds::Map(&Holds::Shape(&PARAM)), "What the caller gives."),
        may("values", Holds::Map(&Holds::Or(&VALUE, &Holds::Constant)), "What is worked out and is no parameter."),
        may("rules", Holds::List(&Holds::Shape(&RULE)), "What parameters demand of each other."),
        may("request", Holds::Shape(&REQUEST), "The one request that is sent."),
        may("requests", Holds::List(&Holds::Shape(&CASE)), "Requests, of which the first whose `when` holds is sent."),
        may("steps", Holds::List(&Holds::Shape(&STEP)), "Requests that are sent one after the other."),
        need("answer", Holds::Name, "The model of the answer."),
        may("items", Holds::Name, "The field of the answer that holds a page's items; gives `items()`."),
        may(
            "newest_first",
            Holds::Shape(&TIMELINE),
            "How the items are had newest first from a service that lists them oldest first; gives `newest_first()`.",
        ),
        may(
            "keep",
            Holds::Map(&Holds::Or(&RANGE, &Holds::Constant)),
            "A filter that the service lacks, applied to the items.",
        ),
        may(
            "expects",
            Holds::Map(&Holds::Text),
            "List parameters of ids, and the items' field that is one of them; what no item has is named in a notice.",
        ),
        may("notices", Holds::List(&Holds::Sentence), "Sentences that every answer carries."),
        may("notes", Holds::List(&Holds::Sentence), "Where the service differs from what a caller may expect."),
        may("deprecated", Holds::Sentence, "Why, and what to use instead."),
        may(
            "example",
            Holds::Map(&Holds::Constant),
            "Parameters for the reference's examples; checked like any input.",
        ),
    ]],
    one_of: &["request", "requests", "steps"],
};

static TIMELINE: Shape = Shape {
    name: "timeline",
    what: "`newest_first`",
    about: "Where the items lie in time.",
    keys: &[&[
        need("from", Holds::Name, "The `date-time` parameter from which on items are listed, inclusive."),
        need("to", Holds::Name, "The `date-time` parameter up to which items are listed, exclusive."),
        need("time", Holds::Name, "The item's field that says when it was, by which the list goes."),
    ]],
    one_of: &[],
};

static PARAM: Shape = Shape {
    name: "param",
    what: "a parameter",
    about: "A parameter of a tool.",
    keys: &[
        &[
            need("type", Holds::Type, TYPE),
            may("required", Holds::Flag, "The caller must give it; it becomes an argument of the Rust method."),
            may("extra", Holds::Flag, "The published contract lacks it."),
        ],
        LIMITS,
        &[
            may("default", Holds::Source(&SOURCE), "Where the value comes from when the caller gives none."),
            need("about", Holds::Sentence, "What it means, for a caller."),
            may("notice", Holds::Sentence, NOTICE),
        ],
    ],
    one_of: &[],
};

static SOURCE: Shape = Shape {
    name: "source",
    what: "a source",
    about: "Where a value comes from.",
    keys: &[SOURCES],
    one_of: &ONE_SOURCE,
};

static VALUE: Shape = Shape {
    name: "worked_out",
    what: "a source",
    about: "Where a value comes from.",
    keys: &[&[may("given", Holds::Hole, "A parameter that is used instead when the caller gave it.")], SOURCES],
    one_of: &ONE_SOURCE,
};

const ONE_SOURCE: [&str; 9] = crate::load::tool::SOURCES;

const SOURCES: &[Key] = &[
    may("fresh", Holds::Word(&["uuid"]), "A new random UUID."),
    may("hash", Holds::List(&Holds::Name), "A UUID that is the same for the same values of these parameters."),
    may(
        "first",
        Holds::Text,
        "The first that is there of this field of a list parameter's elements, as `parties.userId`.",
    ),
    may("same_as", Holds::Hole, "Another parameter's value, as it would be sent."),
    may("now", Holds::True, "This instant."),
    may("days_ago", Holds::Count(0), "The instant so many days ago."),
    may("find", Holds::Name, "This field of the one item of another tool's answer that matches `where`."),
    may("only", Holds::Name, "This field of the only item of another tool's answer."),
    may("every", Holds::Name, "The distinct values of this field over all items of another tool's answer, sorted."),
    may("in", Holds::Name, "The tool that is asked."),
    may("where", Holds::Map(&Holds::Hole), "Fields of an item, and the parameters that they must equal."),
    may("missing", Holds::Sentence, "What to say where there is none."),
    may("several", Holds::Sentence, "What to say where there are more than one."),
];

static RULE: Shape = Shape {
    name: "rule",
    what: "a rule",
    about: "What parameters demand of each other.",
    keys: &[&[
        may("need", Holds::List(&Holds::Name), "At least one of these, after defaults; `false` counts as not given."),
        may("order", Holds::List(&Holds::Name), "Two parameters, of which the first must be before the second."),
        may("because", Holds::Sentence, "Why; only with `need`."),
    ]],
    one_of: &["need", "order"],
};

static RANGE: Shape = Shape {
    name: "range",
    what: "a range of days",
    about: "Items whose date lies between these days, both included.",
    keys: &[&[may("from", Holds::Hole, "The first day."), may("to", Holds::Hole, "The last day.")]],
    one_of: &[],
};
