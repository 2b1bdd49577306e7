//! How the reference calls a type, with a link to what is declared under `spec/types`.

use super::markdown::link;
use crate::words;
use tool_spec::model::{Spec, Ty};

/// Names types on a page of the reference.
#[derive(Clone, Copy)]
pub(super) struct Types<'a> {
    pub(super) spec: &'a Spec,
    /// From the page to the folder of the models' pages, such as `models/`.
    pub(super) models: &'a str,
}

impl Types<'_> {
    /// One value of the type.
    pub(super) fn one(&self, ty: &Ty) -> String {
        match ty {
            Ty::String => "string".to_owned(),
            Ty::Integer => "integer".to_owned(),
            Ty::Number => "number".to_owned(),
            Ty::Boolean => "boolean".to_owned(),
            Ty::DateTime => "date-time".to_owned(),
            Ty::Date => "date".to_owned(),
            Ty::Email => "e-mail address".to_owned(),
            Ty::Url => "URL".to_owned(),
            Ty::Id(kind) => words::id(kind),
            Ty::Json => "any JSON".to_owned(),
            Ty::File => "file".to_owned(),
            Ty::List(of) => format!("list of {}", self.many(of)),
            Ty::Csv(of) => format!("{}, comma-separated", self.many(of)),
            Ty::Map(of) => format!("object of {}", self.many(of)),
            Ty::Model(name) | Ty::Enum(name) => self.declared(name),
        }
    }

    /// Several values of the type.
    fn many(&self, ty: &Ty) -> String {
        match ty {
            Ty::Json | Ty::Model(_) | Ty::Enum(_) | Ty::Csv(_) => self.one(ty),
            Ty::List(of) => format!("lists of {}", self.many(of)),
            Ty::Map(of) => format!("objects of {}", self.many(of)),
            Ty::Email => "e-mail addresses".to_owned(),
            _ => format!("{}s", self.one(ty)),
        }
    }

    /// A link to the declared type of this name.
    pub(super) fn declared(&self, name: &str) -> String {
        let source = self.spec.declared(name).map_or("", |declared| &declared.source);
        link(name, &format!("{}{}.md#{}", self.models, stem(source), name.to_lowercase()))
    }
}

/// The name of a file without folder and ending.
pub(super) fn stem(path: &str) -> &str {
    let file = path.rsplit('/').next().unwrap_or(path);
    file.split('.').next().unwrap_or(file)
}
