//! Declared types with the types of their fields looked up.

use std::collections::BTreeMap;

use crate::display::WORDS;
use crate::fault::{Fault, FaultKind, Known as Names, Sink};
use crate::load::decl::{Declared, EnumValueDecl, FieldDecl, TypeDecl, TypeExpr, TypeKindDecl};
use crate::model::Ty;
use crate::source::{At, Span};

/// What types are called in other languages and descriptions of APIs, and what stands here instead.
const ELSEWHERE: &[(&[&str], &str)] = &[
    (&["bool", "flag"], "write `boolean`"),
    (&["int", "int32", "int64", "i32", "i64", "u32", "u64", "long", "short", "uint"], "write `integer`"),
    (&["float", "double", "decimal", "f32", "f64", "real"], "write `number`"),
    (&["str", "text", "char", "varchar"], "write `string`"),
    (&["uuid", "guid"], "write `string`, or a kind of id: `id<…>`"),
    (&["datetime", "date_time", "timestamp", "instant", "time"], "write `date-time`"),
    (&["uri", "link", "href"], "write `url`"),
    (&["mail", "e-mail", "emailaddress"], "write `email`"),
    (&["array", "vec", "vector", "sequence", "set", "arraylist"], "write `list<…>`"),
    (&["dict", "dictionary", "hash", "hashmap", "record"], "write `map<…>`"),
    (
        &["object", "any", "value", "unknown", "struct"],
        "write the name of a model of `spec/types/`, or `json` for what has no shape",
    ),
    (&["enum"], "write the name of an enum of `spec/types/`"),
    (&["binary", "bytes", "blob", "base64", "upload"], "write `file` for a parameter that is sent as a part of a form"),
    (
        &["optional", "option", "maybe", "nullable"],
        "write the type alone: what is not `required` or `always` may be left out",
    ),
];

/// What a type of another language is called here.
fn elsewhere(word: &str) -> Option<&'static str> {
    let word = word.to_lowercase();
    ELSEWHERE.iter().find(|(words, _)| words.contains(&word.as_str())).map(|(_, ours)| *ours)
}

const AROUND: [&str; 4] = ["id", "list", "csv", "map"];

/// A declared type. What could not be read of it has been reported and is `None`.
pub(crate) struct Known<'a> {
    pub(crate) decl: &'a TypeDecl,
    pub(crate) kind: Option<KnownKind<'a>>,
}

pub(crate) enum KnownKind<'a> {
    Model { fields: Vec<KnownField<'a>>, indices: BTreeMap<&'a str, usize> },
    Enum { values: &'a [EnumValueDecl], names: Names<'a> },
}

pub(crate) struct KnownField<'a> {
    pub(crate) decl: &'a FieldDecl,
    pub(crate) name: &'a str,
    pub(crate) ty: Option<Ty>,
    pub(crate) always: bool,
    pub(crate) required: bool,
}

/// Everything that a type expression may name.
pub(crate) struct Types<'a> {
    declared: &'a Declared,
    known: BTreeMap<&'a str, Known<'a>>,
    /// Every word that may be a type.
    words: Names<'a>,
    ids: Names<'a>,
}

impl<'a> Types<'a> {
    pub(crate) fn of(declared: &'a Declared, sink: &Sink) -> Self {
        // Names first: a field may name a type that is declared behind it.
        let known: BTreeMap<&str, Known<'_>> =
            declared.types.iter().map(|decl| (decl.name.as_str(), Known { decl, kind: None })).collect();
        let words = Names::new(WORDS.iter().map(|(name, _)| *name).chain(known.keys().copied()));
        let ids = declared.service.iter().flat_map(|service| &service.ids).map(|id| id.name.as_str());
        let mut types = Types { declared, known, words, ids: Names::new(ids) };
        let kinds: Vec<_> = types.known.values().map(|known| types.kind(known.decl, sink)).collect();
        for (known, kind) in types.known.values_mut().zip(kinds) {
            known.kind = kind;
        }
        types
    }

    fn kind(&self, decl: &'a TypeDecl, sink: &Sink) -> Option<KnownKind<'a>> {
        match decl.kind.as_ref()? {
            TypeKindDecl::Enum(values) => {
                let names = Names::new(values.iter().map(|value| value.name.as_str()));
                Some(KnownKind::Enum { values, names })
            }
            TypeKindDecl::Model(fields) => {
                let indices = fields.iter().enumerate().map(|(index, field)| (field.name.as_str(), index)).collect();
                let known = fields.iter().map(|field| KnownField {
                    decl: field,
                    name: field.name.as_str(),
                    ty: field.ty.as_ref().and_then(|ty| self.no_file(ty, sink)),
                    always: field.always.as_ref().is_some_and(|always| always.value),
                    required: field.required.as_ref().is_some_and(|required| required.value),
                });
                Some(KnownKind::Model { fields: known.collect(), indices })
            }
        }
    }

    /// The fields of a model; nothing if the name is no model or could not be read.
    pub(crate) fn fields(&self, name: &str) -> Option<&[KnownField<'a>]> {
        match self.known.get(name)?.kind.as_ref()? {
            KnownKind::Model { fields, .. } => Some(fields),
            KnownKind::Enum { .. } => None,
        }
    }

    /// A field of a model, if it has one of this name.
    pub(crate) fn field(&self, model: &str, name: &str) -> Option<&KnownField<'a>> {
        match self.known.get(model)?.kind.as_ref()? {
            KnownKind::Model { fields, indices } => fields.get(*indices.get(name)?),
            KnownKind::Enum { .. } => None,
        }
    }

    /// A field of a model; one that it does not have is reported.
    pub(crate) fn need_field(&self, model: &str, name: &str, span: Span, sink: &Sink) -> Option<&KnownField<'a>> {
        let found = self.field(model, name);
        let fields = self.fields(model)?;
        if found.is_none() {
            sink.report_cause(&format!("field {model}.{name}"), span, || {
                let fault = Fault::new(FaultKind::UnknownName, span, format!("`{model}` has no field `{name}`"));
                let known = Names::new(fields.iter().map(|field| field.name));
                let meant = known.nearest(name).and_then(|meant| self.field(model, meant));
                let fault = fault.did_you_mean_of(name, &known);
                meant.into_iter().fold(fault, |fault, meant| fault.related(meant.decl.name.span, "declared here"))
            });
        }
        found
    }

    /// A value of an enum; one that it does not have is reported.
    pub(crate) fn need_value(&self, name: &str, value: &str, span: Span, sink: &Sink) -> Option<()> {
        let Some(KnownKind::Enum { names, .. }) = self.known.get(name)?.kind.as_ref() else { return None };
        if names.has(value) {
            return Some(());
        }
        sink.report_cause(&format!("value {name} {value}"), span, || {
            let fault = Fault::new(FaultKind::UnknownName, span, format!("`{name}` has no value `{value}`"));
            fault.did_you_mean_of(value, names)
        });
        None
    }

    /// Whether every type of every field could be read.
    pub(crate) fn complete(&self) -> bool {
        self.known.values().all(|known| match &known.kind {
            Some(KnownKind::Model { fields, .. }) => fields.iter().all(|field| field.ty.is_some()),
            Some(KnownKind::Enum { .. }) => true,
            None => false,
        })
    }

    /// A model by its name, as an answer is.
    pub(crate) fn model(&self, name: &At<String>, sink: &Sink) -> Option<String> {
        match self.ty(&TypeExpr::Word(name.clone()), sink)? {
            Ty::Model(name) => Some(name),
            _ => {
                let message = format!("an answer is a model, and `{}` is none", name.value);
                sink.refuse(Fault::new(FaultKind::Type, name.span, message))
            }
        }
    }

    /// As [`Types::model`], for whoever comes after the one that reports.
    pub(crate) fn model_quietly(&self, name: &At<String>) -> Option<Ty> {
        let is_model = matches!(self.known.get(name.as_str())?.decl.kind.as_ref()?, TypeKindDecl::Model(_));
        is_model.then(|| Ty::Model(name.value.clone()))
    }

    /// What a type expression means, for whoever comes after the one that reports.
    pub(crate) fn quietly(&self, expr: &TypeExpr) -> Option<Ty> {
        self.ty(expr, &Sink::default())
    }

    /// What a type expression means.
    pub(crate) fn ty(&self, expr: &TypeExpr, sink: &Sink) -> Option<Ty> {
        match expr {
            TypeExpr::Word(word) => self.word(word, sink),
            TypeExpr::Around(around, inside) if around.value == "id" => self.id(inside, sink),
            TypeExpr::Around(around, inside) => {
                let inside = Box::new(self.no_file(inside, sink)?);
                match around.as_str() {
                    "list" | "map" if matches!(*inside, Ty::Csv(_)) => {
                        let message = "`csv<…>` is how a caller writes a whole list, so it cannot lie in another type";
                        let fault = Fault::new(FaultKind::Type, around.span, message);
                        sink.refuse(fault.help("write `list<…>` for the one inside"))
                    }
                    "list" => Some(Ty::List(inside)),
                    "map" => Some(Ty::Map(inside)),
                    "csv" if is_word(&inside) => Some(Ty::Csv(inside)),
                    "csv" => {
                        let message = "`csv<…>` is around a type that is one word on the wire";
                        sink.refuse(Fault::new(FaultKind::Type, around.span, message))
                    }
                    other => {
                        let message = format!("`{other}<…>` is no type");
                        let fault = Fault::new(FaultKind::UnknownName, around.span, message);
                        sink.refuse(match elsewhere(other) {
                            Some(ours) => fault.help(ours),
                            None => fault.did_you_mean(other, AROUND),
                        })
                    }
                }
            }
        }
    }

    /// What a type within another means: a file lies in none.
    fn no_file(&self, expr: &TypeExpr, sink: &Sink) -> Option<Ty> {
        let ty = self.ty(expr, sink)?;
        if let (Ty::File, TypeExpr::Word(word)) = (&ty, expr) {
            let message = "only a whole parameter is a `file`, as only a part of a form carries one";
            let help = "give the tool a parameter for each file, and send it with `multipart`";
            return sink.refuse(Fault::new(FaultKind::Type, word.span, message).help(help));
        }
        Some(ty)
    }

    fn word(&self, word: &At<String>, sink: &Sink) -> Option<Ty> {
        if let Some((_, ty)) = WORDS.iter().find(|(name, _)| *name == word.value) {
            return Some(ty.clone());
        }
        if let Some(known) = self.known.get(word.as_str()) {
            return match known.decl.kind.as_ref()? {
                TypeKindDecl::Model(_) => Some(Ty::Model(word.value.clone())),
                TypeKindDecl::Enum(_) => Some(Ty::Enum(word.value.clone())),
            };
        }
        if self.declared.unread.types && word.value.starts_with(char::is_uppercase) {
            return None;
        }
        sink.report_cause(&format!("type {}", word.value), word.span, || {
            let fault = Fault::new(FaultKind::UnknownName, word.span, format!("there is no type `{}`", word.value));
            if AROUND.contains(&word.as_str()) {
                fault.help(format!("`{}` is around another: write `{}<…>`", word.value, word.value))
            } else if let Some(ours) = elsewhere(&word.value) {
                fault.help(ours)
            } else {
                fault.did_you_mean_of(&word.value, &self.words)
            }
        });
        None
    }

    fn id(&self, inside: &TypeExpr, sink: &Sink) -> Option<Ty> {
        let kind = match inside {
            TypeExpr::Word(kind) => kind,
            TypeExpr::Around(around, _) => {
                let message = "`id<…>` is around the kind of id";
                return sink.refuse(Fault::new(FaultKind::Type, around.span, message).help("write `id<call>`"));
            }
        };
        // Without any kind the fault is there and not here.
        if self.declared.unread.service || self.ids.is_empty() || self.ids.has(&kind.value) {
            return Some(Ty::Id(kind.value.clone()));
        }
        sink.report_cause(&format!("id {}", kind.value), kind.span, || {
            let message = format!("`{}` has no kind of id `{}`", self.declared.service_file(), kind.value);
            Fault::new(FaultKind::UnknownName, kind.span, message).did_you_mean_of(&kind.value, &self.ids)
        });
        None
    }

    /// Every declared type, by name.
    pub(crate) fn known(&self) -> impl Iterator<Item = &Known<'a>> {
        self.known.values()
    }
}

/// Whether a value of this type is one word on the wire, so that it may stand in a path, a query or between commas.
#[must_use]
pub fn is_word(ty: &Ty) -> bool {
    !matches!(ty, Ty::Json | Ty::List(_) | Ty::Csv(_) | Ty::Map(_) | Ty::Model(_) | Ty::File)
}

/// What a list holds.
pub(crate) fn element(ty: &Ty) -> Option<&Ty> {
    match ty {
        Ty::List(of) | Ty::Csv(of) => Some(of),
        _ => None,
    }
}

/// Whether every value of one type is one of the other, or can be made one: text of some form is text, any text may be
/// an id, whole numbers are numbers, and everything is JSON. The emitters convert what fits, and nothing else.
pub(crate) fn fits(from: &Ty, into: &Ty) -> bool {
    match (from, into) {
        (Ty::File, _) => false,
        (_, Ty::Json) | (Ty::Integer, Ty::Number) | (Ty::String, Ty::Id(_)) => true,
        (Ty::List(from) | Ty::Csv(from), Ty::List(into) | Ty::Csv(into)) | (Ty::Map(from), Ty::Map(into)) => {
            fits(from, into)
        }
        (from, Ty::String) => is_text(from),
        (from, into) => from == into,
    }
}

/// Whether values of two types can be the same text. The id of one kind of thing is never that of another.
pub(crate) fn comparable(one: &Ty, other: &Ty) -> bool {
    one == other || (*one == Ty::String && is_text(other)) || (*other == Ty::String && is_text(one))
}

fn is_text(ty: &Ty) -> bool {
    !matches!(ty, Ty::Integer | Ty::Number | Ty::Boolean) && is_word(ty)
}
