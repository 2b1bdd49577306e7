//! Files that are sent: those that the command line names, with their progress where somebody watches.

use std::sync::atomic::{AtomicU64, Ordering};

use gong_client::catalog::Tool;
use gong_client::{NamedCall, Progress, Upload};
use serde_json::Value;

use crate::exit::Failure;
use crate::output;

/// A file that was named in this flag.
pub(crate) fn open(path: &str, flag: &str) -> Result<Upload, Failure> {
    let opened = Upload::open(path).map_err(|error| Failure::Usage(format!("{flag}: {error}")))?;
    let name = opened.name().to_owned();
    Ok(opened.on_progress(told(name, "sent")))
}

/// Tells how far the transfer of a file has come, every tenth part once.
pub(crate) fn told(name: String, done: &'static str) -> impl Fn(Progress) + Send + Sync + 'static {
    let said = AtomicU64::new(0);
    move |so_far| {
        let percent = so_far.bytes.saturating_mul(100) / so_far.total.unwrap_or(so_far.bytes).max(1);
        if said.swap(percent / 10, Ordering::Relaxed) != percent / 10 {
            output::say_at_a_terminal(&format!("{name}: {percent} % {done}"));
        }
    }
}

/// The call with the files whose paths its input gives: who runs the command may read them anyway.
pub(crate) fn with_files(call: NamedCall, tool: &Tool, input: &Value) -> Result<NamedCall, Failure> {
    let files = tool.params.iter().filter(|param| param.format == Some("path"));
    let given = files.filter_map(|param| Some((param.name, input.get(param.name)?.as_str()?)));
    given
        .filter(|(_, path)| !path.trim().is_empty())
        .try_fold(call, |call, (name, path)| Ok(call.file(name, open(path, &format!("--{}", name.replace('_', "-")))?)))
}
