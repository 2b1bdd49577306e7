//! `tools/GROUP.yaml`: a group of tools, and of each tool everything but its requests.

use tool_spec_derive::{Keys, Shape};

use super::request::{ConditionDecl, PlanDecl, RequestDecl};
use super::types::{LimitsDecl, TypeExpr};
use crate::load::constant::Constant;
use crate::load::kinds::{
    Count, Filled, Flag, Hole, List, Name, Named, NamedFilled, OneOrMore, OrPlain, OrShared, Sentence, Text, Under,
    Word,
};
use crate::load::request::Condition;
use crate::load::tool::{Ends, Example, FirstOf, Source, True, Uuid, both_ends, whole_group};
use crate::load::types::Type;
use crate::model::Effect;
use crate::source::{At, Span};

/// A group of tools; the file's name is the group's.
#[derive(Debug, Keys, Shape)]
#[shape("group", what = "a group of tools")]
#[rule(whole_group)]
pub(crate) struct GroupDecl {
    #[name]
    pub(crate) name: At<String>,
    /// What the group is about.
    #[need(Sentence)]
    pub(crate) about: Option<String>,
    /// The tools, by name.
    #[need(Named<ToolDecl>, each = "a tool's name")]
    pub(crate) tools: Vec<ToolDecl>,
    /// The file that it is.
    pub(crate) source: String,
    /// The tools could not be read.
    pub(crate) partial: bool,
}

/// A tool: what it takes, what is sent and what comes back.
#[derive(Debug, Keys, Shape)]
#[shape("tool")]
pub(crate) struct ToolDecl {
    #[name]
    pub(crate) name: At<String>,
    /// The Rust method, on the group's accessor.
    #[need(Text)]
    pub(crate) method: Option<At<String>>,
    /// A few words for menus and agents.
    #[need(Text)]
    pub(crate) title: Option<String>,
    /// What the tool does, for its caller.
    #[need(Sentence)]
    pub(crate) about: Option<String>,
    /// Whether it reads, adds or changes (`write`), or removes (`destructive`); retry and agent hints follow from it.
    #[need(Word<Effect>)]
    pub(crate) effect: Option<Effect>,
    /// With `effect: destructive`: the parameter whose value confirms a call by name, where it is given a second time
    /// outside of the input; the tool's name does if this is left out.
    #[may(Hole)]
    pub(crate) confirm: Option<At<String>>,
    /// The published contract lacks the tool, with all its parameters.
    #[may(Flag)]
    pub(crate) extra: bool,
    /// A call costs the company credits that it has bought; the reference says so.
    #[may(Flag)]
    pub(crate) credits: bool,
    /// What the caller gives.
    #[may(Named<OrShared<ParamDecl>>)]
    pub(crate) params: Vec<ParamDecl>,
    /// What is worked out and is no parameter.
    #[may(Named<OrPlain<ValueDecl>>)]
    pub(crate) values: Vec<ValueDecl>,
    /// What parameters demand of each other.
    #[may(List<RuleDecl>)]
    pub(crate) rules: Vec<RuleDecl>,
    #[keys]
    pub(crate) plan: Option<PlanDecl>,
    /// The model of the answer.
    #[need(Name)]
    pub(crate) answer: Option<At<String>>,
    /// The field of the answer that holds a page's items; gives `items()`.
    #[may(Name)]
    pub(crate) items: Option<At<String>>,
    /// The parameter that takes the cursor of a page: an optional `string`, by which the next page is asked for.
    // `Some(None)`: there is one, which could not be read.
    #[may(Hole)]
    pub(crate) paging: Option<Option<At<String>>>,
    /// How the items are had newest first from a service that lists them oldest first; gives `newest_first()`.
    #[may(TimelineDecl)]
    pub(crate) newest_first: Option<TimelineDecl>,
    #[at("newest_first")]
    pub(crate) newest_first_at: Option<Span>,
    /// What makes it a tool that tells how a job stands, so that the job can be waited for; gives `wait()`.
    #[may(WaitDecl)]
    pub(crate) wait: Option<WaitDecl>,
    #[at("wait")]
    pub(crate) wait_at: Option<Span>,
    /// A filter that the service lacks, applied to the items.
    #[may(Named<KeepDecl>)]
    pub(crate) keep: Vec<KeepDecl>,
    #[at("keep")]
    pub(crate) keep_at: Option<Span>,
    /// List parameters of ids, each with the items' field that is one of them, as `{call_ids: metaData.id}`. An id that
    /// no item has is named in a notice, if the answer is all there is.
    #[may(Named<Under<Name>>)]
    pub(crate) expects: Vec<(At<String>, At<String>)>,
    #[at("expects")]
    pub(crate) expects_at: Option<Span>,
    /// Sentences that every answer carries.
    #[may(List<Sentence>, each = "a notice")]
    pub(crate) notices: Vec<String>,
    /// Where the service differs from what a caller may expect; shown in the reference.
    #[may(List<Sentence>, each = "a note")]
    pub(crate) notes: Vec<String>,
    /// Why, and what to use instead.
    #[may(Sentence)]
    pub(crate) deprecated: Option<String>,
    /// Parameters for the reference's examples; checked like any input.
    #[may(Example)]
    pub(crate) example: Option<Constant>,
    /// Something in the entry could not be read: what seems to be unused may be used there.
    #[partial]
    pub(crate) partial: bool,
}

/// Where the items lie in time.
#[derive(Debug, Keys, Shape)]
#[shape("timeline")]
pub(crate) struct TimelineDecl {
    /// The `date-time` parameter from which on items are listed, inclusive.
    #[need(Name)]
    pub(crate) from: At<String>,
    /// The `date-time` parameter up to which items are listed, exclusive.
    #[need(Name)]
    pub(crate) to: At<String>,
    /// The item's `date-time` field that says when it was, by which the list goes.
    #[need(Name)]
    pub(crate) time: At<String>,
}

/// How a job stands.
#[derive(Debug, Keys, Shape)]
#[shape("wait")]
pub(crate) struct WaitDecl {
    /// The field of the answer that says how the job stands: an enum or a `string`.
    #[need(Name)]
    pub(crate) until: At<String>,
    /// Its values that say that the job is done.
    #[need(OneOrMore<Text>, each = "a value")]
    pub(crate) done: Vec<At<String>>,
    /// Its values that say that the job failed.
    #[may(OneOrMore<Text>, each = "a value")]
    pub(crate) failed: Vec<At<String>>,
}

/// A parameter of a tool.
#[derive(Debug, Keys, Shape)]
#[shape("param", what = "a parameter")]
pub(crate) struct ParamDecl {
    #[name]
    pub(crate) name: At<String>,
    /// The shared one that this is, if it is one: what is not said here is as it is said there. A key alone may say
    /// `shared` for the one of the same name.
    #[may(Name)]
    #[expect(dead_code, reason = "what is shared is filled in before this is read")]
    shared: Option<At<String>>,
    /// One word, or one word around another: `string`, `integer`, `number`, `boolean`, `date-time`, `date`, `email`,
    /// `url`, `id<kind>`, `json`, `file`, `list<T>`, `csv<T>`, `map<T>`, or the name of a model.
    #[need(Type, key = "type")]
    pub(crate) ty: Option<TypeExpr>,
    /// The caller must give it; a call without it is refused before anything is sent.
    #[may(Flag)]
    pub(crate) required: bool,
    /// The published contract lacks it.
    #[may(Flag)]
    pub(crate) extra: bool,
    #[keys]
    pub(crate) limits: LimitsDecl,
    /// Where the value comes from when the caller gives none.
    // `Some(None)`: there is one, which could not be read.
    #[may(Source)]
    pub(crate) default: Option<Option<At<SourceDecl>>>,
    /// What it means, for a caller.
    #[need(Sentence)]
    pub(crate) about: Option<String>,
    /// The service has no field for it: the answer carries this sentence when it was given.
    #[may(Sentence)]
    pub(crate) notice: Option<At<String>>,
}

/// Where a value comes from.
#[derive(Debug, Keys, Shape)]
#[shape("worked_out", what = "a source")]
pub(crate) struct ValueDecl {
    #[name]
    pub(crate) name: At<String>,
    /// A parameter that is used instead when the caller gave it.
    #[may(Hole)]
    pub(crate) given: Option<At<String>>,
    #[keys]
    pub(crate) source: Option<At<SourceDecl>>,
}

/// Where a value comes from.
#[derive(Debug, Keys, Shape)]
#[shape("source", what = "a source")]
pub(crate) enum SourceDecl {
    Constant(Constant),
    /// A new random UUID.
    #[first(Word<Uuid>)]
    Fresh,
    /// A UUID that is the same for the same values of these parameters.
    #[first(Filled<Name>, each = "a parameter to hash")]
    Hash(Vec<At<String>>),
    /// The first that is there of this field of a list parameter's elements, as `parties.userId`.
    #[first(FirstOf)]
    First([At<String>; 2]),
    /// Another parameter's value, as it would be sent.
    #[first(Hole)]
    SameAs(At<String>),
    /// This instant.
    #[first(True)]
    Now,
    /// The instant so many days ago.
    #[first(Count<0, u32>)]
    DaysAgo(At<u32>),
    /// This field of the one item of another tool's answer that matches `where`; remembered for five minutes.
    #[first(Name, what = "the item's field")]
    Find {
        field: At<String>,
        /// The tool that is asked by `find`, `only` or `every`.
        #[need(Name, key = "in")]
        tool: At<String>,
        /// With `find`: fields of an item, and the parameters that they must equal.
        #[need(NamedFilled<Under<Hole>>, key = "where")]
        fields: Option<Vec<(At<String>, At<String>)>>,
        /// With `find` and `only`: what to say where there is none.
        #[need(Sentence)]
        missing: At<String>,
    },
    /// This field of the only item of another tool's answer; more than one is refused, with what there is to choose
    /// from.
    #[first(Name, what = "the item's field")]
    Only {
        field: At<String>,
        /// The tool that is asked by `find`, `only` or `every`.
        #[need(Name, key = "in")]
        tool: At<String>,
        /// With `find` and `only`: what to say where there is none.
        #[need(Sentence)]
        missing: At<String>,
        /// With `only`: what to say where there are more than one.
        #[need(Sentence)]
        several: At<String>,
    },
    /// The distinct values of this field over all items of another tool's answer, sorted.
    #[first(Name, what = "the item's field")]
    Every {
        field: At<String>,
        /// The tool that is asked by `find`, `only` or `every`.
        #[need(Name, key = "in")]
        tool: At<String>,
    },
}

impl ToolDecl {
    /// A parameter's default, as far as it could be read.
    pub(crate) fn default(&self, param: &str) -> Option<&SourceDecl> {
        let param = self.params.iter().find(|known| known.name.value == param)?;
        Some(&param.default.as_ref()?.as_ref()?.value)
    }

    /// Whether a parameter's default is looked up, which is when the request is made.
    pub(crate) fn is_asked(&self, param: &str) -> bool {
        self.default(param).is_some_and(|default| default.asks().is_some())
    }

    /// Whether a condition may hold though a caller gives nothing.
    pub(crate) fn may_hold_without(&self, when: &ConditionDecl) -> bool {
        self.default(&when.param).is_some_and(|default| match default {
            SourceDecl::Constant(constant) => when.holds_for(constant),
            _ => true,
        })
    }

    /// Its requests, and whether the answer of each is the tool's.
    pub(crate) fn requests(&self) -> Vec<(&RequestDecl, bool)> {
        match &self.plan {
            Some(PlanDecl::Request(cases) | PlanDecl::Requests(cases)) => {
                cases.iter().map(|case| (&case.request, true)).collect()
            }
            Some(PlanDecl::Steps(steps)) => {
                let last = steps.len().saturating_sub(1);
                steps.iter().enumerate().map(|(index, step)| (&step.request, index == last)).collect()
            }
            None => Vec::new(),
        }
    }
}

impl SourceDecl {
    /// The parameters and values that it looks at.
    pub(crate) fn needs(&self) -> Vec<&At<String>> {
        match self {
            SourceDecl::Hash(params) => params.iter().collect(),
            SourceDecl::First([param, _]) | SourceDecl::SameAs(param) => vec![param],
            SourceDecl::Find { fields, .. } => fields.iter().flatten().map(|(_, with)| with).collect(),
            SourceDecl::Constant(_) | SourceDecl::Fresh | SourceDecl::Now | SourceDecl::DaysAgo(_) => Vec::new(),
            SourceDecl::Only { .. } | SourceDecl::Every { .. } => Vec::new(),
        }
    }

    /// The tool that is asked, if one is.
    pub(crate) fn asks(&self) -> Option<&At<String>> {
        match self {
            SourceDecl::Find { tool, .. } | SourceDecl::Only { tool, .. } | SourceDecl::Every { tool, .. } => {
                Some(tool)
            }
            _ => None,
        }
    }
}

/// What parameters demand of each other.
#[derive(Debug, Keys, Shape)]
#[shape("rule", what = "a rule")]
pub(crate) enum RuleDecl {
    /// At least one of these, after defaults; `false` counts as not given.
    #[first(Filled<Name>, each = "a parameter")]
    Need {
        any_of: Vec<At<String>>,
        /// The rule holds only then, with `need` and `order`: `$param`: it was given (a boolean: it is true);
        /// `$param = value`: it has this value.
        // `Some(None)`: there is one, which could not be read.
        #[may(Condition)]
        when: Option<Option<At<ConditionDecl>>>,
        /// Why, with `need` and `exclude`.
        #[need(Sentence)]
        because: Option<String>,
    },
    /// At most one of these; `false` counts as not given.
    #[first(Filled<Name>, each = "a parameter")]
    Exclude {
        of: Vec<At<String>>,
        /// Why, with `need` and `exclude`.
        #[need(Sentence)]
        because: Option<String>,
    },
    /// Two parameters, of which the first must be before the second.
    #[first(Ends)]
    Order {
        ends: [At<String>; 2],
        /// The rule holds only then, with `need` and `order`.
        #[may(Condition)]
        when: Option<Option<At<ConditionDecl>>>,
    },
}

impl RuleDecl {
    /// The condition on which it holds, as far as it could be read.
    pub(crate) fn when(&self) -> Option<&At<ConditionDecl>> {
        match self {
            RuleDecl::Need { when, .. } | RuleDecl::Order { when, .. } => when.as_ref()?.as_ref(),
            RuleDecl::Exclude { .. } => None,
        }
    }

    /// The parameters that it is about, its condition aside.
    pub(crate) fn params(&self) -> &[At<String>] {
        match self {
            RuleDecl::Need { any_of: params, .. } | RuleDecl::Exclude { of: params, .. } => params,
            RuleDecl::Order { ends, .. } => ends,
        }
    }
}

#[derive(Debug)]
pub(crate) struct KeepDecl {
    pub(crate) field: At<String>,
    pub(crate) test: Option<KeepTestDecl>,
}

#[derive(Debug)]
pub(crate) enum KeepTestDecl {
    Is(Constant),
    Between(RangeDecl),
}

/// Items whose date lies between these days, both included.
#[derive(Debug, Keys, Shape)]
#[shape("range", what = "a range of days")]
#[rule(both_ends)]
pub(crate) struct RangeDecl {
    /// The first day.
    #[may(Hole)]
    pub(crate) from: Option<At<String>>,
    /// The last day.
    #[may(Hole)]
    pub(crate) to: Option<At<String>>,
}
