//! The model: a checked spec as plain, immutable data. Every name in it is resolved and every type is known, so an emitter
//! is a function of this model alone and can neither fail nor look at YAML.

pub use serde_json::Value as Json;

/// The whole spec.
#[derive(Debug)]
pub struct Spec {
    /// What `spec/gong.yaml` says.
    pub service: Service,
    /// The groups of tools, in the order of their names.
    pub groups: Vec<Group>,
    /// The models, in the order of their names.
    pub types: Vec<Type>,
}

/// The service that all tools talk to.
#[derive(Clone, Debug)]
pub struct Service {
    /// Its name, such as `gong`.
    pub name: String,
    /// What it is.
    pub about: String,
    /// The host that a client talks to unless it is told another.
    pub base_url: String,
    /// Where a person grants access.
    pub authorize_url: String,
    /// Where a code or a refresh token becomes an access token.
    pub token_url: String,
    /// The field of the token answer that names the account's own host.
    pub base_url_field: String,
    /// Requests a second that a company is allowed.
    pub per_second: u32,
    /// Requests a day that a company is allowed.
    pub per_day: u32,
    /// Fields of the error envelope.
    pub error_request_id: String,
    /// See [`Service::error_request_id`].
    pub error_messages: String,
    /// Field of a page that holds the paging envelope, and in it the fields of the next cursor and of the total.
    pub paging_envelope: String,
    /// See [`Service::paging_envelope`].
    pub paging_cursor: String,
    /// See [`Service::paging_envelope`].
    pub paging_total: String,
    /// Parts of the texts of an error that says "this cursor is no good any more".
    pub paging_expired: Vec<String>,
    /// The status and the text of an error that says "nothing matched".
    pub nothing_found_status: u16,
    /// See [`Service::nothing_found_status`].
    pub nothing_found_message: String,
    /// Kinds of ids, by name.
    pub ids: Vec<Named>,
    /// Scopes, by name.
    pub scopes: Vec<Named>,
}

/// A name and what it stands for.
#[derive(Clone, Debug)]
pub struct Named {
    /// The name.
    pub name: String,
    /// What it stands for.
    pub about: String,
}

/// Tools that share an accessor, a generated file and a page of the reference.
#[derive(Debug)]
pub struct Group {
    /// The accessor's name, such as `engage_flows`.
    pub name: String,
    /// What its tools are about.
    pub about: String,
    /// The spec file it came from, such as `spec/tools/engage_flows.yaml`.
    pub source: String,
    /// Its tools, in the order of the file.
    pub tools: Vec<Tool>,
}

/// One tool.
#[derive(Debug)]
pub struct Tool {
    /// Its published name, such as `gong_calls_list`.
    pub name: String,
    /// The name of its Rust method, such as `list`.
    pub method: String,
    /// A few words for menus.
    pub title: String,
    /// What it does.
    pub about: String,
    /// What it does to the company's data.
    pub effect: Effect,
    /// All scopes that one of its requests or look-ups may need, in the order in which they are needed.
    pub scopes: Vec<String>,
    /// What the caller gives.
    pub params: Vec<Param>,
    /// What is worked out beside the parameters, in an order in which each needs only earlier ones.
    pub values: Vec<Value>,
    /// What the parameters demand of each other.
    pub rules: Vec<Rule>,
    /// What is sent.
    pub plan: Plan,
    /// The model of the answer; a [`Type`] with fields.
    pub answer: String,
    /// The answer's list of items.
    pub items: Option<Items>,
    /// How the items are had newest first.
    pub newest_first: Option<Timeline>,
    /// Filters of the items.
    pub keep: Vec<Keep>,
    /// Sentences that every answer carries.
    pub notices: Vec<String>,
    /// Where the service differs from what a caller may expect.
    pub notes: Vec<String>,
    /// Why it should not be used any more, and what to use.
    pub deprecated: Option<String>,
    /// Parameters of the reference's examples: an object.
    pub example: Json,
}

/// What a tool does to the company's data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Nothing.
    Read,
    /// Adds or changes.
    Write,
    /// Removes.
    Destructive,
}

/// The list of a page that holds its items.
#[derive(Debug)]
pub struct Items {
    /// The answer's field, by its wire name.
    pub field: String,
    /// The model of one item.
    pub model: String,
    /// Whether there are pages: the tool has a `cursor` parameter and its answer a paging envelope.
    pub paged: bool,
}

/// What makes a tool's items lie in time: a part of them can be asked for, and each says when it was.
#[derive(Debug)]
pub struct Timeline {
    /// The parameter from which on, inclusive.
    pub from: String,
    /// The parameter up to which, exclusive.
    pub to: String,
    /// The item's field that says when it was.
    pub time: Hop,
}

/// A parameter.
#[derive(Debug)]
pub struct Param {
    /// Its name.
    pub name: String,
    /// Its type.
    pub ty: Ty,
    /// What it is.
    pub about: String,
    /// Whether the caller must give it.
    pub required: bool,
    /// Whether the published contract lacks it.
    pub extra: bool,
    /// Where its value comes from when the caller gives none.
    pub default: Option<Source>,
    /// What its value is held to.
    pub limits: Limits,
    /// What the answer says when it was given, because the service has no field for it.
    pub notice: Option<String>,
}

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
    /// An id of a kind that [`Service::ids`] lists.
    Id(String),
    /// Any JSON.
    Json,
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
    /// As [`Param::notice`]: such a field is not sent.
    pub notice: Option<String>,
}

/// A value of an enum.
#[derive(Debug)]
pub struct EnumValue {
    /// As callers by name write it and answers carry it.
    pub name: String,
    /// As requests send it, if they send it otherwise.
    pub sends: Option<String>,
    /// What it means.
    pub about: String,
}

/// A value that is worked out.
#[derive(Debug)]
pub struct Value {
    /// Its name in templates.
    pub name: String,
    /// Its type.
    pub ty: Ty,
    /// A parameter that is used instead when it was given (for a list: as its only element).
    pub given: Option<String>,
    /// Where it comes from.
    pub source: Source,
}

/// Where a value comes from.
#[derive(Debug)]
pub enum Source {
    /// The spec.
    Constant(Json),
    /// A random UUID.
    FreshUuid,
    /// A UUID made from the values of these parameters.
    Hash(Vec<String>),
    /// The first that is there of this field of the elements of a list parameter.
    First {
        /// The list parameter.
        param: String,
        /// The field of its elements, by its wire name.
        field: String,
    },
    /// Another parameter, as it would be sent.
    SameAs(String),
    /// This instant, or one that many days ago.
    DaysAgo(u32),
    /// Another tool's items.
    Ask(Ask),
}

/// A value that another tool knows.
#[derive(Debug)]
pub struct Ask {
    /// The tool that is asked, without parameters.
    pub tool: String,
    /// The field of its items, by its wire name.
    pub field: String,
    /// Which items count.
    pub which: Which,
}

/// Which items of another tool count.
#[derive(Debug)]
pub enum Which {
    /// The one whose fields have these values.
    Match {
        /// Field of the item by its wire name, and the parameter or value it is compared with.
        fields: Vec<(String, String)>,
        /// What to say if there is none; `{name}` holes are parameters.
        missing: Text,
    },
    /// The only one.
    Only {
        /// What to say if there is none.
        missing: Text,
        /// What to say if there are several; the runtime adds what there is.
        several: Text,
    },
    /// Every distinct value, sorted.
    Every,
}

/// What parameters demand of each other.
#[derive(Debug)]
pub enum Rule {
    /// At least one of these, after defaults.
    Need {
        /// The parameters.
        any_of: Vec<String>,
        /// Why.
        because: String,
    },
    /// The first instant or day before the second.
    Order {
        /// The earlier parameter.
        first: String,
        /// The later one.
        second: String,
    },
}

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

/// One field on a path into an answer.
#[derive(Clone, Debug)]
pub struct Hop {
    /// The field, by its wire name.
    pub field: String,
    /// Its type.
    pub ty: Ty,
    /// Whether it is a plain value (see [`Field::always`]).
    pub always: bool,
}

/// A request, or several of the same form.
#[derive(Debug)]
pub struct Request {
    /// The verb.
    pub verb: Verb,
    /// The path as the service writes it, such as `/v2/tasks/{task_id}`.
    pub path: String,
    /// The scopes it needs.
    pub scopes: Vec<String>,
    /// The query, in order.
    pub query: Vec<(String, Template)>,
    /// The body.
    pub body: Option<Template>,
    /// The model of its answer.
    pub answer: String,
    /// Texts of an error that says "nothing matched", beside the service's own.
    pub nothing_found: Vec<String>,
    /// The parameter or value by which the service knows what it has already, so that a repetition does no harm.
    pub repeat_key: Option<String>,
    /// How it becomes several.
    pub fan: Option<Fan>,
    /// How its answer becomes the tool's: an object, if the two differ.
    pub reshape: Option<Template>,
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
    /// In `reshape`: the fields from there on. Elsewhere empty.
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

/// A filter of the items.
#[derive(Debug)]
pub struct Keep {
    /// The item's field.
    pub field: Hop,
    /// What it must be.
    pub test: KeepTest,
}

/// What a kept item's field must be.
#[derive(Debug)]
pub enum KeepTest {
    /// This value.
    Is(Json),
    /// A day between these date parameters, both included; either may be absent.
    Between {
        /// The first day's parameter.
        from: Option<String>,
        /// The last day's parameter.
        to: Option<String>,
    },
}

/// A sentence with holes.
#[derive(Debug)]
pub struct Text(pub Vec<TextPart>);

/// A part of a sentence.
#[derive(Debug)]
pub enum TextPart {
    /// Words.
    Words(String),
    /// A parameter or value as it would be sent.
    Hole(Root),
}

impl Spec {
    /// All tools, group by group.
    pub fn tools(&self) -> impl Iterator<Item = (&Group, &Tool)> {
        self.groups.iter().flat_map(|group| group.tools.iter().map(move |tool| (group, tool)))
    }

    /// The tool of this name.
    pub fn tool(&self, name: &str) -> Option<&Tool> {
        self.tools().map(|(_, tool)| tool).find(|tool| tool.name == name)
    }

    /// The declared type of this name.
    pub fn declared(&self, name: &str) -> Option<&Type> {
        self.types.iter().find(|declared| declared.name == name)
    }

    /// The fields of the model of this name; none if it is an enum.
    pub fn fields(&self, name: &str) -> &[Field] {
        match self.declared(name).map(|declared| &declared.kind) {
            Some(TypeKind::Model(fields)) => fields,
            _ => &[],
        }
    }

    /// The values of the enum of this name; none if it is a model.
    pub fn values(&self, name: &str) -> &[EnumValue] {
        match self.declared(name).map(|declared| &declared.kind) {
            Some(TypeKind::Enum(values)) => values,
            _ => &[],
        }
    }
}

impl Tool {
    /// Its requests, in the order in which the entry gives them.
    pub fn requests(&self) -> Vec<&Request> {
        match &self.plan {
            Plan::Cases(cases) => cases.iter().map(|case| &case.request).collect(),
            Plan::Steps(steps) => steps.iter().map(|step| &step.request).collect(),
        }
    }
}

impl Ty {
    /// The type as the published contract names it, such as `array<string>`.
    pub fn contract_name(&self) -> String {
        match self {
            Ty::Integer => "integer".to_owned(),
            Ty::Number => "number".to_owned(),
            Ty::Boolean => "boolean".to_owned(),
            Ty::List(of) => format!("array<{}>", of.contract_name()),
            Ty::Map(_) | Ty::Model(_) | Ty::Json => "object".to_owned(),
            Ty::String | Ty::DateTime | Ty::Date | Ty::Email | Ty::Url | Ty::Id(_) | Ty::Csv(_) | Ty::Enum(_) => {
                "string".to_owned()
            }
        }
    }
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

impl Effect {
    /// The word in the spec.
    pub fn as_str(self) -> &'static str {
        match self {
            Effect::Read => "read",
            Effect::Write => "write",
            Effect::Destructive => "destructive",
        }
    }
}
