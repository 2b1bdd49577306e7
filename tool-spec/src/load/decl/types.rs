//! `types/*.yaml`: models and enums, and the limits that fields share with parameters.

use tool_spec_derive::{Keys, Shape};

use crate::load::kinds::{Count, Filled, Flag, Name, Named, OrPlain, OrShared, Sentence, Text, Whole};
use crate::load::types::{Format, Type};
use crate::model::Limits;
use crate::source::At;

/// A model or an enum.
#[derive(Debug, Keys, Shape)]
#[shape("type", what = "a type")]
pub(crate) struct TypeDecl {
    #[name]
    pub(crate) name: At<String>,
    /// What it is.
    #[need(Sentence)]
    pub(crate) about: Option<String>,
    #[keys]
    pub(crate) kind: Option<TypeKindDecl>,
    /// The file that it stands in.
    pub(crate) source: String,
}

#[derive(Debug, Keys)]
pub(crate) enum TypeKindDecl {
    /// The fields of a model, by the names that the service gives them.
    #[first(Named<OrShared<FieldDecl>>, key = "fields", each = "a field's name")]
    Model(Vec<FieldDecl>),
    /// The values of an enum, each with what it means.
    #[first(Named<OrPlain<EnumValueDecl>>, key = "enum", each = "an enum's value")]
    Enum(Vec<EnumValueDecl>),
}

/// A field of a model.
#[derive(Debug, Keys, Shape)]
#[shape("field", what = "a field")]
pub(crate) struct FieldDecl {
    #[name]
    pub(crate) name: At<String>,
    /// The shared one that this is, if it is one: what is not said here is as it is said there. A key alone may say
    /// `shared` for the one of the same name.
    #[may(Name)]
    #[expect(dead_code, reason = "what is shared is filled in before this is read")]
    shared: Option<At<String>>,
    /// One word, or one word around another: `string`, `integer`, `number`, `boolean`, `date-time`, `date`, `email`,
    /// `url`, `id<kind>`, `json`, `list<T>`, `csv<T>`, `map<T>`, or the name of a model.
    #[need(Type, key = "type")]
    pub(crate) ty: Option<TypeExpr>,
    /// An answer always has it, so that it is a plain value and no `Option`.
    #[may(Flag)]
    pub(crate) always: Option<At<bool>>,
    /// Who sends the model must give it.
    #[may(Flag)]
    pub(crate) required: Option<At<bool>>,
    #[keys]
    pub(crate) limits: LimitsDecl,
    /// What it is.
    #[need(Sentence)]
    pub(crate) about: Option<String>,
    /// The service has no field for it: the answer carries this sentence when it was given.
    #[may(Sentence)]
    pub(crate) notice: Option<At<String>>,
}

/// A value of an enum that a request sends under another name.
#[derive(Debug, Keys, Shape)]
#[shape("value", what = "an enum's value")]
pub(crate) struct EnumValueDecl {
    #[name]
    pub(crate) name: At<String>,
    /// What a request sends for it.
    #[may(Text)]
    pub(crate) sends: Option<At<String>>,
    /// What it means.
    #[need(Sentence)]
    pub(crate) about: Option<String>,
}

/// A type as written.
#[derive(Clone, Debug)]
pub(crate) enum TypeExpr {
    Word(At<String>),
    Around(At<String>, Box<TypeExpr>),
}

/// Limits, and where each is written.
#[derive(Debug)]
pub(crate) struct LimitsDecl {
    pub(crate) limits: Limits,
    pub(crate) written: Vec<At<&'static str>>,
}

/// The limits of a parameter or a field.
#[derive(Keys)]
pub(crate) struct LimitKeys {
    /// The least number.
    #[may(Whole)]
    pub(crate) min: Option<i64>,
    /// The greatest number.
    #[may(Whole)]
    pub(crate) max: Option<i64>,
    /// The fewest characters. `0` says that empty text means something, and is sent.
    #[may(Count<0, usize>)]
    pub(crate) min_length: Option<usize>,
    /// The most characters.
    #[may(Count<0, usize>)]
    pub(crate) max_length: Option<usize>,
    /// The fewest elements.
    #[may(Count<0, usize>)]
    pub(crate) min_items: Option<usize>,
    /// The most elements.
    #[may(Count<0, usize>)]
    pub(crate) max_items: Option<usize>,
    /// No element may be there twice.
    #[may(Flag)]
    pub(crate) unique: bool,
    /// The most bytes of a file.
    #[may(Count<1, u64>)]
    pub(crate) max_bytes: Option<u64>,
    /// How the name of a file may end, as `[mp3, wav]`.
    #[may(Filled<Format>)]
    pub(crate) formats: Vec<String>,
}
