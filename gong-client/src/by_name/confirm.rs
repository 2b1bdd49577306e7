//! What removes something is called by name only with a confirmation beside the input. The input may come from an
//! agent; the confirmation is the program's, which asked somebody.

use crate::base::error::{Error, ErrorKind, Result};
use crate::call::facts::Effect;
use crate::call::tool::Tool;
use crate::catalog;

/// Refuses what removes something and is not confirmed. Neither what was given nor what was wanted is repeated: both
/// may be somebody's data.
pub(super) fn check(tool: &catalog::Tool, params: &dyn Tool, given: Option<&str>) -> Result<()> {
    if tool.effect != Effect::Destructive {
        return Ok(());
    }
    let wanted = params.confirmation().unwrap_or_else(|| tool.name.to_owned());
    let what = match tool.confirm {
        Some(param) => format!("the value of `{param}`"),
        None => "the tool's name".to_owned(),
    };
    let fault = match given.map(str::trim) {
        Some(given) if given == wanted.trim() => return Ok(()),
        Some(_) => format!("the confirmation is not {what}"),
        None => "it removes something and was not confirmed".to_owned(),
    };
    let message = format!(
        "{fault}; nothing was sent. What it does: {} Give {what} outside of the input too, with `NamedCall::confirm`, \
         if that is meant.",
        tool.description
    );
    Err(Error::new(ErrorKind::Unconfirmed, message).in_tool(tool.name))
}
