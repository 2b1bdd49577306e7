//! `gong request METHOD PATH`: any request to the account's own host, its answer as it came.

use std::io::Read as _;

use clap::ArgMatches;
use gong_client::{Client, Method, RawRequest};

use crate::exit::Failure;
use crate::{account, files, input, leave, output};

/// Sends it. A refusal's body goes to stdout like any answer's; then it decides the exit code.
pub(crate) async fn run(args: &ArgMatches) -> Result<(), Failure> {
    let text = |name: &str| args.get_one::<String>(name).map(String::as_str).unwrap_or_default();
    let method: Method = text("method").to_uppercase().parse().map_err(|_| {
        Failure::Usage(format!("`{}` is no method: use GET, POST, PUT, PATCH or DELETE.", text("method")))
    })?;
    let query = args
        .get_many::<String>("query")
        .into_iter()
        .flatten()
        .map(|part| part.split_once('=').ok_or_else(|| Failure::Usage(format!("--query {part}: write NAME=VALUE."))))
        .collect::<Result<Vec<_>, _>>()?;
    let as_asked = |client: &Client| {
        let request = client.request(method, text("path"));
        let request = query.iter().fold(request, |request, (name, value)| request.query(name, value));
        with_body(request, args)
    };
    if args.get_flag("dry-run") {
        let account = account::open_dry(args, None).await?;
        return output::planned(&[as_asked(&account.client)?.dry_run()?], false);
    }
    let account = account::open(args, None).await?;
    let request = as_asked(&account.client)?;
    match leave::unless_stopped(request.send()).await {
        Ok(answer) => output::body(answer.bytes()),
        Err(Failure::Client(refused)) => {
            if let Some(answer) = refused.answer() {
                output::body(answer.bytes())?;
            }
            Err(refused.into())
        }
        Err(stopped) => Err(stopped),
    }
}

/// With the body that was given, if one was.
fn with_body(request: RawRequest, args: &ArgMatches) -> Result<RawRequest, Failure> {
    if let Some(mut parts) = args.get_many::<String>("form") {
        return parts.try_fold(request, |request, part| with_part(request, part));
    }
    if let Some(file) = args.get_one::<String>("raw") {
        let kind = args.get_one::<String>("content-type").cloned().unwrap_or_default();
        return Ok(request.body(bytes(file)?, kind));
    }
    match args.get_one::<String>("body") {
        Some(body) => Ok(request.json(input::json(body, "--body")?)),
        None => Ok(request),
    }
}

/// With a part of a form: `NAME=VALUE` or `NAME=@FILE`.
fn with_part(request: RawRequest, given: &str) -> Result<RawRequest, Failure> {
    let wrong = || Failure::Usage(format!("--form {given}: write NAME=VALUE or NAME=@FILE."));
    let (name, value) = given.split_once('=').filter(|(name, _)| !name.is_empty()).ok_or_else(wrong)?;
    match value.strip_prefix('@') {
        None => Ok(request.part(name, value)),
        Some(path) => Ok(request.file(name, files::open(path, &format!("--form {given}"))?)),
    }
}

/// The bytes of a file, or of standard input as `-`.
fn bytes(file: &str) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let read = match file {
        "-" => std::io::stdin().read_to_end(&mut bytes).map(|_| ()),
        file => std::fs::read(file).map(|read| bytes = read),
    };
    read.map_err(|error| Failure::Usage(format!("--raw {file}: {error}")))?;
    Ok(bytes)
}
