//! `types/*.yaml`, and the limits that fields share with parameters.

use super::{Holds, Key, Shape, may, need};

/// What stands under each name of a file of types.
pub(crate) static DECLARED: Shape = Shape {
    name: "type",
    what: "a type",
    about: "A model or an enum.",
    keys: &[&[
        need("about", Holds::Sentence, "What it is."),
        may(
            "fields",
            Holds::Map(&Holds::Shape(&FIELD)),
            "The fields of a model, by the names that the service gives them.",
        ),
        may(
            "enum",
            Holds::Map(&Holds::Or(&VALUE, &Holds::Sentence)),
            "The values of an enum, each with what it means.",
        ),
    ]],
    one_of: &["fields", "enum"],
};

static FIELD: Shape = Shape {
    name: "field",
    what: "a field",
    about: "A field of a model.",
    keys: &[
        &[
            need("type", Holds::Type, TYPE),
            may("always", Holds::Flag, "An answer always has it, so that it is a plain value and no `Option`."),
            may("required", Holds::Flag, "Who sends the model must give it."),
        ],
        LIMITS,
        &[need("about", Holds::Sentence, "What it is."), may("notice", Holds::Sentence, NOTICE)],
    ],
    one_of: &[],
};

static VALUE: Shape = Shape {
    name: "value",
    what: "an enum's value",
    about: "A value of an enum that a request sends under another name.",
    keys: &[&[
        may("sends", Holds::Text, "What a request sends for it."),
        need("about", Holds::Sentence, "What it means."),
    ]],
    one_of: &[],
};

pub(super) const TYPE: &str = "One word, or one word around another: string, integer, number, boolean, date-time, date, \
                               email, url, id<kind>, json, list<T>, csv<T>, map<T>, or the name of a model.";
pub(super) const NOTICE: &str = "The service has no field for it: the answer carries this sentence when it was given.";

/// The limits of a parameter or a field.
pub(super) const LIMITS: &[Key] = &[
    may("min", Holds::Whole, "The least number."),
    may("max", Holds::Whole, "The greatest number."),
    may("min_length", Holds::Count(0), "The fewest characters."),
    may("max_length", Holds::Count(0), "The most characters."),
    may("min_items", Holds::Count(0), "The fewest elements."),
    may("max_items", Holds::Count(0), "The most elements."),
    may("unique", Holds::Flag, "No element may be there twice."),
];
