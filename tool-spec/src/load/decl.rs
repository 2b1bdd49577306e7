//! What the files declare, as written: names are not looked up yet. A part that could not be read is `None`; it has been
//! reported, and whoever meets it later keeps quiet about it.

use crate::model::{Effect, Filter, IdForm, Json, Limits, Verb};
use crate::source::{At, Span};
use crate::syntax::Node;

/// Everything that the files declare.
#[derive(Debug, Default)]
pub(crate) struct Declared {
    pub(crate) service: Option<ServiceDecl>,
    pub(crate) groups: Vec<GroupDecl>,
    pub(crate) types: Vec<TypeDecl>,
    /// Which sorts of files could not all be read: a name that seems to be missing may be in one of those.
    pub(crate) unread: Unread,
}

impl Declared {
    /// The tools of all groups.
    pub(crate) fn tools(&self) -> impl Iterator<Item = &ToolDecl> {
        self.groups.iter().flat_map(|group| &group.tools)
    }
}

/// Sorts of files of which one could not be read.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Unread {
    pub(crate) service: bool,
    pub(crate) tools: bool,
    pub(crate) types: bool,
}

#[derive(Debug)]
pub(crate) struct ServiceDecl {
    /// Everything but ids and scopes.
    pub(crate) service: Option<crate::model::Service>,
    pub(crate) ids: Vec<IdDecl>,
    pub(crate) scopes: Vec<NamedDecl>,
}

#[derive(Debug)]
pub(crate) struct IdDecl {
    pub(crate) name: At<String>,
    pub(crate) about: Option<String>,
    pub(crate) form: Option<IdForm>,
    pub(crate) address: Option<String>,
}

#[derive(Debug)]
pub(crate) struct NamedDecl {
    pub(crate) name: At<String>,
    pub(crate) about: Option<String>,
}

#[derive(Debug)]
pub(crate) struct GroupDecl {
    pub(crate) name: At<String>,
    pub(crate) about: Option<String>,
    pub(crate) source: String,
    pub(crate) tools: Vec<ToolDecl>,
    /// The tools could not be read.
    pub(crate) partial: bool,
}

#[derive(Debug)]
pub(crate) struct TypeDecl {
    pub(crate) name: At<String>,
    pub(crate) about: Option<String>,
    pub(crate) source: String,
    pub(crate) kind: Option<TypeKindDecl>,
}

#[derive(Debug)]
pub(crate) enum TypeKindDecl {
    Model(Vec<FieldDecl>),
    Enum(Vec<EnumValueDecl>),
}

#[derive(Debug)]
pub(crate) struct FieldDecl {
    pub(crate) name: At<String>,
    pub(crate) ty: Option<TypeExpr>,
    pub(crate) about: Option<String>,
    pub(crate) always: Option<At<bool>>,
    pub(crate) required: Option<At<bool>>,
    pub(crate) limits: LimitsDecl,
    pub(crate) notice: Option<At<String>>,
}

#[derive(Debug)]
pub(crate) struct EnumValueDecl {
    pub(crate) name: At<String>,
    pub(crate) sends: Option<At<String>>,
    pub(crate) about: Option<String>,
}

/// A type as written.
#[derive(Clone, Debug)]
pub(crate) enum TypeExpr {
    Word(At<String>),
    Around(At<String>, Box<TypeExpr>),
}

/// Limits, and where each is written.
#[derive(Debug, Default)]
pub(crate) struct LimitsDecl {
    pub(crate) limits: Limits,
    pub(crate) written: Vec<At<&'static str>>,
}

#[derive(Debug)]
pub(crate) struct ToolDecl {
    pub(crate) name: At<String>,
    pub(crate) method: Option<At<String>>,
    pub(crate) title: Option<String>,
    pub(crate) about: Option<String>,
    pub(crate) effect: Option<Effect>,
    pub(crate) extra: bool,
    pub(crate) params: Vec<ParamDecl>,
    pub(crate) values: Vec<ValueDecl>,
    pub(crate) rules: Vec<RuleDecl>,
    pub(crate) plan: Option<PlanDecl>,
    pub(crate) answer: Option<At<String>>,
    pub(crate) items: Option<At<String>>,
    pub(crate) newest_first: Option<TimelineDecl>,
    /// Where `newest_first` is written.
    pub(crate) newest_first_at: Option<Span>,
    pub(crate) keep: Vec<KeepDecl>,
    /// Where `keep` is written.
    pub(crate) keep_at: Option<Span>,
    /// Parameters, and the item's field that each element of one is.
    pub(crate) expects: Vec<(At<String>, At<String>)>,
    /// Where `expects` is written.
    pub(crate) expects_at: Option<Span>,
    pub(crate) notices: Vec<String>,
    pub(crate) notes: Vec<String>,
    pub(crate) deprecated: Option<String>,
    pub(crate) example: Option<Node>,
    /// Something in the entry could not be read: what seems to be unused may be used there.
    pub(crate) partial: bool,
}

#[derive(Debug)]
pub(crate) struct TimelineDecl {
    pub(crate) from: At<String>,
    pub(crate) to: At<String>,
    pub(crate) time: At<String>,
}

#[derive(Debug)]
pub(crate) struct ParamDecl {
    pub(crate) name: At<String>,
    pub(crate) ty: Option<TypeExpr>,
    pub(crate) about: Option<String>,
    pub(crate) required: bool,
    pub(crate) extra: bool,
    /// `Some(None)`: there is one, which could not be read.
    pub(crate) default: Option<Option<At<SourceDecl>>>,
    pub(crate) limits: LimitsDecl,
    pub(crate) notice: Option<At<String>>,
}

#[derive(Debug)]
pub(crate) struct ValueDecl {
    pub(crate) name: At<String>,
    pub(crate) given: Option<At<String>>,
    pub(crate) source: Option<At<SourceDecl>>,
}

#[derive(Debug)]
pub(crate) enum SourceDecl {
    Constant(Node),
    FreshUuid,
    Hash(Vec<At<String>>),
    First { param: At<String>, field: At<String> },
    SameAs(At<String>),
    DaysAgo(u32),
    Ask { field: At<String>, tool: At<String>, which: WhichDecl },
}

#[derive(Debug)]
pub(crate) enum WhichDecl {
    Match { fields: Vec<(At<String>, At<String>)>, missing: At<String> },
    Only { missing: At<String>, several: At<String> },
    Every,
}

#[derive(Debug)]
pub(crate) enum RuleDecl {
    Need { any_of: Vec<At<String>>, because: Option<String> },
    Order { first: At<String>, second: At<String> },
}

#[derive(Debug)]
pub(crate) struct KeepDecl {
    pub(crate) field: At<String>,
    pub(crate) test: Option<KeepTestDecl>,
}

#[derive(Debug)]
pub(crate) enum KeepTestDecl {
    Is(Node),
    Between { from: Option<At<String>>, to: Option<At<String>> },
}

#[derive(Debug)]
pub(crate) enum PlanDecl {
    Cases(Vec<CaseDecl>),
    Steps(Vec<StepDecl>),
}

#[derive(Debug)]
pub(crate) struct CaseDecl {
    /// `Some(None)`: there is one, which could not be read.
    pub(crate) when: Option<Option<At<ConditionDecl>>>,
    pub(crate) request: RequestDecl,
}

#[derive(Debug)]
pub(crate) struct ConditionDecl {
    pub(crate) param: String,
    pub(crate) value: Option<String>,
}

#[derive(Debug)]
pub(crate) struct StepDecl {
    pub(crate) request: RequestDecl,
    pub(crate) take: Vec<TakeDecl>,
    pub(crate) missing: Option<At<String>>,
    pub(crate) failed: Option<At<String>>,
}

#[derive(Debug)]
pub(crate) struct TakeDecl {
    pub(crate) name: At<String>,
    pub(crate) path: Option<At<Vec<String>>>,
}

#[derive(Debug)]
pub(crate) struct RequestDecl {
    /// What a report about the whole request points at.
    pub(crate) at: Span,
    pub(crate) verb: Option<Verb>,
    pub(crate) path: Option<At<String>>,
    pub(crate) scopes: Vec<At<String>>,
    pub(crate) query: Vec<(At<String>, TemplateDecl)>,
    pub(crate) body: Option<At<TemplateDecl>>,
    pub(crate) answer: Option<At<String>>,
    pub(crate) nothing_found: Vec<At<String>>,
    pub(crate) repeat_key: Option<At<String>>,
    pub(crate) repeated: Option<RepeatedDecl>,
    pub(crate) chunk: Option<ChunkDecl>,
    pub(crate) each: Option<EachDecl>,
    pub(crate) outcomes: Option<OutcomesDecl>,
    pub(crate) reshape: Option<At<TemplateDecl>>,
}

/// How the service refuses a repetition.
#[derive(Debug)]
pub(crate) struct RepeatedDecl {
    pub(crate) status: At<u16>,
    pub(crate) message: At<String>,
}

#[derive(Debug)]
pub(crate) struct ChunkDecl {
    pub(crate) of: At<String>,
    pub(crate) size: usize,
}

#[derive(Debug)]
pub(crate) struct EachDecl {
    pub(crate) of: At<String>,
    pub(crate) alias: At<String>,
    pub(crate) per_page: Option<At<usize>>,
}

#[derive(Debug)]
pub(crate) struct OutcomesDecl {
    pub(crate) at: Span,
    pub(crate) into: At<String>,
    pub(crate) item: At<String>,
    pub(crate) error: At<String>,
}

/// A template as written: its holes are parsed but not looked up.
#[derive(Debug)]
pub(crate) enum TemplateDecl {
    /// It could not be read.
    Broken,
    /// A scalar.
    Constant(Node),
    Hole(HoleDecl),
    Has {
        param: At<String>,
        value: At<String>,
        then: Option<Json>,
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

/// `$root.path | filters`.
#[derive(Debug)]
pub(crate) struct HoleDecl {
    pub(crate) root: At<String>,
    pub(crate) path: Vec<String>,
    pub(crate) filters: Vec<Filter>,
}
