//! Room that is kept free for the moment when the disk is full.
//!
//! Gong's answer to a refresh makes the old refresh token worth nothing, so the new one must find room. A file beside
//! the store holds some: it is there before Gong is asked, or Gong is not asked, and it is given up for the record that
//! needs the room.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use crate::keys::private_file;
use crate::world::World;

/// Several times what a record takes, in the file and in its log.
const BYTES: usize = 256 * 1024;

fn beside(store: &Path) -> PathBuf {
    let mut name = store.as_os_str().to_owned();
    name.push(".spare");
    PathBuf::from(name)
}

/// Makes sure that the room is there.
pub(crate) fn keep(store: &Path, world: &dyn World) -> io::Result<()> {
    let path = beside(store);
    if fs::metadata(&path).is_ok_and(|found| found.len() == BYTES as u64) {
        return Ok(());
    }
    give_up(store);
    let mut bytes = vec![0; BYTES];
    // Random, so that no file system can compress it.
    world.fill(&mut bytes)?;
    let written = private_file(&path).and_then(|mut file| {
        file.write_all(&bytes)?;
        file.sync_all()
    });
    match written {
        // Another process makes it.
        Err(there) if there.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        Err(full) => {
            give_up(store);
            Err(full)
        }
        Ok(()) => Ok(()),
    }
}

/// Gives the room up, for whoever stores something now.
pub(crate) fn give_up(store: &Path) {
    // If it cannot be removed, storing fails as it would without it.
    let _ = fs::remove_file(beside(store));
}

#[cfg(test)]
mod tests;
