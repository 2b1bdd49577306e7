//! Where accounts are kept: a folder of the user's own, `GONG_HOME` or the one that the system has for such things.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use gong_client::BoxFuture;
use gong_connect::{Connections, Step, Store, System, World};

use super::settings::Settings;
use crate::exit::Failure;
use crate::{leave, output};

/// The environment variable that names another folder.
const VARIABLE: &str = "GONG_HOME";

/// The folder.
pub(crate) struct Home(PathBuf);

impl Home {
    /// The one of this user.
    pub(crate) fn find() -> Result<Self, Failure> {
        let found = folder(VARIABLE).or_else(|| {
            let data = if cfg!(windows) {
                folder("APPDATA")
            } else if cfg!(target_os = "macos") {
                own().map(|home| home.join("Library/Application Support"))
            } else {
                // By XDG's own rule a relative one is to be ignored.
                folder("XDG_DATA_HOME").filter(|data| data.is_absolute()).or_else(|| Some(own()?.join(".local/share")))
            };
            data.map(|data| data.join("gong"))
        });
        let none = || Failure::Local(format!("there is no folder to keep accounts in: set {VARIABLE} to one."));
        found.map(Home).ok_or_else(none)
    }

    /// The store of the limit that commands share: the accounts' own where there are some, so that these count too,
    /// else a small file among what may be thrown away.
    pub(crate) fn limits() -> Result<PathBuf, Failure> {
        if let Ok(home) = Home::find()
            && home.has_accounts()
        {
            return Ok(home.store());
        }
        let cache = if cfg!(windows) {
            folder("LOCALAPPDATA")
        } else if cfg!(target_os = "macos") {
            own().map(|home| home.join("Library/Caches"))
        } else {
            folder("XDG_CACHE_HOME").filter(|cache| cache.is_absolute()).or_else(|| Some(own()?.join(".cache")))
        };
        let place = folder(VARIABLE).or_else(|| Some(cache?.join("gong")));
        let none = || Failure::Local(format!("there is no folder to keep it in: set {VARIABLE} to one."));
        let place = Home(place.ok_or_else(none)?);
        make_private_folder(&place.0).map_err(|error| place.failed(&error))?;
        Ok(place.0.join("limits.db"))
    }

    fn store(&self) -> PathBuf {
        self.0.join("accounts.db")
    }

    fn settings_file(&self) -> PathBuf {
        self.0.join("settings.json")
    }

    /// Whether an account was ever connected.
    pub(crate) fn has_accounts(&self) -> bool {
        self.store().exists()
    }

    /// The connections and their accounts. The folder and the store are made if there are none.
    pub(crate) async fn connections(&self) -> Result<Connections, Failure> {
        make_private_folder(&self.0).map_err(|error| self.failed(&error))?;
        let connections = Connections::builder(Store::sqlite(self.store())).world(Arc::new(Telling)).open().await?;
        leave::waits_for(&connections);
        Ok(connections)
    }

    /// What is kept besides.
    pub(crate) fn settings(&self) -> Result<Settings, Failure> {
        let file = self.settings_file();
        match fs::read_to_string(&file) {
            Ok(text) => Settings::read(&text)
                .map_err(|fault| Failure::Local(format!(
                    "{} is not JSON: {fault}. Mend it, or remove it: which account is the usual one is all that is lost.",
                    file.display()
                ))),
            Err(missing) if missing.kind() == io::ErrorKind::NotFound => Ok(Settings::default()),
            Err(error) => Err(self.failed(&error)),
        }
    }

    /// Changes them. One command at a time does, each from what the last one left; whoever reads meanwhile sees the old
    /// ones or the new.
    pub(crate) fn change(&self, change: impl FnOnce(&mut Settings)) -> Result<(), Failure> {
        let changed = |settings: &Settings| {
            let draft = self.0.join("settings.json.new");
            let mut file = private_file(&draft)?;
            file.write_all(settings.text().as_bytes())?;
            file.sync_all()?;
            fs::rename(&draft, self.settings_file())
        };
        make_private_folder(&self.0).map_err(|error| self.failed(&error))?;
        let turn = private_file(&self.0.join("settings.lock")).and_then(|file| file.lock().map(|()| file));
        let _turn = turn.map_err(|error| self.failed(&error))?;
        let mut settings = self.settings()?;
        change(&mut settings);
        changed(&settings).map_err(|error| self.failed(&error))
    }

    fn failed(&self, error: &io::Error) -> Failure {
        Failure::Local(format!("the folder {} cannot be used: {error}. {VARIABLE} names another.", self.0.display()))
    }
}

/// The folder that a variable names.
fn folder(variable: &str) -> Option<PathBuf> {
    std::env::var_os(variable).filter(|value| !value.is_empty()).map(PathBuf::from)
}

/// The user's own folder.
fn own() -> Option<PathBuf> {
    std::env::home_dir().filter(|home| home.is_absolute())
}

/// The system's world, and a word to the person who waits in it.
#[derive(Debug)]
struct Telling;

impl World for Telling {
    fn now(&self) -> SystemTime {
        System.now()
    }

    fn elapsed(&self) -> Duration {
        System.elapsed()
    }

    fn database_now(&self) -> Option<SystemTime> {
        System.database_now()
    }

    fn fill(&self, bytes: &mut [u8]) -> io::Result<()> {
        System.fill(bytes)
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        System.sleep(duration)
    }

    fn reached(&self, step: Step) {
        if step == Step::Waiting {
            output::say("note: another process is renewing the account's token; waiting for it.");
        }
    }
}

fn make_private_folder(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

fn private_file(path: &Path) -> io::Result<fs::File> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_change_of_many_at_once_is_lost() {
        let folder = tempfile::tempdir().unwrap();
        let home = Home(folder.path().join("gong"));
        std::thread::scope(|threads| {
            for nth in 0..32 {
                let home = &home;
                threads.spawn(move || {
                    home.change(|settings| settings.sandboxes.extend([(format!("sandbox {nth}"), nth)])).unwrap();
                });
            }
        });
        assert_eq!(home.settings().unwrap().sandboxes.len(), 32);
    }
}
