//! Opening a link in the user's browser.

use std::process::{Command, Stdio};

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
    // Ctrl-C in the terminal is for us and not for the browser.
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    command.arg(link).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().is_ok()
}
