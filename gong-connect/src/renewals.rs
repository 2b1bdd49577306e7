//! How many renewals are under way, so that whoever ends a program can wait for them.

use std::sync::Arc;

use tokio::sync::watch;

/// The renewals of one store that this process has under way.
#[derive(Debug, Default)]
pub(crate) struct Renewals(Arc<watch::Sender<usize>>);

/// One of them, for as long as it lives.
pub(crate) struct UnderWay(Arc<watch::Sender<usize>>);

impl Renewals {
    pub(crate) fn begin(&self) -> UnderWay {
        self.0.send_modify(|count| *count += 1);
        UnderWay(Arc::clone(&self.0))
    }

    /// Waits until there is none.
    pub(crate) async fn settled(&self) {
        // The sender is ours and lives, so there is nothing else that could end the wait.
        let _ = self.0.subscribe().wait_for(|count| *count == 0).await;
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.send_modify(|count| *count -= 1);
    }
}
