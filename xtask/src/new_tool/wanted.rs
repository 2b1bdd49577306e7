//! What was said of a new tool on the command line.

use std::path::PathBuf;

use tool_spec::model::Verb;

/// A tool as far as it was said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Wanted {
    pub(crate) name: String,
    pub(crate) group: Option<String>,
    pub(crate) request: Option<(Verb, String)>,
    pub(crate) params: Vec<String>,
    pub(crate) scope: Option<String>,
    pub(crate) effect: Option<String>,
    pub(crate) answer: Option<String>,
    /// An OpenAPI document and an operation in it.
    pub(crate) from: Option<(PathBuf, String)>,
    /// Where the draft is written instead of into the spec.
    pub(crate) draft: Option<PathBuf>,
}

impl Wanted {
    /// Reads the arguments; beside them the folder of `--root`. Nothing if help is asked for.
    pub(crate) fn parse(mut args: impl Iterator<Item = String>) -> Result<Option<(Self, Option<PathBuf>)>, String> {
        let (mut wanted, mut root) = (Wanted::default(), None);
        while let Some(arg) = args.next() {
            let mut value = || args.next().ok_or_else(|| format!("`{arg}` needs a value"));
            match arg.as_str() {
                "--help" | "-h" => return Ok(None),
                "--group" => wanted.group = Some(value()?),
                "--param" => wanted.params.push(value()?),
                "--scope" => wanted.scope = Some(value()?),
                "--effect" => wanted.effect = Some(value()?),
                "--answer" => wanted.answer = Some(value()?),
                "--draft" => wanted.draft = Some(PathBuf::from(value()?)),
                "--root" => root = Some(PathBuf::from(value()?)),
                "--from-openapi" => wanted.from = Some((PathBuf::from(value()?), value()?)),
                flag if verb(flag.trim_start_matches('-')).is_some() && flag.starts_with("--") => {
                    wanted.request = verb(flag.trim_start_matches('-')).zip(Some(value()?));
                }
                name if !name.starts_with('-') && wanted.name.is_empty() => wanted.name = name.to_owned(),
                other => return Err(format!("`new-tool` has no argument `{other}`")),
            }
        }
        if wanted.name.is_empty() {
            return Err("`new-tool` needs the tool's name, such as `gong_briefs_list`".to_owned());
        }
        Ok(Some((wanted, root)))
    }
}

/// A request written as `GET /v2/logs`.
pub(super) fn request(line: &str) -> Option<(Verb, String)> {
    let (word, path) = line.trim().split_once(' ')?;
    verb(&word.to_ascii_lowercase()).zip(Some(path.trim().to_owned()))
}

fn verb(word: &str) -> Option<Verb> {
    match word {
        "get" => Some(Verb::Get),
        "post" => Some(Verb::Post),
        "put" => Some(Verb::Put),
        "patch" => Some(Verb::Patch),
        "delete" => Some(Verb::Delete),
        _ => None,
    }
}
