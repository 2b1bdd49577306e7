//! What is said of a tool's items: it needs items, and not everything that can be said of them goes together.

use super::tool::Checked;
use crate::fault::{Fault, FaultKind};
use crate::load::decl::{KeepTestDecl, RangeDecl};
use crate::model::{Effect, Ty};
use crate::resolve::types::element;
use crate::source::Span;

/// Reports what is said in vain, or of the wrong parameters.
pub(super) fn check(tool: &Checked<'_>) {
    let decl = tool.decl;
    let per_page = decl.requests().into_iter().filter_map(|(request, _)| request.each.as_ref()?.per_page.as_ref());
    let said = [("keep", decl.keep_at), ("expects", decl.expects_at), ("newest_first", decl.newest_first_at)];
    let said = said.into_iter().filter_map(|(what, at)| Some((what, at?)));
    for (what, at) in said.chain(per_page.map(|per_page| ("per_page", per_page.span))) {
        if decl.items.is_none() && !decl.partial {
            let message = format!("`{what}` is about the items of the answer, and the tool has no `items`");
            tool.report(FaultKind::Contradiction, at, message);
        }
    }
    thinned_out(tool, decl.expects_at, "`expects` looks for every item, so `keep` cannot go with it");
    thinned_out(tool, decl.newest_first_at, "`newest_first` reckons with full pages, so `keep` cannot go with it");
    if let Some(at) = decl.newest_first_at.filter(|_| decl.items.is_some() && decl.paging.is_none() && !decl.partial)
        && tool.knows_pages()
    {
        let message = "`newest_first` is for pages, and this tool answers with everything at once";
        tool.report(FaultKind::Contradiction, at, message);
    }
    if let Some(at) = decl.newest_first_at.filter(|_| decl.effect == Some(Effect::Destructive)) {
        tool.report(FaultKind::Contradiction, at, "a tool that removes lists nothing, in any order");
    }
    ranges(tool);
    for (request, _) in decl.requests() {
        if let Some(text) = request.nothing_found.first() {
            empty_answer(tool, text.span);
        }
    }
}

fn thinned_out(tool: &Checked<'_>, at: Option<Span>, message: &str) {
    if let Some((at, keep)) = at.zip(tool.decl.keep_at) {
        tool.sink.report(Fault::new(FaultKind::Contradiction, at, message).related(keep, "this thins them out"));
    }
}

/// The ends of a range are two parameters, which are there when the answer is looked at.
fn ranges(tool: &Checked<'_>) {
    let time = tool.decl.newest_first.as_ref();
    if let Some(time) = time.filter(|time| time.from.value == time.to.value) {
        let message = "a range ends at another parameter than it begins";
        tool.report(FaultKind::Contradiction, time.to.span, message);
    }
    let days = tool.decl.keep.iter().filter_map(|keep| match keep.test.as_ref()? {
        KeepTestDecl::Between(RangeDecl { from, to }) => Some(from.iter().chain(to)),
        KeepTestDecl::Is(_) => None,
    });
    let times = time.into_iter().flat_map(|time| [&time.from, &time.to]);
    for name in days.flatten().chain(times).filter(|name| tool.decl.is_asked(name.as_str())) {
        let message = format!("`{}` is looked up for a request, and this comes after it", name.value);
        tool.report(FaultKind::Contradiction, name.span, message);
    }
}

/// "Nothing matched" becomes an answer without anything in it, so there must be such an answer: one with a list that is
/// then empty, and with nothing that is always there.
fn empty_answer(tool: &Checked<'_>, span: Span) {
    let Some(answer) = &tool.decl.answer else { return };
    let Some(fields) = tool.types.fields(answer.as_str()) else { return };
    let is_list = |ty: Option<&Ty>| ty.is_none_or(|ty| element(ty).is_some());
    if !fields.iter().any(|field| is_list(field.ty.as_ref())) {
        let message = format!("`nothing_found` makes an empty answer, and `{}` has no list to be empty", answer.value);
        tool.report(FaultKind::Contradiction, span, message);
    }
    if let Some(field) = fields.iter().find(|field| field.always && !is_list(field.ty.as_ref())) {
        let message =
            format!("`nothing_found` makes an empty answer, and `{}` always has `{}`", answer.value, field.name);
        tool.report(FaultKind::Contradiction, span, message);
    }
}
