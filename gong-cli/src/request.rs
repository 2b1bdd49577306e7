//! `gong request METHOD PATH`: any request to the account's own host, its answer as it came.

use clap::ArgMatches;
use gong_client::Method;

use crate::exit::Failure;
use crate::{account, input, output};

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
    let body = args.get_one::<String>("body").map(|body| input::json(body, "--body")).transpose()?;

    let account = account::open(args, None).await?;
    let request = account.client.request(method, text("path"));
    let request = query.into_iter().fold(request, |request, (name, value)| request.query(name, value));
    let request = match body {
        Some(body) => request.json(body),
        None => request,
    };
    match request.send().await {
        Ok(answer) => output::body(answer.bytes()),
        Err(refused) => {
            if let Some(answer) = refused.answer() {
                output::body(answer.bytes())?;
            }
            Err(refused.into())
        }
    }
}
