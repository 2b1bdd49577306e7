//! What was said of a new tool on the command line.

use std::path::PathBuf;

use clap::Args;
use tool_spec::model::Verb;

use crate::openapi::VERBS;

/// A tool as far as it was said.
#[derive(Args, Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Wanted {
    /// The tool's name, such as `gong_vocabularies_list`
    pub(crate) name: String,
    /// Its group: spec/tools/GROUP.yaml
    #[arg(long)]
    pub(crate) group: Option<String>,
    #[command(flatten)]
    pub(crate) request: Request,
    /// A parameter, sent in the path, the query or the body
    #[arg(long = "param", value_name = "NAME:TYPE[:required]")]
    pub(crate) params: Vec<String>,
    /// The scope that it needs
    #[arg(long)]
    pub(crate) scope: Option<String>,
    /// read, write or destructive, if it doesn't follow from the verb
    #[arg(long)]
    pub(crate) effect: Option<String>,
    /// The type that comes back
    #[arg(long, value_name = "TYPE")]
    pub(crate) answer: Option<String>,
    /// Begin with an operation of an OpenAPI document, such as "POST /v2/meetings"
    #[arg(long, num_args = 2, value_names = ["FILE", "OPERATION"])]
    pub(crate) from_openapi: Vec<String>,
    /// Write the entry there and leave spec/ as it is, right or not
    #[arg(long, value_name = "FILE")]
    pub(crate) draft: Option<PathBuf>,
}

/// Its request: a verb, and the path.
#[derive(Args, Clone, Debug, Default, PartialEq, Eq)]
#[group(multiple = false)]
pub(crate) struct Request {
    #[arg(long, value_name = "PATH")]
    get: Option<String>,
    #[arg(long, value_name = "PATH")]
    post: Option<String>,
    #[arg(long, value_name = "PATH")]
    put: Option<String>,
    #[arg(long, value_name = "PATH")]
    patch: Option<String>,
    #[arg(long, value_name = "PATH")]
    delete: Option<String>,
}

impl Request {
    /// The verb and the path, if they were said.
    pub(super) fn said(&self) -> Option<(Verb, &str)> {
        let paths = [&self.get, &self.post, &self.put, &self.patch, &self.delete];
        VERBS.into_iter().zip(paths).find_map(|((_, verb), path)| Some((verb, path.as_deref()?)))
    }

    /// One written as `GET /v2/logs`.
    pub(super) fn written(line: &str) -> Self {
        let mut request = Request::default();
        let Request { get, post, put, patch, delete } = &mut request;
        let (word, path) = line.trim().split_once(' ').unwrap_or_default();
        let paths = [get, post, put, patch, delete];
        for (_, place) in VERBS.into_iter().zip(paths).filter(|((verb, _), _)| verb.eq_ignore_ascii_case(word)) {
            *place = Some(path.trim().to_owned());
        }
        request
    }
}
