//! A job that is waited for: its tool may be asked again and again, and its values say one thing each.

use super::tool::Checked;
use crate::fault::FaultKind;
use crate::load::decl::WaitDecl;
use crate::model::Effect;
use crate::source::Span;

/// Reports a tool that cannot be asked how a job stands, and values that say nothing or two things.
pub(super) fn check(tool: &Checked<'_>) {
    if let (Some(at), Some(wait)) = (tool.decl.wait_at, &tool.decl.wait) {
        asked(tool, at);
        values(tool, at, wait);
    }
}

fn asked(tool: &Checked<'_>, at: Span) {
    let decl = tool.decl;
    let refuse = |message: &str| tool.report(FaultKind::Contradiction, at, message);
    if decl.effect.is_some_and(|effect| effect != Effect::Read) {
        refuse("a job is waited for by asking again and again, so the tool must have `effect: read`");
    }
    let is_fanned = decl.requests().into_iter().any(|(request, _)| request.each.is_some() || request.chunk.is_some());
    if decl.paging.is_some() || is_fanned {
        refuse("a job is asked about with one request, which answers with how it stands");
    }
}

fn values(tool: &Checked<'_>, at: Span, wait: &WaitDecl) {
    if wait.done.is_empty() {
        tool.report(FaultKind::Missing, at, "without a value in `done` the job would never be done");
    }
    let mut said: Vec<&str> = Vec::new();
    for value in wait.done.iter().chain(&wait.failed) {
        if said.contains(&value.as_str()) {
            let message = format!("`{}` is there twice, and says one thing", value.value);
            tool.report(FaultKind::Clash, value.span, message);
        }
        said.push(value.as_str());
    }
}
