//! What a tool sends: which requests, when and how many, and the templates that they are filled by.

use super::{Hop, Json, Ty};

/// What is sent.
#[derive(Debug)]
pub enum Plan {
    /// The first whose condition holds. The last has none.
    Cases(Vec<Case>),
    /// All, in order.
    Steps(Vec<Step>),
}

/// A request and when it is the one.
#[derive(Debug)]
pub struct Case {
    /// When.
    pub when: Option<Condition>,
    /// What.
    pub request: Request,
}

/// A condition on a parameter.
#[derive(Debug)]
pub enum Condition {
    /// It was given; for a boolean, it is true.
    Given(String),
    /// It is this enum value.
    Is(String, String),
}

/// One of several requests in order.
#[derive(Debug)]
pub struct Step {
    /// The request.
    pub request: Request,
    /// What later steps need of its answer.
    pub take: Vec<Take>,
    /// What to say if one of these is not in the answer.
    pub missing: Option<Text>,
    /// What to add to the error if this step fails.
    pub failed: Option<Text>,
}

/// A value from the answer of a step.
#[derive(Debug)]
pub struct Take {
    /// Its name in later templates.
    pub name: String,
    /// Its type.
    pub ty: Ty,
    /// Fields from the answer to it; a list on the way stands for its first element.
    pub path: Vec<Hop>,
}

/// A request, or several of the same form.
#[derive(Debug)]
pub struct Request {
    /// The verb.
    pub verb: Verb,
    /// The path as the service writes it, such as `/v2/tasks/{task_id}`.
    pub path: String,
    /// What fills the braces of the path, in their order.
    pub segments: Vec<Hole>,
    /// The scopes it needs.
    pub scopes: Vec<String>,
    /// The query, in order.
    pub query: Vec<(String, Template)>,
    /// The body.
    pub body: Option<Template>,
    /// In place of a body: the parts of a form, in order. A hole that is a file is a part with its content.
    pub multipart: Vec<(String, Template)>,
    /// The model of its answer.
    pub answer: String,
    /// Texts of an error that says "nothing matched", beside the service's own.
    pub nothing_found: Vec<String>,
    /// To send it twice does what sending it once does.
    pub repeatable: bool,
    /// The parameter or value by which the service knows what it has already, so that a repetition does no harm.
    pub repeat_key: Option<String>,
    /// How the service refuses a repetition, if not with a conflict.
    pub repeated: Option<Repeated>,
    /// How it becomes several.
    pub fan: Option<Fan>,
    /// How its answer becomes the tool's: an object, if the two differ.
    pub reshape: Option<Template>,
}

impl Request {
    /// Whether a repetition that finds nothing to remove counts as done.
    #[must_use]
    pub fn is_done_when_gone(&self) -> bool {
        self.repeatable && self.verb == Verb::Delete
    }
}

/// The error by which the service says that it has what a request would add already.
#[derive(Debug)]
pub struct Repeated {
    /// Its status.
    pub status: u16,
    /// Words of its message; `{field}` in them is a field of the answer.
    pub message: String,
}

/// An HTTP verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Verb {
    Get,
    Post,
    Put,
    Patch,
    Delete,
}

impl Verb {
    /// The verb as HTTP writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Verb::Get => "GET",
            Verb::Post => "POST",
            Verb::Put => "PUT",
            Verb::Patch => "PATCH",
            Verb::Delete => "DELETE",
        }
    }
}

/// How one request becomes several.
#[derive(Debug)]
pub enum Fan {
    /// One for so many elements of a list parameter; the answers' lists are joined.
    Chunk {
        /// The list parameter.
        of: String,
        /// Elements a request.
        size: usize,
    },
    /// One for each element of a list parameter or value.
    Each {
        /// The list.
        of: String,
        /// The type of an element.
        element: Ty,
        /// What templates call the element.
        alias: String,
        /// So many elements make a page, of the list sorted.
        per_page: Option<usize>,
        /// Each answer becomes an element of a list of the tool's answer; without it the answers' lists are joined.
        outcomes: Option<Outcomes>,
    },
}

/// Where the answers of one request each go.
#[derive(Debug)]
pub struct Outcomes {
    /// The list of the tool's answer, by its wire name.
    pub into: String,
    /// The field of its elements that says which element of the parameter it was for.
    pub item: String,
    /// The field that says what went wrong.
    pub error: String,
}

/// JSON with holes. As what is sent its holes are parameters and values; in `reshape`, fields of an answer.
#[derive(Debug)]
pub enum Template {
    /// Itself.
    Constant(Json),
    /// A value; its key goes when it is absent.
    Hole(Hole),
    /// `true` or a constant while a list parameter holds an enum value.
    Has {
        /// The list parameter.
        param: String,
        /// The enum's value, by name.
        value: String,
        /// The constant instead of `true`.
        then: Option<Json>,
    },
    /// Something that is sent if a condition holds; else it goes as a hole without a value does.
    When {
        /// The condition.
        when: Condition,
        /// What is sent then.
        then: Box<Template>,
    },
    /// An object.
    Object(Vec<Entry>),
    /// A list.
    List(Vec<Template>),
    /// A list with one element for each of another's.
    For {
        /// What it runs over.
        over: Hole,
        /// An element, in which holes may be [`Root::Item`] and [`Root::Key`].
        element: Box<Template>,
    },
}

/// A member of an object.
#[derive(Debug)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// Sent even when all its holes are empty.
    pub always: bool,
    /// The value.
    pub value: Template,
}

/// A place that a value fills.
#[derive(Debug)]
pub struct Hole {
    /// Where the value starts.
    pub root: Root,
    /// The fields from there on.
    pub path: Vec<Hop>,
    /// What is done to it, in order.
    pub filters: Vec<Filter>,
    /// Its type before the filters.
    pub ty: Ty,
}

/// Where the value of a hole starts.
#[derive(Clone, Debug, PartialEq)]
pub enum Root {
    /// A parameter.
    Param(String),
    /// A member of `values`, or a step's `take`.
    Value(String),
    /// The element that a request of [`Fan::Each`] is for.
    Element(String),
    /// The element of the `for` around it.
    Item,
    /// The key of the `for` around it.
    Key,
    /// The answer that is reshaped.
    Answer,
}

impl Root {
    /// The name of a parameter, a value or an element.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        match self {
            Root::Param(name) | Root::Value(name) | Root::Element(name) => Some(name),
            Root::Item | Root::Key | Root::Answer => None,
        }
    }
}

/// A change to a value on its way out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Filter {
    /// The date of a date-time, as written.
    Date,
    /// The date on which a range that ends at this instant ends, the end day left out.
    EndDate,
    /// Not after today.
    UntilToday,
}

impl Filter {
    /// All of them.
    pub const ALL: [Filter; 3] = [Filter::Date, Filter::EndDate, Filter::UntilToday];

    /// The word in the spec.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Filter::Date => "date",
            Filter::EndDate => "end_date",
            Filter::UntilToday => "until_today",
        }
    }
}

/// A sentence with holes.
#[derive(Debug)]
pub struct Text(pub Vec<TextPart>);

impl Text {
    /// The names of its holes.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|part| match part {
            TextPart::Words(_) => None,
            TextPart::Hole(root) => root.name(),
        })
    }
}

/// A part of a sentence.
#[derive(Debug)]
pub enum TextPart {
    /// Words.
    Words(String),
    /// A parameter or value as it would be sent.
    Hole(Root),
}
