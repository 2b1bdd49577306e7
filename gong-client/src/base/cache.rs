//! Values that are remembered for a while.

use std::any::Any;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

/// Values of any type, by name.
#[derive(Debug, Default)]
pub(crate) struct Cache(Mutex<HashMap<&'static str, Entry>>);

#[derive(Debug)]
struct Entry {
    since: SystemTime,
    value: Arc<dyn Any + Send + Sync>,
}

impl Cache {
    /// The value of this name, unless it is older than this.
    pub(crate) fn get<T: Send + Sync + 'static>(
        &self,
        name: &str,
        longest: Duration,
        now: SystemTime,
    ) -> Option<Arc<T>> {
        let entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = entries.get(name)?;
        // A clock that was put back gives no age; then it is better to ask again.
        let fresh = now.duration_since(entry.since).is_ok_and(|age| age < longest);
        fresh.then(|| entry.value.clone().downcast().ok())?
    }

    /// Remembers a value from now on.
    pub(crate) fn put<T: Send + Sync + 'static>(&self, name: &'static str, value: Arc<T>, now: SystemTime) {
        let mut entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        entries.insert(name, Entry { since: now, value });
    }
}
