//! `gong`: every Gong tool at a shell.
//!
//! A command line travels so: `args` (clap, built from the catalog at run time, so a new tool in the spec is a new
//! command) → `account` (an account of `auth`, credentials of the environment, or an embedded sandbox) → one of the
//! commands → `output`. stdout carries the answer and nothing else; everything said to a person goes to stderr; `exit`
//! turns what happened into the exit code.
//!
//! No command names a tool: what there is to say of one stands in the catalog.

mod account;
mod accounts;
mod args;
mod auth;
mod call;
mod confirm;
mod download;
mod environment;
mod every;
mod exit;
mod files;
mod flags;
mod input;
mod leave;
mod limit;
mod mcp;
mod output;
mod request;
mod sandbox;
mod table;
mod tools;

use std::process::ExitCode;
use std::time::Duration;

use clap::ArgMatches;

use crate::exit::Failure;

/// How long the end waits for what threads are at, such as a file that is written. One that reads standard input may
/// be at it for ever: a host that ends its server need not close it.
const LAST_WAIT: Duration = Duration::from_millis(300);

fn main() -> ExitCode {
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => return Failure::Local(format!("no threads can be started: {error}.")).report(),
    };
    let code = runtime.block_on(of_command_line());
    runtime.shutdown_timeout(LAST_WAIT);
    code
}

async fn of_command_line() -> ExitCode {
    let matches = match args::command().try_get_matches() {
        Ok(matches) => matches,
        Err(refusal) => return exit::usage(refusal),
    };
    let done = run(&matches).await;
    leave::settle().await;
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}

async fn run(matches: &ArgMatches) -> Result<(), Failure> {
    match matches.subcommand() {
        Some(("tools", args)) => tools::list(args),
        Some(("describe", args)) => tools::describe(args),
        Some(("call", args)) => call::run(args).await,
        Some(("download", args)) => download::run(args).await,
        Some(("request", args)) => request::run(args).await,
        Some(("mcp", args)) => mcp::run(args).await,
        Some(("serve", args)) => mcp::serve(args).await,
        Some(("sandbox", args)) => sandbox::run(args).await,
        Some(("auth", args)) => auth::run(args).await,
        // clap demands one of the commands above.
        _ => Ok(()),
    }
}
