//! What a tool sends: one request, one of several, or several in order.

use std::fmt;

use tool_spec_derive::{Keys, Shape};

use crate::load::constant::Constant;
use crate::load::kinds::{Count, Filled, Flag, Hole, Name, Named, NotEmpty, OneOrMore, Sentence, Text};
use crate::load::request::{Alone, Condition, Path, Query, known_repetition, when_or_else};
use crate::load::template::Template;
use crate::load::tool::True;
use crate::model::{Filter, Json, Verb};
use crate::source::{At, Span};

#[derive(Debug, Keys)]
pub(crate) enum PlanDecl {
    /// The one request that is sent.
    #[first(Alone)]
    Request(Vec<CaseDecl>),
    /// Requests, of which the first whose `when` holds is sent.
    #[first(Filled<CaseDecl>)]
    Requests(Vec<CaseDecl>),
    /// Requests that are sent one after the other.
    #[first(Filled<StepDecl>)]
    Steps(Vec<StepDecl>),
}

/// A request that is sent if a condition holds.
#[derive(Debug, Keys, Shape)]
#[shape("case", what = "a request")]
#[rule(when_or_else)]
pub(crate) struct CaseDecl {
    /// `$param`: it was given (a boolean: it is true); `$param = value`: it has this value.
    // `Some(None)`: there is one, which could not be read.
    #[may(Condition)]
    pub(crate) when: Option<Option<At<ConditionDecl>>>,
    /// The last request says this: it is sent when no other is.
    #[may(True, key = "else")]
    #[expect(dead_code, reason = "where it stands says it")]
    pub(crate) otherwise: Option<Option<At<True>>>,
    #[at("else")]
    pub(crate) else_at: Option<Span>,
    #[keys]
    pub(crate) request: RequestDecl,
}

#[derive(Debug, PartialEq)]
pub(crate) struct ConditionDecl {
    pub(crate) param: String,
    pub(crate) value: Option<String>,
}

impl ConditionDecl {
    /// Whether it holds if this is given.
    pub(crate) fn holds_for(&self, given: &Constant) -> bool {
        match &self.value {
            Some(value) => given.json() == value.as_str(),
            None => given.json() != false,
        }
    }
}

/// As it is written.
impl fmt::Display for ConditionDecl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "${}", self.param)?;
        self.value.iter().try_for_each(|value| write!(f, " = {value}"))
    }
}

/// A request that is sent after others.
#[derive(Debug, Keys, Shape)]
#[shape("step", what = "a step")]
pub(crate) struct StepDecl {
    #[keys]
    pub(crate) request: RequestDecl,
    /// Values for the steps after it, each a `.path` into its answer.
    #[may(Named<TakeDecl>)]
    pub(crate) take: Vec<TakeDecl>,
    /// What to say where there is nothing to take.
    #[may(Sentence)]
    pub(crate) missing: Option<At<String>>,
    /// What the error says beside what went wrong; `{name}` is a parameter or a value.
    #[may(Sentence)]
    pub(crate) failed: Option<At<String>>,
}

#[derive(Debug)]
pub(crate) struct TakeDecl {
    pub(crate) name: At<String>,
    pub(crate) path: Option<At<Vec<String>>>,
}

/// A request.
#[derive(Debug, Keys, Shape)]
#[shape("request", what = "a request")]
#[rule(known_repetition)]
pub(crate) struct RequestDecl {
    #[place]
    place: Span,
    /// Sends several requests, each with a part of a list.
    #[may(ChunkDecl)]
    pub(crate) chunk: Option<ChunkDecl>,
    /// Sends one request for each element of a list.
    #[may(EachDecl)]
    pub(crate) each: Option<EachDecl>,
    /// With `each`: what became of each element, rather than the first failure.
    #[may(OutcomesDecl)]
    pub(crate) outcomes: Option<OutcomesDecl>,
    #[keys]
    target: Option<TargetDecl>,
    /// The scope that a token needs, or a list of them.
    #[need(OneOrMore<Text>)]
    pub(crate) scope: Vec<At<String>>,
    /// More texts of a 404 that mean an empty answer.
    #[may(OneOrMore<Text>)]
    pub(crate) nothing_found: Vec<At<String>>,
    /// To send it twice does what sending it once does, so it is sent again when its answer is lost.
    #[may(Flag)]
    pub(crate) repeatable: bool,
    #[at("repeatable")]
    pub(crate) repeatable_at: Option<Span>,
    /// What the service knows a repetition by: a request with it is sent again when its answer is lost.
    #[may(Hole)]
    pub(crate) repeat_key: Option<At<String>>,
    /// How the service refuses a repetition, if not with status 409.
    #[may(RepeatedDecl)]
    pub(crate) repeated: Option<RepeatedDecl>,
    /// The query, by the service's names.
    #[may(Query)]
    pub(crate) query: Vec<(At<String>, TemplateDecl)>,
    /// The JSON that is sent, with holes such as `$name`, `$name | date` and `$list has value`.
    #[may(Template)]
    pub(crate) body: Option<At<TemplateDecl>>,
    /// In place of a body: the parts of a form, by the service's names. A parameter that is a `file` is a part with its
    /// content, anything else a part with its text.
    #[may(NotEmpty<Query>)]
    pub(crate) multipart: Vec<(At<String>, TemplateDecl)>,
    #[at("multipart")]
    pub(crate) multipart_at: Option<Span>,
    /// The model of this request's answer, if it is not the tool's.
    #[may(Name)]
    pub(crate) answer: Option<At<String>>,
    /// How this answer becomes the tool's: a template whose holes are fields of the answer, as `.name`.
    #[may(Template)]
    pub(crate) reshape: Option<At<TemplateDecl>>,
}

impl RequestDecl {
    /// What a report about the whole request points at.
    pub(crate) fn at(&self) -> Span {
        self.path().map_or(self.place, |path| path.span)
    }

    pub(crate) fn verb(&self) -> Option<Verb> {
        self.target.as_ref().map(|target| target.parts().0)
    }

    pub(crate) fn path(&self) -> Option<&At<String>> {
        self.target.as_ref()?.parts().1
    }
}

/// The verb, at which the path stands.
#[derive(Debug, Keys)]
#[help("the verb carries the path: `get: /v2/users`")]
enum TargetDecl {
    /// Gets from this path; `{name}` in it is a required parameter or the element of `each`.
    #[first(Path, what = "a path")]
    Get(Option<At<String>>),
    /// Posts to this path; `{name}` in it is a required parameter or the element of `each`.
    #[first(Path, what = "a path")]
    Post(Option<At<String>>),
    /// Puts to this path; `{name}` in it is a required parameter or the element of `each`.
    #[first(Path, what = "a path")]
    Put(Option<At<String>>),
    /// Patches at this path; `{name}` in it is a required parameter or the element of `each`.
    #[first(Path, what = "a path")]
    Patch(Option<At<String>>),
    /// Deletes at this path; `{name}` in it is a required parameter or the element of `each`.
    #[first(Path, what = "a path")]
    Delete(Option<At<String>>),
}

impl TargetDecl {
    fn parts(&self) -> (Verb, Option<&At<String>>) {
        match self {
            TargetDecl::Get(path) => (Verb::Get, path.as_ref()),
            TargetDecl::Post(path) => (Verb::Post, path.as_ref()),
            TargetDecl::Put(path) => (Verb::Put, path.as_ref()),
            TargetDecl::Patch(path) => (Verb::Patch, path.as_ref()),
            TargetDecl::Delete(path) => (Verb::Delete, path.as_ref()),
        }
    }
}

/// The error that says that the service has what the request would add already.
#[derive(Debug, Keys, Shape)]
#[shape("repeated")]
pub(crate) struct RepeatedDecl {
    /// The status.
    #[need(Count<400, u16>)]
    pub(crate) status: At<u16>,
    /// Words of the message; `{field}` in them is a field of the answer.
    #[need(Text)]
    pub(crate) message: At<String>,
}

/// A list that goes in parts; the answers' lists are joined.
#[derive(Debug, Keys, Shape)]
#[shape("chunk")]
pub(crate) struct ChunkDecl {
    /// The list.
    #[need(Hole)]
    pub(crate) of: At<String>,
    /// How many elements a request takes.
    #[need(Count<1, usize>)]
    pub(crate) size: At<usize>,
}

/// A list that goes element by element.
#[derive(Debug, Keys, Shape)]
#[shape("each")]
pub(crate) struct EachDecl {
    /// The list.
    #[need(Hole)]
    pub(crate) of: At<String>,
    /// What the template calls the element.
    #[need(Name, key = "as")]
    pub(crate) alias: At<String>,
    /// Makes pages of so many elements.
    #[may(Count<1, usize>)]
    pub(crate) per_page: Option<At<usize>>,
}

/// What became of each element.
#[derive(Debug, Keys, Shape)]
#[shape("outcomes")]
pub(crate) struct OutcomesDecl {
    #[place]
    pub(crate) at: Span,
    /// The list of the tool's answer that the outcomes go into.
    #[need(Name)]
    pub(crate) into: At<String>,
    /// The field of an outcome for the element.
    #[need(Name)]
    pub(crate) item: At<String>,
    /// The field of an outcome for what went wrong.
    #[need(Name)]
    pub(crate) error: At<String>,
}

/// A template as written: its holes are parsed but not looked up.
#[derive(Debug)]
pub(crate) enum TemplateDecl {
    /// It could not be read.
    Broken,
    /// A scalar.
    Constant(Constant),
    Hole(HoleDecl),
    Has {
        param: At<String>,
        value: At<String>,
        then: Option<Json>,
    },
    When {
        when: At<ConditionDecl>,
        then: Box<TemplateDecl>,
    },
    Object(Vec<EntryDecl>),
    List(Vec<TemplateDecl>),
    For {
        over: HoleDecl,
        element: Box<TemplateDecl>,
    },
}

#[derive(Debug)]
pub(crate) struct EntryDecl {
    pub(crate) key: At<String>,
    pub(crate) always: bool,
    pub(crate) value: TemplateDecl,
}

/// `$root.path | filters`, or `.path`.
#[derive(Debug)]
pub(crate) struct HoleDecl {
    pub(crate) root: At<RootDecl>,
    pub(crate) path: Vec<String>,
    pub(crate) filters: Vec<Filter>,
}

/// Where a hole starts.
#[derive(Debug)]
pub(crate) enum RootDecl {
    Name(String),
    /// The answer that a request got.
    Answer,
}
