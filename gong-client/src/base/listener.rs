//! A function of the caller's that is told what happens.

use std::fmt;
use std::sync::Arc;

/// A function that is told of everything of one kind that happens.
pub(crate) struct Listener<E>(Arc<dyn Fn(&E) + Send + Sync>);

impl<E> Listener<E> {
    pub(crate) fn new(tell: impl Fn(&E) + Send + Sync + 'static) -> Self {
        Listener(Arc::new(tell))
    }

    pub(crate) fn tell(&self, event: &E) {
        (self.0)(event);
    }
}

impl<E> Clone for Listener<E> {
    fn clone(&self) -> Self {
        Listener(self.0.clone())
    }
}

impl<E> fmt::Debug for Listener<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Listener")
    }
}
