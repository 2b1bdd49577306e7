//! Locks that end with the process that holds them, however that ends: by the file system, for the processes of one
//! machine.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

/// A lock, for as long as it lives.
pub(crate) struct Lock(#[expect(dead_code, reason = "what it is for is to be dropped")] Box<dyn Send + Sync>);

impl Lock {
    pub(crate) fn new(held: impl Send + Sync + 'static) -> Self {
        Lock(Box::new(held))
    }
}

struct LockFile {
    path: PathBuf,
    _file: File,
}

impl Drop for LockFile {
    fn drop(&mut self) {
        // Still locked, so that no other process has it. A file that stays behind is locked by none.
        let _ = fs::remove_file(&self.path);
    }
}

/// Locks a file, which is there only as long as the lock. None while somebody has it.
pub(crate) fn file(path: &Path) -> io::Result<Option<Lock>> {
    loop {
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(false);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(path)?;
        match file.try_lock() {
            Ok(()) if is_at(&file, path) => {
                return Ok(Some(Lock::new(LockFile { path: path.to_owned(), _file: file })));
            }
            // The process that had it removed it meanwhile: try again with a new file.
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Ok(None),
            Err(TryLockError::Error(cause)) => return Err(cause),
        }
    }
}

/// Whether the file of this path is still this one.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let (Ok(this), Ok(that)) = (file.metadata(), fs::metadata(path)) else { return false };
    (this.dev(), this.ino()) == (that.dev(), that.ino())
}

#[cfg(not(unix))]
fn is_at(_: &File, _: &Path) -> bool {
    true // a file that is open cannot be removed there
}

#[cfg(test)]
mod tests;
