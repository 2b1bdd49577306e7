//! What a draft is made of.

use tool_spec::display::WORDS;
use tool_spec::model::{EnumValue, Field, Limits, Spec, Ty, Type, TypeKind, Verb};

use super::words;

/// A tool as far as it is known.
#[derive(Debug)]
pub(crate) struct Draft {
    /// Its name, such as `acme_briefs_list`.
    pub(crate) name: String,
    pub(crate) group: String,
    /// `read`, `write` or `destructive`; what follows from the verb, if it isn't said.
    pub(crate) effect: Option<String>,
    pub(crate) verb: Verb,
    pub(crate) path: String,
    /// What its query always holds.
    pub(crate) fixed: Vec<(String, String)>,
    pub(crate) scopes: Vec<String>,
    pub(crate) answer: String,
    /// The field of the answer that holds its items.
    pub(crate) items: Option<String>,
    /// Whether it should not be used any more.
    pub(crate) deprecated: bool,
    pub(crate) params: Vec<Param>,
    pub(crate) types: Vec<Type>,
    /// What was guessed, for a person to confirm.
    pub(crate) guessed: Vec<String>,
    /// What of the document has no place in the draft.
    pub(crate) left_out: Vec<String>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Param {
    pub(crate) name: String,
    /// What the service calls it.
    pub(crate) sent_as: String,
    pub(crate) ty: Ty,
    pub(crate) required: bool,
    pub(crate) sent: Sent,
    pub(crate) facts: Facts,
}

/// What is known of a value beside its type.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Facts {
    pub(crate) limits: Limits,
    /// What the service takes when it is left out.
    pub(crate) default: Option<String>,
    /// Whether it should not be used any more.
    pub(crate) deprecated: bool,
}

impl Facts {
    /// The sentence for a field or a parameter.
    pub(super) fn sentence(&self, name: &str, ty: &Ty) -> String {
        let mut about = words::of_field(name, ty);
        if let Some(default) = &self.default {
            about = format!("{}; left out, `{default}`.", about.trim_end_matches('.'));
        }
        if self.deprecated {
            about.push_str(" It is not to be used any more.");
        }
        about
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Sent {
    Path,
    Query,
    Body,
    /// A part of a form.
    Part,
}

impl Sent {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Sent::Path => "path",
            Sent::Query => "query",
            Sent::Body => "body",
            Sent::Part => "multipart",
        }
    }
}

impl Draft {
    /// A draft of which only this is known.
    pub(crate) fn new(name: &str, group: &str, verb: Verb, path: &str, answer: &str) -> Self {
        Draft {
            name: name.to_owned(),
            group: group.to_owned(),
            effect: None,
            verb,
            path: path.to_owned(),
            fixed: Vec::new(),
            scopes: Vec::new(),
            answer: answer.to_owned(),
            items: None,
            deprecated: false,
            params: Vec::new(),
            types: Vec::new(),
            guessed: Vec::new(),
            left_out: Vec::new(),
        }
    }

    /// What a type is made of that is drafted or in the spec.
    fn declared<'a>(&'a self, name: &str, spec: &'a Spec) -> Option<&'a TypeKind> {
        let drafted = self.types.iter().find(|ty| ty.name == name);
        drafted.or_else(|| spec.declared(name)).map(|ty| &ty.kind)
    }

    /// The fields of a model that is drafted or in the spec.
    pub(crate) fn fields<'a>(&'a self, name: &str, spec: &'a Spec) -> Option<&'a [Field]> {
        match self.declared(name, spec)? {
            TypeKind::Model(fields) => Some(fields),
            TypeKind::Enum(_) => None,
        }
    }

    /// The values of an enum that is drafted or in the spec.
    pub(crate) fn values<'a>(&'a self, name: &str, spec: &'a Spec) -> &'a [EnumValue] {
        match self.declared(name, spec) {
            Some(TypeKind::Enum(values)) => values,
            _ => &[],
        }
    }
}

impl Param {
    /// A parameter as it is written on a command line: `name:type` or `name:type:required`. Where it is sent follows
    /// from the request.
    pub(crate) fn parse(written: &str, verb: Verb, path: &str) -> Result<Self, String> {
        let parts: Vec<&str> = written.split(':').collect();
        let (name, ty, required) = match parts.as_slice() {
            [name, ty] if !name.is_empty() && !ty.is_empty() => (*name, *ty, false),
            [name, ty, "required"] if !name.is_empty() && !ty.is_empty() => (*name, *ty, true),
            _ => return Err(format!("`{written}` is no parameter; write `name:type` or `name:type:required`")),
        };
        let in_path = path.contains(&format!("{{{name}}}"));
        let sent = match verb {
            _ if in_path => Sent::Path,
            Verb::Get | Verb::Delete => Sent::Query,
            Verb::Post | Verb::Put | Verb::Patch => Sent::Body,
        };
        let (sent_as, required, ty) = (words::wire_name(name), in_path || required, written_type(ty));
        let sent = if ty == Ty::File { Sent::Part } else { sent };
        Ok(Param { name: name.to_owned(), sent_as, ty, required, sent, facts: Facts::default() })
    }
}

/// A type expression. What is none stands as a model's name, so that the spec's reader tells what is wrong with it.
fn written_type(written: &str) -> Ty {
    let of = |inner| Box::new(written_type(inner));
    match written.strip_suffix('>').and_then(|ty| ty.split_once('<')) {
        Some(("list", inner)) => Ty::List(of(inner)),
        Some(("csv", inner)) => Ty::Csv(of(inner)),
        Some(("map", inner)) => Ty::Map(of(inner)),
        Some(("id", kind)) => Ty::Id(kind.to_owned()),
        _ => {
            let word = WORDS.iter().find(|(name, _)| *name == written).map(|(_, ty)| ty.clone());
            word.unwrap_or_else(|| Ty::Model(written.to_owned()))
        }
    }
}
