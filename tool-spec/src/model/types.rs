//! Types: of parameters, of what is worked out, and of the fields of declared models.

/// What a value is held to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Limits {
    /// Least number.
    pub min: Option<i64>,
    /// Greatest number.
    pub max: Option<i64>,
    /// Fewest characters.
    pub min_length: Option<usize>,
    /// Most characters.
    pub max_length: Option<usize>,
    /// Fewest elements.
    pub min_items: Option<usize>,
    /// Most elements.
    pub max_items: Option<usize>,
    /// No element twice.
    pub unique: bool,
    /// Most bytes of a file.
    pub max_bytes: Option<u64>,
    /// How the name of a file may end; any will do if there is none.
    pub formats: Vec<String>,
}

impl Limits {
    /// Those that are numbers, by their keys.
    #[must_use]
    pub fn numbers(&self) -> [(&'static str, Option<i128>); 7] {
        let size = |limit: Option<usize>| limit.and_then(|limit| i128::try_from(limit).ok());
        [
            ("min", self.min.map(i128::from)),
            ("max", self.max.map(i128::from)),
            ("min_length", size(self.min_length)),
            ("max_length", size(self.max_length)),
            ("min_items", size(self.min_items)),
            ("max_items", size(self.max_items)),
            ("max_bytes", self.max_bytes.map(i128::from)),
        ]
    }
}

/// A type.
#[derive(Clone, Debug, PartialEq)]
pub enum Ty {
    /// Text.
    String,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// True or false.
    Boolean,
    /// An instant with an offset.
    DateTime,
    /// A day.
    Date,
    /// Text shaped as an e-mail address.
    Email,
    /// Text shaped as an http or https address.
    Url,
    /// An id of a kind that [`Service::ids`](super::Service::ids) lists.
    Id(String),
    /// Any JSON.
    Json,
    /// A file, which only a parameter is and only a part of a form carries.
    File,
    /// A list.
    List(Box<Ty>),
    /// A list that callers by name write as text with commas.
    Csv(Box<Ty>),
    /// An object with any keys.
    Map(Box<Ty>),
    /// A [`Type`] with fields.
    Model(String),
    /// A [`Type`] with values.
    Enum(String),
}

impl Ty {
    /// What it comes down to: the type of the elements of a list, of theirs, and so on.
    pub fn innermost(&self) -> &Ty {
        match self {
            Ty::List(of) | Ty::Csv(of) | Ty::Map(of) => of.innermost(),
            other => other,
        }
    }

    /// The declared [`Type`] that it comes down to.
    pub fn declared(&self) -> Option<&str> {
        match self.innermost() {
            Ty::Model(name) | Ty::Enum(name) => Some(name),
            _ => None,
        }
    }
}

/// A declared type.
#[derive(Debug)]
pub struct Type {
    /// Its name, such as `CallDetails`.
    pub name: String,
    /// What it is.
    pub about: String,
    /// The spec file it came from, such as `spec/types/calls.yaml`.
    pub source: String,
    /// Whether a parameter reaches it.
    pub goes_in: bool,
    /// Whether an answer reaches it.
    pub comes_out: bool,
    /// What it is made of.
    pub kind: TypeKind,
}

/// What a declared type is made of.
#[derive(Debug)]
pub enum TypeKind {
    /// An object with these fields.
    Model(Vec<Field>),
    /// One of these values.
    Enum(Vec<EnumValue>),
}

/// A field of a model.
#[derive(Debug)]
pub struct Field {
    /// Its name on the wire and in JSON, such as `emailAddress`.
    pub name: String,
    /// Its type.
    pub ty: Ty,
    /// What it is.
    pub about: String,
    /// In an answer: whether it is a plain value rather than an optional one.
    pub always: bool,
    /// In a parameter: whether the caller must give it.
    pub required: bool,
    /// What its value is held to, in a parameter.
    pub limits: Limits,
    /// As [`Param::notice`](super::Param::notice): such a field is not sent.
    pub notice: Option<String>,
}

impl Field {
    /// As [`Param::is_sent`](super::Param::is_sent).
    #[must_use]
    pub fn is_sent(&self) -> bool {
        self.notice.is_none()
    }
}

/// A value of an enum.
#[derive(Clone, Debug)]
pub struct EnumValue {
    /// As callers by name write it and answers carry it.
    pub name: String,
    /// As requests send it, if they send it otherwise.
    pub sends: Option<String>,
    /// What it means.
    pub about: String,
}

impl EnumValue {
    /// The text that requests send.
    #[must_use]
    pub fn sent(&self) -> &str {
        self.sends.as_deref().unwrap_or(&self.name)
    }
}

/// One field on a path into an answer or a parameter.
#[derive(Clone, Debug)]
pub struct Hop {
    /// The model that has it.
    pub of: String,
    /// The field, by its wire name.
    pub field: String,
    /// Its type.
    pub ty: Ty,
    /// Whether it is a plain value (see [`Field::always`]).
    pub always: bool,
}
