//! Opening a link in the user's browser.

use std::ffi::OsString;
use std::process::{Command, Stdio};

use crate::environment;

/// Opens it. Returns whether something was there to open it with; whether the person sees it nobody can tell.
pub(super) fn open(link: &str) -> bool {
    let set = |variable: &str| std::env::var_os(variable).filter(|value| !value.is_empty());
    let mut command = if let Some(browser) = set("BROWSER") {
        Command::new(browser)
    } else if cfg!(target_os = "macos") {
        Command::new("open")
    } else if cfg!(windows) {
        // Not `start`, which is the shell's and reads a link's ampersands as its own.
        let mut command = Command::new("rundll32");
        command.arg("url.dll,FileProtocolHandler");
        command
    } else if set("DISPLAY").is_some() || set("WAYLAND_DISPLAY").is_some() {
        Command::new("xdg-open")
    } else {
        return false;
    };
    // It needs no credential of ours, and whatever it starts inherits what it has.
    without_ours(&mut command, std::env::vars_os().map(|(name, _)| name));
    // Ctrl-C in the terminal is for us and not for the browser.
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    command.arg(link).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().is_ok()
}

/// Takes the variables of ours out of what the command inherits.
fn without_ours(command: &mut Command, inherited: impl Iterator<Item = OsString>) {
    for name in inherited.filter(|name| name.to_string_lossy().starts_with(environment::OURS)) {
        command.env_remove(name);
    }
}

#[cfg(test)]
mod tests;
