//! The keys of a store and where they come from: the environment, a file that only its owner reads, or the caller.

use std::fmt;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use crate::error::{Error, Result};
use crate::world::World;

/// The environment variable that holds a store's keys.
pub const KEY_VARIABLE: &str = "GONG_STORE_KEY";

const KEY_BYTES: usize = 32;

/// The keys of a store. The first one seals; all of them open.
///
/// As text a key is 32 bytes in Base64 or in hexadecimal digits. Several are separated by commas or white space, so a
/// key is rotated by putting the new one in front, calling
/// [`Connections::rotate_keys`](crate::Connections::rotate_keys), and taking the old one away.
#[derive(Clone)]
pub struct Keys(Vec<Key>);

/// One key, and a name for it that gives nothing of it away.
#[derive(Clone)]
pub(crate) struct Key {
    pub(crate) id: [u8; 8],
    pub(crate) bytes: Zeroizing<[u8; KEY_BYTES]>,
}

impl Keys {
    /// Reads keys.
    ///
    /// # Errors
    /// When there is none, or one is not 32 bytes in Base64 or hexadecimal digits.
    pub fn parse(text: &str) -> Result<Self> {
        let parts = text.split([',', ' ', '\t', '\r', '\n']).filter(|part| !part.is_empty());
        let keys = parts.map(Key::parse).collect::<Result<Vec<_>>>()?;
        if keys.is_empty() {
            return Err(Error::config("there is no key: one is 32 bytes in Base64 or hexadecimal digits."));
        }
        Ok(Keys(keys))
    }

    /// A new key made of chance.
    ///
    /// # Errors
    /// When the system has no randomness to give.
    pub fn random() -> Result<Self> {
        Keys::random_in(&crate::world::System)
    }

    pub(crate) fn random_in(world: &dyn World) -> Result<Self> {
        let mut bytes = Zeroizing::new([0; KEY_BYTES]);
        world.fill(bytes.as_mut()).map_err(no_randomness)?;
        Ok(Keys(vec![Key::new(bytes)]))
    }

    /// The keys of the environment variable [`KEY_VARIABLE`], if it is set.
    pub(crate) fn from_environment() -> Result<Option<Self>> {
        match std::env::var(KEY_VARIABLE) {
            Ok(text) => Keys::parse(&Zeroizing::new(text)).map(Some).map_err(|_| {
                Error::config(format!(
                    "{KEY_VARIABLE} is set and holds no key: 32 bytes in Base64 or hexadecimal digits."
                ))
            }),
            Err(std::env::VarError::NotPresent) => Ok(None),
            Err(std::env::VarError::NotUnicode(_)) => Err(Error::config(format!("{KEY_VARIABLE} is not text."))),
        }
    }

    /// The keys of a file, if there is one.
    pub(crate) fn from_file(path: &Path) -> Result<Option<Self>> {
        let failed =
            |cause: io::Error| Error::config(format!("the key file {} cannot be used.", path.display())).because(cause);
        let text = match fs::read_to_string(path) {
            Ok(text) => Zeroizing::new(text),
            Err(missing) if missing.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(other) => return Err(failed(other)),
        };
        refuse_if_shared(path).map_err(|what| Error::config(format!("the key file: {what}")))?;
        let wrong = |fault| Error::config(format!("the key file {}: {fault}", path.display()));
        Keys::parse(&text).map(Some).map_err(wrong)
    }

    /// A new key in a file, or the one of whoever was faster.
    pub(crate) fn made_in_file(path: &Path, world: &dyn World) -> Result<Self> {
        create_key_file(path, world)?;
        let gone = || Error::config(format!("the key file {} was removed as soon as it was made.", path.display()));
        Keys::from_file(path)?.ok_or_else(gone)
    }

    /// The key that seals.
    pub(crate) fn current(&self) -> Option<&Key> {
        self.0.first()
    }

    /// The key of this name.
    pub(crate) fn named(&self, id: &[u8]) -> Option<&Key> {
        self.0.iter().find(|key| key.id == id)
    }
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Keys(<{} hidden>)", self.0.len())
    }
}

impl Key {
    fn new(bytes: Zeroizing<[u8; KEY_BYTES]>) -> Self {
        let mut hash = Sha256::new();
        hash.update(b"gong-connect, name of a key\0");
        hash.update(bytes.as_ref());
        let mut id = [0; 8];
        id.iter_mut().zip(hash.finalize()).for_each(|(to, from)| *to = from);
        Key { id, bytes }
    }

    fn parse(text: &str) -> Result<Self> {
        let decoded = Zeroizing::new(if text.len() == 2 * KEY_BYTES {
            from_hexadecimal(text)
        } else {
            STANDARD.decode(text).ok()
        });
        let bytes = decoded.as_deref().and_then(|bytes| <[u8; KEY_BYTES]>::try_from(bytes).ok());
        let wrong = || Error::config("a key is not 32 bytes in Base64 or hexadecimal digits.");
        bytes.map(|bytes| Key::new(Zeroizing::new(bytes))).ok_or_else(wrong)
    }
}

fn from_hexadecimal(text: &str) -> Option<Vec<u8>> {
    let digits = text.chars().map(|digit| digit.to_digit(16)).collect::<Option<Vec<_>>>()?;
    let pairs = digits.chunks_exact(2).map(|pair| pair.iter().fold(0, |sum, digit| sum * 16 + digit));
    pairs.map(|byte| u8::try_from(byte).ok()).collect()
}

pub(crate) fn no_randomness(cause: io::Error) -> Error {
    Error::config("the system has no randomness to give.").because(cause)
}

/// Writes a new key beside its place and links it there, so that of several processes one wins and none reads half a
/// file.
fn create_key_file(path: &Path, world: &dyn World) -> Result<()> {
    let failed =
        |cause: io::Error| Error::config(format!("the key file {} cannot be made.", path.display())).because(cause);
    let mut key = Zeroizing::new([0; KEY_BYTES]);
    world.fill(key.as_mut()).map_err(no_randomness)?;
    let draft = draft_of(path);
    let text = Zeroizing::new(format!("{}\n", STANDARD.encode(key.as_ref())));
    let written = private_file(&draft).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.sync_all()
    });
    let linked = written.and_then(|()| match fs::hard_link(&draft, path) {
        Err(there) if there.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        other => other,
    });
    // The draft has done its work either way; that it cannot be removed changes nothing.
    let _ = fs::remove_file(&draft);
    linked.map_err(failed)
}

/// A name beside the file that no other thread or process uses.
fn draft_of(path: &Path) -> PathBuf {
    use std::sync::atomic::{AtomicU32, Ordering};
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".{}.{}.new", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed)));
    PathBuf::from(name)
}

/// A new file that only its owner may read and write.
pub(crate) fn private_file(path: &Path) -> io::Result<fs::File> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Refuses a file that others may read, and one in a folder where any other user may put another in its place.
///
/// # Errors
/// What is wrong, and the remedy.
#[cfg(unix)]
pub(crate) fn refuse_if_shared(path: &Path) -> Result<(), String> {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = |path: &Path| fs::metadata(path).map(|metadata| metadata.permissions().mode()).unwrap_or(0);
    if mode(path) & 0o077 != 0 {
        let path = path.display();
        return Err(format!("others may read or change {path}. Make it yours alone: chmod 600 {path}"));
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let (writable, sticky) = (mode(folder) & 0o002 != 0, mode(folder) & 0o1000 != 0);
    if writable && !sticky {
        let (path, folder) = (path.display(), folder.display());
        return Err(format!("anybody may replace {path}, as {folder} is open to all. Close it: chmod o-w {folder}"));
    }
    Ok(())
}

#[cfg(not(unix))]
pub(crate) fn refuse_if_shared(_: &Path) -> Result<(), String> {
    Ok(())
}

#[cfg(test)]
mod tests;
