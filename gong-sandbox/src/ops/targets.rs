//! Targets and who is to reach them.
//!
//! Known are the two paths, `targets` in the answer of one and the part `file` of the other. All else is a guess: what
//! a target has, that no scope is needed, that the file is text of lines, and how it is refused.

use serde_json::{Value, json};

use crate::{company::Target, input::Input, record::RecordedRequest, refusal::Refusal, world::World};

/// `GET /v2/targets`
pub(crate) fn list(world: &mut World, _: &Input) -> Result<Value, Refusal> {
    let record = |target: &Target| {
        // The heading is no assignment.
        let assigned = target.assignments.len().saturating_sub(1);
        json!({"id": target.id, "name": target.name, "assignedCount": assigned})
    };
    Ok(json!({"targets": world.company.targets.iter().map(record).collect::<Vec<_>>()}))
}

/// `POST /v2/targets/{targetId}/assignments`
pub(crate) fn assign(world: &mut World, input: &Input) -> Result<Value, Refusal> {
    let mut targets = world.company.targets.iter_mut();
    let target = targets
        .find(|target| target.id == input.captured)
        .ok_or_else(|| Refusal::not_found(format!("Target {} was not found", input.captured)))?;
    let file = input.part("file")?;
    if let Some((line, fault)) = input.lines.faults.first() {
        return Err(Refusal::bad(format!("file: line {line}: {fault}")));
    }
    if input.lines.right == 0 {
        return Err(Refusal::bad("file: the file is empty"));
    }
    target.file = Some(file.clone());
    target.assignments.clone_from(&input.lines.kept);
    Ok(json!({}))
}

/// A line of the file of assignments, see [`crate::lines`].
pub(crate) fn check_line(_: &RecordedRequest, line: &str) -> Result<Value, String> {
    Ok(line.into())
}
