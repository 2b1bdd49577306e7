//! The command line's grammar. `gong call TOOL` has a flag for each of the tool's parameters, taken from the catalog.

use clap::{Arg, ArgAction, Command};
use gong_client::catalog::{self, Param, Tool};
use gong_mcp::definitions::Form;

use crate::flags::{self, flag, json, value};
use crate::{auth, confirm, download, environment, mcp};

pub(crate) fn command() -> Command {
    let [key, secret] = environment::api_key();
    Command::new("gong")
        .version(env!("CARGO_PKG_VERSION"))
        .about("Gong at a shell: calls, transcripts, coaching, statistics, the library and Engage")
        .after_help(format!(
            "Accounts: those of `gong auth`, chosen by --connection and --as. Without these flags the credentials of \
             the environment\n\
             come first: {key} and {secret}, or {}, and --base-url or GONG_BASE_URL.\n\
             Exit codes: 0 done, 1 failed, 2 wrong usage or refused input, 3 no or wrong credentials, 4 not found, 5 \
             limit reached,\n\
             130 stopped by Ctrl-C.",
            environment::ACCESS_TOKEN
        ))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .subcommand(tools_command())
        .subcommand(
            Command::new("describe")
                .about("Show what a tool takes, sends and answers")
                .arg(Arg::new("tool").required(true).value_name("TOOL").help("The tool's name"))
                .arg(json()),
        )
        .subcommand(call_command())
        .subcommand(download::command())
        .subcommand(request_command())
        .subcommand(sandbox_command())
        .subcommand(mcp::command())
        .subcommand(mcp::serve_command())
        .subcommand(auth::command())
}

fn tools_command() -> Command {
    let forms = Form::ALL.map(|(name, _)| name);
    Command::new("tools")
        .about("List the tools")
        .arg(json())
        .arg(value("group", "NAME", "Only the tools of this group"))
        .arg(
            value("format", "FORM", "Definitions for a model's vendor, a host or a program")
                .value_parser(forms)
                .conflicts_with("json"),
        )
}

fn call_command() -> Command {
    flags::account(Command::new("call"))
        .about("Call a tool")
        .override_usage(
            "gong call [OPTIONS] TOOL [--input JSON|@FILE|-] [--PARAMETER VALUE]... [--all \
        [--newest-first]] [--wait [--timeout TIME]] [--yes] [--dry-run]",
        )
        .after_help("`gong tools` lists the tools; `gong call TOOL --help` the parameters of one.")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .subcommand_value_name("TOOL")
        .subcommand_help_heading("Tools")
        .subcommands(catalog::tools().iter().map(|tool| tool_command(tool)))
}

fn tool_command(tool: &'static Tool) -> Command {
    let own = flags::account(Command::new(tool.name))
        .about(tool.title)
        .long_about(tool.description)
        .arg(value("input", "JSON|@FILE|-", "All parameters as a JSON object, from a file, or from standard input"))
        .arg(flag("all", "Every page, one item a line, as JSON"))
        .arg(newest_first_flag(tool))
        .arg(wait_flag(tool))
        .arg(timeout_flag(tool))
        .arg(flag("dry-run", "Print what would be sent, secrets hidden, and send nothing"))
        .arg(json())
        .args(confirm::flags(tool));
    // A parameter of the same name as a flag of the command can be given in `--input` only.
    let taken: Vec<String> = own.get_arguments().filter_map(Arg::get_long).chain(["help"]).map(str::to_owned).collect();
    own.args(tool.params.iter().filter(|param| !taken.contains(&dashed(param))).map(param_arg))
}

/// What a parameter's flag is called in what was parsed, so that no flag of the command's own is taken for it.
pub(crate) fn id(param: &Param) -> String {
    format!("parameter {}", param.name)
}

/// Shown only where it can be used; elsewhere it is refused with the names of the tools that can.
fn newest_first_flag(tool: &Tool) -> Arg {
    let help = "With --all: the newest item first; `| head` ends it early";
    flag("newest-first", help).requires("all").conflicts_with("dry-run").hide(!tool.has_newest_first())
}

/// As the one before, for tools that tell how a job stands.
fn wait_flag(tool: &Tool) -> Arg {
    let help = "Ask until the job is done; how it stands is said on a terminal";
    flag("wait", help).conflicts_with_all(["all", "dry-run"]).hide(tool.job.is_none())
}

fn timeout_flag(tool: &Tool) -> Arg {
    value("timeout", "TIME", "With --wait: how long to wait, such as 90s, 10m or 2h; else ten minutes")
        .requires("wait")
        .value_parser(flags::duration)
        .hide(tool.job.is_none())
}

/// A tool's parameter as a flag: `from_date_time` is `--from-date-time`, and `--from_date_time` too.
fn param_arg(param: &'static Param) -> Arg {
    let mut help = param.description.to_owned();
    if param.required {
        help.push_str(" Required.");
    }
    let kind = param.format.unwrap_or(param.kind).to_uppercase();
    let value = match (param.commas, param.kind.starts_with("array")) {
        (true, true) => {
            help.push_str(" Several are joined by commas, or the flag is given again.");
            "A,B,…".to_owned()
        }
        (false, true) => {
            help.push_str(" For several the flag is given again, or one JSON list.");
            kind
        }
        _ => kind,
    };
    let arg = Arg::new(id(param))
        .long(dashed(param))
        .alias(param.name)
        .value_name(value)
        .help(help)
        .help_heading("Parameters")
        .allow_hyphen_values(true);
    match param.kind {
        "boolean" => arg.num_args(0..=1).default_missing_value("true").allow_hyphen_values(false),
        kind if kind.starts_with("array") => arg.action(ArgAction::Append),
        _ => arg,
    }
}

fn dashed(param: &Param) -> String {
    param.name.replace('_', "-")
}

fn request_command() -> Command {
    flags::account(Command::new("request"))
        .about("Send any request to the account's host")
        .arg(Arg::new("method").required(true).value_name("METHOD").help("GET, POST, PUT, PATCH or DELETE"))
        .arg(Arg::new("path").required(true).value_name("PATH").help("Such as /v2/users"))
        .arg(value("query", "NAME=VALUE", "A part of the query; may be given several times").action(ArgAction::Append))
        .arg(value("body", "JSON|@FILE|-", "A JSON body, from a file, or from standard input"))
        .arg(value("raw", "FILE|-", "A body of bytes, from a file, or from standard input").conflicts_with("body"))
        .arg(
            value("content-type", "TYPE", "What the bytes are")
                .requires("raw")
                .default_value("application/octet-stream"),
        )
        .arg(
            value(
                "form",
                "NAME=VALUE|NAME=@FILE",
                "A part of a multipart form, such as a file to upload; may be given several times",
            )
            .action(ArgAction::Append)
            .conflicts_with_all(["body", "raw"]),
        )
        .arg(flag("dry-run", "Print what would be sent, secrets hidden, and send nothing"))
}

fn sandbox_command() -> Command {
    Command::new("sandbox")
        .about("Run an embedded Gong with a seeded company until Ctrl-C")
        .arg(
            value("port", "NUMBER", "The port on 127.0.0.1; 0 takes a free one")
                .default_value("0")
                .value_parser(clap::value_parser!(u16)),
        )
        .arg(
            value("seed", "NUMBER", "The same seed makes the same company")
                .default_value("1")
                .value_parser(clap::value_parser!(u64)),
        )
        .arg(flag("rate-limit", "Keep to Gong's limits: 3 requests a second and 10,000 a day"))
        .arg(flag("real-clock", "Let the company live now, rather than on a day in November 2026 that does not pass"))
}
