//! Which files a call by name may send: its input is somebody else's, and what it names of this machine is not read
//! unless the program says so.

use std::path::{Component, Path, PathBuf};

use serde_json::Value;

use crate::base::violation::{Faults, did_you_mean};
use crate::input::text::is_blank;
use crate::input::upload::Upload;

/// The files that the program allows.
#[derive(Clone, Debug)]
pub(crate) struct Files {
    /// Paths are read below this folder.
    folder: Option<PathBuf>,
    /// Given by the program itself, by parameter.
    given: Vec<(String, Upload)>,
}

/// No file at all.
pub(crate) static NONE: Files = Files { folder: None, given: Vec::new() };

impl Files {
    pub(crate) fn under(&mut self, folder: PathBuf) {
        self.folder = Some(folder);
    }

    pub(crate) fn give(&mut self, param: String, upload: Upload) {
        self.given.retain(|(other, _)| *other != param);
        self.given.push((param, upload));
    }

    /// The file of a parameter: the program's, or else the one whose path the input gives.
    pub(crate) fn find(&self, param: &str, path: Option<&Value>, faults: &mut Faults) -> Option<Upload> {
        if let Some((_, upload)) = self.given.iter().find(|(other, _)| other == param) {
            return Some(upload.clone());
        }
        match path? {
            Value::Null => None,
            Value::String(path) if is_blank(path) => None,
            Value::String(path) => self.open(path, faults),
            other => {
                faults.add("type", Some(other.to_string()), "must be the path of a file, as text");
                None
            }
        }
    }

    fn open(&self, path: &str, faults: &mut Faults) -> Option<Upload> {
        let refuse = |faults: &mut Faults, message: &str| {
            faults.add("file", Some(format!("\"{path}\"")), message);
            None
        };
        let Some(folder) = &self.folder else {
            return refuse(faults, "names a file, and the program that makes this call allows none");
        };
        let outside = "must be the path of a file in the folder that the program allows";
        let Ok(folder) = folder.canonicalize() else {
            return refuse(faults, "cannot be looked up: the folder that the program allows is not there");
        };
        // Nothing outside is looked at, so that no answer tells whether it is there.
        let written = Path::new(path);
        let within = written.strip_prefix(&folder).unwrap_or(written);
        if !within.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir)) {
            return refuse(faults, outside);
        }
        let joined = folder.join(within);
        // A link may lead out of the folder.
        let real = joined.canonicalize().unwrap_or(joined);
        if !real.starts_with(&folder) {
            return refuse(faults, outside);
        }
        Upload::open_as(&real, written).map_err(|error| faults.extend(error.violations().iter().cloned())).ok()
    }

    /// Notes every file for which the tool has no parameter.
    pub(crate) fn refuse_others(&self, params: &[&str], faults: &mut Faults) {
        for (name, _) in self.given.iter().filter(|(name, _)| !params.contains(&name.as_str())) {
            let meant = did_you_mean(name, params.iter().copied());
            let message = match params {
                [] => "takes no file: the tool has no parameter that is one".to_owned(),
                params => format!("takes no file; what does is {}", params.join(", ")),
            };
            faults.field(name, |faults| faults.push("file", None, message, meant));
        }
    }
}

#[cfg(test)]
mod tests;
