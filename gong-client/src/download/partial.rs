//! A file as far as it came: beside the place where it is to be, until all of it is there.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use crate::base::error::{Error, ErrorKind, Result};

pub(super) struct Partial {
    path: PathBuf,
    part: PathBuf,
    /// Where the tag of the content stands, by which its host knows whether it is still the same.
    tag_path: PathBuf,
    tag: Option<String>,
    file: File,
    pub(super) size: u64,
}

impl Partial {
    /// What there is of the file.
    pub(super) fn open(path: &Path) -> Result<Self> {
        if path.exists() {
            return Err(failed(path, "is there already; move it away, or save under another name"));
        }
        let (part, tag_path) = (with(path, ".part"), with(path, ".part.tag"));
        let opened = File::options().create(true).append(true).open(&part);
        let file = opened.map_err(|cause| cannot_write(&part, &cause))?;
        let size = file.metadata().map_err(|cause| cannot_write(&part, &cause))?.len();
        let tag = fs::read_to_string(&tag_path).ok();
        Ok(Partial { path: path.to_owned(), part, tag_path, tag, file, size })
    }

    /// The tag of what there is, if one can go on from there.
    pub(super) fn tag(&self) -> Option<&str> {
        self.tag.as_deref().filter(|_| self.size > 0)
    }

    /// Begins again, with content of this tag.
    pub(super) fn restart(&mut self, tag: Option<String>) -> Result<()> {
        self.file.set_len(0).map_err(|cause| cannot_write(&self.part, &cause))?;
        self.size = 0;
        match &tag {
            Some(tag) => fs::write(&self.tag_path, tag).map_err(|cause| cannot_write(&self.tag_path, &cause))?,
            None => self.forget_tag(),
        }
        self.tag = tag;
        Ok(())
    }

    pub(super) fn add(&mut self, bytes: &[u8]) -> Result<()> {
        let written = self.file.write_all(bytes);
        written.map_err(|cause| cannot_write(&self.part, &cause).context(self.kept()))?;
        self.size += u64::try_from(bytes.len()).unwrap_or_default();
        Ok(())
    }

    /// Puts the whole in its place.
    pub(super) fn finish(self) -> Result<u64> {
        self.file.sync_all().map_err(|cause| cannot_write(&self.part, &cause))?;
        fs::rename(&self.part, &self.path).map_err(|cause| cannot_write(&self.path, &cause))?;
        self.forget_tag();
        Ok(self.size)
    }

    /// What is told where it ends before all is there.
    pub(super) fn kept(&self) -> String {
        format!("{} bytes are in {}; another download goes on from there.", self.size, self.part.display())
    }

    fn forget_tag(&self) {
        // Without one it would be begun again, so one that cannot be removed does no harm.
        let _ = fs::remove_file(&self.tag_path);
    }
}

fn with(path: &Path, end: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(end);
    name.into()
}

fn failed(path: &Path, why: &str) -> Error {
    Error::new(ErrorKind::File, format!("{} {why}.", path.display()))
}

fn cannot_write(path: &Path, cause: &io::Error) -> Error {
    failed(path, &format!("cannot be written: {cause}"))
}
