//! A tool: what the caller gives, what is worked out from it, and what comes back.

use super::{Condition, Hop, Json, Limits, Plan, Request, Text, Ty};

/// One tool.
#[derive(Debug)]
pub struct Tool {
    /// Its published name, such as `acme_calls_list`.
    pub name: String,
    /// The name of its Rust method, such as `list`.
    pub method: String,
    /// A few words for menus.
    pub title: String,
    /// What it does.
    pub about: String,
    /// What it does to the company's data.
    pub effect: Effect,
    /// The parameter whose value confirms a call by name of a tool that removes; its name does if there is none.
    pub confirm: Option<String>,
    /// Whether the published contract lacks it, with all its parameters.
    pub extra: bool,
    /// Whether a call costs the company credits that it has bought.
    pub credits: bool,
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
    /// The model of the answer; a [`Type`](super::Type) with fields.
    pub answer: String,
    /// The answer's list of items.
    pub items: Option<Items>,
    /// The parameter that takes the cursor of a page, if the answer is one: an optional string.
    pub paging: Option<String>,
    /// How the items are had newest first.
    pub newest_first: Option<Timeline>,
    /// What makes it a tool that tells how a job stands.
    pub wait: Option<Wait>,
    /// Filters of the items.
    pub keep: Vec<Keep>,
    /// What is asked for by its id, and where the items have that id.
    pub expects: Vec<Expected>,
    /// Sentences that every answer carries.
    pub notices: Vec<String>,
    /// Where the service differs from what a caller may expect.
    pub notes: Vec<String>,
    /// Why it should not be used any more, and what to use.
    pub deprecated: Option<String>,
    /// Parameters of the reference's examples: an object.
    pub example: Json,
}

impl Tool {
    /// The parameter by which the next page of its items is asked for.
    #[must_use]
    pub fn pages_of_items(&self) -> Option<&str> {
        self.paging.as_deref().filter(|_| self.items.is_some())
    }

    /// Its requests, in the order in which the entry gives them.
    pub fn requests(&self) -> Vec<&Request> {
        match &self.plan {
            Plan::Cases(cases) => cases.iter().map(|case| &case.request).collect(),
            Plan::Steps(steps) => steps.iter().map(|step| &step.request).collect(),
        }
    }
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

impl Effect {
    /// The word in the spec.
    pub const fn as_str(self) -> &'static str {
        match self {
            Effect::Read => "read",
            Effect::Write => "write",
            Effect::Destructive => "destructive",
        }
    }
}

/// The list of a page that holds its items.
#[derive(Debug)]
pub struct Items {
    /// The answer's field, by its wire name.
    pub field: String,
    /// The model of one item.
    pub model: String,
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

/// What makes a tool one that tells how a job stands, so that the job can be waited for.
#[derive(Debug)]
pub struct Wait {
    /// The answer's field that says it: an enum or a string.
    pub until: Hop,
    /// Its values that say that the job is done.
    pub done: Vec<String>,
    /// Its values that say that the job failed.
    pub failed: Vec<String>,
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

impl Param {
    /// Whether the service has a field for it. What it has none for is left to callers by name, to whom it is promised.
    #[must_use]
    pub fn is_sent(&self) -> bool {
        self.notice.is_none()
    }
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
        /// The rule holds only then.
        when: Option<Condition>,
        /// Why.
        because: String,
    },
    /// At most one of these.
    Exclude {
        /// The parameters.
        of: Vec<String>,
        /// Why.
        because: String,
    },
    /// The first instant or day before the second.
    Order {
        /// The earlier parameter.
        first: String,
        /// The later one.
        second: String,
        /// The rule holds only then.
        when: Option<Condition>,
    },
}

impl Rule {
    /// The condition on which it holds.
    #[must_use]
    pub fn when(&self) -> Option<&Condition> {
        match self {
            Rule::Need { when, .. } | Rule::Order { when, .. } => when.as_ref(),
            Rule::Exclude { .. } => None,
        }
    }
}

/// A list of ids that items are asked for by. The answer names those that no item has.
#[derive(Debug)]
pub struct Expected {
    /// The list parameter.
    pub param: String,
    /// Where an item has the id: names of fields, each in the model before.
    pub path: Vec<String>,
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
