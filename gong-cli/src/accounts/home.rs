//! Where accounts are kept: a folder of the user's own, `GONG_HOME` or the one that the system has for such things.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use etcetera::base_strategy::{BaseStrategy, choose_native_strategy};
use gong_client::{BoxFuture, Environment};
use gong_connect::{Connections, Step, Store, System, World};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::settings::Settings;
use crate::exit::Failure;
use crate::{leave, output};

/// The environment variable that names another folder.
const VARIABLE: &str = "GONG_HOME";

const SETTINGS: &str = "settings.json";
/// What to do about one that is broken.
const LOST: &str = "Mend it, or remove it: which account is the usual one is all that is lost";

/// The folder of this user's accounts.
#[derive(Debug)]
pub(crate) struct Home(PathBuf);

impl Home {
    pub(crate) fn find() -> Result<Self, Failure> {
        folder(|system| system.data_dir()).map(Home)
    }

    /// The store of the limit that commands share: the accounts' own where there are some, so that these count too,
    /// else a small file among what may be thrown away.
    pub(crate) fn limits() -> Result<PathBuf, Failure> {
        if let Ok(home) = Home::find()
            && home.has_accounts()
        {
            return Ok(home.store());
        }
        let place = Home(folder(|system| system.cache_dir())?);
        make_private_folder(&place.0).map_err(|error| place.failed(&error))?;
        Ok(place.0.join("limits.db"))
    }

    fn store(&self) -> PathBuf {
        self.0.join("accounts.db")
    }

    /// Whether an account was ever connected.
    pub(crate) fn has_accounts(&self) -> bool {
        self.store().exists()
    }

    /// The connections and their accounts. The folder and the store are made if there are none.
    pub(crate) async fn connections(&self) -> Result<Connections, Failure> {
        make_private_folder(&self.0).map_err(|error| self.failed(&error))?;
        let connections = Connections::builder(Store::sqlite(self.store())).world(Arc::new(WithNote)).open().await?;
        leave::waits_for(&connections);
        Ok(connections)
    }

    /// What is kept besides the accounts.
    pub(crate) fn settings(&self) -> Result<Settings, Failure> {
        self.read(SETTINGS, LOST)
    }

    /// Changes them, as [`change_file`](Self::change_file) does.
    pub(crate) fn change(&self, change: impl FnOnce(&mut Settings)) -> Result<(), Failure> {
        self.change_file(SETTINGS, LOST, change)
    }

    /// Reads a file of JSON; there is nothing in one that is not there. `remedy` says what to do about a broken one.
    pub(crate) fn read<T: Default + DeserializeOwned>(&self, name: &str, remedy: &str) -> Result<T, Failure> {
        let file = self.0.join(name);
        match fs::read_to_string(&file) {
            Ok(text) => serde_json::from_str(&text)
                .map_err(|fault| Failure::Local(format!("{} cannot be read: {fault}. {remedy}.", file.display()))),
            Err(missing) if missing.kind() == io::ErrorKind::NotFound => Ok(T::default()),
            Err(error) => Err(self.failed(&error)),
        }
    }

    /// Changes a file of JSON. One command at a time does, each from what the last one left; whoever reads meanwhile
    /// sees the old state or the new.
    pub(crate) fn change_file<T: Default + DeserializeOwned + Serialize>(
        &self,
        name: &str,
        remedy: &str,
        change: impl FnOnce(&mut T),
    ) -> Result<(), Failure> {
        let changed = |state: &T| {
            let draft = self.0.join(format!("{name}.new"));
            let mut file = private_file(&draft)?;
            writeln!(file, "{}", serde_json::to_string_pretty(state)?)?;
            file.sync_all()?;
            fs::rename(&draft, self.0.join(name))
        };
        make_private_folder(&self.0).map_err(|error| self.failed(&error))?;
        let turn = private_file(&self.0.join("settings.lock")).and_then(|file| file.lock().map(|()| file));
        let _turn = turn.map_err(|error| self.failed(&error))?;
        let mut state = self.read(name, remedy)?;
        change(&mut state);
        changed(&state).map_err(|error| self.failed(&error))
    }

    fn failed(&self, error: &io::Error) -> Failure {
        Failure::Local(format!("the folder {} cannot be used: {error}. {VARIABLE} names another.", self.0.display()))
    }
}

/// The folder that [`VARIABLE`] names, or one of ours in this folder of the user's that the system has.
fn folder(of_system: impl FnOnce(&dyn BaseStrategy) -> PathBuf) -> Result<PathBuf, Failure> {
    if let Some(named) = std::env::var_os(VARIABLE).filter(|value| !value.is_empty()) {
        return Ok(PathBuf::from(named));
    }
    let found = choose_native_strategy().ok().map(|system| of_system(&system).join("gong"));
    let none = || Failure::Local(format!("there is no folder to keep accounts in: set {VARIABLE} to one."));
    found.filter(|folder| folder.is_absolute()).ok_or_else(none)
}

/// The system's clock and randomness, and a note to a person who has to wait.
#[derive(Debug)]
struct WithNote;

impl Environment for WithNote {
    fn now(&self) -> SystemTime {
        System.now()
    }

    fn random(&self) -> u64 {
        System.random()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        System.sleep(duration)
    }
}

impl World for WithNote {
    fn elapsed(&self) -> Duration {
        System.elapsed()
    }

    fn database_now(&self) -> Option<SystemTime> {
        System.database_now()
    }

    fn fill(&self, bytes: &mut [u8]) -> io::Result<()> {
        System.fill(bytes)
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
mod tests;
