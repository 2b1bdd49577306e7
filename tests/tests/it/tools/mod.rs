//! The tools: each of them both ways, what makes them work against Gong as it is, and the errors of a wrong input.

mod any_input;
mod calls;
mod confirmations;
mod each;
mod examples;
mod faithful;
mod figures;
mod jobs;
mod lenient;
mod nothing;
mod prospects;
mod refusals;
mod restarts;
mod tasks;

pub(crate) use any_input::any_json;
pub(crate) use faithful::inputs;
